//! The device plane: OpAMP over WebSocket at `/v1/opamp`.
//!
//! Always true: a bad token or credential is refused before the upgrade; nothing a device says counts before it has
//! proved, for the challenge of this very connection, that it holds its key; a refusal says its code and a sentence
//! before the connection is closed.

mod conversation;
mod enrolment;
mod introduction;
mod line;
mod socket;
#[cfg(test)]
pub(super) mod tests;

pub(super) use introduction::Introduction;
pub(super) use line::{Line, Nudge};

use super::store::{credential, credential::Credential, token};
use crate::{
    app::App,
    base::{
        authn::token_hash,
        db::Signal,
        error::{Code, Fault},
        lang::Lang,
        web::{Cx, Problem},
    },
};
use axum::{
    extract::{WebSocketUpgrade, ws::rejection::WebSocketUpgradeRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use rempart_opamp::message::bits::server_capability;
use rempart_wire::{CAPABILITY, CHALLENGE_HEADER, Refusal};
use socket::{MESSAGE_LIMIT, Socket};
use std::net::IpAddr;

/// How enrolment tokens begin.
pub(super) const TOKEN_PREFIX: &str = "rpe_";
/// How device credentials begin.
pub(super) const CREDENTIAL_PREFIX: &str = "rpd_";

/// A device of a deleted workspace comes back after this many seconds: the workspace may be back by then.
const SUSPENDED_RETRY: u64 = 900;

/// What a computer showed at the door.
enum Shown {
    Token([u8; 32]),
    Credential(Credential),
}

/// One opened connection, before its first message.
struct Visit {
    app: App,
    socket: Socket,
    challenge: String,
    address: IpAddr,
}

/// `GET /v1/opamp`: who may not come in hears why, as a problem document; who may is upgraded.
pub(super) async fn open(
    cx: Cx,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let shown = match check(&cx.app, &headers).await {
        Ok(shown) => shown,
        Err(fault) => return turned_away(&cx, &fault),
    };
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => return rejection.into_response(),
    };
    let challenge = STANDARD.encode(cx.app.chance.bytes32());
    let Ok(header) = HeaderValue::from_str(&challenge) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let (app, address) = (cx.app.clone(), cx.request.address);
    // Small: an idle device should not hold 256 KiB of buffers.
    let upgrade = upgrade
        .read_buffer_size(1 << 10)
        .write_buffer_size(0)
        .max_write_buffer_size(4 * MESSAGE_LIMIT)
        .max_message_size(MESSAGE_LIMIT)
        .max_frame_size(MESSAGE_LIMIT);
    let mut response = upgrade.on_upgrade(move |stream| {
        let visit = Visit {
            socket: Socket::new(stream, app.devices.timing().patience),
            app,
            challenge,
            address,
        };
        // On the heap, so that the task of an idle device is no bigger than what it needs.
        match shown {
            Shown::Token(hash) => {
                Box::pin(enrolment::hold(visit, hash)) as futures_util::future::BoxFuture<'_, ()>
            }
            Shown::Credential(credential) => Box::pin(conversation::hold(visit, credential)),
        }
    });
    response.headers_mut().insert(CHALLENGE_HEADER, header);
    response
}

async fn check(app: &App, headers: &HeaderMap) -> Result<Shown, Fault> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .map_or("", str::trim);
    let hash = token_hash(bearer);
    if bearer.starts_with(CREDENTIAL_PREFIX) {
        let found = app
            .db
            .read::<_, Fault, _>(move |r| Ok(credential::by_hash(r, hash)?));
        let credential = found.await?.filter(|credential| !credential.revoked);
        let credential = credential.ok_or(Code::CredentialRevoked)?;
        if credential.suspended {
            let facts = serde_json::json!({ "retry_after": SUSPENDED_RETRY });
            return Err(Fault::new(Code::Unavailable).facts(facts));
        }
        return Ok(Shown::Credential(credential));
    }
    let found = app.db.read::<_, Fault, _>(move |r| Ok(token::by_hash(r, hash)?));
    let token = found.await?.ok_or(Code::TokenUnknown)?;
    token.usable(app.clock.now())?;
    Ok(Shown::Token(hash))
}

/// A problem document, whatever the request accepts: only agents come here.
fn turned_away(cx: &Cx, fault: &Fault) -> Response {
    tracing::info!(code = fault.code.as_str(), detail = %fault.detail, address = %cx.request.address, "a device was turned away");
    let mut response = Problem::new(fault, Lang::En, &cx.request.id).into_response();
    let wait = fault
        .facts
        .as_ref()
        .and_then(|facts| facts.get("retry_after")?.as_u64());
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, wait.into());
    }
    response
}

/// A fault as a device hears it. It has not said which language it speaks: it has its own sentences for the codes.
fn refusal(fault: &Fault) -> Refusal {
    let workspace = fault.args.iter().find(|(name, _)| *name == "workspace");
    Refusal {
        workspace: workspace.map(|(_, name)| name.clone()),
        ..Refusal::new(fault.code.as_str(), Problem::new(fault, Lang::En, "").title)
    }
}

/// The portal's end of a new conversation.
fn session() -> rempart_opamp::server::Session {
    let capabilities = server_capability::ACCEPTS_STATUS
        | server_capability::OFFERS_REMOTE_CONFIG
        | server_capability::ACCEPTS_EFFECTIVE_CONFIG
        | server_capability::OFFERS_CONNECTION_SETTINGS;
    rempart_opamp::server::Session::new(capabilities, vec![CAPABILITY.to_owned()])
}

/// What a commit signals is passed on to the connections it concerns.
pub(super) fn pass_on(devices: &super::Devices, signal: Signal) {
    let nudge = |device, nudge| {
        if let Some(line) = devices.line(device) {
            line.nudge(nudge);
        }
    };
    match signal {
        Signal::Orders(device) => nudge(device, Nudge::Orders),
        Signal::Admission(device) => nudge(device, Nudge::Admission),
        Signal::Settings(workspace) => {
            for line in devices.lines_of(workspace) {
                line.nudge(Nudge::Settings);
            }
        }
        Signal::Job => {}
    }
}
