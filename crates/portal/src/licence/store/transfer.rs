use crate::{
    account::Email,
    base::{
        authz::Role,
        db::{DbError, Read, Row, Tx},
        lang::Lang,
    },
    licence::{
        moves::Move,
        transfer::{OFFERED, Offer},
    },
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, WorkspaceId};

fn offer_of(row: &Row) -> Result<Offer, DbError> {
    Ok(Offer {
        licence: row.get(0)?,
        by: row.get(1)?,
        by_email: row.get(2)?,
        email: row.get(3)?,
        email_key: row.get(4)?,
        expires_at: row.get(5)?,
    })
}

/// The offer of a licence, over or not.
pub(in crate::licence) fn open(r: &mut impl Read, licence: LicenceId) -> Result<Option<Offer>, DbError> {
    let row = r.first(
        sql!(
            "select licence_transfer.licence, offered_by, account.email, licence_transfer.email,
                    licence_transfer.email_key, licence_transfer.expires_at
             from licence_transfer join account on account.id = licence_transfer.offered_by
             where licence_transfer.licence = $1"
        ),
        params![licence],
    )?;
    row.as_ref().map(offer_of).transpose()
}

/// What is offered to an address at `now`.
pub(in crate::licence) fn offers_to(
    r: &mut impl Read,
    email: &Email,
    now: Timestamp,
) -> Result<Vec<Offer>, DbError> {
    let rows = r.rows(
        sql!(
            "select licence_transfer.licence, offered_by, account.email, licence_transfer.email,
                    licence_transfer.email_key, licence_transfer.expires_at
             from licence_transfer join account on account.id = licence_transfer.offered_by
             where licence_transfer.email_key = $1 and licence_transfer.expires_at > $2
             order by licence_transfer.at, licence_transfer.licence"
        ),
        params![email.key(), now],
    )?;
    rows.iter().map(offer_of).collect()
}

/// Opens an offer, unless one is open; whether it did.
pub(in crate::licence) fn offer(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    by: AccountId,
    to: &Email,
    until: Timestamp,
) -> Result<bool, DbError> {
    let now = tx.now();
    tx.execute(
        sql!("delete from licence_transfer where licence = $1 and expires_at <= $2"),
        params![licence, now],
    )?;
    let made = tx.execute(
        sql!(
            "insert into licence_transfer (licence, offered_by, email, email_key, at, expires_at)
             values ($1, $2, $3, $4, $5, $6) on conflict (licence) do nothing"
        ),
        params![licence, by, to.as_str(), to.key(), now, until],
    )?;
    Ok(made == 1)
}

/// When a licence was offered since a moment, the latest first.
pub(in crate::licence) fn offered_since(
    r: &mut impl Read,
    licence: LicenceId,
    since: Timestamp,
) -> Result<Vec<Timestamp>, DbError> {
    let rows = r.rows(
        sql!("select at from audit_event where target = $1 and action = $2 and at > $3 order by at desc"),
        params![licence, OFFERED, since],
    )?;
    rows.iter().map(|row| row.get(0)).collect()
}

pub(in crate::licence) fn end(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from licence_transfer where licence = $1"),
        params![licence],
    )?;
    Ok(())
}

/// Another account is the owner from now on; what the one before wanted to be told goes.
pub(in crate::licence) fn hand_over(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    to: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update licence set owner = $1, low_seats = null, revision = revision + 1 where id = $2"),
        params![to, licence],
    )?;
    Ok(())
}

/// The language of the account with this address.
pub(in crate::licence) fn language(r: &mut impl Read, email: &Email) -> Result<Option<Lang>, DbError> {
    let row = r.first(
        sql!("select language from account where email_key = $1"),
        params![email.key()],
    )?;
    Ok(row
        .map(|row| row.get::<String>(0))
        .transpose()?
        .and_then(|text| Lang::parse(&text)))
}

/// What somebody is in a workspace that is not deleted.
pub(in crate::licence) fn role(
    r: &mut impl Read,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Role>, DbError> {
    let row = r.first(
        sql!("select role from member where workspace = $1 and account = $2"),
        params![workspace, account],
    )?;
    Ok(row
        .map(|row| row.get::<String>(0))
        .transpose()?
        .and_then(|text| Role::parse(&text)))
}

/// Remembers the last move of a licence.
pub(in crate::licence) fn note_move(tx: &mut Tx<'_>, one: &Move) -> Result<(), DbError> {
    let now = tx.now();
    forget_move(tx, one.licence)?;
    tx.execute(
        sql!(
            "insert into licence_move (licence, moved_by, source, target, replaced, at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![one.licence, one.by, one.source, one.target, one.replaced, now],
    )?;
    Ok(())
}

pub(in crate::licence) fn forget_move(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from licence_move where licence = $1"),
        params![licence],
    )?;
    Ok(())
}

/// The last move of a licence, when it was after `since`.
pub(in crate::licence) fn last_move(
    r: &mut impl Read,
    licence: LicenceId,
    since: Timestamp,
) -> Result<Option<Move>, DbError> {
    let row = r.first(
        sql!(
            "select licence_move.licence, moved_by, source, target, replaced, licence_move.at, workspace.name
             from licence_move join workspace on workspace.id = licence_move.source
             where licence_move.licence = $1 and licence_move.at > $2 and workspace.deleted_at is null"
        ),
        params![licence, since],
    )?;
    row.map(|row| {
        Ok(Move {
            licence: row.get(0)?,
            by: row.get(1)?,
            source: row.get(2)?,
            target: row.get(3)?,
            replaced: row.get(4)?,
            at: row.get(5)?,
            source_name: row.get(6)?,
        })
    })
    .transpose()
}
