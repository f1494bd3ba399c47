//! Every SQL statement on devices, their tokens, credentials, orders and events.

pub(super) mod change;
pub(super) mod credential;
pub(super) mod enrol;
pub(super) mod event;
pub(super) mod list;
pub(super) mod order;
pub(super) mod presence;
pub(super) mod settings;
pub(super) mod token;

use crate::{
    base::db::{DbError, Read},
    params, sql,
};
use rempart_wire::{DeviceId, ManagementMode, WorkspaceId};

/// What decides whether a device may be given orders.
pub(super) struct Standing {
    pub mode: ManagementMode,
    pub retired: bool,
}

pub(super) fn standing(
    r: &mut impl Read,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<Option<Standing>, DbError> {
    let row = r.first(
        sql!(
            "select workspace.mode, device.state from device join workspace on workspace.id = device.workspace
             where device.id = $1 and device.workspace = $2"
        ),
        params![device, workspace],
    )?;
    row.map(|row| {
        Ok(Standing {
            mode: row.get(0)?,
            retired: row.get::<String>(1)? == "retired",
        })
    })
    .transpose()
}

/// Where what a device tells belongs.
pub(super) struct Reporting {
    pub workspace: WorkspaceId,
    pub mode: ManagementMode,
}

/// `None` when the device may tell nothing: it is retired, or its workspace is deleted.
pub(super) fn reporting(r: &mut impl Read, device: DeviceId) -> Result<Option<Reporting>, DbError> {
    let row = r.first(
        sql!(
            "select workspace.id, workspace.mode from device join workspace on workspace.id = device.workspace
             where device.id = $1 and device.state = 'enrolled' and workspace.deleted_at is null"
        ),
        params![device],
    )?;
    row.map(|row| {
        Ok(Reporting {
            workspace: row.get(0)?,
            mode: row.get(1)?,
        })
    })
    .transpose()
}
