use crate::{
    base::db::{DbError, Read, Tx},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{DeviceId, LicenceId, WorkspaceId};

/// Takes a seat, when there is one and the licence did not expire before `still_good`.
pub(in crate::licence) fn claim(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    still_good: Timestamp,
) -> Result<Option<LicenceId>, DbError> {
    let row = tx.first(
        sql!(
            "update licence set seats_used = seats_used + 1
             where workspace = $1 and seats_used < seats and revoked_at is null and suspended_at is null
               and (expires_at is null or expires_at > $2)
             returning id"
        ),
        params![workspace, still_good],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// The same for a machine of a licence that is known, as long as it is attached there.
pub(in crate::licence) fn claim_of(
    tx: &mut Tx<'_>,
    (licence, workspace): (LicenceId, WorkspaceId),
    still_good: Timestamp,
) -> Result<bool, DbError> {
    let claimed = tx.execute(
        sql!(
            "update licence set seats_used = seats_used + 1
             where id = $1 and workspace = $2 and seats_used < seats and revoked_at is null and suspended_at is null
               and (expires_at is null or expires_at > $3)"
        ),
        params![licence, workspace, still_good],
    )?;
    Ok(claimed == 1)
}

/// Machines of a licence; their seats stay theirs wherever the licence goes.
pub(in crate::licence) fn machines(r: &mut impl Read, licence: LicenceId) -> Result<u64, DbError> {
    r.count(
        sql!("select count(*) from activation where licence = $1"),
        params![licence],
    )
}

/// Devices that hold a seat of a licence. Machines are not among them.
pub(in crate::licence) fn seated(r: &mut impl Read, licence: LicenceId) -> Result<u64, DbError> {
    r.count(
        sql!("select count(*) from device where licence = $1"),
        params![licence],
    )
}

pub(in crate::licence) fn held_by(r: &mut impl Read, device: DeviceId) -> Result<Option<LicenceId>, DbError> {
    let row = r.first(sql!("select licence from device where id = $1"), params![device])?;
    row.map_or(Ok(None), |row| row.get(0))
}

/// Makes everybody else who counts this licence's seats wait until this unit is over.
pub(in crate::licence) fn lock(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    tx.execute(
        sql!("update licence set seats_used = seats_used where id = $1"),
        params![licence],
    )?;
    Ok(())
}

/// Makes whoever would delete, rename or give a licence to this workspace wait; `false` when it is gone or deleted.
pub(in crate::licence) fn lock_workspace(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    let locked = tx.execute(
        sql!("update workspace set mode = mode where id = $1 and deleted_at is null"),
        params![workspace],
    )?;
    Ok(locked == 1)
}

pub(in crate::licence) fn leave(
    tx: &mut Tx<'_>,
    device: DeviceId,
    licence: LicenceId,
) -> Result<bool, DbError> {
    let left = tx.execute(
        sql!("update device set licence = null where id = $1 and licence = $2"),
        params![device, licence],
    )?;
    Ok(left == 1)
}

pub(in crate::licence) fn leave_all(tx: &mut Tx<'_>, licence: LicenceId) -> Result<u64, DbError> {
    tx.execute(
        sql!("update device set licence = null where licence = $1"),
        params![licence],
    )
}

/// Gives seats to `free` devices of the workspace that have none, those enrolled first before others.
pub(in crate::licence) fn fill(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    workspace: WorkspaceId,
    free: u64,
) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "update device set licence = $1 where id in
                (select id from device where workspace = $2 and state = 'enrolled' and licence is null
                 order by enrolled_at, id limit $3)"
        ),
        params![licence, workspace, free],
    )
}

pub(in crate::licence) fn recount(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update licence set seats_used = (select count(*) from device where device.licence = $1)
                    + (select count(*) from activation where activation.licence = $1) where id = $1"
        ),
        params![licence],
    )?;
    Ok(())
}

/// The licence a workspace has, by itself.
pub(in crate::licence) fn attached(
    r: &mut impl Read,
    workspace: WorkspaceId,
) -> Result<Option<LicenceId>, DbError> {
    let row = r.first(
        sql!("select id from licence where workspace = $1"),
        params![workspace],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// Gives a device that has none a seat already claimed; whether it is there to take it.
pub(in crate::licence) fn sit(
    tx: &mut Tx<'_>,
    device: DeviceId,
    licence: LicenceId,
) -> Result<bool, DbError> {
    let sat = tx.execute(
        sql!("update device set licence = $1 where id = $2 and licence is null and state = 'enrolled'"),
        params![licence, device],
    )?;
    Ok(sat == 1)
}

/// Devices that hold a seat and were last heard before `heard`.
pub(in crate::licence) fn silent(
    r: &mut impl Read,
    workspace: WorkspaceId,
    heard: Timestamp,
) -> Result<u64, DbError> {
    r.count(
        sql!(
            "select count(*) from device where workspace = $1 and licence is not null and last_seen_at < $2"
        ),
        params![workspace, heard],
    )
}

/// Takes the seats of all that were last heard before `heard`.
pub(in crate::licence) fn leave_silent(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    heard: Timestamp,
) -> Result<u64, DbError> {
    tx.execute(
        sql!("update device set licence = null where licence = $1 and last_seen_at < $2"),
        params![licence, heard],
    )
}
