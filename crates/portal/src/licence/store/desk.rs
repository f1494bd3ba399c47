use crate::{
    base::db::{DbError, Read, Tx},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{LicenceBatchId, LicenceId};

pub(in crate::licence) fn by_number(r: &mut impl Read, number: &str) -> Result<Option<LicenceId>, DbError> {
    let row = r.first(sql!("select id from licence where number = $1"), params![number])?;
    row.map(|row| row.get(0)).transpose()
}

/// When a licence was issued, its owner's name and address, and its batch.
type About = (Timestamp, Option<(String, String)>, Option<LicenceBatchId>);

pub(in crate::licence) fn about(r: &mut impl Read, id: LicenceId) -> Result<About, DbError> {
    let statement = sql!(
        "select issued_at, account.name, account.email, batch
         from licence left join account on account.id = licence.owner where licence.id = $1"
    );
    let row = r.first(statement, params![id])?.ok_or_else(|| DbError::Decode {
        column: 0,
        sql: statement.to_owned(),
    })?;
    let owner = row.get::<Option<String>>(1)?.zip(row.get::<Option<String>>(2)?);
    Ok((row.get(0)?, owner, row.get(3)?))
}

pub(in crate::licence) fn set_suspended(
    tx: &mut Tx<'_>,
    id: LicenceId,
    suspended: bool,
) -> Result<(), DbError> {
    let at = suspended.then_some(tx.now());
    tx.execute(
        sql!("update licence set suspended_at = $1, revision = revision + 1 where id = $2"),
        params![at, id],
    )?;
    Ok(())
}

pub(in crate::licence) fn set_revoked(tx: &mut Tx<'_>, id: LicenceId) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("update licence set revoked_at = $1, auto_renew = false, revision = revision + 1 where id = $2"),
        params![now, id],
    )?;
    Ok(())
}
