//! *Mot de passe oublié ?* A single-use link is mailed, good for 30 minutes. The request only writes down that it was
//! asked; whether the address has an account is looked up afterwards, so that the answer and its time are the same.

use super::{email::Email, gate, mails, store, token::Token};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        db::DbError,
        error::Fault,
        job::JobError,
        mail,
        web::{Cx, Form, Frame, Here, Json, Problems, Said, render, see_other},
    },
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::{future::Future, pin::Pin};
use utoipa::ToSchema;

/// How long the mailed link can be followed.
const LINK_LASTS: SignedDuration = SignedDuration::from_mins(30);
/// The kind of the job that looks the address up and mails.
pub(super) const JOB: &str = "account.answer_forgotten";

/// Whose password.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ForgotRequest)]
pub(super) struct Input {
    /// The account's address.
    email: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    email: String,
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<(), Fault> {
    let email = Email::parse(&input.email)?;
    gate::take_mail(cx, email.key())?;
    let event = cx.event("account.ask_reset");
    let jobs = cx.app.jobs.clone();
    let payload = Payload {
        email: email.as_str().to_owned(),
    };
    let written = cx.app.db.write(move |mut tx| {
        tx.enqueue(JOB, &payload, None)?;
        tx.after_commit(move || jobs.wake());
        Ok(tx.commit(event, ())?)
    });
    written.await
}

/// The job.
pub(super) fn answer(
    app: App,
    payload: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let Payload { email } = serde_json::from_value(payload)?;
        let email = Email::parse(&email).map_err(|fault| JobError(fault.to_string()))?;
        let urls = super::Urls::of(&app);
        let event = AuditEvent::new(AuditActor::Server, "account.answer_forgotten");
        let written = app.db.write::<_, DbError, _>(move |mut tx| {
            let Some(account) = store::by_email(&mut tx, email.key())? else {
                return tx.commit(event, ());
            };
            let token = Token::new(tx.chance());
            let expires = super::later(tx.now(), LINK_LASTS);
            store::insert_link(&mut tx, Some(account.id), "reset", token.hash(), expires)?;
            let sent = mails::reset(&account.email, account.lang, &urls.reset(&token));
            mail::post(&mut tx, &sent)?;
            tx.commit(event.on("account", account.id), ())
        });
        Ok(written.await?)
    })
}

/// Ask for a link to choose a new password: mailed, single-use, good for 30 minutes. The answer is the same for every
/// address.
#[utoipa::path(post, path = "/api/v1/password-resets", request_body = Input, security(()),
    responses((status = 202, description = "If the address has an account, a mail is on its way."), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<StatusCode, Fault> {
    run(&cx, input).await?;
    Ok(StatusCode::ACCEPTED)
}

#[derive(Template)]
#[template(path = "account/forgot.html")]
struct Page {
    frame: Frame,
    said: Said,
    email: String,
}

pub(super) async fn form(cx: Cx) -> Result<Response, Fault> {
    std::future::ready(render(&Page {
        frame: Frame::new(&cx, Here::Nowhere),
        said: Said::default(),
        email: cx
            .person
            .as_ref()
            .map_or_else(String::new, |person| person.email.clone()),
    }))
    .await
}

pub(super) async fn page(cx: Cx, Form(input): Form<Input>) -> Result<Response, Fault> {
    let email = input.email.clone();
    match run(&cx, input).await {
        Ok(()) => Ok(see_other("/forgot-password/sent")),
        Err(fault) => gate::again(fault, |fault| {
            render(&Page {
                frame: Frame::new(&cx, Here::Nowhere),
                said: Said::from_fault(fault, cx.lang),
                email,
            })
        }),
    }
}

#[derive(Template)]
#[template(path = "account/forgot_sent.html")]
struct Sent {
    frame: Frame,
}

pub(super) async fn sent(cx: Cx) -> Result<Response, Fault> {
    std::future::ready(render(&Sent {
        frame: Frame::new(&cx, Here::Nowhere),
    }))
    .await
}
