//! What devices say about quarantined files.

use super::store;
use crate::{
    base::db::{DbError, Tx},
    device::{Ended, How, Reporter},
};
use rempart_wire::{Event, EventBody};

/// Records what an event says about quarantine; other events are none of ours. Doing it twice changes nothing.
///
/// # Errors
/// Whatever the engine says.
pub fn record(tx: &mut Tx<'_>, from: &Reporter, event: &Event) -> Result<(), DbError> {
    let at = event.at.min(tx.now());
    match &event.body {
        EventBody::Quarantined(report) => store::add(tx, from, report, at),
        EventBody::QuarantineChanged {
            item,
            order,
            state,
            failure,
        } => store::changed(
            tx,
            from,
            &store::Change {
                item: *item,
                order: *order,
                state: *state,
                failure: failure.as_ref(),
                at,
            },
        ),
        EventBody::OrderRefused { order, refusal } => {
            store::stays(tx, from.device, *order, &refusal.code, &refusal.sentence)
        }
        _ => Ok(()),
    }
}

/// An order to restore or delete ended without a word from its device: the item stays held.
///
/// # Errors
/// Whatever the engine says.
pub fn ended(tx: &mut Tx<'_>, ended: &Ended) -> Result<(), DbError> {
    let code = match ended.how {
        How::Expired => "order_expired",
        How::Cancelled => "device_gone",
        How::ManagedLocally => "managed_locally",
    };
    store::stays(tx, ended.device, ended.order, code, "")
}

#[cfg(test)]
mod tests;
