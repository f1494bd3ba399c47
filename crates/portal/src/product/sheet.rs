//! The fields of the operator's forms, as typed.

use super::{Entitlement, ProductView, change, price};
use crate::base::{
    error::{Code, Fault},
    money::{Currency, Money},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

/// What a product is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    pub code: String,
    pub name: String,
    pub edition: String,
    pub min_seats: String,
    pub max_seats: String,
    pub min_months: String,
    pub max_months: String,
    pub heartbeat_required: bool,
    pub heartbeat_seconds: String,
    pub heartbeat_frees_seat: bool,
    /// One a line: the code, then the name.
    pub entitlements: String,
}

impl Fields {
    /// What a new form proposes.
    pub(super) fn proposed() -> Self {
        Self {
            min_seats: "1".to_owned(),
            max_seats: "1000".to_owned(),
            min_months: "1".to_owned(),
            max_months: "36".to_owned(),
            heartbeat_seconds: "600".to_owned(),
            ..Self::default()
        }
    }

    /// A product as it is.
    pub(super) fn of(product: &ProductView) -> Self {
        let lines = product
            .entitlements
            .iter()
            .map(|one| format!("{} {}\n", one.code, one.name));
        Self {
            code: product.code.clone(),
            name: product.name.clone(),
            edition: product.edition.clone(),
            min_seats: product.min_seats.to_string(),
            max_seats: product.max_seats.to_string(),
            min_months: product.min_months.to_string(),
            max_months: product.max_months.to_string(),
            heartbeat_required: product.heartbeat_required,
            heartbeat_seconds: product.heartbeat_seconds.to_string(),
            heartbeat_frees_seat: product.heartbeat_frees_seat,
            entitlements: lines.collect(),
        }
    }

    /// What is wanted. A number that is none is refused as one out of bounds.
    pub(super) fn input(&self) -> Result<change::Input, Fault> {
        let wrong = |code, field| move || Fault::new(code).at(field);
        let lines = self
            .entitlements
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        Ok(change::Input {
            name: Some(self.name.clone()),
            edition: Some(self.edition.clone()),
            min_seats: Some(number(&self.min_seats).ok_or_else(wrong(Code::SeatLimitsInvalid, "min_seats"))?),
            max_seats: Some(number(&self.max_seats).ok_or_else(wrong(Code::SeatLimitsInvalid, "max_seats"))?),
            min_months: Some(
                number(&self.min_months).ok_or_else(wrong(Code::TermLimitsInvalid, "min_months"))?,
            ),
            max_months: Some(
                number(&self.max_months).ok_or_else(wrong(Code::TermLimitsInvalid, "max_months"))?,
            ),
            heartbeat_required: Some(self.heartbeat_required),
            heartbeat_seconds: Some(
                number(&self.heartbeat_seconds)
                    .ok_or_else(wrong(Code::HeartbeatInvalid, "heartbeat_seconds"))?,
            ),
            heartbeat_frees_seat: Some(self.heartbeat_frees_seat),
            entitlements: Some(lines.map(entitlement).collect()),
            withdrawn: None,
        })
    }
}

fn entitlement(line: &str) -> Entitlement {
    let (code, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    Entitlement {
        code: code.to_owned(),
        name: name.trim().to_owned(),
    }
}

/// A whole number with its thousands apart or not.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    digits.parse().ok()
}

/// What a price is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PriceFields {
    pub currency: String,
    pub months: String,
    pub seats_from: String,
    pub amount: String,
    /// The first day, UTC; today when empty.
    pub from: String,
    /// The last day, UTC, whole; none when empty.
    pub until: String,
}

impl PriceFields {
    pub(super) fn proposed() -> Self {
        Self {
            currency: "EUR".to_owned(),
            months: "12".to_owned(),
            seats_from: "1".to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn input(&self, now: Timestamp) -> Result<price::Input, Fault> {
        let wrong = |code, field| move || Fault::new(code).at(field);
        let currency =
            Currency::parse(&self.currency).ok_or_else(wrong(Code::CurrencyUnknown, "currency"))?;
        let money = Money::typed(&self.amount, currency)
            .ok_or_else(wrong(Code::PriceAmountInvalid, "unit_amount"))?;
        let from = day(&self.from).map_err(|()| wrong(Code::PricePeriodInvalid, "valid_from")())?;
        let until = day(&self.until).map_err(|()| wrong(Code::PricePeriodInvalid, "valid_until")())?;
        let today = now.to_zoned(TimeZone::UTC).date();
        Ok(price::Input {
            currency: currency.to_string(),
            months: number(&self.months).ok_or_else(wrong(Code::MonthsOutOfRange, "months"))?,
            seats_from: Some(
                number(&self.seats_from).ok_or_else(wrong(Code::SeatsOutOfRange, "seats_from"))?,
            ),
            unit_amount: money.amount,
            valid_from: from.filter(|from| *from != today).and_then(begin),
            valid_until: until.and_then(|until| begin(until.tomorrow().ok()?)),
        })
    }
}

fn day(text: &str) -> Result<Option<Date>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| ()),
    }
}

fn begin(day: Date) -> Option<Timestamp> {
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
}
