//! A person signs in with address and password. Whether the address is unknown or the password wrong is not said, and
//! takes the same time to find out. One who signed up but has not confirmed is told so, with the right password only,
//! and is mailed the link again.
//!
//! A session lasts 30 days from its last use.

use super::{email::Email, gate, limit::Rule, next::Next, password::Password, resend, store, token::Token};
use crate::base::{
    audit::{AuditActor, AuditEvent},
    authn,
    db::{DbError, Tx},
    error::{Code, Fault},
    web::{Cx, Form, Frame, Here, Query, RequestInfo, Said, render, see_other, session_cookie},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use rempart_wire::AccountId;
use serde::Deserialize;

/// What the form says.
#[derive(Deserialize)]
pub(super) struct Input {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// Where to go on afterwards.
#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    next: String,
}

/// The session's token, for the cookie.
pub(super) async fn run(cx: &Cx, input: &Input) -> Result<Token, Fault> {
    let account = check(cx, &input.email, &input.password).await?;
    open(cx, account.id, &account.password_hash).await
}

/// The account of this address, when this is its password.
///
/// # Errors
/// `email_invalid`, `credentials_invalid`, `email_unconfirmed`, `too_many_attempts`.
pub(super) async fn check(cx: &Cx, email: &str, password: &str) -> Result<store::Known, Fault> {
    let wrong = || Fault::new(Code::CredentialsInvalid);
    let email = Email::parse(email)?;
    gate::take_password_try(cx, email.key())?;
    let (key, now) = (email.key().to_owned(), cx.app.clock.now());
    // Both questions are always asked, so that the answer takes no longer for one kind of address.
    let found = cx.app.db.read(move |r| {
        let account = store::by_email(r, &key)?;
        let waiting = store::sign_up_of_email(r, &key, now)?;
        Ok::<_, Fault>((account, waiting))
    });
    let (account, waiting) = found.await?;
    let hash = match (&account, &waiting) {
        (Some(account), _) => Some(account.password_hash.clone()),
        (None, Some(sign_up)) => Some(sign_up.password_hash.clone()),
        (None, None) => None,
    };
    let given = Password::given(password);
    if !cx.app.accounts.hasher.matches(given, hash).await? {
        tracing::info!(request = %cx.request.id, address = %cx.request.address, "a sign-in was refused");
        return Err(wrong());
    }
    cx.app.accounts.limits.clear(Rule::PasswordOfAccount, email.key());
    let Some(account) = account else {
        resend::again(cx, email).await?;
        return Err(Code::EmailUnconfirmed.into());
    };
    Ok(account)
}

/// Begins the session, unless the password was changed while it was being checked.
async fn open(cx: &Cx, account: AccountId, checked: &str) -> Result<Token, Fault> {
    let request = std::sync::Arc::clone(&cx.request);
    let before = cx
        .person
        .as_ref()
        .and_then(|person| Some((person.account, person.session?)));
    let checked = checked.to_owned();
    let written = cx.app.db.write(move |mut tx| {
        let unchanged = store::by_id(&mut tx, account)?.is_some_and(|now| now.password_hash == checked);
        if !unchanged {
            return Err(Fault::new(Code::CredentialsInvalid));
        }
        if let Some((account, session)) = before {
            store::end_session(&mut tx, account, session)?;
        }
        let token = begin_session(&mut tx, account, &request)?;
        let event = AuditEvent::new(AuditActor::Account(account), "account.sign_in");
        Ok(tx.commit(event.on("account", account).request(&request.id), token)?)
    });
    written.await
}

/// Begins a session of `account` in the browser that sent `request`.
pub(super) fn begin_session(
    tx: &mut Tx<'_>,
    account: AccountId,
    request: &RequestInfo,
) -> Result<Token, DbError> {
    let token = Token::new(tx.chance());
    let expires = super::later(tx.now(), authn::SESSION_LASTS);
    let address = request.address.to_canonical().to_string();
    let from = (request.user_agent.as_str(), address.as_str());
    store::insert_session(tx, account, token.hash(), expires, from)?;
    Ok(token)
}

/// Leads a browser on with its new session.
pub(super) fn lead_in(cx: &Cx, token: &Token, to: &str) -> Response {
    let cookie = session_cookie(&cx.app, token.reveal().to_owned());
    (CookieJar::new().add(cookie), see_other(to)).into_response()
}

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct Page {
    frame: Frame,
    said: Said,
    email: String,
    next: Next,
}

pub(super) async fn form(cx: Cx, Query(ask): Query<Ask>) -> Result<Response, Fault> {
    let next = Next::parse(&ask.next);
    if cx.person.is_some() {
        return std::future::ready(Ok(see_other(next.as_str()))).await;
    }
    render(&Page {
        frame: Frame::new(&cx, Here::Nowhere),
        said: Said::default(),
        email: String::new(),
        next,
    })
}

pub(super) async fn page(cx: Cx, Form(input): Form<Input>) -> Result<Response, Fault> {
    let next = Next::parse(&input.next);
    match run(&cx, &input).await {
        Ok(token) => Ok(lead_in(&cx, &token, next.as_str())),
        Err(fault) => gate::again(fault, |fault| {
            render(&Page {
                frame: Frame::new(&cx, Here::Nowhere),
                said: Said::from_fault(fault, cx.lang),
                email: input.email,
                next,
            })
        }),
    }
}

/// The start: the way in for who is not signed in, the workspaces for who is.
pub(super) async fn start(cx: Cx) -> Response {
    let to = if cx.person.is_some() {
        "/workspaces"
    } else {
        "/sign-in"
    };
    std::future::ready(see_other(to)).await
}

#[cfg(test)]
mod tests;
