//! A licence for other slices: found by who may manage it, or by its key, with the devices that hold its seats.

use super::{Licence, Standing, key, store};
use crate::base::{
    authz::{self, Caller, Grant, may},
    db::{DbError, Read},
    error::{Code, Fault},
    secret::Secrets,
};
use jiff::Timestamp;
use rempart_wire::{DeviceId, LicenceId, LicenceKey, WorkspaceId};

/// A device that holds a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Which.
    pub id: DeviceId,
    /// Its name.
    pub name: String,
    /// Its host's name.
    pub hostname: String,
    /// Its system.
    pub os: String,
    /// What tells its machine from every other.
    pub fingerprint: String,
    /// Since when it is enrolled.
    pub enrolled_at: Timestamp,
    /// When it was last heard of.
    pub seen_at: Timestamp,
}

/// The licence, for its owner and for whoever manages licences in the workspace it is attached to.
///
/// # Errors
/// `not_found` to everybody else; `forbidden` to members of that workspace whose role does not allow it.
pub fn managed(r: &mut impl Read, caller: Caller, id: LicenceId) -> Result<Licence, Fault> {
    let licence = store::find::by_id(r, id)?.ok_or(Code::NotFound)?;
    if licence.owner != Some(caller.account) {
        let workspace = licence.workspace.ok_or(Code::NotFound)?;
        let _: Grant<may::ManageLicence> = authz::grant(r, caller, workspace)?;
    }
    Ok(licence)
}

/// The devices that hold its seats, by name.
///
/// # Errors
/// Whatever the engine says.
pub fn holders(r: &mut impl Read, licence: LicenceId) -> Result<Vec<Holder>, DbError> {
    store::find::holders(r, licence)
}

/// Every workspace that has a licence.
///
/// # Errors
/// Whatever the engine says.
pub fn attached_workspaces(r: &mut impl Read) -> Result<Vec<WorkspaceId>, DbError> {
    store::find::attached_workspaces(r)
}

/// Reads a key as it was typed.
///
/// # Errors
/// `key_length`, `key_symbol` or `key_group`, the last two naming the group.
pub fn read_key(text: &str) -> Result<LicenceKey, Fault> {
    key::parse(text)
}

/// The licence of a key.
///
/// # Errors
/// Whatever the engine says.
pub fn by_key(r: &mut impl Read, secrets: &Secrets, key: &LicenceKey) -> Result<Option<Licence>, DbError> {
    store::find::by_key(r, key::hash(secrets, key))
}

/// How the licence of a key stands: cheaper by far than the licence.
///
/// # Errors
/// Whatever the engine says.
pub fn standing(r: &mut impl Read, secrets: &Secrets, key: &LicenceKey) -> Result<Option<Standing>, DbError> {
    store::find::standing(r, key::hash(secrets, key))
}
