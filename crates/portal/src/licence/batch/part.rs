//! The job that writes a batch, part by part, and goes on where it was.

use super::{Batch, IssuedKey, keys};
use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        db::{DbError, Tx},
        error::{Code, Fault},
        job::JobError,
        secret::Secrets,
    },
    licence::{issue, number, store},
};
use jiff::SignedDuration;
use rempart_wire::{LicenceBatchId, LicenceId, LicenceKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::pin::Pin;

pub(super) const JOB: &str = "licence.write_batch";

/// Licences written by one transaction: others must not wait long for theirs.
const PART: u64 = 1000;
/// How long the keys of a batch nobody takes away are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

#[derive(Serialize, Deserialize)]
pub(super) struct Payload {
    pub batch: LicenceBatchId,
}

/// The batch is to be written.
pub(super) fn plan(tx: &mut Tx<'_>, batch: LicenceBatchId) -> Result<(), DbError> {
    tx.enqueue(JOB, &Payload { batch }, None)
}

/// Issues so many licences of a batch.
pub(super) fn issue_part(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    batch: &Batch,
    count: u64,
) -> Result<Vec<IssuedKey>, Fault> {
    let count = usize::try_from(count).unwrap_or(0);
    let numbers = number::draw_many(tx, count)?;
    let made: Vec<_> = numbers
        .into_iter()
        .map(|number| {
            let key = tx.chance().clone().with(LicenceKey::generate);
            let mut new = issue::new(secrets, &batch.terms, number, &key);
            new.batch = Some(batch.id);
            (tx.id::<LicenceId>(), new, key)
        })
        .collect();
    let rows: Vec<_> = made.iter().map(|(id, new, _)| (*id, new)).collect();
    store::write::insert_many(tx, &rows)?;
    let keys = made.into_iter().map(|(_, new, key)| IssuedKey {
        number: new.number,
        key: key.to_string(),
    });
    Ok(keys.collect())
}

/// Writes the next part; whether that was the last.
fn next(tx: &mut Tx<'_>, secrets: &Secrets, id: LicenceBatchId) -> Result<bool, Fault> {
    store::batch::lock(tx, id)?;
    let batch = store::batch::find(tx, id)?.ok_or(Code::NotFound)?;
    let left = batch.progress.total - batch.progress.done;
    if left == 0 {
        return Ok(true);
    }
    let count = left.min(PART);
    let part = batch.progress.done;
    let issued = issue_part(tx, secrets, &batch, count)?;
    let sealed = keys::seal(tx.chance(), secrets, (id, part), &issued)?;
    store::batch::insert_keys(tx, id, part, sealed)?;
    store::batch::set_done(tx, id, part + count)?;
    if left > count {
        return Ok(false);
    }
    let erase_at = tx.now().saturating_add(KEPT).unwrap_or(tx.now());
    store::batch::set_written(tx, id, erase_at)?;
    keys::plan(tx, id, erase_at)?;
    Ok(true)
}

pub(super) fn run(app: App, payload: Value) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let Payload { batch } = serde_json::from_value(payload)?;
        loop {
            let secrets = app.secrets.clone();
            let part = app.db.write::<_, Fault, _>(move |mut tx| {
                let last = next(&mut tx, &secrets, batch)?;
                // Decided, and told, when the batch was ordered.
                Ok(tx.tidy(Housekeeping::Job, last)?)
            });
            if part.await.map_err(|fault| JobError(fault.to_string()))? {
                return Ok(());
            }
        }
    })
}
