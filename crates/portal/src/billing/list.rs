use super::{Currency, Money, Prices};
use crate::{
    base::{
        db::Read,
        error::{Code, Fault},
    },
    product::{self, Price, ProductCode},
};
use jiff::Timestamp;
use serde_json::json;

/// The prices of some products at one moment, in one currency.
#[derive(Debug)]
pub(super) struct List {
    currency: Currency,
    offers: Vec<(String, Vec<Price>)>,
}

impl List {
    /// Reads the prices of these products.
    ///
    /// # Errors
    /// Whatever the engine says.
    pub(super) fn read<'a>(
        r: &mut impl Read,
        products: impl IntoIterator<Item = &'a str>,
        currency: Currency,
        at: Timestamp,
    ) -> Result<Self, Fault> {
        let mut list = Self {
            currency,
            offers: Vec::new(),
        };
        for code in products {
            if list.offers.iter().all(|(known, _)| known != code) {
                let offers = match ProductCode::parse(code) {
                    Ok(parsed) => product::offers(r, &parsed, at)?,
                    Err(_) => Vec::new(),
                };
                list.offers.push((code.to_owned(), offers));
            }
        }
        Ok(list)
    }

    /// The currency of its prices.
    pub(super) const fn currency(&self) -> Currency {
        self.currency
    }

    fn offers(&self, product: &str) -> impl Iterator<Item = &Price> {
        let of = self.offers.iter().filter(move |(known, _)| known == product);
        of.flat_map(|(_, offers)| offers)
            .filter(|price| price.unit.currency == self.currency)
    }

    /// The products it has prices of, in the order they were asked for.
    pub(super) fn products(&self) -> impl Iterator<Item = &str> {
        self.offers.iter().map(|(code, _)| code.as_str())
    }

    /// Terms a product is sold for, shortest first.
    pub(super) fn terms(&self, product: &str) -> Vec<u32> {
        let mut terms: Vec<u32> = self.offers(product).map(|price| price.months).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// Why a product is not sold for a term.
    pub(super) fn missing(&self, product: &str, months: u32) -> Fault {
        let terms = self.terms(product);
        let all = self.offers.iter().find(|(known, _)| known == product);
        let mut known: Vec<&str> = all.map_or_else(Vec::new, |(_, offers)| {
            offers.iter().map(|price| price.unit.currency.as_str()).collect()
        });
        known.sort_unstable();
        known.dedup();
        if terms.is_empty() && !known.is_empty() {
            return Fault::new(Code::CurrencyMismatch)
                .at("currency")
                .arg("currency", self.currency)
                .arg("product", product)
                .arg("known", known.join(", "))
                .facts(json!({ "currencies": known }));
        }
        if terms.is_empty() || terms.contains(&months) {
            return Fault::new(Code::PriceMissing)
                .at("product")
                .arg("product", product);
        }
        let words: Vec<String> = terms.iter().map(u32::to_string).collect();
        Fault::new(Code::TermUnknown)
            .at("months")
            .arg("product", product)
            .arg("known", words.join(", "))
            .facts(json!({ "months": terms }))
    }
}

impl Prices for List {
    fn term(&self, product: &str, months: u32, seats: u64) -> Option<Money> {
        let reached = self
            .offers(product)
            .filter(|price| price.months == months && price.seats_from <= seats);
        reached.max_by_key(|price| price.seats_from)?.unit.times(seats)
    }
}
