//! Every SQL statement on issuer keys.

use crate::{
    base::db::{DbError, Read, Tx},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::licence_file::{IssuerKey, KeyId};

/// A key as it is kept.
pub(super) struct Kept {
    pub key: IssuerKey,
    pub created_at: Timestamp,
    pub retired_at: Option<Timestamp>,
}

/// Adds the current key; `false` when there is one.
pub(super) fn insert(tx: &mut Tx<'_>, key: &IssuerKey, sealed: Vec<u8>) -> Result<bool, DbError> {
    let (id, public, now) = (key.id(), hex::decode(key.to_hex()).unwrap_or_default(), tx.now());
    let made = tx.execute(
        sql!(
            "insert into issuer_key (id, public_key, sealed, current, created_at) values ($1, $2, $3, true, $4)
             on conflict (current) do nothing"
        ),
        params![id.as_str(), public, sealed, now],
    )?;
    Ok(made == 1)
}

/// Ends the current key; its seal goes, for it will never sign again.
pub(super) fn retire(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("update issuer_key set current = null, retired_at = $1, sealed = null where current"),
        params![now],
    )?;
    Ok(())
}

/// The current key's id and its sealed secret.
pub(super) fn current(r: &mut impl Read) -> Result<Option<(String, Vec<u8>)>, DbError> {
    let row = r.first(sql!("select id, sealed from issuer_key where current"), params![])?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// All keys, the newest first.
pub(super) fn all(r: &mut impl Read) -> Result<Vec<Kept>, DbError> {
    let statement = sql!(
        "select public_key, created_at, retired_at from issuer_key
         order by case when retired_at is null then 0 else 1 end, retired_at desc, id"
    );
    let unread = || DbError::Decode {
        column: 0,
        sql: statement.to_owned(),
    };
    let kept = r.rows(statement, params![])?.into_iter().map(|row| {
        let public: [u8; 32] = row.get::<Vec<u8>>(0)?.try_into().map_err(|_| unread())?;
        Ok(Kept {
            key: IssuerKey::from_bytes(&public).map_err(|_| unread())?,
            created_at: row.get(1)?,
            retired_at: row.get(2)?,
        })
    });
    kept.collect()
}

impl Kept {
    pub(super) fn id(&self) -> KeyId {
        self.key.id()
    }
}
