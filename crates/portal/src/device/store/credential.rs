use crate::{
    base::db::{DbError, Read, Tx},
    params, sql,
};
use rempart_wire::{DeviceId, WorkspaceId};
use uuid::Uuid;

/// A credential, and what it signs in.
#[derive(Debug, Clone)]
pub(in crate::device) struct Credential {
    pub id: Uuid,
    pub hash: [u8; 32],
    pub device: DeviceId,
    pub workspace: WorkspaceId,
    pub device_key: String,
    pub fingerprint: String,
    pub confirmed: bool,
    /// It does not sign in any more: it was revoked, or the device is retired.
    pub revoked: bool,
    /// The workspace is deleted, and may come back.
    pub suspended: bool,
}

/// Makes a credential known. It is a candidate until the device has used it.
pub(in crate::device) fn insert(tx: &mut Tx<'_>, device: DeviceId, hash: [u8; 32]) -> Result<(), DbError> {
    let (id, now): (Uuid, _) = (tx.id(), tx.now());
    tx.execute(
        sql!("insert into device_credential (id, device, token_hash, created_at) values ($1, $2, $3, $4)"),
        params![id, device, hash, now],
    )?;
    Ok(())
}

pub(in crate::device) fn by_hash(r: &mut impl Read, hash: [u8; 32]) -> Result<Option<Credential>, DbError> {
    let row = r.first(
        sql!(
            "select device_credential.id, device.id, device.workspace, device.device_key, device.fingerprint,
                    device_credential.confirmed_at, device_credential.revoked_at, device.state, workspace.deleted_at
             from device_credential join device on device.id = device_credential.device
             join workspace on workspace.id = device.workspace
             where device_credential.token_hash = $1"
        ),
        params![hash],
    )?;
    row.map(|row| {
        let suspended = row.get::<Option<i64>>(8)?.is_some();
        Ok(Credential {
            id: row.get(0)?,
            hash,
            device: row.get(1)?,
            workspace: row.get(2)?,
            device_key: row.get(3)?,
            fingerprint: row.get(4)?,
            confirmed: row.get::<Option<i64>>(5)?.is_some(),
            revoked: row.get::<Option<i64>>(6)?.is_some()
                || (!suspended && row.get::<String>(7)? == "retired"),
            suspended,
        })
    })
    .transpose()
}

/// The device has used a candidate: it is the credential now, and all others end.
pub(in crate::device) fn confirm(tx: &mut Tx<'_>, device: DeviceId, id: Uuid) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("update device_credential set confirmed_at = $1 where id = $2"),
        params![now, id],
    )?;
    tx.execute(
        sql!(
            "update device_credential set revoked_at = $1 where device = $2 and id <> $3 and revoked_at is null"
        ),
        params![now, device, id],
    )?;
    // Whoever else had the old one is out: nothing is shared any more.
    tx.execute(
        sql!("update device set duplicated_at = null where id = $1"),
        params![device],
    )?;
    Ok(())
}

/// Ends all credentials of a device.
pub(in crate::device) fn revoke_all(tx: &mut Tx<'_>, device: DeviceId) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("update device_credential set revoked_at = $1 where device = $2 and revoked_at is null"),
        params![now, device],
    )?;
    Ok(())
}

/// How a credential stands, as far as an open connection cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::device) enum Standing {
    /// It signs its device in.
    Good,
    /// The workspace is deleted, and may come back.
    Suspended,
    /// It does not sign in any more.
    Revoked,
}

pub(in crate::device) fn standing(
    r: &mut impl Read,
    device: DeviceId,
    id: Uuid,
) -> Result<Standing, DbError> {
    let row = r.first(
        sql!(
            "select workspace.deleted_at from device_credential
             join device on device.id = device_credential.device
             join workspace on workspace.id = device.workspace
             where device_credential.id = $1 and device.id = $2 and device_credential.revoked_at is null
               and device.state = 'enrolled'"
        ),
        params![id, device],
    )?;
    Ok(match row {
        None => Standing::Revoked,
        Some(row) if row.get::<Option<i64>>(0)?.is_some() => Standing::Suspended,
        Some(_) => Standing::Good,
    })
}
