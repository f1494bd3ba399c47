//! The next term of a licence is paid by itself. What it will cost is agreed beforehand and kept; when the money comes, the
//! order it pays for is made and settled at once, at what was agreed.

use super::{
    Desk, Money, OrderState, Paper, Payment, Provider, Purchase, Quote, QuoteLine, Settled, Standing, Wish,
    accept, desk, list::List, preview::products, quote, settle, store,
};
use crate::{
    base::{
        config::Sales,
        db::{Read, Tx},
        error::{Code, Fault},
        lang::Lang,
        money::Currency,
    },
    licence::Licence,
};
use jiff::Timestamp;
use rempart_wire::AccountId;
use serde::{Deserialize, Serialize};

/// What the next term costs, as agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Agreed {
    currency: String,
    net: i64,
    quote: Quote,
    /// The moment its prices are of.
    priced_at: Timestamp,
    /// Of the licence then.
    revision: u64,
    /// When it is to be charged: at the expiry.
    pub charge_at: Timestamp,
}

impl Agreed {
    /// To pay, with tax.
    pub(super) fn gross(&self) -> Result<Money, Fault> {
        let gross = self.net.checked_add(self.quote.tax).ok_or(Code::AmountTooLarge)?;
        Ok(Money::new(gross, self.currency()?))
    }

    /// Of what.
    pub(super) fn currency(&self) -> Result<Currency, Fault> {
        Ok(Currency::parse(&self.currency).ok_or(Code::CurrencyUnknown)?)
    }

    /// What the licence is for from then on.
    pub(super) const fn after(&self) -> &Standing {
        &self.quote.after
    }
}

/// What the next term of a licence will cost at its expiry, at the prices of this moment. More devices in use than there
/// will be seats are no hindrance: nothing stops then but enrolment.
///
/// # Errors
/// Why there is no next term: `licence_unusable`, `trial_first`, `period_over`, `price_missing` and its kin.
pub(super) fn agree(
    r: &mut impl Read,
    licence: &Licence,
    sales: &Sales,
    now: Timestamp,
) -> Result<Agreed, Fault> {
    let wish = Wish::Renew;
    desk::changeable(licence, &wish)?;
    let charge_at = licence.expires_at.ok_or(Code::PeriodOver)?;
    let currency = desk::currency(r, licence)?.unwrap_or(sales.currency);
    let list = List::read(r, products(licence, &wish), currency, now)?;
    let (position, _) = desk::position(r, licence, &list, now)?;
    let desk = Desk {
        position: &position,
        used: 0,
        prices: &list,
        now: charge_at,
    };
    let change = desk::ask(&desk, &wish)?;
    let tax = quote::tax(change.price_now, sales.tax_rate).ok_or(Code::AmountTooLarge)?;
    Ok(Agreed {
        currency: currency.as_str().to_owned(),
        net: change.price_now.amount,
        quote: Quote {
            wish,
            key: None,
            before: Standing::of(licence),
            after: Standing::after(&change),
            lines: change.lines.iter().map(QuoteLine::from).collect(),
            credit_used: change.credit_used.amount,
            credit_given: change.credit_given.amount,
            brought: 0,
            tax_rate: sales.tax_rate,
            tax: tax.amount,
            price_later: change.price_later.map(|price| price.amount),
            seated: 0,
            paper: None,
        },
        priced_at: now,
        revision: licence.revision,
        charge_at,
    })
}

/// The money for the next term came: its order is made and settled. The licence is locked. Whether this payment was
/// recorded before is for the caller to know.
///
/// # Errors
/// `payment_differs`, when another amount came than was agreed.
pub(super) fn renewed(
    tx: &mut Tx<'_>,
    licence: &Licence,
    agreed: &Agreed,
    (account, lang): (AccountId, Lang),
    payment: &Payment,
    sales: &Sales,
) -> Result<Settled, Fault> {
    let (now, currency) = (tx.now(), agreed.currency()?);
    let list = List::read(tx, products(licence, &Wish::Renew), currency, agreed.priced_at)?;
    let (mut position, bill_to) = desk::position(tx, licence, &list, agreed.priced_at)?;
    if bill_to.is_none() {
        desk::open(tx, licence, &position)?;
    }
    let mut quote = agreed.quote.clone();
    if position.credit.amount < quote.credit_used {
        // Spent meanwhile: what was paid is then less than a term costs, and becomes credit.
        quote.credit_used = 0;
    }
    position.credit.amount -= quote.credit_used;
    quote.paper = Some(Paper::new(tx, sales, licence, &quote)?);
    let bill_to = bill_to.unwrap_or_default();
    store::position::save(tx, licence.id, &position, &bill_to)?;
    let order = Purchase {
        id: tx.id(),
        preview: tx.id(),
        reference: accept::number(tx, 'C')?,
        invoice: None,
        licence: licence.id,
        workspace: licence.workspace,
        account,
        provider: Provider::Stripe,
        state: OrderState::Waiting,
        applied: false,
        net: Money::new(agreed.net, currency),
        tax: Money::new(quote.tax, currency),
        gross: agreed.gross()?,
        credit_used: Money::new(quote.credit_used, currency),
        quote,
        priced_at: agreed.priced_at,
        revision: agreed.revision,
        bill_to,
        lang: lang.as_str().to_owned(),
        created_at: now,
        invoiced_at: None,
        paid_at: None,
        closed_at: None,
    };
    store::order::insert(tx, &order, false)?;
    settle::settle(tx, order.id, payment)
}
