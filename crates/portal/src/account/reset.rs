//! The mailed link lets a person choose a new password. Using it ends every session of the account, drops its other
//! links and forgives earlier tries; a mail says that it was done.

use super::{gate, limit::Rule, password, store};
use crate::base::{
    audit::{AuditActor, AuditEvent},
    authn,
    error::{Code, Fault},
    web::{Cx, Form, Frame, Here, Json, Params, Problems, Said, render, see_other},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;

/// The new password.
#[derive(Deserialize, ToSchema)]
#[schema(as = ResetRequest)]
pub(super) struct Input {
    /// Up to 1,000 characters of any script; refused when it would be guessed too soon.
    password: String,
}

/// The account of a link that can be used.
async fn account_of(cx: &Cx, token: &str) -> Result<store::Known, Fault> {
    let (hash, now) = (authn::token_hash(token), cx.app.clock.now());
    let found = cx.app.db.read(move |r| {
        let account = store::link(r, "reset", hash, now)?.flatten();
        let account = account.ok_or(Code::LinkInvalid)?;
        Ok::<_, Fault>(store::by_id(r, account)?.ok_or(Code::LinkInvalid)?)
    });
    found.await
}

pub(super) async fn run(cx: &Cx, token: &str, input: Input) -> Result<(), Fault> {
    let account = account_of(cx, token).await?;
    let about = [account.name.as_str(), account.email.as_str()];
    let password = password::Password::chosen(&input.password, &about, cx.lang)?;
    let hash = password::hash_password(&cx.app, password).await?;
    let (token, urls) = (authn::token_hash(token), super::Urls::of(&cx.app));
    let event = AuditEvent::new(AuditActor::Account(account.id), "account.reset_password");
    let event = event.on("account", account.id).request(&cx.request.id);
    let key = super::email::Email::parse(&account.email)?;
    let written = cx.app.db.write(move |mut tx| {
        if !store::use_link(&mut tx, "reset", token)? {
            return Err(Fault::new(Code::LinkInvalid));
        }
        super::change_password::set(&mut tx, &urls, &account, &hash, None)?;
        Ok(tx.commit(event, ())?)
    });
    written.await?;
    cx.app.accounts.limits.clear(Rule::PasswordOfAccount, key.key());
    Ok(())
}

/// Choose a new password with the secret of the mailed link. Every session of the account ends.
#[utoipa::path(put, path = "/api/v1/password-resets/{token}", request_body = Input, security(()),
    params(("token" = String, Path, description = "What stands after the last `/` of the link.")),
    responses((status = 204, description = "Changed."), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(token): Params<String>,
    Json(input): Json<Input>,
) -> Result<StatusCode, Fault> {
    run(&cx, &token, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Template)]
#[template(path = "account/reset.html")]
struct Page {
    frame: Frame,
    said: Said,
    /// Whose password; nobody's when the link cannot be used.
    account: Option<store::Known>,
}

pub(super) async fn form(cx: Cx, Params(token): Params<String>) -> Result<Response, Fault> {
    show(&cx, &token, None).await
}

pub(super) async fn page(
    cx: Cx,
    Params(token): Params<String>,
    Form(input): Form<Input>,
) -> Result<Response, Fault> {
    match run(&cx, &token, input).await {
        Ok(()) => Ok(see_other("/sign-in?said=password-reset")),
        Err(fault) => show(&cx, &token, Some(fault)).await,
    }
}

async fn show(cx: &Cx, token: &str, fault: Option<Fault>) -> Result<Response, Fault> {
    let (account, fault) = match account_of(cx, token).await {
        Ok(account) => (Some(account), fault),
        Err(dead) => (None, Some(dead)),
    };
    let page = |said: Said| {
        render(&Page {
            frame: Frame::new(cx, Here::Nowhere),
            said,
            account,
        })
    };
    match fault {
        None => page(Said::default()),
        Some(fault) => gate::again(fault, |fault| page(Said::from_fault(fault, cx.lang))),
    }
}

#[cfg(test)]
mod tests;
