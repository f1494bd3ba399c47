//! What of somebody's money ends when they leave: nothing is charged to them any more, and what they ordered and did not
//! pay is given up. What was paid stays in the books, as it was invoiced.

use super::{Purchase, desk, refund, store, stripe};
use crate::{
    base::{
        audit::{AuditActor, AuditEvent},
        db::{DbError, Read, Tx},
        error::{Code, Fault},
    },
    licence::{self, Licence},
};
use rempart_wire::{AccountId, LicenceId};
use serde_json::json;

/// What ends.
#[derive(Debug, Clone, Default)]
pub struct Obligations {
    /// Licences that do not renew by themselves any more.
    pub renewals: Vec<Licence>,
    /// Orders that wait to be paid.
    pub orders: Vec<Purchase>,
}

/// What would end: renewals they pay for, and those of licences of theirs that are attached to nothing; orders they made,
/// or that wait for such a licence.
///
/// # Errors
/// Whatever the engine says.
pub fn obligations(r: &mut impl Read, account: AccountId) -> Result<Obligations, DbError> {
    let mut renewals = Vec::new();
    for id in stripe::renewals_of(r, account)? {
        renewals.extend(licence::find(r, id)?);
    }
    Ok(Obligations {
        renewals,
        orders: store::order::open_of(r, account)?,
    })
}

/// Ends it; the lines of the audit log that say so, made from `event` with each its action.
///
/// # Errors
/// Whatever the engine says.
pub fn end(
    tx: &mut Tx<'_>,
    account: AccountId,
    event: impl Fn(&'static str) -> AuditEvent,
) -> Result<(Obligations, Vec<AuditEvent>), Fault> {
    let (mut ended, mut events) = (Obligations::default(), Vec::new());
    for id in stripe::renewals_of(tx, account)? {
        let licence = licence::lock(tx, id)?.ok_or(Code::NotFound)?;
        stripe::stop(tx, &licence)?;
        events.push(desk::changed(
            tx,
            event("payment.renew_off"),
            json!({}),
            &licence,
        )?);
        ended.renewals.push(licence);
    }
    for order in store::order::open_of(tx, account)? {
        let licence = licence::find(tx, order.licence)?.ok_or(Code::NotFound)?;
        let order = refund::cancel(tx, order.id)?;
        events.push(desk::about(event("billing.cancel"), &licence).with(json!({ "order": order.reference })));
        ended.orders.push(order);
    }
    Ok((ended, events))
}

/// Whoever paid is gone for good: their card is let go of, and invoices yet to come of what they owned are to somebody else.
///
/// # Errors
/// Whatever the engine says.
pub fn forget(tx: &mut Tx<'_>, account: AccountId, owned: &[LicenceId]) -> Result<(), DbError> {
    for licence in owned {
        store::position::forget_addressee(tx, *licence)?;
    }
    stripe::let_go(tx, account)
}

/// A licence goes to another account: what was ordered for it and not paid is given up, and whom its invoices were to is
/// nobody's business any more.
///
/// # Errors
/// Whatever the engine says.
pub fn handed_over(tx: &mut Tx<'_>, licence: &Licence) -> Result<Vec<AuditEvent>, Fault> {
    let mut events = Vec::new();
    if let Some(order) = store::order::open(tx, licence.id)? {
        let order = refund::cancel(tx, order.id)?;
        let event = AuditEvent::new(AuditActor::Server, "billing.cancel");
        events.push(desk::about(event, licence).with(json!({ "order": order.reference })));
    }
    store::position::forget_addressee(tx, licence.id)?;
    Ok(events)
}
