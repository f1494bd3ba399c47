pub(super) mod ending;
mod sign_up;

pub(super) use sign_up::{
    drop_sign_ups_of, insert_sign_up, set_sign_up_token, sign_up, sign_up_of_email, sign_up_of_token,
};

use crate::{
    base::{
        db::{DbError, Read, Row, Tx},
        lang::Lang,
    },
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{AccountId, ApiKeyId, SessionId};
use uuid::Uuid;

/// An account as its own verbs need it.
pub(super) struct Known {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub lang: Lang,
}
fn known(row: &Row) -> Result<Known, DbError> {
    Ok(Known {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        password_hash: row.get(3)?,
        lang: lang(row, 4)?,
    })
}
fn lang(row: &Row, at: usize) -> Result<Lang, DbError> {
    Ok(Lang::parse(&row.get::<String>(at)?).unwrap_or_default())
}
pub(super) fn by_email(r: &mut impl Read, key: &str) -> Result<Option<Known>, DbError> {
    let row = r.first(
        sql!("select id, email, name, password_hash, language from account where email_key = $1"),
        params![key],
    )?;
    row.as_ref().map(known).transpose()
}

pub(super) fn by_id(r: &mut impl Read, id: AccountId) -> Result<Option<Known>, DbError> {
    let row = r.first(
        sql!("select id, email, name, password_hash, language from account where id = $1"),
        params![id],
    )?;
    row.as_ref().map(known).transpose()
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &super::NewAccount, operator: bool) -> Result<AccountId, DbError> {
    let (id, now): (AccountId, _) = (tx.id(), tx.now());
    tx.execute(
        sql!(
            "insert into account
                (id, email, email_key, name, password_hash, language, operator, confirmed_at, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            id,
            new.email.as_str(),
            new.email.key(),
            &new.name,
            &new.password_hash,
            new.lang.as_str(),
            operator,
            now,
            now
        ],
    )?;
    Ok(id)
}

pub(super) fn set_language(tx: &mut Tx<'_>, account: AccountId, language: Lang) -> Result<(), DbError> {
    tx.execute(
        sql!("update account set language = $1 where id = $2"),
        params![language.as_str(), account],
    )?;
    Ok(())
}

pub(super) fn set_name(tx: &mut Tx<'_>, account: AccountId, name: &str) -> Result<(), DbError> {
    tx.execute(
        sql!("update account set name = $1 where id = $2"),
        params![name, account],
    )?;
    Ok(())
}

pub(super) fn set_password(tx: &mut Tx<'_>, account: AccountId, hash: &str) -> Result<(), DbError> {
    tx.execute(
        sql!("update account set password_hash = $1 where id = $2"),
        params![hash, account],
    )?;
    Ok(())
}

pub(super) fn make_operator(tx: &mut Tx<'_>, account: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("update account set operator = true where id = $1"),
        params![account],
    )?;
    Ok(())
}

pub(super) fn any(r: &mut impl Read) -> Result<bool, DbError> {
    Ok(!r
        .rows(sql!("select id from account limit 1"), params![])?
        .is_empty())
}

pub(super) fn has_operator(r: &mut impl Read) -> Result<bool, DbError> {
    Ok(r.count(
        sql!("select count(*) from account where operator = true and closed_at is null"),
        params![],
    )? > 0)
}

// Sessions.

/// A session as its owner sees it.
pub(super) struct SessionRow {
    pub id: SessionId,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub user_agent: String,
    pub address: String,
}

pub(super) fn insert_session(
    tx: &mut Tx<'_>,
    account: AccountId,
    token_hash: [u8; 32],
    expires: Timestamp,
    (user_agent, address): (&str, &str),
) -> Result<SessionId, DbError> {
    let (id, now): (SessionId, _) = (tx.id(), tx.now());
    tx.execute(
        sql!(
            "insert into account_session
                (id, account, token_hash, created_at, last_seen_at, expires_at, user_agent, address)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![id, account, token_hash, now, now, expires, user_agent, address],
    )?;
    Ok(id)
}

pub(super) fn sessions(
    r: &mut impl Read,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<SessionRow>, DbError> {
    let rows = r.rows(
        sql!(
            "select id, created_at, last_seen_at, user_agent, address from account_session
             where account = $1 and expires_at > $2 order by last_seen_at desc, id desc limit 200"
        ),
        params![account, now],
    )?;
    rows.iter()
        .map(|row| {
            Ok(SessionRow {
                id: row.get(0)?,
                created_at: row.get(1)?,
                last_seen_at: row.get(2)?,
                user_agent: row.get(3)?,
                address: row.get(4)?,
            })
        })
        .collect()
}

pub(super) fn end_session(tx: &mut Tx<'_>, account: AccountId, session: SessionId) -> Result<u64, DbError> {
    tx.execute(
        sql!("delete from account_session where id = $1 and account = $2"),
        params![session, account],
    )
}

/// Ends all but one; all when `keep` is nobody's.
pub(super) fn end_sessions(
    tx: &mut Tx<'_>,
    account: AccountId,
    keep: Option<SessionId>,
) -> Result<u64, DbError> {
    tx.execute(
        sql!("delete from account_session where account = $1 and id <> $2"),
        params![account, keep.unwrap_or(SessionId(Uuid::nil()))],
    )
}

// Links.

pub(super) fn insert_link(
    tx: &mut Tx<'_>,
    account: Option<AccountId>,
    purpose: &'static str,
    token_hash: [u8; 32],
    expires: Timestamp,
) -> Result<(), DbError> {
    let (id, now): (Uuid, _) = (tx.id(), tx.now());
    tx.execute(
        sql!(
            "insert into account_link (id, account, purpose, token_hash, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![id, account, purpose, token_hash, now, expires],
    )?;
    Ok(())
}

/// Whether there is such a link, and for whom.
pub(super) fn link(
    r: &mut impl Read,
    purpose: &'static str,
    token_hash: [u8; 32],
    now: Timestamp,
) -> Result<Option<Option<AccountId>>, DbError> {
    let row = r.first(
        sql!("select account from account_link where token_hash = $1 and purpose = $2 and expires_at > $3"),
        params![token_hash, purpose, now],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// Uses a link up; whether it was there to be used.
pub(super) fn use_link(
    tx: &mut Tx<'_>,
    purpose: &'static str,
    token_hash: [u8; 32],
) -> Result<bool, DbError> {
    let now = tx.now();
    let used = tx.execute(
        sql!("delete from account_link where token_hash = $1 and purpose = $2 and expires_at > $3"),
        params![token_hash, purpose, now],
    )?;
    Ok(used == 1)
}

pub(super) fn drop_links_of(tx: &mut Tx<'_>, account: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from account_link where account = $1"),
        params![account],
    )?;
    Ok(())
}

pub(super) fn drop_operator_links(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from account_link where purpose = 'operator'"),
        params![],
    )?;
    Ok(())
}

// API keys.

/// When the key was made and last used.
pub(super) fn api_key(
    r: &mut impl Read,
    account: AccountId,
) -> Result<Option<(Timestamp, Option<Timestamp>)>, DbError> {
    let row = r.first(
        sql!("select created_at, last_used_at from api_key where account = $1"),
        params![account],
    )?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

pub(super) fn replace_api_key(
    tx: &mut Tx<'_>,
    account: AccountId,
    token_hash: [u8; 32],
) -> Result<(), DbError> {
    let (id, now): (ApiKeyId, _) = (tx.id(), tx.now());
    tx.execute(
        sql!(
            "insert into api_key (id, account, token_hash, created_at) values ($1, $2, $3, $4)
             on conflict (account) do update
             set id = excluded.id, token_hash = excluded.token_hash, created_at = excluded.created_at,
                 last_used_at = null"
        ),
        params![id, account, token_hash, now],
    )?;
    Ok(())
}

pub(super) fn revoke_api_key(tx: &mut Tx<'_>, account: AccountId) -> Result<u64, DbError> {
    tx.execute(sql!("delete from api_key where account = $1"), params![account])
}

/// Clears what has expired.
pub(super) fn expire(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("delete from account_session where expires_at <= $1"),
        params![now],
    )?;
    tx.execute(
        sql!("delete from account_link where expires_at <= $1"),
        params![now],
    )?;
    tx.execute(sql!("delete from sign_up where expires_at <= $1"), params![now])?;
    Ok(())
}
