//! The operator closes a price: it ends at a moment that is not past, or never begins. Orders already made keep their own
//! figures.

use super::{
    ProductCode, ProductView,
    list::{known, one},
    store,
};
use crate::base::{
    authz,
    db::Tx,
    error::{Code, Fault},
    web::{Cx, Json, Params, Problems},
};
use jiff::Timestamp;
use rempart_wire::PriceId;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// When it is to end.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = PriceClosing)]
pub(super) struct Input {
    /// When; now when not said. Not in the past, and not after its present end.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
}

/// Ends a price at a moment, now when not said; the moment it ends at.
///
/// # Errors
/// `not_found`, `price_period_invalid` (in the past) or `price_closed` (it ends before that already).
pub fn close_price(
    tx: &mut Tx<'_>,
    code: &ProductCode,
    id: PriceId,
    until: Option<Timestamp>,
) -> Result<Timestamp, Fault> {
    let code = store::find(tx, code)?.ok_or(Code::NotFound)?.code;
    let price = store::price_by_id(tx, &code, id)?.ok_or(Code::NotFound)?;
    let end = until.unwrap_or(tx.now());
    if end < tx.now() {
        return Err(Fault::new(Code::PricePeriodInvalid).at("until"));
    }
    // One that has not begun never does.
    let end = end.max(price.valid_from);
    if store::close(tx, id, end)? {
        Ok(end)
    } else {
        Err(Code::PriceClosed.into())
    }
}

pub(super) async fn run(cx: &Cx, code: &str, id: PriceId, until: Option<Timestamp>) -> Result<(), Fault> {
    let (caller, code) = (cx.caller()?, known(code)?);
    let event = cx.event("product.close_price").on("price", id);
    cx.app
        .db
        .write(move |mut tx| {
            authz::operator(caller)?;
            let end = close_price(&mut tx, &code, id, until)?;
            Ok(tx.commit(event.with(json!({ "product": code, "until": end })), ())?)
        })
        .await
}

/// Close a price: it ends now, or when said. For operators.
#[utoipa::path(post, path = "/api/v1/operator/products/{product}/prices/{price}/close", request_body = Input,
    params(("product" = String, Path), ("price" = uuid::Uuid, Path)),
    responses((status = 200, description = "The product with its prices.", body = ProductView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params((product, price)): Params<(String, PriceId)>,
    Json(input): Json<Input>,
) -> Result<Json<ProductView>, Fault> {
    run(&cx, &product, price, input.until).await?;
    Ok(Json(one(&cx, &product).await?))
}
