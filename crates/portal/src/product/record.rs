use super::ProductCode;
use crate::base::money::Money;
use jiff::Timestamp;
use rempart_wire::PriceId;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use utoipa::ToSchema;

/// Something a product allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Entitlement {
    /// What a program asks for: 1 to 64 of lower-case letters, digits, dots and dashes.
    pub code: String,
    /// What a person reads.
    pub name: String,
}

/// Whether machines of this product say that they are still there. It is for software that validates its licence through
/// the API; devices with the agent are always heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heartbeat {
    /// Whether a machine that does not is refused.
    pub required: bool,
    /// How long one beat lasts.
    pub seconds: u32,
    /// Whether a machine that stopped gives its seat back.
    pub frees_seat: bool,
}

impl Default for Heartbeat {
    fn default() -> Self {
        Self {
            required: false,
            seconds: 600,
            frees_seat: false,
        }
    }
}

/// What licences are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its code.
    pub code: ProductCode,
    /// `Rempart Business`.
    pub name: String,
    /// `Business`.
    pub edition: String,
    /// The fewest seats it is sold with.
    pub min_seats: u64,
    /// The most.
    pub max_seats: u64,
    /// The shortest term, in calendar months.
    pub min_months: u32,
    /// The longest.
    pub max_months: u32,
    /// Whether machines must be heard of.
    pub heartbeat: Heartbeat,
    /// Since when it is no longer sold.
    pub withdrawn_at: Option<Timestamp>,
    /// What it allows, by code.
    pub entitlements: Vec<Entitlement>,
}

impl Product {
    /// Seats it is sold with.
    #[must_use]
    pub const fn seats(&self) -> RangeInclusive<u64> {
        self.min_seats..=self.max_seats
    }

    /// Terms it is sold for, in calendar months.
    #[must_use]
    pub const fn months(&self) -> RangeInclusive<u32> {
        self.min_months..=self.max_months
    }
}

/// What one seat costs for a whole term, from a number of seats on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Which.
    pub id: PriceId,
    /// Of what.
    pub product: ProductCode,
    /// The term, in calendar months.
    pub months: u32,
    /// For that many seats and more, until the next step.
    pub seats_from: u64,
    /// One seat, the whole term.
    pub unit: Money,
    /// Since when.
    pub valid_from: Timestamp,
    /// Until when; the moment itself is not in it.
    pub valid_until: Option<Timestamp>,
}

impl Price {
    /// Whether it is in force.
    #[must_use]
    pub fn applies(&self, at: Timestamp) -> bool {
        self.valid_from <= at && self.valid_until.is_none_or(|end| at < end)
    }

    /// What so many seats cost for the whole term, before tax; nothing when that is no amount any more.
    #[must_use]
    pub fn total(&self, seats: u64) -> Option<Money> {
        self.unit.times(seats)
    }
}
