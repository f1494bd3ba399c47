use super::{Entitlement, Price, Product, find, store};
use crate::base::db::{DbError, Read};
use jiff::Timestamp;
use rempart_wire::PriceId;
use serde::Serialize;
use utoipa::ToSchema;

/// A product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Product)]
pub struct ProductView {
    /// Its code, which never changes.
    pub code: String,
    /// `Rempart Business`.
    pub name: String,
    /// `Business`.
    pub edition: String,
    /// Since when it is no longer sold; its licences go on.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Timestamp>,
    /// The fewest seats it is sold with.
    pub min_seats: u64,
    /// The most.
    pub max_seats: u64,
    /// The shortest term, in calendar months.
    pub min_months: u32,
    /// The longest.
    pub max_months: u32,
    /// Whether a machine that validates its licence through the API must say that it is still there.
    pub heartbeat_required: bool,
    /// How long one beat lasts.
    pub heartbeat_seconds: u32,
    /// Whether a machine that stopped gives its seat back.
    pub heartbeat_frees_seat: bool,
    /// What it allows, by code.
    pub entitlements: Vec<Entitlement>,
    /// All prices it has and had. Not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prices: Option<Vec<PriceView>>,
}

/// What one seat of a product costs for a whole term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Price)]
pub struct PriceView {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: PriceId,
    /// ISO 4217.
    pub currency: String,
    /// The term, in calendar months.
    pub months: u32,
    /// For that many seats and more, until the next step.
    pub seats_from: u64,
    /// One seat, the whole term, before tax, in the currency's minor unit: cents, mostly.
    pub unit_amount: i64,
    /// Since when.
    #[schema(value_type = String, format = DateTime)]
    pub valid_from: Timestamp,
    /// Until when; the moment itself is not in it.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// `applies`, `waiting` (it has not begun), `replaced` (in force, but one that began later applies) or `over`.
    pub state: &'static str,
}

impl ProductView {
    /// A product without its prices.
    #[must_use]
    pub fn new(product: &Product) -> Self {
        Self {
            code: product.code.to_string(),
            name: product.name.clone(),
            edition: product.edition.clone(),
            withdrawn_at: product.withdrawn_at,
            min_seats: product.min_seats,
            max_seats: product.max_seats,
            min_months: product.min_months,
            max_months: product.max_months,
            heartbeat_required: product.heartbeat.required,
            heartbeat_seconds: product.heartbeat.seconds,
            heartbeat_frees_seat: product.heartbeat.frees_seat,
            entitlements: product.entitlements.clone(),
            prices: None,
        }
    }
}

/// Prices as they stand at a moment.
pub(super) fn prices(all: &[Price], now: Timestamp) -> Vec<PriceView> {
    let applying = find::applying(all.to_vec(), now);
    let state = |price: &Price| match price {
        _ if applying.iter().any(|one| one.id == price.id) => "applies",
        _ if price
            .valid_until
            .is_some_and(|end| end <= now.max(price.valid_from)) =>
        {
            "over"
        }
        _ if price.valid_from > now => "waiting",
        _ => "replaced",
    };
    all.iter()
        .map(|price| PriceView {
            id: price.id,
            currency: price.unit.currency.to_string(),
            months: price.months,
            seats_from: price.seats_from,
            unit_amount: price.unit.amount,
            valid_from: price.valid_from,
            valid_until: price.valid_until,
            state: state(price),
        })
        .collect()
}

/// A product with all its prices, as they stand at a moment.
///
/// # Errors
/// Whatever the engine says.
pub fn view(r: &mut impl Read, product: &Product, now: Timestamp) -> Result<ProductView, DbError> {
    let all = store::prices(r, &product.code)?;
    Ok(ProductView {
        prices: Some(prices(&all, now)),
        ..ProductView::new(product)
    })
}

/// All products, without their prices.
///
/// # Errors
/// Whatever the engine says.
pub fn views(r: &mut impl Read) -> Result<Vec<ProductView>, DbError> {
    Ok(store::list(r)?.iter().map(ProductView::new).collect())
}
