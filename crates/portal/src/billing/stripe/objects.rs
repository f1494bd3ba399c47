//! What is read of the provider's objects: the fields we use and no more, so that new ones do no harm.

use super::error::ErrorBody;
use serde::Deserialize;
use std::collections::HashMap;

/// What we noted on an object.
pub type Notes = HashMap<String, String>;

/// Somebody who pays (<https://docs.stripe.com/api/customers/object>).
#[derive(Debug, Clone, Deserialize)]
pub struct Customer {
    /// `cus_…`.
    pub id: String,
    /// Whether it was deleted at the provider.
    #[serde(default)]
    pub deleted: bool,
    /// What its invoices are paid with.
    #[serde(default)]
    pub invoice_settings: InvoiceSettings,
}

/// What a customer's invoices are paid with.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct InvoiceSettings {
    /// `pm_…`.
    pub default_payment_method: Option<String>,
}

/// A way to pay (<https://docs.stripe.com/api/payment_methods/object>).
#[derive(Debug, Clone, Deserialize)]
pub struct PaymentMethod {
    /// `pm_…`.
    pub id: String,
    /// `card`; others are not asked for.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whose it is.
    pub customer: Option<String>,
    /// What may be shown of a card.
    pub card: Option<Card>,
}

/// What may be shown of a card.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Card {
    /// `visa`, `mastercard`, …
    pub brand: String,
    /// The last four digits.
    pub last4: String,
    /// The month it is good until, 1 to 12.
    pub exp_month: u8,
    /// The year.
    pub exp_year: u16,
}

/// How an intent stands (<https://docs.stripe.com/payments/paymentintents/lifecycle>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentStatus {
    /// No card yet, or the last one was refused.
    RequiresPaymentMethod,
    /// To be confirmed.
    RequiresConfirmation,
    /// The person must prove to their bank that it is they.
    RequiresAction,
    /// The bank is asked.
    Processing,
    /// To be captured; we never ask for that.
    RequiresCapture,
    /// Cancelled.
    Canceled,
    /// Done.
    Succeeded,
    /// A word newer than this program.
    #[serde(other)]
    Other,
}

/// A card being set up (<https://docs.stripe.com/api/setup_intents/object>).
#[derive(Clone, Deserialize)]
pub struct SetupIntent {
    /// `seti_…`.
    pub id: String,
    /// How it stands.
    pub status: IntentStatus,
    /// What the browser's card form needs; not to be logged.
    pub client_secret: String,
    /// Whose card.
    pub customer: Option<String>,
    /// The card, once given.
    pub payment_method: Option<String>,
    /// In seconds since 1970.
    pub created: i64,
    /// What we noted.
    #[serde(default)]
    pub metadata: Notes,
}

/// A payment (<https://docs.stripe.com/api/payment_intents/object>).
#[derive(Clone, Deserialize)]
pub struct PaymentIntent {
    /// `pi_…`.
    pub id: String,
    /// How it stands.
    pub status: IntentStatus,
    /// Minor units.
    pub amount: i64,
    /// Three letters, lower case.
    pub currency: String,
    /// What the browser needs to let the person prove that it is they; not to be logged.
    pub client_secret: String,
    /// Whose payment.
    pub customer: Option<String>,
    /// Why the last try failed.
    pub last_payment_error: Option<ErrorBody>,
    /// What we noted.
    #[serde(default)]
    pub metadata: Notes,
}

/// What is sold (<https://docs.stripe.com/api/products/object>).
#[derive(Debug, Clone, Deserialize)]
pub struct Product {
    /// Ours to choose.
    pub id: String,
}

/// An amount that comes back every few months (<https://docs.stripe.com/api/plans/object>).
#[derive(Debug, Clone, Deserialize)]
pub struct Plan {
    /// Ours to choose.
    pub id: String,
    /// Minor units.
    pub amount: i64,
    /// Three letters, lower case.
    pub currency: String,
    /// Always `month` in ours.
    pub interval: String,
    /// How many of them.
    pub interval_count: u32,
}

/// How a subscription stands (<https://docs.stripe.com/api/subscriptions/object#subscription_object-status>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionStatus {
    /// Its first payment is not made.
    Incomplete,
    /// Its first payment was not made in a day.
    IncompleteExpired,
    /// Waits for its first charge.
    Trialing,
    /// Paid.
    Active,
    /// A charge failed and is tried again.
    PastDue,
    /// A charge failed for good.
    Unpaid,
    /// Over.
    Canceled,
    /// Paused by the provider.
    Paused,
    /// A word newer than this program.
    #[serde(other)]
    Other,
}

impl SubscriptionStatus {
    /// Whether it will never charge again.
    #[must_use]
    pub const fn over(self) -> bool {
        matches!(self, Self::Canceled | Self::IncompleteExpired)
    }
}

/// What renews a licence (<https://docs.stripe.com/api/subscriptions/object>).
#[derive(Debug, Clone, Deserialize)]
pub struct Subscription {
    /// `sub_…`.
    pub id: String,
    /// How it stands.
    pub status: SubscriptionStatus,
    /// Who pays.
    pub customer: String,
    /// Whether it ends with its period.
    pub cancel_at_period_end: bool,
    /// When it charges next, in seconds since 1970.
    pub current_period_end: i64,
    /// What we noted.
    #[serde(default)]
    pub metadata: Notes,
}

/// How an invoice stands (<https://docs.stripe.com/invoicing/overview#invoice-statuses>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceStatus {
    /// Not yet to be paid.
    Draft,
    /// To be paid.
    Open,
    /// Paid.
    Paid,
    /// Given up.
    Uncollectible,
    /// Void.
    Void,
    /// A word newer than this program.
    #[serde(other)]
    Other,
}

/// One charge of a subscription (<https://docs.stripe.com/api/invoices/object>).
#[derive(Debug, Clone, Deserialize)]
pub struct Invoice {
    /// `in_…`.
    pub id: String,
    /// How it stands.
    pub status: InvoiceStatus,
    /// Who pays.
    pub customer: String,
    /// Which subscription it is of.
    pub subscription: Option<String>,
    /// `subscription_cycle` for a renewal.
    pub billing_reason: Option<String>,
    /// Minor units.
    pub amount_due: i64,
    /// Minor units.
    pub amount_paid: i64,
    /// Three letters, lower case.
    pub currency: String,
    /// How often it was tried.
    pub attempt_count: u32,
    /// When it is tried again, in seconds since 1970; absent when it is not.
    #[serde(default)]
    pub next_payment_attempt: Option<i64>,
    /// The payment behind it.
    pub payment_intent: Option<String>,
    /// In seconds since 1970.
    pub created: i64,
}

/// Money that went back (<https://docs.stripe.com/api/refunds/object>).
#[derive(Debug, Clone, Deserialize)]
pub struct Refund {
    /// `re_…`.
    pub id: String,
    /// `succeeded`, `pending`, `requires_action`, `failed` or `canceled`.
    pub status: String,
    /// Minor units.
    pub amount: i64,
    /// Three letters, lower case.
    pub currency: String,
    /// The payment it is of.
    pub payment_intent: Option<String>,
}

/// Something that happened at the provider (<https://docs.stripe.com/api/events/object>). Only a hint: what it says of
/// the object is not believed, the object is asked for.
#[derive(Debug, Clone, Deserialize)]
pub struct Event {
    /// `evt_…`.
    pub id: String,
    /// `invoice.paid`, …
    #[serde(rename = "type")]
    pub kind: String,
    /// In seconds since 1970.
    pub created: i64,
    /// What it is about.
    pub data: EventData,
}

/// What an event is about.
#[derive(Debug, Clone, Deserialize)]
pub struct EventData {
    /// The object as it was then.
    pub object: Hint,
}

/// Of an event's object only what it is.
#[derive(Debug, Clone, Deserialize)]
pub struct Hint {
    /// Its id; a few kinds have none.
    pub id: Option<String>,
    /// Its kind: `invoice`, `subscription`, …
    #[serde(default)]
    pub object: String,
}

/// A page of a list (<https://docs.stripe.com/api/pagination>).
#[derive(Debug, Clone, Deserialize)]
pub struct Page<T> {
    /// The objects.
    pub data: Vec<T>,
    /// Whether there are more.
    pub has_more: bool,
}
