use super::kind::{Kind, about_seats};
use crate::{
    base::{
        db::{DbError, Read, Row, Tx},
        lang::Lang,
    },
    licence::Licence,
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId};
use std::collections::HashSet;

/// Somebody who gets a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reader {
    pub account: AccountId,
    pub email: String,
    pub lang: Lang,
}

/// Licences about whose end a reminder is due and was not sent, at most `limit`.
pub(super) fn due(
    r: &mut impl Read,
    kind: Kind,
    (after, until): (Timestamp, Timestamp),
    limit: u32,
) -> Result<Vec<LicenceId>, DbError> {
    let rows = r.rows(
        sql!(
            "select id from licence
             where expires_at > $1 and expires_at <= $2 and owner is not null
               and suspended_at is null and revoked_at is null and merged_into is null
               and not exists (select 1 from reminder_sent where reminder_sent.licence = licence.id
                               and reminder_sent.kind = $3 and reminder_sent.about = licence.expires_at)
             order by expires_at, id limit $4"
        ),
        params![after, until, kind.as_str(), limit],
    )?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Licences with as few free seats as their owners want to be told of, who were not told.
pub(super) fn low(r: &mut impl Read, limit: u32) -> Result<Vec<LicenceId>, DbError> {
    let rows = r.rows(
        sql!(
            "select id from licence
             where low_seats is not null and seats - seats_used <= low_seats and owner is not null
               and suspended_at is null and revoked_at is null and merged_into is null and workspace is not null
               and not exists (select 1 from reminder_sent where reminder_sent.licence = licence.id
                               and reminder_sent.kind = 'low_seats'
                               and reminder_sent.about = licence.low_seats * 2097152 + licence.seats)
             order by id limit $1"
        ),
        params![limit],
    )?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Seats that ran low can do so again, once more than twice as many are free.
pub(super) fn rearm(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from reminder_sent where kind = 'low_seats' and exists
                (select 1 from licence where licence.id = reminder_sent.licence
                 and (low_seats is null or seats - seats_used > 2 * low_seats + 1))"
        ),
        params![],
    )
}

/// Notes that a reminder is dealt with; `false` when it was already.
pub(super) fn note(tx: &mut Tx<'_>, licence: &Licence, kind: Kind) -> Result<bool, DbError> {
    let about = match (kind, licence.expires_at) {
        (Kind::LowSeats, _) | (_, None) => about_seats(licence),
        (_, Some(end)) => end.as_microsecond(),
    };
    let now = tx.now();
    let noted = tx.execute(
        sql!(
            "insert into reminder_sent (licence, kind, about, at, told) values ($1, $2, $3, $4, 0)
             on conflict (licence, kind, about) do nothing"
        ),
        params![licence.id, kind.as_str(), about, now],
    )?;
    Ok(noted == 1)
}

fn reader(row: &Row) -> Result<Reader, DbError> {
    Ok(Reader {
        account: row.get(0)?,
        email: row.get(1)?,
        lang: Lang::parse(&row.get::<String>(2)?).unwrap_or_default(),
    })
}

/// Who is told about a licence, muted or not, unless their account is closed: its owner, and the billing contacts of its workspace.
pub(super) fn readers(
    r: &mut impl Read,
    licence: &Licence,
) -> Result<(Option<Reader>, Vec<Reader>), DbError> {
    let owner = r.first(
        sql!("select id, email, language from account where id = $1 and closed_at is null"),
        params![licence.owner],
    )?;
    let contacts = r.rows(
        sql!(
            "select account.id, account.email, account.language
             from member join account on account.id = member.account
             where member.workspace = $1 and member.role = 'billing_contact' and account.closed_at is null
             order by member.since, account.id"
        ),
        params![licence.workspace],
    )?;
    let contacts = contacts.iter().map(reader).collect::<Result<Vec<_>, _>>()?;
    Ok((owner.as_ref().map(reader).transpose()?, contacts))
}

/// What somebody does not want.
pub(super) fn muted(r: &mut impl Read, account: AccountId) -> Result<HashSet<Kind>, DbError> {
    let rows = r.rows(
        sql!("select kind from reminder_mute where account = $1"),
        params![account],
    )?;
    let kinds = rows.iter().map(|row| Ok(Kind::parse(&row.get::<String>(0)?)));
    kinds.filter_map(Result::transpose).collect()
}

pub(super) fn mute(tx: &mut Tx<'_>, account: AccountId, kinds: &[Kind]) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from reminder_mute where account = $1"),
        params![account],
    )?;
    for kind in kinds {
        tx.execute(
            sql!("insert into reminder_mute (account, kind) values ($1, $2)"),
            params![account, kind.as_str()],
        )?;
    }
    Ok(())
}
