use super::{Preview, Purchase, QuoteLine, Standing};
use jiff::Timestamp;
use rempart_wire::{LicenceId, PreviewId, PurchaseId};
use serde::Serialize;
use utoipa::ToSchema;

/// What a change comes to. Amounts are whole minor units of the currency.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicencePreview)]
pub struct PreviewView {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: PreviewId,
    /// Of which licence.
    #[schema(value_type = uuid::Uuid)]
    pub licence: LicenceId,
    /// Until when it can be accepted.
    #[schema(value_type = String, format = DateTime)]
    pub valid_until: Timestamp,
    /// How the licence stands.
    pub before: Standing,
    /// How it stands afterwards.
    pub after: Standing,
    /// What it comes to.
    #[serde(flatten)]
    pub price: PriceView,
    /// What the next term costs by today's prices, before tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_later: Option<i64>,
    /// Devices without a seat that get one. Otherwise devices notice nothing.
    pub devices_getting_a_seat: u64,
    /// Whom invoices of this licence were to.
    pub bill_to: String,
}

/// An amount and what it is made of, in whole minor units of the currency.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicencePrice)]
pub struct PriceView {
    /// ISO 4217.
    pub currency: String,
    /// What is charged for, before tax; each rounded once.
    pub lines: Vec<QuoteLine>,
    /// Credit that is spent.
    pub credit_used: i64,
    /// Credit that comes of it.
    pub credit_given: i64,
    /// To pay before tax.
    pub net: i64,
    /// Tax, in hundredths of a percent.
    pub tax_rate: u32,
    /// The tax.
    pub tax: i64,
    /// To pay now.
    pub gross: i64,
}

impl PreviewView {
    pub(super) fn new(preview: &Preview, bill_to: String) -> Self {
        let quote = &preview.quote;
        Self {
            id: preview.id,
            licence: preview.licence,
            valid_until: preview.expires_at,
            before: quote.before.clone(),
            after: quote.after.clone(),
            price: PriceView {
                currency: preview.net.currency.as_str().to_owned(),
                lines: quote.lines.clone(),
                credit_used: quote.credit_used,
                credit_given: quote.credit_given,
                net: preview.net.amount,
                tax_rate: quote.tax_rate,
                tax: quote.tax,
                gross: preview.net.amount + quote.tax,
            },
            price_later: quote.price_later,
            devices_getting_a_seat: quote.seated,
            bill_to,
        }
    }
}

/// An order, paid or not.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicenceOrder)]
pub struct OrderView {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: PurchaseId,
    /// To be named in a transfer.
    pub reference: String,
    /// The number of its invoice, once it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// Of which licence.
    #[schema(value_type = uuid::Uuid)]
    pub licence: LicenceId,
    /// `waiting`, `paid`, `cancelled` or `refunded`.
    pub state: &'static str,
    /// `manual` or `stripe`.
    pub provider: &'static str,
    /// Whether the change was made. A payment for a change that was no longer possible became credit.
    pub applied: bool,
    /// How the licence stood.
    pub before: Standing,
    /// How it stands afterwards.
    pub after: Standing,
    /// What it comes to.
    #[serde(flatten)]
    pub price: PriceView,
    /// Whom the invoice is to.
    pub bill_to: String,
    /// When it was ordered.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it was paid.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Timestamp>,
    /// When it was cancelled or refunded.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

impl OrderView {
    pub(super) fn new(order: &Purchase) -> Self {
        let quote = &order.quote;
        Self {
            id: order.id,
            reference: order.reference.clone(),
            invoice: order.invoice.clone(),
            licence: order.licence,
            state: order.state.as_str(),
            provider: order.provider.as_str(),
            applied: order.applied,
            before: quote.before.clone(),
            after: quote.after.clone(),
            price: PriceView {
                currency: order.net.currency.as_str().to_owned(),
                lines: quote.lines.clone(),
                credit_used: order.credit_used.amount,
                credit_given: quote.credit_given,
                net: order.net.amount,
                tax_rate: quote.tax_rate,
                tax: order.tax.amount,
                gross: order.gross.amount,
            },
            bill_to: order.bill_to.clone(),
            created_at: order.created_at,
            paid_at: order.paid_at,
            closed_at: order.closed_at,
        }
    }
}
