//! People who can sign in.
//!
//! Always true: an account's address was confirmed by whoever reads its mail, and belongs to one account, compared
//! without case; passwords are kept as Argon2id hashes, tokens as SHA-256 hashes; an unknown address and a wrong
//! password get the same answer after the same work. An account that is closed has no way in but its password, which opens
//! nothing but the account itself; one whose person was forgotten has none.

mod advice;
mod api_key;
mod browser;
#[cfg(test)]
pub(crate) mod cast;
mod change_password;
mod confirm;
mod demo_mail;
mod email;
mod ending;
mod expire;
mod forgot;
mod gate;
mod language;
mod limit;
mod mails;
mod next;
mod password;
mod person_name;
mod profile;
mod resend;
mod reset;
mod session;
mod show;
mod sign_in;
mod sign_out;
mod sign_up;
mod store;
mod strength;
mod token;
mod welcome;

pub use api_key::give_api_key;
pub use email::Email;
pub use ending::{
    CLOSED_KEPT, Checked, Person, WaysIn, check_credentials, check_password, close, closed_since, erase,
    last_operator, person, reopen, ways_in,
};
pub use password::{Password, hash_password};
pub use welcome::operator_link;

use crate::{
    app::App,
    base::{
        db::{DbError, Tx},
        job::Jobs,
        lang::Lang,
        web::{Access, Routes},
    },
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::AccountId;
use token::Token;
use utoipa_axum::routes;

/// What this slice keeps in memory: tries of late, and the places where passwords are hashed.
#[derive(Debug, Default)]
pub struct State {
    limits: limit::Limits,
    hasher: password::Hasher,
}

/// An account to be made.
#[derive(Debug)]
pub struct NewAccount {
    /// The address; it counts as confirmed.
    pub email: Email,
    /// The name shown.
    pub name: String,
    /// From [`hash_password`].
    pub password_hash: String,
    /// The language of pages and mails.
    pub lang: Lang,
}

/// Makes an account.
///
/// # Errors
/// [`DbError::Unique`] of `account_email_key_unique`, when the address has one.
pub fn create(tx: &mut Tx<'_>, new: &NewAccount, operator: bool) -> Result<AccountId, DbError> {
    store::insert(tx, new, operator)
}

/// Whether there is any account at all.
///
/// # Errors
/// When the database cannot be used.
pub async fn any(app: &App) -> Result<bool, DbError> {
    app.db.read(|r| store::any(r)).await
}

/// The addresses that mails and the terminal name.
struct Urls(String);

impl Urls {
    fn of(app: &App) -> Self {
        Self(app.config.public_url.clone())
    }
    fn sign_in(&self) -> String {
        format!("{}/sign-in", self.0)
    }
    fn forgot(&self) -> String {
        format!("{}/forgot-password", self.0)
    }
    fn confirm(&self, token: &Token) -> String {
        format!("{}/confirm/{}", self.0, token.reveal())
    }
    fn reset(&self, token: &Token) -> String {
        format!("{}/reset-password/{}", self.0, token.reveal())
    }
    fn welcome(&self, token: &Token) -> String {
        format!("{}/operator/welcome/{}", self.0, token.reveal())
    }
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(at)
}

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    gate_routes(routes)
        .api(Access::SignedIn, routes!(show::api))
        .api(Access::SignedIn, routes!(profile::api))
        .api(Access::SignedIn, routes!(language::api))
        .api(Access::SignedIn, routes!(change_password::api))
        .api(Access::SignedIn, routes!(session::api_list))
        .api(Access::SignedIn, routes!(session::api_end))
        .api(Access::SignedIn, routes!(api_key::api_make))
        .api(Access::SignedIn, routes!(api_key::api_revoke))
        .get("/account", Access::SignedIn, show::page)
        .post("/account/profile", Access::SignedIn, profile::page)
        .post("/account/language", Access::SignedIn, language::page)
        .post("/account/password", Access::SignedIn, change_password::page)
        .post(
            "/account/sessions/end-others",
            Access::SignedIn,
            session::page_end_others,
        )
        .post(
            "/account/sessions/{session}/end",
            Access::SignedIn,
            session::page_end,
        )
        .post("/account/api-key", Access::SignedIn, api_key::page_make)
        .post("/account/api-key/revoke", Access::SignedIn, api_key::page_revoke)
        .post("/sign-out", Access::OwnAccount, sign_out::page)
}

/// What stands before the gate.
fn gate_routes(routes: Routes) -> Routes {
    routes
        .api(Access::Anybody, routes!(sign_up::api))
        .api(Access::Anybody, routes!(confirm::api))
        .api(Access::Anybody, routes!(resend::api))
        .api(Access::Anybody, routes!(forgot::api))
        .api(Access::Anybody, routes!(reset::api))
        .get("/", Access::Anybody, sign_in::start)
        .get("/sign-up", Access::Anybody, sign_up::form)
        .post("/sign-up", Access::Anybody, sign_up::page)
        .get("/sign-up/sent", Access::Anybody, sign_up::sent)
        .get("/sign-up/resend", Access::Anybody, resend::form)
        .post("/sign-up/resend", Access::Anybody, resend::page)
        .post("/password-strength", Access::Anybody, strength::fragment)
        .get("/confirm/{token}", Access::Anybody, confirm::form)
        .post("/confirm/{token}", Access::Anybody, confirm::page)
        .get("/sign-in", Access::Anybody, sign_in::form)
        .post("/sign-in", Access::Anybody, sign_in::page)
        .get("/forgot-password", Access::Anybody, forgot::form)
        .post("/forgot-password", Access::Anybody, forgot::page)
        .get("/forgot-password/sent", Access::Anybody, forgot::sent)
        .get("/reset-password/{token}", Access::Anybody, reset::form)
        .post("/reset-password/{token}", Access::Anybody, reset::page)
        .get("/operator/welcome/{token}", Access::Anybody, welcome::form)
        .post("/operator/welcome/{token}", Access::Anybody, welcome::page)
        .post("/language", Access::Anybody, language::switch)
        .get("/demo/mail", Access::Demo, demo_mail::page)
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(sign_up::JOB, sign_up::answer)
        .on(resend::JOB, resend::answer)
        .on(forgot::JOB, forgot::answer)
        .on(expire::JOB, expire::run)
}

/// What is done at every start.
///
/// # Errors
/// When the database cannot be used.
pub async fn prepare(app: &App) -> Result<(), DbError> {
    expire::schedule(app).await
}
