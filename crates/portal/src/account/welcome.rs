//! The link printed on the server makes its operator: by a new account, or of the account that is signed in. It is good
//! for 24 hours, once, and only while there is no operator. The address needs no confirmation: whoever reads the
//! server's terminal is believed.

use super::{NewAccount, email::Email, gate, password, person_name, sign_in, store, token::Token};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        authn,
        db::DbError,
        error::{Code, Fault},
        web::{Cx, Form, Frame, Here, Params, Said, render, see_other},
    },
};
use askama::Template;
use axum::response::Response;
use jiff::SignedDuration;
use rempart_wire::AccountId;
use serde::Deserialize;
use std::sync::Arc;

const LINK_LASTS: SignedDuration = SignedDuration::from_hours(24);

/// Makes a fresh link for the operator-to-be, in place of any made before; none when there is an operator.
///
/// # Errors
/// When the database cannot be used.
pub async fn operator_link(app: &App) -> Result<Option<String>, DbError> {
    let urls = super::Urls::of(app);
    app.db
        .write(move |mut tx| {
            if store::has_operator(&mut tx)? {
                return tx.tidy(Housekeeping::ServerSetting, None);
            }
            store::drop_operator_links(&mut tx)?;
            let token = Token::new(tx.chance());
            let expires = super::later(tx.now(), LINK_LASTS);
            store::insert_link(&mut tx, None, "operator", token.hash(), expires)?;
            tx.tidy(Housekeeping::ServerSetting, Some(urls.welcome(&token)))
        })
        .await
}

/// Who becomes the operator; all empty when it is the account signed in.
#[derive(Deserialize)]
pub(super) struct Input {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// The new account and its session's token.
async fn run(cx: &Cx, token: &str, input: &Input) -> Result<Token, Fault> {
    let name = person_name::parse(&input.name)?;
    let email = Email::parse(&input.email)?;
    let password = password::Password::chosen(&input.password, &[&name, email.as_str()], cx.lang)?;
    let new = NewAccount {
        email,
        name,
        password_hash: password::hash_password(&cx.app, password).await?,
        lang: cx.lang,
    };
    let (hash, request) = (authn::token_hash(token), Arc::clone(&cx.request));
    let written = cx.app.db.write(move |mut tx| {
        if store::has_operator(&mut tx)? || !store::use_link(&mut tx, "operator", hash)? {
            return Err(Fault::new(Code::LinkInvalid));
        }
        store::drop_sign_ups_of(&mut tx, &new.email)?;
        let account = store::insert(&mut tx, &new, true).map_err(|error| match error {
            DbError::Unique(name) if name == "account_email_key_unique" => {
                Fault::new(Code::EmailTaken).at("email")
            }
            error => error.into(),
        })?;
        let session = sign_in::begin_session(&mut tx, account, &request)?;
        Ok(tx.commit(made(account, &request.id), session)?)
    });
    written.await
}

async fn run_signed_in(cx: &Cx, token: &str) -> Result<(), Fault> {
    let account = cx.person()?.account;
    let (hash, request) = (authn::token_hash(token), cx.request.id.clone());
    let written = cx.app.db.write(move |mut tx| {
        if store::has_operator(&mut tx)? || !store::use_link(&mut tx, "operator", hash)? {
            return Err(Fault::new(Code::LinkInvalid));
        }
        store::make_operator(&mut tx, account)?;
        Ok(tx.commit(made(account, &request), ())?)
    });
    written.await
}

fn made(account: AccountId, request: &str) -> AuditEvent {
    let event = AuditEvent::new(AuditActor::Account(account), "account.make_operator");
    event.on("account", account).request(request)
}

#[derive(Template)]
#[template(path = "account/welcome.html")]
struct Page {
    frame: Frame,
    said: Said,
    usable: bool,
    name: String,
    email: String,
}

pub(super) async fn form(cx: Cx, Params(token): Params<String>) -> Result<Response, Fault> {
    let nothing = Input {
        name: String::new(),
        email: String::new(),
        password: String::new(),
    };
    show(&cx, &token, nothing, None).await
}

pub(super) async fn page(
    cx: Cx,
    Params(token): Params<String>,
    Form(input): Form<Input>,
) -> Result<Response, Fault> {
    if cx.person.is_some() {
        return match run_signed_in(&cx, &token).await {
            Ok(()) => Ok(see_other("/operator?said=operator-made")),
            Err(fault) => show(&cx, &token, input, Some(fault)).await,
        };
    }
    match run(&cx, &token, &input).await {
        Ok(session) => Ok(sign_in::lead_in(&cx, &session, "/operator?said=operator-made")),
        Err(fault) => show(&cx, &token, input, Some(fault)).await,
    }
}

async fn show(cx: &Cx, token: &str, typed: Input, fault: Option<Fault>) -> Result<Response, Fault> {
    let (hash, now) = (authn::token_hash(token), cx.app.clock.now());
    let read = cx.app.db.read(move |r| {
        let there = store::link(r, "operator", hash, now)?.is_some();
        Ok::<_, Fault>(there && !store::has_operator(r)?)
    });
    let usable = read.await?;
    let fault = if usable {
        fault
    } else {
        Some(Code::LinkInvalid.into())
    };
    let page = |said: Said| {
        render(&Page {
            frame: Frame::new(cx, Here::Nowhere),
            said,
            usable,
            name: typed.name,
            email: typed.email,
        })
    };
    match fault {
        None => page(Said::default()),
        Some(fault) => gate::again(fault, |fault| page(Said::from_fault(fault, cx.lang))),
    }
}

#[cfg(test)]
mod tests;
