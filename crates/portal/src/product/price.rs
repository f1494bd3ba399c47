//! The operator adds a price: what one seat of a product costs for a whole term, from a number of seats on and from a
//! moment on, which is not past. Where a price is in force already, the new one replaces it from that moment; with an
//! end, until then. Orders already made keep their own figures.

use super::{Price, PriceView, ProductCode, list::known, store, view};
use crate::base::{
    authz,
    db::Tx,
    error::{Code, Fault},
    money::{Currency, Money},
    web::{Cx, Json, Params, Problems},
};
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// A seat for a term for more than this is a mistake, and a million of them is still an amount.
const MOST: i64 = 100_000_000_000;
/// Between a program's clock and ours.
const CLOCKS: SignedDuration = SignedDuration::from_mins(1);

/// A price to be added.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = PriceNew)]
pub struct Input {
    /// ISO 4217, as `EUR`.
    pub currency: String,
    /// The term, in calendar months: one the product is sold for.
    pub months: u32,
    /// For that many seats and more, until the next step; 1 when not said.
    #[serde(default)]
    pub seats_from: Option<u64>,
    /// One seat, the whole term, before tax, in the currency's minor unit (cents, mostly): 0 to 100,000,000,000.
    pub unit_amount: i64,
    /// Since when; now when not said. Not in the past.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_from: Option<Timestamp>,
    /// Until when; the moment itself is not in it.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub valid_until: Option<Timestamp>,
}

/// Adds a price to a product.
///
/// # Errors
/// `not_found`, `currency_unknown`, `months_not_sold`, `seats_not_sold`, `price_amount_invalid` or
/// `price_period_invalid`.
pub fn add_price(tx: &mut Tx<'_>, code: &ProductCode, input: &Input) -> Result<Price, Fault> {
    let product = store::find(tx, code)?.ok_or(Code::NotFound)?;
    let currency =
        Currency::parse(&input.currency).ok_or(Fault::new(Code::CurrencyUnknown).at("currency"))?;
    let seats_from = input.seats_from.unwrap_or(1);
    super::find::within(&product, seats_from.max(product.min_seats), input.months).map_err(|fault| {
        if fault.target == Some("seats") {
            fault.at("seats_from")
        } else {
            fault
        }
    })?;
    if seats_from < 1 {
        return Err(Fault::new(Code::SeatsOutOfRange).at("seats_from"));
    }
    if !(0..=MOST).contains(&input.unit_amount) {
        return Err(Fault::new(Code::PriceAmountInvalid).at("unit_amount"));
    }
    let now = tx.now();
    let valid_from = input.valid_from.unwrap_or(now);
    if valid_from.saturating_add(CLOCKS).unwrap_or(valid_from) < now {
        return Err(Fault::new(Code::PricePeriodInvalid).at("valid_from"));
    }
    let valid_from = valid_from.max(now);
    if input.valid_until.is_some_and(|end| end <= valid_from) {
        return Err(Fault::new(Code::PricePeriodInvalid).at("valid_until"));
    }
    let price = Price {
        id: tx.id(),
        product: product.code,
        months: input.months,
        seats_from,
        unit: Money::new(input.unit_amount, currency),
        valid_from,
        valid_until: input.valid_until,
    };
    store::insert_price(tx, &price)?;
    Ok(price)
}

pub(super) async fn run(cx: &Cx, code: &str, input: Input) -> Result<PriceView, Fault> {
    let (caller, code) = (cx.caller()?, known(code)?);
    let event = cx.event("product.add_price");
    cx.app
        .db
        .write(move |mut tx| {
            authz::operator(caller)?;
            let price = add_price(&mut tx, &code, &input)?;
            let all = store::prices(&mut tx, &price.product)?;
            let shown = view::prices(&all, tx.now())
                .into_iter()
                .find(|one| one.id == price.id);
            let shown = shown.ok_or(Code::Internal)?;
            let event = event
                .on("price", price.id)
                .with(json!({ "product": price.product, "price": shown }));
            Ok(tx.commit(event, shown)?)
        })
        .await
}

/// Add a price to a product. It replaces what it overlaps for as long as it is valid. For operators.
#[utoipa::path(post, path = "/api/v1/operator/products/{product}/prices", request_body = Input,
    params(("product" = String, Path)),
    responses((status = 201, description = "Added.", body = PriceView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(product): Params<String>,
    Json(input): Json<Input>,
) -> Result<(StatusCode, Json<PriceView>), Fault> {
    Ok((StatusCode::CREATED, Json(run(&cx, &product, input).await?)))
}
