//! What devices say about scans.

use super::{expire, store};
use crate::{
    base::db::{DbError, Tx},
    device::{Ended, How, Reporter},
};
use rempart_wire::{Event, EventBody};

/// Records what an event says about scans; other events are none of ours. Doing it twice changes nothing.
///
/// # Errors
/// Whatever the engine says.
pub fn record(tx: &mut Tx<'_>, from: &Reporter, event: &Event) -> Result<(), DbError> {
    // A device's clock may be ahead; nothing happened after it was told.
    let at = event.at.min(tx.now());
    match &event.body {
        EventBody::ScanStarted { scan, target, origin } => {
            store::started(tx, from, *scan, (target, *origin), at)?;
            expire::later(tx)
        }
        EventBody::ScanFinished {
            scan,
            outcome,
            tally,
            unreadable,
        } => store::finished(
            tx,
            from,
            &store::Finish {
                scan: *scan,
                outcome: *outcome,
                tally,
                unreadable,
                at,
            },
        ),
        EventBody::OrderRefused { order, refusal } => store::refused(tx, from, *order, refusal),
        _ => Ok(()),
    }
}

/// An order to scan or to stop ended without a word from its device.
///
/// # Errors
/// Whatever the engine says.
pub fn ended(tx: &mut Tx<'_>, ended: &Ended) -> Result<(), DbError> {
    match ended.how {
        How::Expired => store::expired(tx, ended.device, ended.order),
        How::Cancelled => store::given_up(tx, ended.device, ended.order, "device_gone"),
        How::ManagedLocally => store::given_up(tx, ended.device, ended.order, "managed_locally"),
    }
}

#[cfg(test)]
mod tests;
