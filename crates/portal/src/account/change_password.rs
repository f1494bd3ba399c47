//! A person changes the password, giving the present one. Every other session ends; a mail says that it was done.

use super::{
    gate,
    limit::{self, Rule},
    mails, password, store,
};
use crate::base::{
    db::{DbError, Tx},
    error::{Code, Fault},
    mail,
    web::{Cx, Form, Json, Problems, see_other},
};
use axum::{http::StatusCode, response::Response};
use rempart_wire::SessionId;
use serde::Deserialize;
use utoipa::ToSchema;

/// The present password and the one wanted.
#[derive(Deserialize, ToSchema)]
#[schema(as = PasswordChange)]
pub(super) struct Input {
    /// The present one.
    present_password: String,
    /// Up to 1,000 characters of any script; refused when it would be guessed too soon.
    password: String,
}

/// The account of whoever asks, when they gave its password in `field`.
///
/// # Errors
/// `password_wrong`, `too_many_attempts`.
pub(super) async fn check(cx: &Cx, given: &str, field: &'static str) -> Result<store::Known, Fault> {
    let id = cx.person()?.account;
    let account = cx
        .app
        .db
        .read(move |r| Ok::<_, Fault>(store::by_id(r, id)?.ok_or(Code::NotFound)?));
    let account = account.await?;
    // Whoever holds a session or a key has as few tries as whoever stands before the gate.
    let whom = id.to_string();
    let limits = &cx.app.accounts.limits;
    limits
        .take(Rule::PasswordOfAccount, &whom, cx.app.clock.now())
        .map_err(|wait| limit::too_many(wait, cx.lang))?;
    let given = password::Password::given(given);
    let hash = Some(account.password_hash.clone());
    if !cx.app.accounts.hasher.matches(given, hash).await? {
        return Err(Fault::new(Code::PasswordWrong).at(field));
    }
    limits.clear(Rule::PasswordOfAccount, &whom);
    Ok(account)
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<(), Fault> {
    let person = cx.person()?;
    let (id, session) = (person.account, person.session);
    let account = check(cx, &input.present_password, "present_password").await?;
    let about = [account.name.as_str(), account.email.as_str()];
    let chosen = password::Password::chosen(&input.password, &about, cx.lang)?;
    let hash = password::hash_password(&cx.app, chosen).await?;
    let urls = super::Urls::of(&cx.app);
    let event = cx.event("account.change_password").on("account", id);
    let written = cx.app.db.write(move |mut tx| {
        let unchanged =
            store::by_id(&mut tx, id)?.is_some_and(|now| now.password_hash == account.password_hash);
        if !unchanged {
            return Err(Fault::new(Code::PasswordWrong).at("present_password"));
        }
        set(&mut tx, &urls, &account, &hash, session)?;
        Ok(tx.commit(event, ())?)
    });
    written.await
}

/// What every change of a password does: sessions but `keep` end, open links go, a mail says so.
pub(super) fn set(
    tx: &mut Tx<'_>,
    urls: &super::Urls,
    account: &store::Known,
    hash: &str,
    keep: Option<SessionId>,
) -> Result<(), DbError> {
    store::set_password(tx, account.id, hash)?;
    store::end_sessions(tx, account.id, keep)?;
    store::drop_links_of(tx, account.id)?;
    let at = account.lang.date_time(tx.now());
    let mail = mails::password_changed(&account.email, account.lang, &at, &urls.forgot());
    mail::post(tx, &mail)
}

/// Change the account's password, giving the present one. Its sessions end.
#[utoipa::path(put, path = "/api/v1/account/password", request_body = Input,
    responses((status = 204, description = "Changed."), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<StatusCode, Fault> {
    run(&cx, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn page(cx: Cx, Form(input): Form<Input>) -> Result<Response, Fault> {
    match run(&cx, input).await {
        Ok(()) => Ok(see_other("/account?said=password-changed")),
        Err(fault) => {
            let shown = super::show::Shown::of(&cx, None).await?;
            gate::again(fault, |fault| shown.page(&cx, fault))
        }
    }
}
