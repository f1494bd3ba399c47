//! A person signs out: the session ends here, and its cookie is forgotten.

use super::store;
use crate::base::{
    error::Fault,
    web::{Cx, SESSION_COOKIE, expired_cookie, see_other},
};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;

async fn run(cx: &Cx) -> Result<(), Fault> {
    let person = cx.person()?;
    let account = person.account;
    let Some(session) = person.session else {
        return Ok(());
    };
    let event = cx.event("account.sign_out").on("account", account);
    let written = cx.app.db.write(move |mut tx| {
        store::end_session(&mut tx, account, session)?;
        Ok(tx.commit(event, ())?)
    });
    written.await
}

pub(super) async fn page(cx: Cx) -> Result<Response, Fault> {
    run(&cx).await?;
    let jar = CookieJar::new().add(expired_cookie(&cx.app, SESSION_COOKIE));
    Ok((jar, see_other("/sign-in?said=signed-out")).into_response())
}
