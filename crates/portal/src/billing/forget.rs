//! Forgets previews a day after they could be accepted.

use super::store;
use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        db::{DbError, Tx},
        job::JobError,
    },
};
use jiff::{SignedDuration, Timestamp};
use std::pin::Pin;

/// The kind of the job.
pub(super) const JOB: &str = "billing.forget_previews";
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn run(
    app: App,
    _: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        app.db
            .write(|mut tx| {
                let before = tx.now().saturating_sub(DAY).unwrap_or_default();
                store::preview::forget(&mut tx, before)?;
                tx.tidy(Housekeeping::Expiry, ())
            })
            .await
            .map_err(|error: DbError| error.into())
    })
}

/// Makes sure that what is there now will be forgotten.
pub(super) fn plan(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let next = tx.now().saturating_add(DAY * 2).unwrap_or(Timestamp::MAX);
    tx.enqueue_once(JOB, next)
}
