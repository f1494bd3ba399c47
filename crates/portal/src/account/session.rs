//! Where a person is signed in: each session with browser, address and time. They end one, or all but the one they are
//! looking from.

use super::{browser, show, store};
use crate::base::{
    error::Fault,
    web::{Cx, Json, Params, Problems, see_other},
};
use axum::{http::StatusCode, response::Response};
use jiff::Timestamp;
use rempart_wire::SessionId;
use serde::Serialize;
use utoipa::ToSchema;

/// One sign-in in one browser.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Session {
    /// Which.
    #[schema(value_type = String, format = Uuid)]
    id: SessionId,
    /// The browser and system, in words.
    browser: String,
    /// The network address it began from.
    address: String,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it was last used, to the minute.
    #[schema(value_type = String, format = DateTime)]
    last_seen_at: Timestamp,
}

/// The account's sessions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Sessions {
    /// The last used first; at most 200.
    items: Vec<Session>,
}

pub(super) async fn list(cx: &Cx) -> Result<Sessions, Fault> {
    let (account, now) = (cx.person()?.account, cx.app.clock.now());
    let read = cx
        .app
        .db
        .read(move |r| Ok::<_, Fault>(store::sessions(r, account, now)?));
    let items = read.await?.into_iter().map(|session| Session {
        id: session.id,
        browser: browser::in_words(&session.user_agent, cx.lang),
        address: session.address,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
    });
    Ok(Sessions {
        items: items.collect(),
    })
}

pub(super) async fn end(cx: &Cx, session: SessionId) -> Result<(), Fault> {
    let account = cx.person()?.account;
    let event = cx.event("account.end_session").on("session", session);
    let written = cx.app.db.write(move |mut tx| {
        if store::end_session(&mut tx, account, session)? == 0 {
            return Err(show::not_found());
        }
        Ok(tx.commit(event, ())?)
    });
    written.await
}

async fn end_others(cx: &Cx) -> Result<(), Fault> {
    let person = cx.person()?;
    let (account, keep) = (person.account, person.session);
    let event = cx.event("account.end_sessions").on("account", account);
    let written = cx.app.db.write(move |mut tx| {
        let ended = store::end_sessions(&mut tx, account, keep)?;
        Ok(tx.commit(event.with(serde_json::json!({ "ended": ended })), ())?)
    });
    written.await
}

/// The sessions of the account, the last used first.
#[utoipa::path(get, path = "/api/v1/account/sessions", responses((status = 200, body = Sessions), Problems))]
pub(super) async fn api_list(cx: Cx) -> Result<Json<Sessions>, Fault> {
    list(&cx).await.map(Json)
}

/// End a session: whoever uses it must sign in again.
#[utoipa::path(delete, path = "/api/v1/account/sessions/{session}",
    params(("session" = String, Path, description = "The session's id.")),
    responses((status = 204, description = "Ended."), Problems))]
pub(super) async fn api_end(cx: Cx, Params(session): Params<SessionId>) -> Result<StatusCode, Fault> {
    end(&cx, session).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn page_end(cx: Cx, Params(session): Params<SessionId>) -> Result<Response, Fault> {
    end(&cx, session).await?;
    Ok(see_other("/account?said=session-ended"))
}

pub(super) async fn page_end_others(cx: Cx) -> Result<Response, Fault> {
    end_others(&cx).await?;
    Ok(see_other("/account?said=sessions-ended"))
}

#[cfg(test)]
mod tests;
