//! Clears away what nobody will ask for again: ids of events delivered long ago, tokens long expired.

use super::store::{event, token};
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
pub(super) const JOB: &str = "device.tidy";

/// A device gives an event up long before: its spool is bounded.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 60);
/// Between two times.
const EVERY: SignedDuration = SignedDuration::from_hours(24);

/// Does it, and plans the next time.
pub(super) fn run(
    app: App,
    _: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        app.db
            .write(|mut tx| {
                let before = tx.now().saturating_sub(KEPT).unwrap_or_default();
                event::forget(&mut tx, before)?;
                token::forget(&mut tx, before)?;
                plan(&mut tx)?;
                tx.tidy(Housekeeping::Expiry, ())
            })
            .await
            .map_err(|error: DbError| error.into())
    })
}

/// Makes sure that it will be done. Called whenever there is something new that will have to be cleared away.
pub(super) fn plan(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let next = tx.now().saturating_add(EVERY).unwrap_or(Timestamp::MAX);
    tx.enqueue_once(JOB, next)
}
