use crate::{
    base::db::{DbError, Read, Tx},
    billing::stripe::Event,
    params, sql,
};
use jiff::Timestamp;

/// The provider's name in the table of cursors.
const PROVIDER: &str = "stripe";

/// Notes an event; whether it was new.
pub(in crate::billing::stripe) fn note(tx: &mut Tx<'_>, event: &Event) -> Result<bool, DbError> {
    let now = tx.now();
    let created = Timestamp::from_second(event.created).unwrap_or(now);
    let noted = tx.execute(
        sql!(
            "insert into provider_event (id, kind, object_kind, object, created_at, noted_at)
             values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing"
        ),
        params![
            &event.id,
            &event.kind,
            &event.data.object.object,
            event.data.object.id.clone().unwrap_or_default(),
            created,
            now
        ],
    )?;
    Ok(noted == 1)
}

/// Forgets events noted before `before`: the provider delivers none so late.
pub(in crate::billing::stripe) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from provider_event where noted_at < $1"),
        params![before],
    )?;
    Ok(())
}

/// Up to when the provider's events have been read; nothing before the first time.
pub(in crate::billing::stripe) fn read_until(r: &mut impl Read) -> Result<Option<Timestamp>, DbError> {
    let row = r.first(
        sql!("select read_until from provider_cursor where provider = $1"),
        params![PROVIDER],
    )?;
    row.map(|row| row.get(0)).transpose()
}

pub(in crate::billing::stripe) fn set_read_until(tx: &mut Tx<'_>, until: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into provider_cursor (provider, read_until) values ($1, $2)
             on conflict (provider) do update set read_until = excluded.read_until"
        ),
        params![PROVIDER, until],
    )?;
    Ok(())
}
