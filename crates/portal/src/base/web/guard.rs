use super::context::{Cx, Door};
use crate::{
    app::App,
    base::{
        authz::{self, Action, Deleted},
        error::{Code, Fault},
    },
};
use axum::{
    extract::{RawPathParams, Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use rempart_wire::WorkspaceId;

/// Where whoever closed their account is led, whatever they ask for.
const CLOSED: &str = "/account/closure";

/// Who may use a route. Checked before any body is read; the verb asks again, inside its transaction, for the grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Anybody,
    /// Anybody signed in whose account is open.
    SignedIn,
    /// Anybody signed in, also when their account is closed.
    OwnAccount,
    /// The server's operators; not found to others.
    Operator,
    /// Members of the workspace in the path (`{workspace}`) whose role allows it.
    Workspace(Action),
    /// The same, also while the workspace is deleted.
    DeletedWorkspace(Action),
    /// Anybody, on a server that only shows itself; not found on a real one.
    Demo,
    /// Computers: an enrolment token or a device credential, checked by the handler itself.
    Device,
    /// Programs with a licence key, or an API key of who manages the licence, checked by the handler itself.
    LicenceKey,
}

pub(super) async fn guard(
    State((app, access)): State<(App, Access)>,
    cx: Cx,
    params: RawPathParams,
    request: Request,
    next: Next,
) -> Response {
    let outcome = match access {
        Access::OwnAccount => cx.person().map(drop),
        Access::SignedIn | Access::Operator | Access::Workspace(_) | Access::DeletedWorkspace(_)
            if cx.closed() =>
        {
            Err(Code::AccountClosed.into())
        }
        Access::Anybody | Access::Device | Access::LicenceKey => Ok(()),
        Access::Demo if app.config.demo => Ok(()),
        Access::Demo => Err(Code::NotFound.into()),
        Access::SignedIn => cx.person().map(drop),
        Access::Operator => cx.caller().and_then(|caller| authz::operator(caller).map(drop)),
        Access::Workspace(action) => member(&app, &cx, &params, action, Deleted::Hidden).await,
        Access::DeletedWorkspace(action) => member(&app, &cx, &params, action, Deleted::Shown).await,
    };
    match outcome {
        Ok(()) => next.run(request).await,
        Err(fault) if fault.code == Code::SignInRequired && cx.request.door == Door::Page => {
            let back: String = form_urlencode(if request.method().is_safe() {
                &cx.request.path
            } else {
                "/"
            });
            Redirect::to(&format!("/sign-in?next={back}")).into_response()
        }
        Err(fault) if fault.code == Code::AccountClosed && cx.request.door == Door::Page => {
            Redirect::to(CLOSED).into_response()
        }
        Err(fault) => fault.into_response(),
    }
}

async fn member(
    app: &App,
    cx: &Cx,
    params: &RawPathParams,
    action: Action,
    deleted: Deleted,
) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let workspace: WorkspaceId = params
        .iter()
        .find(|(name, _)| *name == "workspace")
        .and_then(|(_, value)| value.parse().ok())
        .ok_or(Code::NotFound)?;
    app.db
        .read(move |r| authz::check(r, caller, workspace, action, deleted))
        .await
        .map(drop)
}

/// Percent-encodes all but unreserved characters (RFC 3986 §2.3).
pub(super) fn form_urlencode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
