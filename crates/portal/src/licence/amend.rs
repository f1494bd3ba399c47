//! The terms of a licence change in place: its time, its seats, its product. Its devices stay enrolled; seats that are more
//! go to devices that have none, those enrolled first before others, and fewer take none away.

use super::{Licence, Next, Period, key, seat, store};
use crate::base::{
    db::{DbError, Read, Signal, Tx},
    error::{Code, Fault},
    secret::Secrets,
};
use rempart_wire::{AccountId, LicenceId};

/// What a licence is afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// What it is for.
    pub product: String,
    /// Devices it is for.
    pub seats: u64,
    /// Calendar months of a term.
    pub term_months: u32,
    /// Its period.
    pub period: Period,
    /// What waits for the next one.
    pub next: Next,
}

/// A licence by its id.
///
/// # Errors
/// Whatever the engine says.
pub fn find(r: &mut impl Read, licence: LicenceId) -> Result<Option<Licence>, DbError> {
    store::find::by_id(r, licence)
}

/// Makes everybody else who would change this licence wait until the unit is over; nothing when there is none such.
///
/// # Errors
/// Whatever the engine says.
pub fn lock(tx: &mut Tx<'_>, licence: LicenceId) -> Result<Option<Licence>, DbError> {
    store::seat::lock(tx, licence)?;
    store::find::by_id(tx, licence)
}

/// Devices of its workspace that have no seat.
///
/// # Errors
/// Whatever the engine says.
pub fn unseated(r: &mut impl Read, licence: &Licence) -> Result<u64, DbError> {
    match licence.workspace {
        Some(workspace) => Ok(store::find::devices(r, workspace)?.saturating_sub(licence.seats_used)),
        None => Ok(0),
    }
}

/// Changes the terms of a licence that is locked. A trial that gets months is one no more, and `owner`'s.
///
/// # Errors
/// Whatever the engine says.
pub fn amend(tx: &mut Tx<'_>, licence: &Licence, owner: AccountId, to: &Amended) -> Result<(), DbError> {
    store::write::amend(tx, licence.id, to)?;
    if licence.facts.trial && to.period.months > 0 {
        store::write::own(tx, licence.id, owner)?;
    }
    if let Some(workspace) = licence.workspace {
        let free = to.seats.saturating_sub(licence.seats_used);
        seat::fill(tx, licence.id, workspace, free)?;
        tx.signal(Signal::Settings(workspace));
    }
    Ok(())
}

/// The licence of a key that nobody has used: it was never attached, and it is `account`'s or nobody's.
///
/// # Errors
/// What is wrong with the key: `key_length`, `key_symbol`, `key_group`, `key_unknown`, `key_taken`, `key_lapsed`,
/// `licence_unusable`.
pub fn unused(
    r: &mut impl Read,
    secrets: &Secrets,
    (text, account): (&str, AccountId),
    now: jiff::Timestamp,
) -> Result<Licence, Fault> {
    let fault = |code| Fault::new(code).at("key");
    let key = key::parse(text)?;
    let found = store::find::by_key(r, key::hash(secrets, &key))?.ok_or_else(|| fault(Code::KeyUnknown))?;
    mergeable(found, account, now)
}

fn mergeable(licence: Licence, account: AccountId, now: jiff::Timestamp) -> Result<Licence, Fault> {
    let fault = |code| Fault::new(code).at("key");
    if licence.facts.revoked || licence.facts.suspended {
        return Err(fault(Code::LicenceUnusable));
    }
    if licence.owner.is_some_and(|owner| owner != account)
        || licence.facts.merged
        || licence.period.from.is_some()
        || licence.workspace.is_some()
    {
        return Err(fault(Code::KeyTaken));
    }
    match licence
        .redeem_by
        .filter(|date| *date <= now && licence.owner.is_none())
    {
        Some(date) => Err(fault(Code::KeyLapsed).arg("date", date.strftime("%Y-%m-%d"))),
        None => Ok(licence),
    }
}

/// The time of one licence went into another: it is `account`'s, and never of use again. Both are to be locked.
///
/// # Errors
/// As [`unused`].
pub fn merge(tx: &mut Tx<'_>, from: LicenceId, into: LicenceId, account: AccountId) -> Result<(), Fault> {
    let found = store::find::by_id(tx, from)?.ok_or(Code::NotFound)?;
    mergeable(found, account, tx.now())?;
    Ok(store::write::merge(tx, (from, into), account)?)
}
