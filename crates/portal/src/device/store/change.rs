use super::super::words;
use crate::{
    base::{
        authz::{Grant, may},
        db::{DbError, Read, Tx},
    },
    params, sql,
};
use rempart_wire::DeviceId;

/// Gives a device another name; the one before, or `None` when the workspace has no such device.
pub(in crate::device) fn rename(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    device: DeviceId,
    name: &str,
) -> Result<Option<String>, DbError> {
    let row = tx.first(
        sql!("select name, hostname, address, os from device where id = $1 and workspace = $2"),
        params![device, grant.workspace],
    )?;
    let Some(row) = row else { return Ok(None) };
    let search = words::search(
        name,
        &row.get::<String>(1)?,
        &row.get::<String>(2)?,
        &row.get::<String>(3)?,
    );
    tx.execute(
        sql!("update device set name = $1, name_key = $2, search = $3 where id = $4 and workspace = $5"),
        params![name, words::fold(name), search, device, grant.workspace],
    )?;
    Ok(Some(row.get(0)?))
}

/// Retires a device; `false` when it was already. Its seat is given back before.
pub(in crate::device) fn retire(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    device: DeviceId,
) -> Result<bool, DbError> {
    let now = tx.now();
    let touched = tx.execute(
        sql!(
            "update device set state = 'retired', retired_at = $1, connection = null, duplicated_at = null
             where id = $2 and workspace = $3 and state = 'enrolled'"
        ),
        params![now, device, grant.workspace],
    )?;
    Ok(touched == 1)
}

/// The credential is used by one machine again, says a person; `false` when nobody had said otherwise.
pub(in crate::device) fn settle(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    device: DeviceId,
) -> Result<bool, DbError> {
    let touched = tx.execute(
        sql!(
            "update device set duplicated_at = null
             where id = $1 and workspace = $2 and duplicated_at is not null"
        ),
        params![device, grant.workspace],
    )?;
    Ok(touched == 1)
}
