//! Accounts that are closed, and those whose person is forgotten.

use crate::{
    base::db::{DbError, Read, Tx},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::AccountId;

pub(in crate::account) fn sessions(
    r: &mut impl Read,
    account: AccountId,
    now: Timestamp,
) -> Result<u64, DbError> {
    r.count(
        sql!("select count(*) from account_session where account = $1 and expires_at > $2"),
        params![account, now],
    )
}

pub(in crate::account) fn is_operator(r: &mut impl Read, account: AccountId) -> Result<bool, DbError> {
    Ok(r.count(
        sql!("select count(*) from account where id = $1 and operator = true"),
        params![account],
    )? > 0)
}

/// Other operators whose accounts are open.
pub(in crate::account) fn other_operators(r: &mut impl Read, account: AccountId) -> Result<u64, DbError> {
    r.count(
        sql!("select count(*) from account where id <> $1 and operator = true and closed_at is null"),
        params![account],
    )
}

/// Makes whoever else closes an operator's account wait, so that two do not leave each other behind as the last.
pub(in crate::account) fn hold_operators(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.execute(
        sql!("update account set operator = operator where operator = true"),
        params![],
    )?;
    Ok(())
}

/// Whether it was open.
pub(in crate::account) fn close(tx: &mut Tx<'_>, account: AccountId) -> Result<bool, DbError> {
    let now = tx.now();
    let closed = tx.execute(
        sql!("update account set closed_at = $1 where id = $2 and closed_at is null"),
        params![now, account],
    )?;
    Ok(closed == 1)
}

/// Whether it was closed and its person not forgotten.
pub(in crate::account) fn reopen(tx: &mut Tx<'_>, account: AccountId) -> Result<bool, DbError> {
    let opened = tx.execute(
        sql!(
            "update account set closed_at = null
             where id = $1 and closed_at is not null and erased_at is null"
        ),
        params![account],
    )?;
    Ok(opened == 1)
}

pub(in crate::account) fn closed_since(
    tx: &mut Tx<'_>,
    account: AccountId,
    closed_at: Timestamp,
) -> Result<bool, DbError> {
    let locked = tx.execute(
        sql!(
            "update account set language = language
             where id = $1 and closed_at = $2 and erased_at is null"
        ),
        params![account, closed_at],
    )?;
    Ok(locked == 1)
}

/// An address is unique and no name: what takes its place can be typed by nobody.
pub(in crate::account) fn erase(tx: &mut Tx<'_>, account: AccountId) -> Result<(), DbError> {
    let (now, nobody) = (tx.now(), format!("erased {account}"));
    tx.execute(
        sql!(
            "update account set name = '', email = $1, email_key = $1, password_hash = '', operator = false,
                    erased_at = $2
             where id = $3"
        ),
        params![nobody, now, account],
    )?;
    Ok(())
}
