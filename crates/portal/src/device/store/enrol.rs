use super::super::{link::Introduction, words};
use crate::{
    base::db::{DbError, Read, Tx},
    params, sql,
};
use rempart_wire::{DeviceId, LicenceId, WorkspaceId};

/// The row of a device that enrols.
pub(in crate::device) struct Found {
    pub id: DeviceId,
    pub name: String,
    pub licence: Option<LicenceId>,
    /// It was there before.
    pub again: bool,
}

/// The licence whose seat the device with this key on this machine holds, before anything is locked.
pub(in crate::device) fn seat_of(
    r: &mut impl Read,
    workspace: WorkspaceId,
    introduction: &Introduction,
) -> Result<Option<LicenceId>, DbError> {
    let row = r.first(
        sql!("select licence from device where workspace = $1 and device_key = $2 and fingerprint = $3"),
        params![
            workspace,
            introduction.key.as_str(),
            introduction.fingerprint.as_str()
        ],
    )?;
    row.map_or(Ok(None), |row| row.get(0))
}

/// Whether a device holds a seat.
pub(in crate::device) fn holds_seat(r: &mut impl Read, device: DeviceId) -> Result<bool, DbError> {
    let row = r.first(sql!("select licence from device where id = $1"), params![device])?;
    row.map_or(Ok(false), |row| Ok(row.get::<Option<LicenceId>>(0)?.is_some()))
}

/// Finds the device that has this key on this machine in the workspace, or makes it, still without a seat. Two that try
/// at a time get the same row, one after the other.
pub(in crate::device) fn find_or_make(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    introduction: &Introduction,
) -> Result<Found, DbError> {
    let (id, now): (DeviceId, _) = (tx.id(), tx.now());
    let name = introduction.called();
    let made = tx.execute(
        sql!(
            "insert into device (id, workspace, name, name_key, search, hostname, os, arch, address, agent_version,
                                 device_key, fingerprint, state, health, health_detail, settings_status,
                                 enrolled_at, last_seen_at)
             values ($1, $2, $3, '', '', '', '', '', '', '', $4, $5, 'enrolled', 'unknown', '[]', '', $6, $7)
             on conflict (workspace, device_key, fingerprint) do nothing"
        ),
        params![
            id,
            workspace,
            name,
            introduction.key.as_str(),
            introduction.fingerprint.as_str(),
            now,
            now
        ],
    )?;
    let row = tx.first(
        sql!(
            "update device set last_seen_at = $1
             where workspace = $2 and device_key = $3 and fingerprint = $4 returning id, name, licence"
        ),
        params![
            now,
            workspace,
            introduction.key.as_str(),
            introduction.fingerprint.as_str()
        ],
    )?;
    let row = row.ok_or_else(|| DbError::Unavailable("the device was removed meanwhile".into()))?;
    Ok(Found {
        id: row.get(0)?,
        name: row.get(1)?,
        licence: row.get(2)?,
        again: made == 0,
    })
}

/// The device is enrolled, holding a seat of `licence`.
pub(in crate::device) fn enrolled(
    tx: &mut Tx<'_>,
    found: &Found,
    licence: LicenceId,
    introduction: &Introduction,
    address: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    let name = introduction.name.as_deref().unwrap_or(&found.name);
    tx.execute(
        sql!(
            "update device set name = $1, name_key = $2, licence = $3, retired_at = null,
                    enrolled_at = case when state = 'retired' then $4 else enrolled_at end, state = 'enrolled'
             where id = $5"
        ),
        params![name, words::fold(name), licence, now, found.id],
    )?;
    facts(tx, found.id, introduction, address)
}

/// What a device says about itself when it connects.
pub(in crate::device) fn facts(
    tx: &mut Tx<'_>,
    device: DeviceId,
    introduction: &Introduction,
    address: &str,
) -> Result<(), DbError> {
    let row = tx.first(
        sql!(
            "update device set hostname = $1, os = $2, arch = $3, agent_version = $4, address = $5
             where id = $6 returning name"
        ),
        params![
            introduction.hostname.as_str(),
            introduction.os.as_str(),
            introduction.arch.as_str(),
            introduction.version.as_str(),
            address,
            device
        ],
    )?;
    let name: String = row.map_or_else(|| Ok(String::new()), |row| row.get(0))?;
    let search = words::search(&name, &introduction.hostname, address, &introduction.os);
    tx.execute(
        sql!("update device set search = $1 where id = $2"),
        params![search, device],
    )?;
    Ok(())
}
