//! The mailed link makes the account. Following it only shows a button, so that programs which open the links of mails
//! do not use it up; the button does it, once. The first link followed decides: whatever else waited for the same
//! address is dropped.

use super::{NewAccount, email::Email, gate, store};
use crate::base::{
    audit::{AuditActor, AuditEvent},
    authn,
    db::DbError,
    error::{Code, Fault},
    web::{Cx, Frame, Here, Json, Params, Problems, Said, render, see_other},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;

/// The secret of the mailed link.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ConfirmRequest)]
pub(super) struct Input {
    /// What stands after the last `/` of the link.
    token: String,
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<(), Fault> {
    let (hash, now) = (authn::token_hash(&input.token), cx.app.clock.now());
    let request = cx.request.id.clone();
    let written = cx.app.db.write(move |mut tx| {
        let sign_up = store::sign_up_of_token(&mut tx, hash, now)?.ok_or(Code::LinkInvalid)?;
        let email = Email::parse(&sign_up.email)?;
        store::drop_sign_ups_of(&mut tx, &email)?;
        let new = NewAccount {
            email,
            name: sign_up.name,
            password_hash: sign_up.password_hash,
            lang: sign_up.lang,
        };
        let account = store::insert(&mut tx, &new, false).map_err(taken)?;
        let event = AuditEvent::new(AuditActor::Account(account), "account.create");
        Ok(tx.commit(event.on("account", account).request(&request), ())?)
    });
    written.await
}

/// The address got its account by another link meanwhile: this one is as good as used.
fn taken(error: DbError) -> Fault {
    match error {
        DbError::Unique(name) if name == "account_email_key_unique" => Code::LinkInvalid.into(),
        error => error.into(),
    }
}

/// Confirm an address with the secret of the mailed link: the account is made, and one can sign in.
#[utoipa::path(post, path = "/api/v1/accounts/confirm", request_body = Input, security(()),
    responses((status = 204, description = "Confirmed."), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<StatusCode, Fault> {
    run(&cx, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Template)]
#[template(path = "account/confirm.html")]
struct Page {
    frame: Frame,
    said: Said,
    /// Whose address the link confirms; nobody's when the link cannot be used.
    email: Option<String>,
}

pub(super) async fn form(cx: Cx, Params(token): Params<String>) -> Result<Response, Fault> {
    let (hash, now) = (authn::token_hash(&token), cx.app.clock.now());
    let found = cx
        .app
        .db
        .read(move |r| Ok::<_, Fault>(store::sign_up_of_token(r, hash, now)?));
    match found.await? {
        Some(sign_up) => render(&Page {
            frame: Frame::new(&cx, Here::Nowhere),
            said: Said::default(),
            email: Some(sign_up.email),
        }),
        None => refused(&cx, Code::LinkInvalid.into()),
    }
}

pub(super) async fn page(cx: Cx, Params(token): Params<String>) -> Result<Response, Fault> {
    match run(&cx, Input { token }).await {
        Ok(()) => Ok(see_other("/sign-in?said=email-confirmed")),
        Err(fault) => refused(&cx, fault),
    }
}

fn refused(cx: &Cx, fault: Fault) -> Result<Response, Fault> {
    gate::again(fault, |fault| {
        render(&Page {
            frame: Frame::new(cx, Here::Nowhere),
            said: Said::from_fault(fault, cx.lang),
            email: None,
        })
    })
}
