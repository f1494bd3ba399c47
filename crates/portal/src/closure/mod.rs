//! Closing one's account, with licences in it.
//!
//! Always true: nothing is closed that was not shown before, with names and counts; closing takes nothing from others. A
//! licence that is attached protects on where it is, and belongs to the primary owner of that workspace once its owner is
//! gone for good; one that is attached to nothing ends then. Nothing is charged any more from the moment an account is
//! closed. For seven days its password opens it again and nothing of it is lost but what was revoked at once: sessions, API
//! key, renewals, offers, orders that waited. Then its person is forgotten, and what the law wants kept of money stays.

mod close;
mod mails;
mod preview;
mod purge;
mod reopen;
mod screen;
#[cfg(test)]
mod tests;

use crate::{
    account,
    base::{
        job::Jobs,
        web::{Access, Routes},
    },
};
use jiff::Timestamp;
use utoipa_axum::routes;

/// When an account that is closed at `at` is gone for good.
fn gone_at(at: Timestamp) -> Timestamp {
    at.saturating_add(account::CLOSED_KEPT).unwrap_or(at)
}

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .api(Access::SignedIn, routes!(preview::api))
        .api(Access::SignedIn, routes!(close::api))
        .api(Access::Anybody, routes!(reopen::api))
        .get("/account/closure", Access::OwnAccount, screen::page)
        .post("/account/closure", Access::SignedIn, close::page)
        .post("/account/closure/undo", Access::OwnAccount, reopen::page)
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(purge::JOB, purge::run)
}
