use crate::{
    base::db::{DbError, Read},
    params, sql,
};
use rempart_wire::{ManagementMode, WorkspaceId};

/// Name and mode of a workspace.
pub(in crate::device) fn workspace(
    r: &mut impl Read,
    workspace: WorkspaceId,
) -> Result<Option<(String, ManagementMode)>, DbError> {
    let row = r.first(
        sql!("select name, mode from workspace where id = $1"),
        params![workspace],
    )?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}
