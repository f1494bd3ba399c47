use super::{Money, Quote};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, PreviewId, PurchaseId, WorkspaceId};

/// Who takes the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// Nobody: an order with an invoice, paid by transfer, and an operator who says when it was.
    Manual,
    /// A provider of cards.
    Stripe,
}

impl Provider {
    /// As in SQL and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Stripe => "stripe",
        }
    }

    /// Reads it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Manual, Self::Stripe]
            .into_iter()
            .find(|provider| provider.as_str() == text)
    }
}

/// How an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderState {
    /// It waits for its payment.
    Waiting,
    /// It was paid and done.
    Paid,
    /// Nobody will pay it.
    Cancelled,
    /// All of the payment was given back.
    Refunded,
}

impl OrderState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Paid, Self::Cancelled, Self::Refunded];

    /// As in SQL and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }

    /// Reads it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A preview as it is kept.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Which.
    pub id: PreviewId,
    /// Of which licence.
    pub licence: LicenceId,
    /// Who asked.
    pub account: AccountId,
    /// When: prices are of this moment.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// Of the licence at that time.
    pub revision: u64,
    /// To pay, before tax.
    pub net: Money,
    /// What was asked and what it comes to.
    pub quote: Quote,
}

/// An accepted preview: an order, and once it is paid a purchase that was made.
#[derive(Debug, Clone)]
pub struct Purchase {
    /// Which.
    pub id: PurchaseId,
    /// The preview it came of.
    pub preview: PreviewId,
    /// For talking about it, and for transfers: `C-2027-000042`.
    pub reference: String,
    /// The number of its invoice, once it has one: `F-2027-000017`.
    pub invoice: Option<String>,
    /// Of which licence.
    pub licence: LicenceId,
    /// Where that was attached.
    pub workspace: Option<WorkspaceId>,
    /// Who ordered.
    pub account: AccountId,
    /// Who takes the money.
    pub provider: Provider,
    /// How it stands.
    pub state: OrderState,
    /// Whether the change was made. A payment for a change that was not possible any more became credit.
    pub applied: bool,
    /// Before tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// To pay.
    pub gross: Money,
    /// Credit that was put aside for it.
    pub credit_used: Money,
    /// What was asked and what it comes to.
    pub quote: Quote,
    /// The moment its prices are of.
    pub priced_at: Timestamp,
    /// Of the licence when it was priced.
    pub revision: u64,
    /// Whom the invoice is to: lines.
    pub bill_to: String,
    /// The language of the invoice.
    pub lang: String,
    /// When it was ordered.
    pub created_at: Timestamp,
    /// The date of its invoice.
    pub invoiced_at: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When it was cancelled or refunded.
    pub closed_at: Option<Timestamp>,
}

/// Money that came, or went back when it is below zero.
#[derive(Debug, Clone)]
pub struct Payment {
    /// Through whom.
    pub provider: Provider,
    /// The provider's name of it; the same one is recorded once.
    pub provider_id: Option<String>,
    /// What the operator noted.
    pub note: String,
    /// How much.
    pub amount: Money,
}
