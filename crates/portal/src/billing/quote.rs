use super::{Change, Line, Money, Wish, words::Names};
use crate::{
    base::{
        config::Sales,
        db::{DbError, FromValue, Read, Value},
    },
    licence::Licence,
};
use jiff::Timestamp;
use rempart_wire::LicenceId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{collections::BTreeMap, ops::Deref};
use utoipa::ToSchema;

/// What a licence is for, before or after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = LicenceStanding)]
pub struct Standing {
    /// Its product's code.
    pub product: String,
    /// Devices it is for.
    pub seats: u64,
    /// Months of a term.
    pub term_months: u32,
    /// When it expires; nothing before it started.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
    /// Seats from the renewal on.
    pub next_seats: Option<u64>,
    /// Product from the renewal on.
    pub next_product: Option<String>,
    /// Months of a term from the renewal on.
    pub next_term_months: Option<u32>,
}

/// What was asked and what it comes to: kept with a preview and with the purchase that came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// What was asked.
    pub wish: Wish,
    /// The licence of the key that was used.
    pub key: Option<LicenceId>,
    /// How the licence stood.
    pub before: Standing,
    /// How it stands afterwards.
    pub after: Standing,
    /// What is charged for.
    pub lines: Vec<QuoteLine>,
    /// Credit that is spent.
    pub credit_used: i64,
    /// Credit that comes of it.
    pub credit_given: i64,
    /// What a key brings.
    pub brought: i64,
    /// Tax, in hundredths of a percent.
    pub tax_rate: u32,
    /// The tax.
    pub tax: i64,
    /// The next term, before tax, by the list of the day.
    pub price_later: Option<i64>,
    /// Devices without a seat that get one.
    pub seated: u64,
    /// What an order's invoice says besides, as it was when it was ordered.
    #[serde(default)]
    pub paper: Option<Paper>,
}

/// What an invoice says besides what was bought. Kept with the order, so that an invoice never changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Name and address of who sells.
    pub seller: String,
    /// Where to transfer to.
    pub bank_text: String,
    /// What the tax is called; in the invoice's language when not said.
    pub tax_name: Option<String>,
    /// What the law wants said about it.
    pub tax_text: Option<String>,
    /// The licence's number.
    pub licence: String,
    /// Names of the products by their codes.
    pub products: BTreeMap<String, String>,
}

impl Paper {
    /// As it is now, for an order of this licence.
    ///
    /// # Errors
    /// Whatever the engine says.
    pub(super) fn new(
        r: &mut impl Read,
        sales: &Sales,
        licence: &Licence,
        quote: &Quote,
    ) -> Result<Self, DbError> {
        let names = Names::read(r)?;
        Ok(Self {
            licence: licence.number.clone(),
            products: names.only(&[&quote.before.product, &quote.after.product]),
            ..Self::of(sales)
        })
    }

    /// What the server says of itself.
    pub(super) fn of(sales: &Sales) -> Self {
        Self {
            seller: sales.seller.clone(),
            bank_text: sales.bank_text.clone(),
            tax_name: sales.tax_name.clone(),
            tax_text: sales.tax_text.clone(),
            ..Self::default()
        }
    }
}

/// A line with its amount in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = LicencePriceLine)]
pub struct QuoteLine {
    /// What it is for.
    #[serde(flatten)]
    pub what: super::What,
    /// Before tax.
    pub amount: i64,
}

impl From<&Line> for QuoteLine {
    fn from(line: &Line) -> Self {
        Self {
            what: line.what.clone(),
            amount: line.amount.amount,
        }
    }
}

impl Standing {
    /// As it is.
    pub(super) fn of(licence: &Licence) -> Self {
        Self {
            product: licence.product.as_str().to_owned(),
            seats: licence.seats,
            term_months: licence.term_months,
            expires_at: licence.expires_at,
            next_seats: licence.next.seats,
            next_product: licence.next.product.clone(),
            next_term_months: licence.next.term_months,
        }
    }

    /// After a change.
    pub(super) fn after(change: &Change) -> Self {
        let after = &change.after;
        Self {
            product: after.product.clone(),
            seats: after.seats,
            term_months: after.term,
            expires_at: change.expires_at,
            next_seats: after.next.seats,
            next_product: after.next.product.clone(),
            next_term_months: after.next.term_months,
        }
    }
}

/// The tax on an amount, rounded half up once.
pub(super) fn tax(net: Money, rate: u32) -> Option<Money> {
    net.share(rate.into(), 10_000)
}

/// A value that is kept as JSON in a text column.
#[derive(Debug, Clone)]
pub(super) struct Json<T>(pub T);

impl<T> Deref for Json<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned> FromValue for Json<T> {
    fn from_value(value: &Value) -> Option<Self> {
        serde_json::from_str(&String::from_value(value)?).ok().map(Self)
    }
}

impl<T: Serialize> From<Json<&T>> for Value {
    fn from(kept: Json<&T>) -> Self {
        Self::Text(serde_json::to_string(kept.0).unwrap_or_default())
    }
}
