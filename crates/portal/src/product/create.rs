//! The operator makes a product: a code that never changes, and what can be changed later.

use super::{Heartbeat, Product, ProductCode, ProductView, change, list::one, store};
use crate::base::{
    authz,
    db::{DbError, Tx},
    error::{Code, Fault},
    web::{Cx, Json, Problems},
};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// A product to be made. What is absent: its name is its code, 1 to 1,000,000 seats, 1 to 36 months, no heartbeat.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = ProductNew)]
pub struct Input {
    /// 2 to 32 letters, digits and dashes. It never changes.
    pub code: String,
    /// Everything else.
    #[serde(flatten)]
    pub rest: change::Input,
}

/// Makes a product.
///
/// # Errors
/// `product_code_invalid`, `product_code_taken`, and as [`super::change()`].
pub fn create(tx: &mut Tx<'_>, input: Input) -> Result<ProductCode, Fault> {
    let code = ProductCode::parse(&input.code)?;
    let mut new = Product {
        name: code.to_string(),
        edition: String::new(),
        min_seats: 1,
        max_seats: 1_000_000,
        min_months: 1,
        max_months: 36,
        heartbeat: Heartbeat::default(),
        withdrawn_at: None,
        entitlements: Vec::new(),
        code,
    };
    input.rest.apply(&mut new)?;
    store::insert(tx, &new).map_err(|error| match error {
        DbError::Unique(_) => Fault::new(Code::ProductCodeTaken).at("code"),
        error => error.into(),
    })?;
    Ok(new.code)
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<ProductCode, Fault> {
    let caller = cx.caller()?;
    let event = cx.event("product.create");
    cx.app
        .db
        .write(move |mut tx| {
            authz::operator(caller)?;
            let code = create(&mut tx, input)?;
            let made = store::find(&mut tx, &code)?.ok_or(Code::Internal)?;
            let event = event.with(json!({ "product": ProductView::new(&made) }));
            Ok(tx.commit(event, code)?)
        })
        .await
}

/// Make a product. For operators.
#[utoipa::path(post, path = "/api/v1/operator/products", request_body = Input,
    responses((status = 201, description = "Made.", body = ProductView), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<(StatusCode, Json<ProductView>), Fault> {
    let code = run(&cx, input).await?;
    Ok((StatusCode::CREATED, Json(one(&cx, code.as_str()).await?)))
}
