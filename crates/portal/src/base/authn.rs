//! Who is asking: sessions by cookie, API keys by bearer. Only hashes of tokens are kept.

use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        db::{DbError, Read, Row},
        error::Fault,
        lang::Lang,
        web::Person,
    },
    params, sql,
};
use jiff::SignedDuration;
use rempart_wire::{ApiKeyId, SessionId};
use sha2::{Digest, Sha256};

/// How the database knows a token: SHA-256, enough for 256 random bits.
#[must_use]
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// A session ends when it was not used for so long.
pub const SESSION_LASTS: SignedDuration = SignedDuration::from_hours(24 * 30);
/// A use is written down at most this often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The person of a session's token, unless it has expired. Their account may be closed.
///
/// # Errors
/// When the database cannot be used.
pub async fn by_session(app: &App, token: &str) -> Result<Option<Person>, Fault> {
    let (hash, now) = (token_hash(token), app.clock.now());
    let found = app
        .db
        .lookup(move |r| {
            r.first(
                sql!(
                    "select account.id, account.email, account.name, account.operator, account.language,
                            account_session.id, account_session.last_seen_at, account.closed_at
                     from account_session join account on account.id = account_session.account
                     where account_session.token_hash = $1 and account_session.expires_at > $2"
                ),
                params![hash, now],
            )
        })
        .await?;
    let Some(row) = found else { return Ok(None) };
    let (session, seen): (SessionId, jiff::Timestamp) = (row.get(5)?, row.get(6)?);
    if now.duration_since(seen) > SEEN_EVERY {
        app.db
            .write::<_, DbError, _>(move |mut tx| {
                let expires = now.saturating_add(SESSION_LASTS).unwrap_or(now);
                let statement = sql!(
                    "update account_session set last_seen_at = $1,
                            expires_at = case when expires_at < $2 then $2 else expires_at end
                     where id = $3"
                );
                tx.execute(statement, params![now, expires, session])?;
                tx.tidy(Housekeeping::Presence, ())
            })
            .await?;
    }
    let closed_at = row.get(7)?;
    Ok(Some(Person {
        closed_at,
        ..person(&row, Some(session))?
    }))
}

/// The person of an API key. A closed account has none.
///
/// # Errors
/// When the database cannot be used.
pub async fn by_api_key(app: &App, key: &str) -> Result<Option<Person>, Fault> {
    let (hash, now) = (token_hash(key), app.clock.now());
    let found = app
        .db
        .lookup(move |r| {
            r.first(
                sql!(
                    "select account.id, account.email, account.name, account.operator, account.language,
                            api_key.id, api_key.last_used_at
                     from api_key join account on account.id = api_key.account where api_key.token_hash = $1
                       and account.closed_at is null"
                ),
                params![hash],
            )
        })
        .await?;
    let Some(row) = found else { return Ok(None) };
    let (key, seen): (ApiKeyId, Option<jiff::Timestamp>) = (row.get(5)?, row.get(6)?);
    if seen.is_none_or(|seen| now.duration_since(seen) > SEEN_EVERY) {
        app.db
            .write::<_, DbError, _>(move |mut tx| {
                let statement = sql!("update api_key set last_used_at = $1 where id = $2");
                tx.execute(statement, params![now, key])?;
                tx.tidy(Housekeeping::Presence, ())
            })
            .await?;
    }
    Ok(Some(person(&row, None)?))
}

fn person(row: &Row, session: Option<SessionId>) -> Result<Person, DbError> {
    Ok(Person {
        account: row.get(0)?,
        session,
        email: row.get(1)?,
        name: row.get(2)?,
        operator: row.get(3)?,
        lang: Lang::parse(&row.get::<String>(4)?).unwrap_or_default(),
        closed_at: None,
    })
}
