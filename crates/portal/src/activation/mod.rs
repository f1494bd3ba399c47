//! Machines that somebody else's program activates, and the door such programs come through: the part of Keygen's API that
//! a licensed program uses, under `/v1/accounts/{workspace}/…`, so that clients people already have can check a licence
//! here. The account is the workspace: a licence attached to no workspace is not reached. A program shows a licence key
//! (`Authorization: License …`), or an API key of somebody who manages the workspace's licence (`Bearer …`).
//!
//! Always true: a machine has exactly one seat of its licence, counted with those of devices, and a fingerprint has one
//! machine in a licence; every answer under `/v1/accounts/` is signed, refusals, what is not there and empty ones too,
//! over the body as it is sent, which is never compressed; no cookie is read here. A machine goes with its licence, not
//! with the workspace: its seat stays taken while the licence is detached.
//!
//! The order in which a validation looks is part of the promise: whether the licence is there, its ban, its suspension,
//! its expiry, then what was asked to fit (product, entitlements, machine, fingerprint), then counts. More seats in use
//! than there are stops nothing: the answer is valid and says so by its code.

mod asker;
mod check_out;
mod heartbeat;
mod licence;
mod machine;
mod policy;
mod sign;
mod store;
#[cfg(test)]
mod tests;
mod validate;

use crate::base::{
    job::Jobs,
    web::{Access, Routes},
};
use axum::http::Method;
use utoipa_axum::routes;

pub(crate) use sign::{Asked, PREFIX, SIGNATURE, sign};

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let account = |path: &str| format!("{PREFIX}{{workspace}}/{path}");
    let key = Access::LicenceKey;
    let (get, post, delete) = (Method::GET, Method::POST, Method::DELETE);
    routes
        .api(Access::Anybody, routes!(validate::api::api))
        .page(
            post.clone(),
            &account("licenses/actions/validate-key"),
            key,
            validate::by_key,
        )
        .page(get.clone(), &account("licenses/{id}"), key, licence::show)
        .page(
            get.clone(),
            &account("licenses/{id}/actions/validate"),
            key,
            validate::plain,
        )
        .page(
            post.clone(),
            &account("licenses/{id}/actions/validate"),
            key,
            validate::scoped,
        )
        .page(
            get.clone(),
            &account("licenses/{id}/actions/check-out"),
            key,
            check_out::licence_text,
        )
        .page(
            post.clone(),
            &account("licenses/{id}/actions/check-out"),
            key,
            check_out::licence,
        )
        .page(
            get.clone(),
            &account("licenses/{id}/machines"),
            key,
            licence::machines,
        )
        .page(
            get.clone(),
            &account("licenses/{id}/entitlements"),
            key,
            licence::entitlements,
        )
        .page(post.clone(), &account("machines"), key, machine::activate)
        .page(get.clone(), &account("machines/{id}"), key, machine::show)
        .page(delete, &account("machines/{id}"), key, machine::deactivate)
        .page(
            post.clone(),
            &account("machines/{id}/actions/ping"),
            key,
            machine::ping,
        )
        .page(
            get,
            &account("machines/{id}/actions/check-out"),
            key,
            check_out::machine_text,
        )
        .page(
            post,
            &account("machines/{id}/actions/check-out"),
            key,
            check_out::machine,
        )
}

/// Work of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(heartbeat::JOB, heartbeat::run)
}
