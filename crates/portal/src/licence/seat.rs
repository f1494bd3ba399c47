//! Seats are claimed and given back in the transaction that enrols or retires a device.

use super::{GRACE, State, store};
use crate::base::{
    db::{DbError, Read, Tx},
    error::{Code, Fault},
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{DeviceId, LicenceId, WorkspaceId};
use serde_json::json;

/// A device not heard of for this long is silent: its seat is worth asking for.
pub const SILENT_AFTER: SignedDuration = SignedDuration::from_hours(24 * 60);

/// A device last heard before this is silent.
#[must_use]
pub fn silent_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(SILENT_AFTER).unwrap_or(Timestamp::MIN)
}

fn still_good(now: Timestamp) -> Timestamp {
    now.saturating_sub(GRACE).unwrap_or(now)
}

/// Takes one seat of the workspace's licence, for a device that is about to name that licence.
///
/// # Errors
/// `workspace_without_licence`, `licence_unusable` (suspended or revoked), `licence_expired` (grace period included) or
/// `seats_exhausted`; nothing is changed then.
pub fn claim_seat(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<LicenceId, Fault> {
    let now = tx.now();
    if let Some(licence) = store::seat::claim(tx, workspace, still_good(now))? {
        return Ok(licence);
    }
    Err(no_seat(tx, workspace)?)
}

/// Why there is no seat for one more.
fn no_seat(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Fault, Fault> {
    let name = store::find::workspace_name(tx, workspace)?.ok_or(Code::NotFound)?;
    let Some(licence) = store::find::for_workspace(tx, workspace)? else {
        return Ok(Fault::new(Code::WorkspaceWithoutLicence).arg("workspace", name));
    };
    Ok(match licence.state(tx.now()) {
        State::Suspended | State::Revoked | State::Merged => Code::LicenceUnusable.into(),
        State::Expired { .. } => Fault::new(Code::LicenceExpired).arg("workspace", name),
        _ => {
            let over = licence.seats_used.saturating_sub(licence.seats);
            Fault::new(Code::SeatsExhausted)
                .arg("seats", licence.seats)
                .arg("workspace", name)
                .arg("used", licence.seats_used)
                .facts(
                    json!({ "seats": licence.seats, "seats_used": licence.seats_used, "seats_over": over }),
                )
        }
    })
}

/// Takes one seat of a licence, for a machine that is about to be activated with it.
///
/// # Errors
/// As [`claim_seat`]; nothing is changed then.
pub fn claim_for_machine(tx: &mut Tx<'_>, licence: LicenceId, workspace: WorkspaceId) -> Result<(), Fault> {
    let still_good = still_good(tx.now());
    if store::seat::claim_of(tx, (licence, workspace), still_good)? {
        return Ok(());
    }
    Err(no_seat(tx, workspace)?)
}

/// Makes everybody else who counts a licence's seats wait until this unit is over. To be called before a machine goes.
///
/// # Errors
/// Whatever the engine says.
pub fn lock_seats(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    store::seat::lock(tx, licence)
}

/// Counts a licence's seats again, after a machine went.
///
/// # Errors
/// Whatever the engine says.
pub fn count_seats(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    store::seat::recount(tx, licence)
}

/// Whether a device holds a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// It had one.
    Held,
    /// It has just taken one that was free.
    Taken,
    /// There is none for it.
    Missing,
}

/// A device that comes back takes a seat again, when it has none and one is free. To be called before anything else is
/// written about the device.
///
/// # Errors
/// Whatever the engine says.
pub fn seat_again(tx: &mut Tx<'_>, workspace: WorkspaceId, device: DeviceId) -> Result<Seat, DbError> {
    if store::seat::held_by(tx, device)?.is_some() {
        return Ok(Seat::Held);
    }
    let still_good = still_good(tx.now());
    let Some(licence) = store::seat::claim(tx, workspace, still_good)? else {
        return Ok(Seat::Missing);
    };
    if store::seat::sit(tx, device, licence)? {
        return Ok(Seat::Taken);
    }
    // It was given one, or was retired, in the same moment.
    store::seat::recount(tx, licence)?;
    Ok(Seat::Held)
}

/// Devices of a workspace that hold a seat and are silent.
///
/// # Errors
/// Whatever the engine says.
pub fn silent(r: &mut impl Read, workspace: WorkspaceId, now: Timestamp) -> Result<u64, DbError> {
    store::seat::silent(r, workspace, silent_since(now))
}

/// Whose seats are released.
#[derive(Debug, Clone)]
pub enum Release {
    /// These devices'.
    Of(Vec<DeviceId>),
    /// Every silent device's.
    Silent,
}

/// What releasing seats did.
#[derive(Debug, Clone, Copy)]
pub struct Released {
    /// Of which licence.
    pub licence: LicenceId,
    /// Seats that are free now and were not.
    pub seats: u64,
    /// Seats that were held before.
    pub before: u64,
}

/// Gives back the seats of several devices of a workspace; they stay enrolled. Those that hold none change nothing.
/// `None` when the workspace has no licence.
///
/// # Errors
/// Whatever the engine says.
pub fn release_seats(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    whose: &Release,
) -> Result<Option<Released>, DbError> {
    let Some(licence) = store::seat::attached(tx, workspace)? else {
        return Ok(None);
    };
    store::seat::lock(tx, licence)?;
    // It may have been moved while this waited.
    let Some(found) = store::find::for_workspace(tx, workspace)?.filter(|found| found.id == licence) else {
        return Ok(None);
    };
    let seats = match whose {
        Release::Silent => {
            let since = silent_since(tx.now());
            store::seat::leave_silent(tx, licence, since)?
        }
        Release::Of(devices) => {
            let mut left = 0;
            for device in devices {
                left += u64::from(store::seat::leave(tx, *device, licence)?);
            }
            left
        }
    };
    store::seat::recount(tx, licence)?;
    Ok(Some(Released {
        licence,
        seats,
        before: found.seats_used,
    }))
}

/// Gives a device's seat back, if it holds one: the device names no licence afterwards and the licence counts again.
/// To be called before anything else is written about the device.
///
/// # Errors
/// Whatever the engine says.
pub fn release_seat(tx: &mut Tx<'_>, device: DeviceId) -> Result<(), DbError> {
    let Some(licence) = store::seat::held_by(tx, device)? else {
        return Ok(());
    };
    store::seat::lock(tx, licence)?;
    store::seat::leave(tx, device, licence)?;
    store::seat::recount(tx, licence)
}

/// Detaches a licence; the devices that held its seats go on without one. Its machines are its own and keep theirs.
pub(super) fn vacate(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    store::seat::lock(tx, licence)?;
    store::seat::leave_all(tx, licence)?;
    store::write::detach(tx, licence)?;
    store::seat::recount(tx, licence)
}

/// Gives the seats of a licence just attached to the devices that are there, as many as fit beside its machines.
pub(super) fn fill(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    workspace: WorkspaceId,
    seats: u64,
) -> Result<(), DbError> {
    let free = seats.saturating_sub(store::seat::machines(tx, licence)?);
    store::seat::fill(tx, licence, workspace, free)?;
    store::seat::recount(tx, licence)
}
