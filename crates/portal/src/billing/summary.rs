use super::{
    Currency, List, Prices, Standing, desk, store,
    words::{self, Names},
};
use crate::{
    base::{db::Read, error::Fault, lang::Lang},
    licence::Licence,
};
use jiff::Timestamp;

/// What a page about a licence says of its money.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// `1 188,00 € hors taxes le 14 mars 2027`, where it renews by itself.
    pub next_charge: Option<String>,
    /// What waits for the renewal: `Rempart Home, 4 places`.
    pub waits: Option<String>,
    /// What there is to spend on changes.
    pub credit: Option<String>,
    /// The order that waits to be paid: its reference and its page.
    pub open: Option<(String, String)>,
    /// Whether anything was ever ordered.
    pub orders: bool,
}

/// What a page about a licence says of its money, in words.
///
/// # Errors
/// Whatever the engine says.
pub fn summary(
    r: &mut impl Read,
    l: Lang,
    licence: &Licence,
    server: Currency,
    now: Timestamp,
) -> Result<Summary, Fault> {
    let names = Names::read(r)?;
    let currency = desk::currency(r, licence)?.unwrap_or(server);
    let mut products = vec![licence.product.as_str()];
    products.extend(licence.next.product.as_deref());
    let list = List::read(r, products, currency, now)?;
    let (position, _) = desk::position(r, licence, &list, now)?;
    let next = (
        licence
            .next
            .product
            .as_deref()
            .unwrap_or(licence.product.as_str()),
        licence.next.term_months.unwrap_or(licence.term_months),
        licence.next.seats.unwrap_or(licence.seats),
    );
    let price = list.term(next.0, next.1, next.2).filter(|_| licence.auto_renew);
    let waits = words::waits(l, &names, &Standing::of(licence));
    let open = store::order::open(r, licence.id)?;
    Ok(Summary {
        next_charge: price.zip(licence.expires_at).map(|(price, at)| {
            l.t2(
                "billing-next-charge-on",
                ("price", price.show(l)),
                ("date", l.date(at)),
            )
        }),
        waits: (!waits.is_empty()).then(|| waits.join(", ")),
        credit: (position.credit.amount > 0).then(|| position.credit.show(l)),
        orders: open.is_some() || !store::order::of_licence(r, licence.id)?.is_empty(),
        open: open.map(|open| {
            let page = format!("/licences/{}/orders/{}", licence.id, open.id);
            (open.reference, page)
        }),
    })
}
