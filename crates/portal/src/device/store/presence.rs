use super::super::{health::Health, memory::SettingsReport};
use crate::{
    base::db::{DbError, Tx},
    params, sql,
};
use rempart_wire::DeviceId;
use uuid::Uuid;

/// A device speaks on this connection from now on. `false` when it may not: it was retired meanwhile.
pub(in crate::device) fn connected(
    tx: &mut Tx<'_>,
    device: DeviceId,
    connection: Uuid,
) -> Result<bool, DbError> {
    let now = tx.now();
    let touched = tx.execute(
        sql!("update device set connection = $1, last_seen_at = $2 where id = $3 and state = 'enrolled'"),
        params![connection, now, device],
    )?;
    Ok(touched == 1)
}

/// The connection is gone; nothing changes when the device has another one by now.
pub(in crate::device) fn disconnected(
    tx: &mut Tx<'_>,
    device: DeviceId,
    connection: Uuid,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("update device set connection = null, last_seen_at = $1 where id = $2 and connection = $3"),
        params![now, device, connection],
    )?;
    Ok(())
}

/// A device was heard on a connection. Which one is said again, for two that came at the same moment may have left the
/// other's in its row.
pub(in crate::device) fn seen(tx: &mut Tx<'_>, device: DeviceId, connection: Uuid) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("update device set last_seen_at = $1, connection = $2 where id = $3 and state = 'enrolled'"),
        params![now, connection, device],
    )?;
    Ok(())
}

pub(in crate::device) fn health(tx: &mut Tx<'_>, device: DeviceId, health: &Health) -> Result<(), DbError> {
    tx.execute(
        sql!("update device set health = $1, health_detail = $2 where id = $3"),
        params![health.state.as_str(), health.detail(), device],
    )?;
    Ok(())
}

pub(in crate::device) fn settings(
    tx: &mut Tx<'_>,
    device: DeviceId,
    report: &SettingsReport,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update device set settings_hash = $1, settings_status = $2, settings_error = $3 where id = $4"),
        params![
            report.hash.as_slice(),
            report.status,
            report.error.as_deref(),
            device
        ],
    )?;
    Ok(())
}

/// Two machines were seen with the credential of this device.
pub(in crate::device) fn duplicated(tx: &mut Tx<'_>, device: DeviceId) -> Result<bool, DbError> {
    let now = tx.now();
    let touched = tx.execute(
        sql!("update device set duplicated_at = $1 where id = $2 and duplicated_at is null"),
        params![now, device],
    )?;
    Ok(touched == 1)
}
