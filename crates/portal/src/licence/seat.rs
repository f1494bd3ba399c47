//! Seats are claimed and given back in the transaction that enrols or retires a device.

use super::{GRACE, State, store};
use crate::base::{
    db::{DbError, Tx},
    error::{Code, Fault},
};
use rempart_wire::{DeviceId, LicenceId, WorkspaceId};

/// Takes one seat of the workspace's licence, for a device that is about to name that licence.
///
/// # Errors
/// `workspace_without_licence`, `licence_unusable` (suspended or revoked), `licence_expired` (grace period included) or
/// `seats_exhausted`; nothing is changed then.
pub fn claim_seat(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<LicenceId, Fault> {
    let now = tx.now();
    let still_good = now.saturating_sub(GRACE).unwrap_or(now);
    if let Some(licence) = store::seat::claim(tx, workspace, still_good)? {
        return Ok(licence);
    }
    let name = store::find::workspace_name(tx, workspace)?.ok_or(Code::NotFound)?;
    let Some(licence) = store::find::for_workspace(tx, workspace)? else {
        return Err(Fault::new(Code::WorkspaceWithoutLicence).arg("workspace", name));
    };
    Err(match licence.state(now) {
        State::Suspended | State::Revoked | State::Merged => Code::LicenceUnusable.into(),
        State::Expired { .. } => Fault::new(Code::LicenceExpired).arg("workspace", name),
        _ => Fault::new(Code::SeatsExhausted)
            .arg("seats", licence.seats)
            .arg("workspace", name),
    })
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

/// Detaches a licence; the devices that held its seats go on without one.
pub(super) fn vacate(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    store::seat::lock(tx, licence)?;
    store::seat::leave_all(tx, licence)?;
    store::write::detach(tx, licence)
}

/// Gives the seats of a licence just attached to the devices that are there, as many as fit.
pub(super) fn fill(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    workspace: WorkspaceId,
    seats: u64,
) -> Result<(), DbError> {
    store::seat::fill(tx, licence, workspace, seats)?;
    store::seat::recount(tx, licence)
}
