//! The two doors. Pages under `/`, for people with a session cookie; the API under `/api/`, for programs with a bearer
//! key. Both call the same verbs.
//!
//! Always true: a route exists only through [`Routes`], which asks who may use it and checks that before any body is
//! read; a [`Fault`] becomes a problem document on one side and a page on the other; every answer carries the security
//! headers.

mod compress;
mod context;
mod extract;
mod finish;
mod frame;
mod guard;
mod headers;
mod identify;
mod jsonapi;
mod list;
mod problem;
mod routes;
mod wall;

pub use context::{Cx, Door, Person, RequestInfo};
pub use extract::{Form, Json, Params, Query};
pub use frame::{Frame, Here, Said, WorkspaceNav, see_other};
pub use guard::Access;
pub use headers::CardForm;
pub use identify::{LANGUAGE_COOKIE, SESSION_COOKIE, expired_cookie, language_cookie, session_cookie};
pub use jsonapi::{JsonApi, Lenient};
pub use list::{Cursor, List};
pub use problem::{Problem, Problems, sentence};
pub use routes::{RouteInfo, Routes};
pub use wall::{Stone, Wall};

pub(crate) use compress::Compress;
pub(crate) use finish::{fallback, finish, method_not_allowed};
pub(crate) use headers::{SecurityHeaders, secure};
pub(crate) use identify::identify;

use super::error::{Code, Fault};
use axum::response::{Html, IntoResponse, Response};

/// Renders a template as a page.
///
/// # Errors
/// `internal`, when the template cannot be rendered.
pub fn render(template: &impl askama::Template) -> Result<Response, Fault> {
    Ok(Html(draw(template)?).into_response())
}

/// Renders a template as a part of a page.
///
/// # Errors
/// `internal`, when the template cannot be rendered.
pub fn draw(template: &impl askama::Template) -> Result<String, Fault> {
    template
        .render()
        .map_err(|error| Fault::new(Code::Internal).because(format!("template: {error}")))
}
