use super::context::{Cx, Door};
use crate::{
    app::App,
    base::{
        authz::{self, Action, Deleted},
        error::{Code, Fault},
        telemetry::Timed,
    },
};
use axum::{
    RequestExt,
    extract::{RawPathParams, Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use rempart_wire::WorkspaceId;
use std::sync::Arc;

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

/// What stands before a route.
#[derive(Debug)]
pub(super) struct Gate {
    pub app: App,
    pub access: Access,
    pub times: Timed,
}

pub(super) async fn guard(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let began = gate.app.clock.now();
    let method = request.method().clone();
    let response = pass(&gate, request, next).await;
    let seconds = gate.app.clock.now().duration_since(began).as_secs_f64();
    gate.times.answered(&method, response.status(), seconds);
    response
}

async fn pass(gate: &Gate, mut request: Request, next: Next) -> Response {
    let app = &gate.app;
    let outcome = match gate.access {
        Access::OwnAccount => cx(&request).and_then(|cx| cx.person().map(drop)),
        Access::SignedIn | Access::Operator | Access::Workspace(_) | Access::DeletedWorkspace(_)
            if cx(&request).is_ok_and(Cx::closed) =>
        {
            Err(Code::AccountClosed.into())
        }
        Access::Anybody | Access::Device | Access::LicenceKey => return next.run(request).await,
        Access::Demo if app.config.demo => return next.run(request).await,
        Access::Demo => Err(Code::NotFound.into()),
        Access::SignedIn => cx(&request).and_then(|cx| cx.person().map(drop)),
        Access::Operator => cx(&request)
            .and_then(Cx::caller)
            .and_then(|caller| authz::operator(caller).map(drop)),
        Access::Workspace(action) => member(app, &mut request, action, Deleted::Hidden).await,
        Access::DeletedWorkspace(action) => member(app, &mut request, action, Deleted::Shown).await,
    };
    match (outcome, cx(&request)) {
        (Ok(()), _) => next.run(request).await,
        (Err(fault), Ok(cx)) if fault.code == Code::SignInRequired && cx.request.door == Door::Page => {
            let back: String = form_urlencode(if request.method().is_safe() {
                &cx.request.path
            } else {
                "/"
            });
            Redirect::to(&format!("/sign-in?next={back}")).into_response()
        }
        (Err(fault), Ok(cx)) if fault.code == Code::AccountClosed && cx.request.door == Door::Page => {
            Redirect::to(CLOSED).into_response()
        }
        (Err(fault), _) => fault.into_response(),
    }
}

fn cx(request: &Request) -> Result<&Cx, Fault> {
    request
        .extensions()
        .get()
        .ok_or_else(|| Fault::new(Code::Internal).because("a route outside the identify layer"))
}

async fn member(app: &App, request: &mut Request, action: Action, deleted: Deleted) -> Result<(), Fault> {
    let caller = cx(request)?.caller()?;
    let params: RawPathParams = request.extract_parts().await.map_err(|_| Code::NotFound)?;
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
