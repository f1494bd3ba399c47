//! The operator's desk: a licence is found by its number, its key or its owner's address, with whose it is, where it is and
//! what happened to it; and it is suspended, reinstated or revoked, for a reason that is kept.
//!
//! Always true: what is revoked stays revoked; a licence that is suspended keeps its seats, its workspace and its period,
//! which goes on; its devices are told at once and stay protected.

mod confirm;
mod find;
mod rule;
mod screen;

use crate::base::{
    job::Jobs,
    web::{Access, Routes},
};
use utoipa_axum::routes;

pub use find::{DeskView, Owner, desk, find};
pub use rule::{RULED, Ruling, rule, tell_later};

/// Jobs of this noun.
pub(super) fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(rule::JOB, rule::tell)
}

/// Routes of this noun.
pub(super) fn routes(routes: Routes) -> Routes {
    let operator = Access::Operator;
    routes
        .api(operator, routes!(find::api))
        .api(operator, routes!(find::show))
        .api(operator, routes!(find::history))
        .api(operator, routes!(rule::suspend))
        .api(operator, routes!(rule::reinstate))
        .api(operator, routes!(rule::revoke))
        .get("/operator/find-licence", operator, screen::form)
        .post("/operator/find-licence", operator, screen::find_page)
        .get("/operator/licences/{licence}", operator, screen::page)
        .post("/operator/licences/{licence}/suspend", operator, screen::suspend)
        .post(
            "/operator/licences/{licence}/reinstate",
            operator,
            screen::reinstate,
        )
        .get("/operator/licences/{licence}/revoke", operator, confirm::form)
        .post("/operator/licences/{licence}/revoke", operator, confirm::page)
}
