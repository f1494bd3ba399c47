use super::store;
use crate::base::{
    db::{DbError, Read},
    error::{Code, Fault},
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{DeviceId, WorkspaceId};

/// A device not heard of for this long is offline: three heartbeats.
pub const OFFLINE_AFTER: SignedDuration = SignedDuration::from_secs(90);

/// How a workspace's devices are; retired ones are not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Connected and well.
    pub protected: u64,
    /// Somebody should look: not well, settings refused, or its credential is used by two machines.
    pub attention: u64,
    /// Not connected.
    pub offline: u64,
    /// All of them.
    pub total: u64,
}

/// How a workspace's devices are at `now`.
///
/// # Errors
/// Whatever the engine says.
pub fn counts(r: &mut impl Read, workspace: WorkspaceId, now: Timestamp) -> Result<Counts, DbError> {
    let mut counts = Counts::default();
    for (state, number) in store::list::counts(r, workspace, heard_since(now))? {
        counts.total += number;
        match state.as_str() {
            "protected" => counts.protected = number,
            "offline" => counts.offline = number,
            _ => counts.attention = number,
        }
    }
    Ok(counts)
}

/// A device last heard of before this is offline.
pub(super) fn heard_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(OFFLINE_AFTER).unwrap_or(Timestamp::MIN)
}

/// The name of a device, retired ones included.
///
/// # Errors
/// `not_found`, when the workspace has no such device.
pub fn name(r: &mut impl Read, workspace: WorkspaceId, device: DeviceId) -> Result<String, Fault> {
    store::list::name(r, workspace, device)?.ok_or_else(|| Code::NotFound.into())
}
