//! The confirmation did not come: mail it once more, to the one who signed up last with this address. The answer is the
//! same for every address.

use super::{email::Email, gate, mails, sign_up, store};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        db::DbError,
        error::Fault,
        job::JobError,
        web::{Cx, Form, Frame, Here, Json, Problems, Said, render, see_other},
    },
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};
use std::{future::Future, pin::Pin};
use utoipa::ToSchema;

/// The kind of the job that looks the address up and mails.
pub(super) const JOB: &str = "account.resend_confirmation";

/// Whose confirmation.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ResendRequest)]
pub(super) struct Input {
    /// The address signed up with.
    email: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    email: String,
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<(), Fault> {
    again(cx, Email::parse(&input.email)?).await
}

/// Mails the newest confirmation of an address once more.
pub(super) async fn again(cx: &Cx, email: Email) -> Result<(), Fault> {
    gate::take_mail(cx, email.key())?;
    let event = cx.event("account.ask_confirmation");
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
        let event = AuditEvent::new(AuditActor::Server, "account.resend_confirmation");
        let written = app.db.write::<_, DbError, _>(move |mut tx| {
            let now = tx.now();
            if let Some(sign_up) = store::sign_up_of_email(&mut tx, email.key(), now)? {
                sign_up::mail_link(&mut tx, &urls, &sign_up)?;
            } else if let Some(account) = store::by_email(&mut tx, email.key())? {
                let mail = mails::already(&account.email, account.lang, &urls.sign_in(), &urls.forgot());
                crate::base::mail::post(&mut tx, &mail)?;
            }
            tx.commit(event, ())
        });
        Ok(written.await?)
    })
}

/// Mail the confirmation of a sign-up once more. The answer is the same for every address.
#[utoipa::path(post, path = "/api/v1/accounts/resend", request_body = Input, security(()),
    responses((status = 202, description = "If a sign-up waits for this address, a mail is on its way."), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<StatusCode, Fault> {
    run(&cx, input).await?;
    Ok(StatusCode::ACCEPTED)
}

#[derive(Template)]
#[template(path = "account/resend.html")]
struct Page {
    frame: Frame,
    said: Said,
    email: String,
}

pub(super) async fn form(cx: Cx) -> Result<Response, Fault> {
    std::future::ready(render(&Page {
        frame: Frame::new(&cx, Here::Nowhere),
        said: Said::default(),
        email: String::new(),
    }))
    .await
}

pub(super) async fn page(cx: Cx, Form(input): Form<Input>) -> Result<Response, Fault> {
    let email = input.email.clone();
    match run(&cx, input).await {
        Ok(()) => Ok(see_other("/sign-up/sent")),
        Err(fault) => gate::again(fault, |fault| {
            render(&Page {
                frame: Frame::new(&cx, Here::Nowhere),
                said: Said::from_fault(fault, cx.lang),
                email,
            })
        }),
    }
}
