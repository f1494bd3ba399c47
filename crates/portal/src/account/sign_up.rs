//! A visitor asks for an account. Nothing is taken yet: the account is made when the mailed link is confirmed, within
//! 24 hours. An address that already has an account gets the same answer, after the same work, and a mail that says so
//! to whoever reads it.

use super::{NewAccount, email::Email, gate, mails, password, person_name, store, token::Token};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        db::{DbError, Tx},
        error::{Code, Fault},
        job::JobError,
        lang::Lang,
        web::{Cx, Form, Frame, Here, Json, Problems, Said, render, see_other},
    },
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::{future::Future, pin::Pin};
use utoipa::ToSchema;
use uuid::Uuid;

/// How long the mailed link can be followed.
pub(super) const LINK_LASTS: SignedDuration = SignedDuration::from_hours(24);
/// The kind of the job that answers by mail.
pub(super) const JOB: &str = "account.answer_sign_up";

/// Who signs up.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SignUpRequest)]
pub(super) struct Input {
    /// Where the link goes, and what one signs in with.
    email: String,
    /// The name shown to others: 1 to 80 characters.
    name: String,
    /// Up to 1,000 characters of any script; refused when it would be guessed too soon.
    password: String,
    /// `fr` or `en`; the request's when not said.
    language: Option<String>,
}

/// One who signed up and has not confirmed yet.
pub(super) struct SignUp {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub lang: Lang,
    /// Whether a link was made already.
    pub mailed: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    sign_up: Uuid,
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<(), Fault> {
    let name = person_name::parse(&input.name)?;
    let email = Email::parse(&input.email)?;
    let lang = match input.language.as_deref() {
        None | Some("") => cx.lang,
        Some(text) => Lang::parse(text).ok_or(Fault::new(Code::LanguageUnknown).at("language"))?,
    };
    let password = password::Password::chosen(&input.password, &[&name, email.as_str()], cx.lang)?;
    gate::take_mail(cx, email.key())?;
    let password_hash = password::hash_password(&cx.app, password).await?;
    let new = NewAccount {
        email,
        name,
        password_hash,
        lang,
    };
    let event = cx.event("account.sign_up");
    let jobs = cx.app.jobs.clone();
    cx.app
        .db
        .write(move |mut tx| {
            let expires = super::later(tx.now(), LINK_LASTS);
            let sign_up = store::insert_sign_up(&mut tx, &new, expires)?;
            tx.enqueue(JOB, &Payload { sign_up }, None)?;
            tx.after_commit(move || jobs.wake());
            Ok(tx.commit(event.on("sign_up", sign_up), ())?)
        })
        .await
}

/// The job: mails the link, or tells the owner of the address that it was tried.
pub(super) fn answer(
    app: App,
    payload: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let Payload { sign_up } = serde_json::from_value(payload)?;
        let event = AuditEvent::new(AuditActor::Server, "account.answer_sign_up").on("sign_up", sign_up);
        let urls = super::Urls::of(&app);
        let written = app.db.write::<_, DbError, _>(move |mut tx| {
            if let Some(sign_up) = store::sign_up(&mut tx, sign_up)?.filter(|sign_up| !sign_up.mailed) {
                mail_link(&mut tx, &urls, &sign_up)?;
            }
            tx.commit(event, ())
        });
        Ok(written.await?)
    })
}

/// Makes a new link for one who waits and mails it; where the address has an account meanwhile, says so instead.
pub(super) fn mail_link(tx: &mut Tx<'_>, urls: &super::Urls, sign_up: &SignUp) -> Result<(), DbError> {
    let email = Email::parse(&sign_up.email).map_err(|_| DbError::Constraint("sign_up.email".into()))?;
    if let Some(account) = store::by_email(tx, email.key())? {
        store::drop_sign_ups_of(tx, &email)?;
        let mail = mails::already(&account.email, account.lang, &urls.sign_in(), &urls.forgot());
        return crate::base::mail::post(tx, &mail);
    }
    let token = Token::new(tx.chance());
    let expires = super::later(tx.now(), LINK_LASTS);
    store::set_sign_up_token(tx, sign_up.id, token.hash(), expires)?;
    let mail = mails::confirm(&sign_up.email, sign_up.lang, &urls.confirm(&token));
    crate::base::mail::post(tx, &mail)
}

/// Sign up: a link is mailed that makes the account when it is confirmed within 24 hours. The answer is the same
/// whether or not the address already has an account.
#[utoipa::path(post, path = "/api/v1/accounts", request_body = Input, security(()),
    responses((status = 202, description = "A mail is on its way."), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<StatusCode, Fault> {
    run(&cx, input).await?;
    Ok(StatusCode::ACCEPTED)
}

#[derive(Template)]
#[template(path = "account/sign_up.html")]
struct Page {
    frame: Frame,
    said: Said,
    name: String,
    email: String,
}

pub(super) async fn form(cx: Cx) -> Result<Response, Fault> {
    if cx.person.is_some() {
        return std::future::ready(Ok(see_other("/"))).await;
    }
    render(&Page {
        frame: Frame::new(&cx, Here::Nowhere),
        said: Said::default(),
        name: String::new(),
        email: String::new(),
    })
}

pub(super) async fn page(cx: Cx, Form(input): Form<Input>) -> Result<Response, Fault> {
    let (name, email) = (input.name.clone(), input.email.clone());
    match run(&cx, input).await {
        Ok(()) => Ok(see_other("/sign-up/sent")),
        Err(fault) => gate::again(fault, |fault| {
            render(&Page {
                frame: Frame::new(&cx, Here::Nowhere),
                said: Said::from_fault(fault, cx.lang),
                name,
                email,
            })
        }),
    }
}

#[derive(Template)]
#[template(path = "account/sign_up_sent.html")]
struct Sent {
    frame: Frame,
}

pub(super) async fn sent(cx: Cx) -> Result<Response, Fault> {
    std::future::ready(render(&Sent {
        frame: Frame::new(&cx, Here::Nowhere),
    }))
    .await
}

#[cfg(test)]
mod tests;
