use crate::product::ProductCode;
use jiff::Timestamp;
use rempart_wire::{
    AccountId, LicenceId, WorkspaceId,
    licence::{self, Facts, GRACE, Period, State},
};

/// How a licence came to be and how it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Renews by itself through a payment provider.
    Subscription,
    /// Bought once, usually from a reseller.
    OneOff,
    /// 30 days, once per workspace.
    Trial,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Subscription, Self::OneOff, Self::Trial];

    /// As in SQL and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subscription => "subscription",
            Self::OneOff => "one_off",
            Self::Trial => "trial",
        }
    }

    /// Reads it back; dashes are as good as underscores.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace('-', "_");
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What was agreed for the next period; absent parts stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Next {
    /// Devices it will be for.
    pub seats: Option<u64>,
    /// Calendar months it will last.
    pub term_months: Option<u32>,
    /// The code of what it will be for.
    pub product: Option<String>,
}

/// A licence as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Licence {
    /// Which.
    pub id: LicenceId,
    /// Its number, for talking about it.
    pub number: String,
    /// How it came to be.
    pub kind: Kind,
    /// What it is for.
    pub product: ProductCode,
    /// What that is called: `Rempart Business`.
    pub product_name: String,
    /// Devices it is for.
    pub seats: u64,
    /// Devices that hold a seat.
    pub seats_used: u64,
    /// Length of its period, in calendar months; 0 for a trial.
    pub term_months: u32,
    /// Whether it renews by itself.
    pub auto_renew: bool,
    /// Last group of its key; a trial has none.
    pub key_end: Option<String>,
    /// Who sold it.
    pub reseller_name: Option<String>,
    /// How to reach them.
    pub reseller_contact: Option<String>,
    /// Whose it is.
    pub owner: Option<AccountId>,
    /// Where it is attached.
    pub workspace: Option<WorkspaceId>,
    /// The name of that workspace.
    pub workspace_name: Option<String>,
    /// Until when its key can be redeemed.
    pub redeem_by: Option<Timestamp>,
    /// When it was first attached.
    pub first_assigned_at: Option<Timestamp>,
    /// How its period is counted.
    pub period: Period,
    /// When its period ends: always the end of `period`.
    pub expires_at: Option<Timestamp>,
    /// What its state depends on.
    pub facts: Facts,
    /// How often its terms were changed: what was previewed on another revision is refused.
    pub revision: u64,
    /// What applies from its next period on.
    pub next: Next,
    /// Its owner is told when no more than so many seats are free.
    pub low_seats: Option<u64>,
    /// The licence its time was added to.
    pub merged_into: Option<LicenceId>,
}

impl Licence {
    /// How it stands.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        licence::state(&self.facts, now)
    }

    /// Seats nobody holds; none when more are held than there are.
    #[must_use]
    pub const fn free(&self) -> u64 {
        self.seats.saturating_sub(self.seats_used)
    }

    /// `·····-·····-·····-·····-H4VPB`; a trial has none.
    #[must_use]
    pub fn masked_key(&self) -> Option<String> {
        let hidden = ["·····"; rempart_wire::GROUPS - 1].join("-");
        let end = self.key_end.as_ref()?;
        Some(format!("{hidden}-{end}"))
    }
}

/// As much of a licence as decides whether it is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub id: LicenceId,
    /// Its number, for talking about it.
    pub number: String,
    /// What it is for.
    pub product: ProductCode,
    /// Devices it is for.
    pub seats: u64,
    /// Devices that hold a seat.
    pub seats_used: u64,
    /// What its state depends on.
    pub facts: Facts,
}

impl Standing {
    /// How it stands.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> State {
        licence::state(&self.facts, now)
    }

    /// Until when nothing changes although it has expired.
    #[must_use]
    pub fn grace_ends_at(&self) -> Option<Timestamp> {
        self.facts
            .expires_at
            .and_then(|end| end.saturating_add(GRACE).ok())
    }
}

impl From<&Licence> for Standing {
    fn from(licence: &Licence) -> Self {
        Self {
            id: licence.id,
            number: licence.number.clone(),
            product: licence.product.clone(),
            seats: licence.seats,
            seats_used: licence.seats_used,
            facts: licence.facts,
        }
    }
}
