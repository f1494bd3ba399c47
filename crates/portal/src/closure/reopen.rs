//! A closed account is opened again, within seven days: by whoever signed in to it, or with address and password. What was
//! revoked when it was closed is not undone: sessions, API key, renewals, offers and orders are made anew.

use super::{close::noted, mails, preview::Plan};
use crate::{
    account,
    base::{
        audit::{AuditActor, AuditEvent},
        error::{Code, Fault},
        mail,
        web::{Cx, Json, Problems, see_other},
    },
};
use axum::{http::StatusCode, response::Response};
use rempart_wire::AccountId;
use serde::Deserialize;
use utoipa::ToSchema;

/// Whose.
#[derive(Deserialize, ToSchema)]
#[schema(as = AccountReopening)]
pub(super) struct Input {
    /// The address one signs in with.
    email: String,
    /// The account's password.
    password: String,
}

async fn run(cx: &Cx, account: AccountId) -> Result<(), Fault> {
    let (request, url) = (cx.request.id.clone(), cx.app.config.public_url.clone());
    let event = move |action| AuditEvent::new(AuditActor::Account(account), action).request(&request);
    cx.app
        .db
        .write(move |mut tx| {
            account::reopen(&mut tx, account)?;
            let now = tx.now();
            let plan = Plan::read(&mut tx, account, now)?;
            let person = account::person(&mut tx, account)?.ok_or(Code::NotFound)?;
            mail::post(&mut tx, &mails::reopened(&person, &url))?;
            let more = noted(&plan, || event("licence.owner_back")).collect();
            Ok(tx.commit_all(event("account.reopen").on("account", account), more, ())?)
        })
        .await
}

/// Open an account again that was closed in the last seven days, with address and password. It has no API key then.
#[utoipa::path(post, path = "/api/v1/account-reopenings", request_body = Input, security(()),
    responses((status = 204, description = "Open."), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<StatusCode, Fault> {
    let checked = account::check_credentials(&cx, &input.email, &input.password).await?;
    run(&cx, checked.account()).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn page(cx: Cx) -> Result<Response, Fault> {
    run(&cx, cx.person()?.account).await?;
    Ok(see_other("/account?said=account-reopened"))
}
