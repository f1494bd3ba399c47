//! Money goes back, or an order is given up before any came.

use super::{
    Money, OrderState, Payment, Purchase, desk,
    list::List,
    store::{self, position::Entry},
};
use crate::{
    base::{
        db::Tx,
        error::{Code, Fault},
    },
    licence,
};
use rempart_wire::PurchaseId;
use serde_json::json;

/// What goes back.
#[derive(Debug, Clone, Default)]
pub struct Back {
    /// How much, in minor units; all that is left when absent.
    pub amount: Option<i64>,
    /// The provider's name of it.
    pub provider_id: Option<String>,
    /// Why.
    pub note: String,
}

/// The order's payment is given back, all or part of it. The licence stays as it is; of what was paid for the time left so
/// much less is.
///
/// # Errors
/// `order_over` for one that was not paid; `refund_too_large`.
pub fn refund(tx: &mut Tx<'_>, purchase: PurchaseId, back: &Back) -> Result<Purchase, Fault> {
    let found = store::order::find(tx, purchase)?.ok_or(Code::NotFound)?;
    let licence = licence::lock(tx, found.licence)?.ok_or(Code::NotFound)?;
    let mut order = store::order::find(tx, purchase)?.ok_or(Code::NotFound)?;
    if order.state != OrderState::Paid {
        return Err(Code::OrderOver.into());
    }
    let left = store::order::paid(tx, order.id)?;
    let amount = back.amount.unwrap_or(left);
    if amount <= 0 || amount > left {
        return Err(Fault::new(Code::RefundTooLarge)
            .at("amount")
            .facts(json!({ "most": left })));
    }
    let currency = order.gross.currency;
    let whole = order.gross.amount;
    // Of several refunds each gives back the net of all so far, less what was given back before: no cent is left over.
    let net_of = |gross: i64| super::share(order.net.amount, gross.into(), whole.into());
    let before = net_of(whole - left).ok_or(Code::AmountTooLarge)?;
    let net = net_of(whole - left + amount).ok_or(Code::AmountTooLarge)? - before;
    let list = List::read(tx, [licence.product.as_str()], currency, order.priced_at)?;
    let (position, bill_to) = desk::position(tx, &licence, &list, order.priced_at)?;
    let (mut after, was) = (position.today(tx.now()), position.value.amount);
    let waned = was - after.value.amount;
    // What is given back was credit, or is taken from what is paid for; beyond that it had been used up.
    let from_credit = if order.applied {
        0
    } else {
        net.min(after.credit.amount)
    };
    after.credit.amount -= from_credit;
    let from_value = (net - from_credit).min(after.value.amount);
    after.value.amount -= from_value;
    store::position::save(tx, licence.id, &after, &bill_to.unwrap_or_default())?;
    let entry = Entry {
        licence: licence.id,
        purchase: Some(order.id),
        kind: "refund",
        charged: -net,
        brought: 0,
        consumed: waned - (net - from_credit - from_value),
    };
    store::position::enter(tx, &entry, &after)?;
    let payment = Payment {
        provider: order.provider,
        provider_id: back.provider_id.clone(),
        note: back.note.clone(),
        amount: Money::new(-amount, currency),
    };
    store::order::pay(tx, order.id, &payment)?;
    if amount == left {
        (order.state, order.closed_at) = (OrderState::Refunded, Some(tx.now()));
        store::order::close(tx, &order)?;
    }
    super::stripe::changed(tx, order.licence)?;
    Ok(order)
}

/// An order that waits is given up; credit that was put aside for it is there again.
///
/// # Errors
/// `order_over` when it does not wait.
pub fn cancel(tx: &mut Tx<'_>, purchase: PurchaseId) -> Result<Purchase, Fault> {
    let found = store::order::find(tx, purchase)?.ok_or(Code::NotFound)?;
    let licence = licence::lock(tx, found.licence)?.ok_or(Code::NotFound)?;
    let mut order = store::order::find(tx, purchase)?.ok_or(Code::NotFound)?;
    if order.state != OrderState::Waiting {
        return Err(Code::OrderOver.into());
    }
    if let Some((mut position, bill_to)) = store::position::find(tx, &licence)? {
        position.credit.amount += order.credit_used.amount;
        store::position::save(tx, licence.id, &position, &bill_to)?;
    }
    (order.state, order.closed_at) = (OrderState::Cancelled, Some(tx.now()));
    store::order::close(tx, &order)?;
    Ok(order)
}
