//! Mails that tell in time what will happen to a licence: 30, 14 and 3 days before it expires, when it has, when its grace
//! period is over, and when few of its seats are left.
//!
//! Always true: each is sent once for each end of a licence's period, never daily; when the end moves, they are due anew.
//! What comes late, because the portal was down, is not sent after the next one is due: only the one that still matters is.
//! Nobody is reminded in the first half of a term, nor of what renews by itself but once. Each can be muted, except the
//! last: protection is then about to stay behind.
//!
//! A mail goes to the licence's owner; for one that a reseller sold, to the billing contacts of its workspace first, and to
//! the owner when there are none. The last goes to all of them.

mod kind;
mod mails;
mod mute;
mod store;
mod sweep;
#[cfg(test)]
mod tests;

use crate::{
    app::App,
    base::{
        db::DbError,
        job::Jobs,
        web::{Access, Routes},
    },
};
use utoipa_axum::routes;

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .api(Access::SignedIn, routes!(mute::api_show))
        .api(Access::SignedIn, routes!(mute::api))
        .get("/account/reminders", Access::SignedIn, mute::form)
        .post("/account/reminders", Access::SignedIn, mute::page)
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(sweep::JOB, sweep::run)
}

/// What is done at every start.
///
/// # Errors
/// When the database cannot be used.
pub async fn prepare(app: &App) -> Result<(), DbError> {
    sweep::schedule(app).await
}
