//! The operator looks at the products: all of them, or one with its prices.

use super::{ProductCode, ProductView, store, view, views};
use crate::base::{
    authz,
    error::{Code, Fault},
    web::{Cx, Json, List, Params, Problems},
};

pub(super) async fn all(cx: &Cx) -> Result<Vec<ProductView>, Fault> {
    authz::operator(cx.caller()?)?;
    Ok(cx.app.db.read(|r| views(r)).await?)
}

pub(super) async fn one(cx: &Cx, code: &str) -> Result<ProductView, Fault> {
    authz::operator(cx.caller()?)?;
    let (code, now) = (known(code)?, cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let product = store::find(r, &code)?.ok_or(Code::NotFound)?;
            Ok(view(r, &product, now)?)
        })
        .await
}

/// A code from an address: what is none is not there.
pub(super) fn known(code: &str) -> Result<ProductCode, Fault> {
    ProductCode::parse(code).map_err(|_| Code::NotFound.into())
}

/// List the products, without their prices. For operators.
#[utoipa::path(get, path = "/api/v1/operator/products",
    responses((status = 200, description = "All of them.", body = List<ProductView>), Problems))]
pub(super) async fn api(cx: Cx) -> Result<Json<List<ProductView>>, Fault> {
    let items = all(&cx).await?;
    Ok(Json(List { items, next: None }))
}

/// Show a product with all the prices it has and had. For operators.
#[utoipa::path(get, path = "/api/v1/operator/products/{product}", params(("product" = String, Path)),
    responses((status = 200, description = "It.", body = ProductView), Problems))]
pub(super) async fn show(cx: Cx, Params(product): Params<String>) -> Result<Json<ProductView>, Fault> {
    Ok(Json(one(&cx, &product).await?))
}
