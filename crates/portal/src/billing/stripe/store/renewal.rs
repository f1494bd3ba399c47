use crate::{
    base::db::{DbError, Read, Row, Tx},
    billing::stripe::renewal::Renewal,
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId};

fn renewal(row: &Row) -> Result<Renewal, DbError> {
    Ok(Renewal {
        licence: row.get(0)?,
        payer: row.get(1)?,
        wanted: row.get(2)?,
        made: row.get(3)?,
        failed_invoice: row.get(4)?,
        failures: row.get(5)?,
        next_try_at: row.get(6)?,
    })
}

pub(in crate::billing::stripe) fn find(
    r: &mut impl Read,
    licence: LicenceId,
) -> Result<Option<Renewal>, DbError> {
    let row = r.first(
        sql!(
            "select licence, payer, wanted, made, failed_invoice, failures, next_try_at
             from renewal where licence = $1"
        ),
        params![licence],
    )?;
    row.map(|row| renewal(&row)).transpose()
}

/// Those of a payer whose last charge failed.
pub(in crate::billing::stripe) fn failing_of(
    r: &mut impl Read,
    payer: AccountId,
) -> Result<Vec<Renewal>, DbError> {
    let rows = r.rows(
        sql!(
            "select licence, payer, wanted, made, failed_invoice, failures, next_try_at
             from renewal where payer = $1 and failed_invoice is not null order by licence"
        ),
        params![payer],
    )?;
    rows.iter().map(renewal).collect()
}

/// Licences that are to renew by themselves.
pub(in crate::billing::stripe) fn all_wanted(r: &mut impl Read) -> Result<Vec<LicenceId>, DbError> {
    let rows = r.rows(
        sql!("select licence from renewal where wanted = $1 order by licence"),
        params![true],
    )?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Those of a payer that are to renew by themselves, and those of licences they own that are attached to nothing.
pub(in crate::billing::stripe) fn wanted_of(
    r: &mut impl Read,
    account: AccountId,
) -> Result<Vec<LicenceId>, DbError> {
    let rows = r.rows(
        sql!(
            "select renewal.licence from renewal join licence on licence.id = renewal.licence
             where wanted = true and (payer = $1 or (licence.owner = $1 and licence.workspace is null))
             order by renewal.licence"
        ),
        params![account],
    )?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Makes an account pay for a licence's renewals. Whether they are wanted stays as it was; at first they are not.
pub(in crate::billing::stripe) fn set_payer(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    payer: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into renewal (licence, payer, wanted) values ($1, $2, $3)
             on conflict (licence) do update set payer = excluded.payer"
        ),
        params![licence, payer, false],
    )?;
    Ok(())
}

pub(in crate::billing::stripe) fn set_wanted(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    wanted: bool,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update renewal set wanted = $1 where licence = $2"),
        params![wanted, licence],
    )?;
    Ok(())
}

/// A subscription was made: the next one is another.
pub(in crate::billing::stripe) fn count_made(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    tx.execute(
        sql!("update renewal set made = made + 1 where licence = $1"),
        params![licence],
    )?;
    Ok(())
}

/// Notes how a charge that failed stands.
pub(in crate::billing::stripe) fn set_failing(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    (invoice, failures): (&str, u32),
    next_try_at: Option<Timestamp>,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update renewal set failed_invoice = $1, failures = $2, next_try_at = $3 where licence = $4"),
        params![invoice, failures, next_try_at, licence],
    )?;
    Ok(())
}

/// Nothing is owed any more.
pub(in crate::billing::stripe) fn clear_failing(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update renewal set failed_invoice = null, failures = 0, next_try_at = null
             where licence = $1 and failed_invoice is not null"
        ),
        params![licence],
    )?;
    Ok(())
}
