use crate::{
    base::db::{DbError, Read, Tx},
    params, sql,
};
use rempart_wire::{LicenceId, WorkspaceId};

pub(in crate::device) fn claim(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Option<LicenceId>, DbError> {
    let row = tx.first(
        sql!(
            "update licence set seats_used = seats_used + 1
             where workspace = $1 and seats_used < seats and revoked_at is null and suspended_at is null
             returning id"
        ),
        params![workspace],
    )?;
    row.map(|row| row.get(0)).transpose()
}

pub(in crate::device) fn licence(
    r: &mut impl Read,
    workspace: WorkspaceId,
) -> Result<Option<(u64, bool)>, DbError> {
    let row = r.first(
        sql!("select seats, revoked_at, suspended_at from licence where workspace = $1"),
        params![workspace],
    )?;
    row.map(|row| {
        let unusable = row.get::<Option<i64>>(1)?.is_some() || row.get::<Option<i64>>(2)?.is_some();
        Ok((row.get(0)?, unusable))
    })
    .transpose()
}

pub(in crate::device) fn release(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    tx.execute(
        sql!("update licence set seats_used = seats_used - 1 where id = $1 and seats_used > 0"),
        params![licence],
    )?;
    Ok(())
}
