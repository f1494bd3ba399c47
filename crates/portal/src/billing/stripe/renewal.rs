//! How the renewals of a licence stand, here and at the provider.

use super::{
    payer::Payer,
    store::{payer, renewal, subscription},
};
use crate::{
    base::{
        db::{DbError, Read},
        money::Currency,
    },
    billing::renew::Agreed,
    licence::{Kind, Licence},
};
use jiff::{Timestamp, tz::TimeZone};
use rempart_wire::{AccountId, LicenceId};

/// What was decided of a licence's renewals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renewal {
    /// Of which.
    pub licence: LicenceId,
    /// Who pays.
    pub payer: AccountId,
    /// Whether it is to renew by itself.
    pub wanted: bool,
    /// Subscriptions made for it so far.
    pub made: u64,
    /// The charge that failed and is tried again.
    pub failed_invoice: Option<String>,
    /// How often.
    pub failures: u32,
    /// When it is tried again.
    pub next_try_at: Option<Timestamp>,
}

/// A subscription at the provider, as we know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// The provider's name for it.
    pub id: String,
    /// What it renews.
    pub licence: LicenceId,
    /// Whether it still charges.
    pub live: bool,
    /// Who pays.
    pub payer: AccountId,
    /// The provider's name for amount and rhythm.
    pub plan: String,
    /// When it charges next.
    pub charges_at: Timestamp,
    /// Whether it ends with its period instead.
    pub ends: bool,
    /// What the next charge pays for.
    pub agreed: Agreed,
}

/// Everything that is known of a licence's renewals.
#[derive(Debug, Clone)]
pub(super) struct Affairs {
    pub renewal: Option<Renewal>,
    pub payer: Option<Payer>,
    pub live: Option<Known>,
}

impl Affairs {
    /// Reads it.
    pub(super) fn read(r: &mut impl Read, licence: LicenceId) -> Result<Self, DbError> {
        Ok(Self {
            renewal: renewal::find(r, licence)?,
            payer: payer::of_licence(r, licence)?,
            live: subscription::live(r, licence)?,
        })
    }

    /// Whether it is to renew by itself.
    pub(super) fn wanted(&self) -> bool {
        self.renewal.as_ref().is_some_and(|renewal| renewal.wanted)
    }

    /// The charge that failed and is tried again.
    pub(super) fn failing(&self) -> Option<&Renewal> {
        let renewal = self.renewal.as_ref();
        renewal.filter(|renewal| renewal.failed_invoice.is_some())
    }
}

/// Why a licence cannot renew by itself, in a word that the language files know; nothing when it can.
pub(super) fn hindrance(licence: &Licence, payer: Option<&Payer>, now: Timestamp) -> Option<&'static str> {
    match licence.kind {
        // Sold by somebody else, it is theirs to renew.
        Kind::OneOff if licence.reseller_name.is_some() => return Some("one-off"),
        Kind::Trial => return Some("trial"),
        Kind::OneOff | Kind::Subscription => {}
    }
    if licence.facts.revoked || licence.facts.suspended || licence.facts.merged {
        return Some("unusable");
    }
    let Some(expires_at) = licence.expires_at else {
        return Some("unstarted");
    };
    let Some(card) = payer.and_then(|payer| payer.card.as_ref()) else {
        return Some("no-card");
    };
    if expires_at <= now {
        return Some("expired");
    }
    let end = expires_at.to_zoned(TimeZone::UTC);
    let (year, month) = (
        u32::try_from(end.year()).unwrap_or(u32::MAX),
        u32::from(end.month().unsigned_abs()),
    );
    ((card.year, card.month) < (year, month)).then_some("card-expires")
}

/// Whether the provider counts the minor units of a currency as everybody does
/// (<https://docs.stripe.com/currencies#minor-units>); what it does not, it is not asked to charge.
pub(super) fn counted_alike(currency: Currency) -> bool {
    currency.exponent() < 3 && !["ISK", "MGA", "UGX"].contains(&currency.as_str())
}
