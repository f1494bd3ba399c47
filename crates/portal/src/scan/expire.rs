//! A scan that its device began and has not spoken of for a week is lost: the page says so and stops waiting.

use super::store;
use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        db::{DbError, Tx},
        job::JobError,
    },
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::pin::Pin;

pub(super) const JOB: &str = "scan.expire";

/// How long a device may be silent about a scan it began.
pub(super) const SILENCE: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A scan has begun: looks for what was lost when a week has passed.
pub(super) fn later(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let at = tx.now().saturating_add(SILENCE).ok();
    tx.enqueue(JOB, &json!({}), at)
}

pub(super) fn run(app: App, _: Value) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        app.db
            .write::<_, JobError, _>(|mut tx| {
                let before = tx.now().saturating_sub(SILENCE).unwrap_or(tx.now());
                store::lose(&mut tx, before)?;
                Ok(tx.tidy(Housekeeping::Expiry, ())?)
            })
            .await
    })
}
