use crate::{
    base::db::{DbError, Read, Tx},
    licence::Withdrawn,
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, WorkspaceId};

pub(in crate::licence) fn offers(
    r: &mut impl Read,
    by: AccountId,
    now: Timestamp,
) -> Result<Vec<Withdrawn>, DbError> {
    let rows = r.rows(
        sql!(
            "select licence.id, licence.number, licence_transfer.email
             from licence_transfer join licence on licence.id = licence_transfer.licence
             where licence_transfer.offered_by = $1 and licence_transfer.expires_at > $2
             order by licence_transfer.at, licence.id"
        ),
        params![by, now],
    )?;
    let offer = |row: &crate::base::db::Row| {
        Ok(Withdrawn {
            licence: row.get(0)?,
            number: row.get(1)?,
            email: row.get(2)?,
        })
    };
    rows.iter().map(offer).collect()
}

pub(in crate::licence) fn withdraw(tx: &mut Tx<'_>, by: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from licence_transfer where offered_by = $1"),
        params![by],
    )?;
    Ok(())
}

/// When an account was closed, if it is.
pub(in crate::licence) fn closed_at(
    r: &mut impl Read,
    account: AccountId,
) -> Result<Option<Timestamp>, DbError> {
    let row = r.first(
        sql!("select closed_at from account where id = $1 and erased_at is null"),
        params![account],
    )?;
    row.map_or(Ok(None), |row| row.get(0))
}

/// Who owns a workspace.
pub(in crate::licence) fn primary_owner(
    r: &mut impl Read,
    workspace: WorkspaceId,
) -> Result<Option<AccountId>, DbError> {
    let row = r.first(
        sql!("select account from member where workspace = $1 and role = 'primary_owner'"),
        params![workspace],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// It is nobody's, and never works again.
pub(in crate::licence) fn end(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update licence set owner = null, revoked_at = coalesce(revoked_at, $1), auto_renew = false,
                    low_seats = null, revision = revision + 1
             where id = $2"
        ),
        params![now, licence],
    )?;
    Ok(())
}
