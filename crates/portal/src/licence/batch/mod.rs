//! Keys issued many at once, for a reseller or a mailing: one order of up to 10,000 licences that differ in nothing but
//! their number and key.
//!
//! Always true: a batch is written in parts, each whole; it goes on where it was when the server was stopped. The keys of
//! a part lie beside it sealed, because the operator must be able to take them away; they are erased a quarter of an hour
//! after they were taken (so that a download that broke off can be done again), or a day after they were written. After
//! that nobody has them but whoever took them.

mod create;
mod keys;
mod part;
mod screen;

use super::Terms;
use crate::base::{
    job::Jobs,
    web::{Access, Routes},
};
use jiff::Timestamp;
use rempart_wire::LicenceBatchId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(super) use create::{Input, count, run};
pub use create::{IssuedKey, issue_batch};

/// Jobs of this noun.
pub(super) fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(part::JOB, part::run).on(keys::JOB, keys::erase_job)
}

/// Routes of this noun.
pub(super) fn routes(routes: Routes) -> Routes {
    let operator = Access::Operator;
    routes
        .api(operator, routes!(create::api))
        .api(operator, routes!(create::list))
        .api(operator, routes!(create::show))
        .api(operator, routes!(keys::api))
        .api(operator, routes!(keys::erase_api))
        .get("/operator/batches", operator, screen::list)
        .get("/operator/batches/{batch}", operator, screen::show)
        .post("/operator/batches/{batch}/keys", operator, keys::page)
        .post("/operator/batches/{batch}/erase", operator, keys::erase_page)
}

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::licence) struct Progress {
    pub total: u64,
    pub done: u64,
    pub downloaded_at: Option<Timestamp>,
    pub erase_at: Option<Timestamp>,
    pub erased_at: Option<Timestamp>,
}

/// A batch as it is kept.
#[derive(Debug, Clone)]
pub(in crate::licence) struct Batch {
    pub id: LicenceBatchId,
    pub terms: Terms,
    pub product_name: String,
    pub created_at: Timestamp,
    pub progress: Progress,
}

/// Licences issued together.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicenceBatch)]
pub(in crate::licence) struct BatchView {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: LicenceBatchId,
    /// `writing`, `ready` (its keys can be taken away), `taken` (they were, and can be once more) or `erased`.
    pub state: &'static str,
    /// Licences there will be.
    pub count: u64,
    /// Licences there are.
    pub done: u64,
    /// The code of what they are for.
    pub product: String,
    /// What that is called.
    pub product_name: String,
    /// `subscription` or `one_off`.
    pub kind: &'static str,
    /// Devices each is for.
    pub seats: u64,
    /// Calendar months of each one's period.
    pub months: u32,
    /// Who sells them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reseller_name: Option<String>,
    /// A key must be typed before this moment.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redeem_by: Option<Timestamp>,
    /// When it was ordered.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When its keys were first taken away.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub downloaded_at: Option<Timestamp>,
    /// When its keys are, or were, erased from this server.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys_until: Option<Timestamp>,
}

impl BatchView {
    fn new(batch: Batch, now: Timestamp) -> Self {
        let Progress {
            total,
            done,
            downloaded_at,
            erase_at,
            erased_at,
        } = batch.progress;
        Self {
            id: batch.id,
            state: match () {
                () if erased_at.is_some() || erase_at.is_some_and(|at| at <= now) => "erased",
                () if done < total => "writing",
                () if downloaded_at.is_some() => "taken",
                () => "ready",
            },
            count: total,
            done,
            product: batch.terms.product.to_string(),
            product_name: batch.product_name,
            kind: batch.terms.kind.as_str(),
            seats: batch.terms.seats,
            months: batch.terms.months,
            reseller_name: batch.terms.reseller_name,
            redeem_by: batch.terms.redeem_by,
            created_at: batch.created_at,
            downloaded_at,
            keys_until: erased_at.or(erase_at),
        }
    }
}
