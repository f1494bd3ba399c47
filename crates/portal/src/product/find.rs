//! What other slices ask: what a product is, and what it costs at a moment.

use super::{Price, Product, ProductCode, store};
use crate::base::{
    db::{DbError, Read},
    error::{Code, Fault},
    money::Currency,
};
use jiff::Timestamp;
use serde_json::json;

/// A product by its code, ignoring case; withdrawn ones are found too.
///
/// # Errors
/// Whatever the engine says.
pub fn find(r: &mut impl Read, code: &ProductCode) -> Result<Option<Product>, DbError> {
    store::find(r, code)
}

/// All products, in the order they are shown; withdrawn ones last.
///
/// # Errors
/// Whatever the engine says.
pub fn list(r: &mut impl Read) -> Result<Vec<Product>, DbError> {
    store::list(r)
}

/// A product that is still sold, with so many seats for so many months.
///
/// # Errors
/// `product_unknown`, `product_withdrawn`, `seats_not_sold` or `months_not_sold`.
pub fn sold(r: &mut impl Read, code: &ProductCode, seats: u64, months: u32) -> Result<Product, Fault> {
    let product = find(r, code)?.ok_or(Fault::new(Code::ProductUnknown).at("product"))?;
    if product.withdrawn_at.is_some() {
        return Err(Fault::new(Code::ProductWithdrawn)
            .at("product")
            .arg("product", product.name));
    }
    within(&product, seats, months)?;
    Ok(product)
}

pub(super) fn within(product: &Product, seats: u64, months: u32) -> Result<(), Fault> {
    if !product.seats().contains(&seats) {
        return Err(Fault::new(Code::SeatsNotSold)
            .at("seats")
            .arg("product", &product.name)
            .arg("min", product.min_seats)
            .arg("max", product.max_seats)
            .facts(json!({ "min": product.min_seats, "max": product.max_seats })));
    }
    if !product.months().contains(&months) {
        return Err(Fault::new(Code::MonthsNotSold)
            .at("months")
            .arg("product", &product.name)
            .arg("min", product.min_months)
            .arg("max", product.max_months)
            .facts(json!({ "min": product.min_months, "max": product.max_months })));
    }
    Ok(())
}

/// The prices of a product that apply at a moment: one for each currency, term and step of seats, in that order.
///
/// # Errors
/// Whatever the engine says.
pub fn offers(r: &mut impl Read, code: &ProductCode, at: Timestamp) -> Result<Vec<Price>, DbError> {
    Ok(applying(store::prices_at(r, code, at)?, at))
}

/// What a seat of a product costs at a moment when so many are taken for so many months. A withdrawn product still has
/// its prices: who has a licence goes on; [`sold`] says who may begin.
///
/// # Errors
/// `product_unknown`, `price_missing` (nothing is sold at that moment, or not so few seats), `currency_mismatch` (naming
/// those there are) or `term_unknown` (naming the terms there are).
pub fn price_at(
    r: &mut impl Read,
    code: &ProductCode,
    currency: Currency,
    seats: u64,
    months: u32,
    at: Timestamp,
) -> Result<Price, Fault> {
    let product = find(r, code)?.ok_or(Fault::new(Code::ProductUnknown).at("product"))?;
    let offers = offers(r, &product.code, at)?;
    choose(&offers, currency, seats, months)
        .cloned()
        .map_err(|fault| fault.arg("product", product.name))
}

/// Of prices in any order those that apply at a moment, without those another one replaces.
pub(super) fn applying(mut prices: Vec<Price>, at: Timestamp) -> Vec<Price> {
    prices.retain(|price| price.applies(at));
    // Ids grow with time: of two that begin together the one added last applies.
    prices.sort_by_key(|price| {
        let newest = std::cmp::Reverse((price.valid_from, price.id));
        (price.unit.currency, price.months, price.seats_from, newest)
    });
    prices.dedup_by_key(|price| (price.unit.currency, price.months, price.seats_from));
    prices
}

/// The offer for so many seats: that of the highest step they reach.
pub(super) fn choose(offers: &[Price], currency: Currency, seats: u64, months: u32) -> Result<&Price, Fault> {
    let missing = || Fault::new(Code::PriceMissing).at("product");
    if offers.is_empty() {
        return Err(missing());
    }
    let in_currency: Vec<&Price> = offers
        .iter()
        .filter(|price| price.unit.currency == currency)
        .collect();
    if in_currency.is_empty() {
        let mut known: Vec<&str> = offers.iter().map(|price| price.unit.currency.as_str()).collect();
        known.dedup();
        return Err(Fault::new(Code::CurrencyMismatch)
            .at("currency")
            .arg("currency", currency)
            .arg("known", known.join(", "))
            .facts(json!({ "currencies": known })));
    }
    let of_term: Vec<&&Price> = in_currency
        .iter()
        .filter(|price| price.months == months)
        .collect();
    if of_term.is_empty() {
        let mut known: Vec<u32> = in_currency.iter().map(|price| price.months).collect();
        known.dedup();
        let words: Vec<String> = known.iter().map(u32::to_string).collect();
        return Err(Fault::new(Code::TermUnknown)
            .at("months")
            .arg("known", words.join(", "))
            .facts(json!({ "months": known })));
    }
    let reached = of_term.iter().filter(|price| price.seats_from <= seats);
    reached
        .max_by_key(|price| price.seats_from)
        .map(|price| **price)
        .ok_or_else(missing)
}
