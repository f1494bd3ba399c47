//! Sign-ups that wait for their link.

use super::lang;
use crate::{
    account::{NewAccount, email::Email, sign_up::SignUp},
    base::db::{DbError, Read, Row, Tx},
    params, sql,
};
use jiff::Timestamp;
use uuid::Uuid;

pub(in crate::account) fn insert_sign_up(
    tx: &mut Tx<'_>,
    new: &NewAccount,
    expires: Timestamp,
) -> Result<Uuid, DbError> {
    let (id, now): (Uuid, _) = (tx.id(), tx.now());
    tx.execute(
        sql!(
            "insert into sign_up (id, email, email_key, name, password_hash, language, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            id,
            new.email.as_str(),
            new.email.key(),
            &new.name,
            &new.password_hash,
            new.lang.as_str(),
            now,
            expires
        ],
    )?;
    Ok(id)
}

fn sign_up_row(row: &Row) -> Result<SignUp, DbError> {
    Ok(SignUp {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        password_hash: row.get(3)?,
        lang: lang(row, 4)?,
        mailed: row.get(5)?,
    })
}

pub(in crate::account) fn sign_up(r: &mut impl Read, id: Uuid) -> Result<Option<SignUp>, DbError> {
    let row = r.first(
        sql!(
            "select id, email, name, password_hash, language, token_hash is not null
             from sign_up where id = $1"
        ),
        params![id],
    )?;
    row.as_ref().map(sign_up_row).transpose()
}

pub(in crate::account) fn sign_up_of_token(
    r: &mut impl Read,
    token_hash: [u8; 32],
    now: Timestamp,
) -> Result<Option<SignUp>, DbError> {
    let row = r.first(
        sql!(
            "select id, email, name, password_hash, language, token_hash is not null
             from sign_up where token_hash = $1 and expires_at > $2"
        ),
        params![token_hash, now],
    )?;
    row.as_ref().map(sign_up_row).transpose()
}

/// The newest that waits for this address.
pub(in crate::account) fn sign_up_of_email(
    r: &mut impl Read,
    key: &str,
    now: Timestamp,
) -> Result<Option<SignUp>, DbError> {
    let row = r.first(
        sql!(
            "select id, email, name, password_hash, language, token_hash is not null
             from sign_up where email_key = $1 and expires_at > $2 order by id desc limit 1"
        ),
        params![key, now],
    )?;
    row.as_ref().map(sign_up_row).transpose()
}

pub(in crate::account) fn set_sign_up_token(
    tx: &mut Tx<'_>,
    id: Uuid,
    token_hash: [u8; 32],
    expires: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update sign_up set token_hash = $1, expires_at = $2 where id = $3"),
        params![token_hash, expires, id],
    )?;
    Ok(())
}

pub(in crate::account) fn drop_sign_ups_of(tx: &mut Tx<'_>, email: &Email) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from sign_up where email_key = $1"),
        params![email.key()],
    )?;
    Ok(())
}
