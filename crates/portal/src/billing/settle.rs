//! An order is paid: its change is made. This is the only place that marks anything paid.

use super::{
    Change, Desk, Money, OrderState, Payment, Position, Purchase, Wish, accept, desk,
    list::List,
    store::{self, position::Entry},
};
use crate::{
    base::{
        db::Tx,
        error::{Code, Fault},
    },
    licence::{self, Amended, Licence},
};
use rempart_wire::PurchaseId;

/// What a payment did.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The order as it is now.
    pub order: Purchase,
    /// Whether it was this payment that did it; `false` for one that came a second time.
    pub now: bool,
}

/// Records a payment of an order and makes the change that was ordered, at the prices it was ordered at. The same payment
/// again changes nothing.
///
/// What was paid for days that went by while the payment was under way becomes credit. When the licence is no longer what
/// it was and the change would cost more now, or is not possible, all that was paid becomes credit instead; nothing of it
/// is lost.
///
/// # Errors
/// `not_found`; `order_over` for one that was cancelled or refunded, and `payment_differs` for another amount than it is:
/// the money is then to be given back.
pub fn settle(tx: &mut Tx<'_>, purchase: PurchaseId, payment: &Payment) -> Result<Settled, Fault> {
    let found = store::order::find(tx, purchase)?.ok_or(Code::NotFound)?;
    let licence = licence::lock(tx, found.licence)?.ok_or(Code::NotFound)?;
    let mut order = store::order::find(tx, purchase)?.ok_or(Code::NotFound)?;
    match order.state {
        OrderState::Waiting => {}
        OrderState::Paid => return Ok(Settled { order, now: false }),
        OrderState::Cancelled | OrderState::Refunded => return Err(Code::OrderOver.into()),
    }
    if let Some(id) = &payment.provider_id
        && store::order::recorded(tx, payment.provider, id)?
    {
        return Err(Fault::new(Code::PaymentDiffers).because("the provider's payment was of another order"));
    }
    if payment.amount != order.gross {
        return Err(Fault::new(Code::PaymentDiffers).at("amount"));
    }
    let now = tx.now();
    let list = List::read(
        tx,
        super::preview::products(&licence, &order.quote.wish),
        order.net.currency,
        order.priced_at,
    )?;
    let (position, bill_to) = desk::position(tx, &licence, &list, order.priced_at)?;
    let (after, entry) = match possible(&order, &licence, &position, &list, now) {
        Some((after, change)) => {
            make(tx, &licence, &order, &after)?;
            order.applied = true;
            let entry = (change.brought.amount, change.consumed.amount);
            (after, entry)
        }
        None => (credited(&position, &order), (0, 0)),
    };
    store::position::save(tx, licence.id, &after, &bill_to.unwrap_or_default())?;
    let (brought, consumed) = entry;
    let entry = Entry {
        licence: licence.id,
        purchase: Some(order.id),
        kind: order.quote.wish.as_str(),
        charged: order.net.amount,
        brought,
        consumed,
    };
    store::position::enter(tx, &entry, &after)?;
    if payment.amount.amount != 0 {
        store::order::pay(tx, order.id, payment)?;
        if order.invoice.is_none() {
            (order.invoice, order.invoiced_at) = (Some(accept::number(tx, 'F')?), Some(now));
        }
    }
    (order.state, order.paid_at) = (OrderState::Paid, Some(now));
    store::order::close(tx, &order)?;
    super::stripe::changed(tx, order.licence)?;
    Ok(Settled { order, now: true })
}

/// The change at this moment, for what was paid; nothing when it cannot be had for that.
fn possible(
    order: &Purchase,
    licence: &Licence,
    position: &Position,
    list: &List,
    now: jiff::Timestamp,
) -> Option<(Position, Change)> {
    desk::changeable(licence, &order.quote.wish).ok()?;
    // More devices than seats are no hindrance to a renewal: nothing stops then but enrolment.
    let used = match order.quote.wish {
        Wish::Renew => 0,
        _ => licence.seats_used,
    };
    let desk = Desk {
        position,
        used,
        prices: list,
        now,
    };
    let change = desk.change(&order.quote.wish).ok()?;
    let costs = change.price_now.amount + change.credit_used.amount - change.credit_given.amount
        + kept_by_key(&change);
    let paid = order.net.amount + order.credit_used.amount;
    let surplus = paid - costs;
    let mut after = change.after.clone();
    let credit = position.credit.amount + kept_by_key(&change);
    // A cent of rounding may be missing; more only when the licence was changed meanwhile.
    if surplus < -1 && (order.revision != licence.revision || after.value.amount + surplus < 0) {
        return None;
    }
    after.value.amount += surplus.min(0);
    after.credit.amount = credit + surplus.max(0);
    (after.value.amount >= 0 && after.credit.amount >= 0).then_some((after, change))
}

/// The credit a key leaves: it is what the key brought, not what the order costs.
fn kept_by_key(change: &Change) -> i64 {
    if change.brought.amount > 0 {
        change.credit_given.amount
    } else {
        0
    }
}

/// All that was paid, as credit.
fn credited(position: &Position, order: &Purchase) -> Position {
    let mut after = position.clone();
    let paid = order.net.amount + order.credit_used.amount;
    after.credit = Money::new(after.credit.amount.saturating_add(paid), after.credit.currency);
    after
}

/// Writes the licence as it is afterwards.
fn make(tx: &mut Tx<'_>, licence: &Licence, order: &Purchase, after: &Position) -> Result<(), Fault> {
    if let Some(key) = order.quote.key {
        licence::merge(tx, key, licence.id, order.account)?;
    }
    let to = Amended {
        product: after.product.clone(),
        seats: after.seats,
        term_months: after.term,
        period: after.period,
        next: after.next.clone(),
    };
    Ok(licence::amend(tx, licence, order.account, &to)?)
}
