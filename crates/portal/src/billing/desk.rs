//! Who may change what a licence is, and how it stands with its owner.

use super::{
    Change, Currency, Desk, Position, Prices, Purchase, Refusal, Wish,
    list::List,
    store::{self, position::Entry},
};
use crate::{
    base::{
        audit::AuditEvent,
        authz::{self, Action, Caller, Deleted},
        db::{Read, Tx},
        error::{Code, Fault},
    },
    licence::{self, Licence},
};
use jiff::Timestamp;
use rempart_wire::LicenceId;
use serde_json::{Value as Json, json};

/// A licence that the caller may manage: its owner, and whoever manages the licence of the workspace it is attached to.
///
/// # Errors
/// `not_found` to who may not see it, `forbidden` to a member of its workspace who may not manage its licence.
pub(super) fn may(r: &mut impl Read, caller: Caller, licence: LicenceId) -> Result<Licence, Fault> {
    let found = licence::find(r, licence)?.ok_or(Code::NotFound)?;
    if found.owner == Some(caller.account) {
        return Ok(found);
    }
    let workspace = found.workspace.ok_or(Code::NotFound)?;
    authz::check(r, caller, workspace, Action::ManageLicence, Deleted::Hidden)?;
    Ok(found)
}

/// Whether anything can be changed of a licence, and bought.
///
/// # Errors
/// `licence_unusable`, `trial_first`.
pub(super) fn changeable(licence: &Licence, wish: &Wish) -> Result<(), Fault> {
    if licence.facts.revoked || licence.facts.suspended || licence.facts.merged {
        return Err(Code::LicenceUnusable.into());
    }
    if licence.facts.trial && !matches!(wish, Wish::Extend { .. }) {
        return Err(Code::TrialFirst.into());
    }
    Ok(())
}

/// How a licence stands with its owner, and whom its invoices are to. Of which nobody kept accounts yet stands as if what
/// is left had been paid at the price of the day; a trial was not paid.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn position(
    r: &mut impl Read,
    licence: &Licence,
    list: &List,
    now: Timestamp,
) -> Result<(Position, Option<String>), Fault> {
    if let Some((position, bill_to)) = store::position::find(r, licence)? {
        return Ok((position, Some(bill_to)));
    }
    let is = (licence.product.as_str(), licence.seats, licence.term_months);
    let mut opening = Position::opening(is, licence.period, list, list.currency(), now);
    if licence.facts.trial {
        opening.value.amount = 0;
    }
    opening.next = licence.next.clone();
    Ok((opening, None))
}

/// The currency a licence is paid in, when something was.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn currency(r: &mut impl Read, licence: &Licence) -> Result<Option<Currency>, Fault> {
    let known = store::position::find(r, licence)?;
    Ok(known.map(|(position, _)| position.value.currency))
}

/// What a wish comes to, or the fault that says why it is not possible.
///
/// # Errors
/// Each [`Refusal`] has its code.
pub(super) fn ask(desk: &Desk<'_, List>, wish: &Wish) -> Result<Change, Fault> {
    desk.change(wish).map_err(|refusal| match refusal {
        Refusal::PriceMissing => desk.prices.why(wished(desk.position, wish)),
        Refusal::CurrencyMismatch => desk.prices.why(wished(desk.position, wish)),
        Refusal::SeatsBelowUse { used } => Fault::new(Code::SeatsBelowUse)
            .at("seats")
            .arg("used", used)
            .facts(json!({ "in_use": used })),
        Refusal::NothingChanges => Code::NothingChanges.into(),
        Refusal::OnlyAtRenewal => Fault::new(Code::OnlyAtRenewal).at("when"),
        Refusal::PeriodOver => Code::PeriodOver.into(),
        Refusal::SeatsOutOfRange => Fault::new(Code::SeatsOutOfRange).at("seats"),
        Refusal::MonthsOutOfRange => Fault::new(Code::MonthsOutOfRange).at("months"),
        Refusal::TooMuch => Code::AmountTooLarge.into(),
    })
}

/// What would have to be sold for a wish: product, months, seats.
fn wished(position: &Position, wish: &Wish) -> (String, u32, u64) {
    let (product, term, seats) = (position.product.clone(), position.term, position.seats);
    match wish {
        Wish::Extend { months } | Wish::Term { months } => (product, *months, seats),
        Wish::Key { key, .. } => (key.product.clone(), key.months, key.seats),
        Wish::Seats { seats, .. } => (product, term, *seats),
        Wish::Product { product, .. } => (product.clone(), term, seats),
        Wish::Renew | Wish::Keep => (product, term, seats),
    }
}

/// An order of this licence waits to be paid: nothing else is ordered before.
pub(super) fn already(open: &Purchase) -> Fault {
    Fault::new(Code::OrderOpen)
        .arg("reference", &open.reference)
        .facts(json!({ "order": open.id, "reference": open.reference }))
}

/// An audit event about a licence, in the log of the workspace where it is.
pub(super) fn about(event: AuditEvent, licence: &Licence) -> AuditEvent {
    let event = event.on("licence", licence.id);
    match licence.workspace {
        Some(workspace) => event.in_workspace(workspace),
        None => event,
    }
}

/// The same with what changed about the licence, each as it `was` and as it is.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn changed(
    r: &mut impl Read,
    event: AuditEvent,
    detail: Json,
    was: &Licence,
) -> Result<AuditEvent, Fault> {
    let is = licence::find(r, was.id)?.ok_or(Code::NotFound)?;
    Ok(about(event, &is).with(licence::told(detail, was, &is)))
}

/// Accounts of a licence begin: what is left of it is brought along.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn open(tx: &mut Tx<'_>, licence: &Licence, position: &Position) -> Result<(), Fault> {
    store::position::save(tx, licence.id, position, "")?;
    let entry = Entry {
        licence: licence.id,
        purchase: None,
        kind: "opening",
        charged: 0,
        brought: position.value.amount,
        consumed: 0,
    };
    Ok(store::position::enter(tx, &entry, position)?)
}

/// What the list says of a wish's price, for the words of a refusal.
impl List {
    fn why(&self, (product, months, seats): (String, u32, u64)) -> Fault {
        match self.term(&product, months, seats) {
            Some(_) => Fault::new(Code::PriceMissing).arg("product", product),
            None => self.missing(&product, months),
        }
    }
}
