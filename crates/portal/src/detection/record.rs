use super::store;
use crate::{
    base::db::{DbError, Tx},
    device::Reporter,
};
use rempart_wire::{Event, EventBody};

/// Records a detection an event tells of; other events are none of ours. Doing it twice changes nothing.
///
/// # Errors
/// Whatever the engine says.
pub fn record(tx: &mut Tx<'_>, from: &Reporter, event: &Event) -> Result<(), DbError> {
    let EventBody::Detection(report) = &event.body else {
        return Ok(());
    };
    let at = event.at.min(tx.now());
    store::add(tx, from, report, at)
}
