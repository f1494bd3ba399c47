//! Seats of the workspace's licence, claimed and released in the transaction that enrols or retires.

use super::store::seat as sql;
use crate::base::{
    db::{DbError, Read, Tx},
    error::{Code, Fault},
};
use rempart_wire::{LicenceId, WorkspaceId};

/// Claims a seat.
///
/// # Errors
/// `workspace_without_licence`, `licence_unusable`, `seats_exhausted`.
pub(super) fn claim(tx: &mut Tx<'_>, workspace: WorkspaceId, name: &str) -> Result<LicenceId, Fault> {
    if let Some(licence) = sql::claim(tx, workspace)? {
        return Ok(licence);
    }
    let Some((seats, unusable)) = sql::licence(tx, workspace)? else {
        return Err(Fault::new(Code::WorkspaceWithoutLicence).arg("workspace", name));
    };
    if unusable {
        return Err(Code::LicenceUnusable.into());
    }
    Err(Fault::new(Code::SeatsExhausted)
        .arg("seats", seats)
        .arg("workspace", name))
}

/// Gives a seat back.
pub(super) fn release(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    sql::release(tx, licence)
}

/// Whether there is a licence whose seats can be claimed.
pub(super) fn licensed(r: &mut impl Read, workspace: WorkspaceId) -> Result<bool, DbError> {
    Ok(sql::licence(r, workspace)?.is_some_and(|(_, unusable)| !unusable))
}
