//! The orders of a licence, newest first: what was bought, what waits to be paid, what was given up. Whoever may manage the
//! licence sees them, and may give up one that waits.

use super::{OrderView, Purchase, desk, refund, store};
use crate::base::{
    db::{DbError, Read},
    error::{Code, Fault},
    web::{Cx, Json, Params, Problems},
};
use rempart_wire::{LicenceId, PurchaseId};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

/// Orders.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LicenceOrders)]
pub(super) struct Orders {
    /// Newest first, at most 200.
    pub items: Vec<OrderView>,
}

/// An order of this licence.
pub(super) fn of(r: &mut impl Read, licence: LicenceId, order: PurchaseId) -> Result<Purchase, Fault> {
    let found = store::order::find(r, order)?.filter(|order| order.licence == licence);
    Ok(found.ok_or(Code::NotFound)?)
}

/// The order of a licence that waits to be paid.
///
/// # Errors
/// Whatever the engine says.
pub fn open(r: &mut impl Read, licence: LicenceId) -> Result<Option<Purchase>, DbError> {
    store::order::open(r, licence)
}

pub(super) async fn list(cx: &Cx, licence: LicenceId) -> Result<Vec<Purchase>, Fault> {
    let caller = cx.caller()?;
    cx.app
        .db
        .read(move |r| {
            desk::may(r, caller, licence)?;
            Ok(store::order::of_licence(r, licence)?)
        })
        .await
}

pub(super) async fn show(cx: &Cx, licence: LicenceId, order: PurchaseId) -> Result<Purchase, Fault> {
    let caller = cx.caller()?;
    cx.app
        .db
        .read(move |r| {
            desk::may(r, caller, licence)?;
            of(r, licence, order)
        })
        .await
}

pub(super) async fn cancel(cx: &Cx, licence: LicenceId, order: PurchaseId) -> Result<OrderView, Fault> {
    let (caller, event) = (cx.caller()?, cx.event("billing.cancel"));
    cx.app
        .db
        .write(move |mut tx| {
            let found = desk::may(&mut tx, caller, licence)?;
            of(&mut tx, licence, order)?;
            let order = refund::cancel(&mut tx, order)?;
            let event = desk::about(event, &found).with(json!({ "order": order.reference }));
            Ok(tx.commit(event, OrderView::new(&order))?)
        })
        .await
}

/// The orders of a licence, newest first.
#[utoipa::path(get, path = "/api/v1/licences/{licence}/orders", params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, body = Orders), Problems))]
pub(super) async fn api_list(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Json<Orders>, Fault> {
    let items = list(&cx, licence).await?.iter().map(OrderView::new).collect();
    Ok(Json(Orders { items }))
}

/// One order of a licence.
#[utoipa::path(get, path = "/api/v1/licences/{licence}/orders/{order}",
    params(("licence" = uuid::Uuid, Path), ("order" = uuid::Uuid, Path)),
    responses((status = 200, body = OrderView), Problems))]
pub(super) async fn api_show(
    cx: Cx,
    Params((licence, order)): Params<(LicenceId, PurchaseId)>,
) -> Result<Json<OrderView>, Fault> {
    Ok(Json(OrderView::new(&show(&cx, licence, order).await?)))
}

/// Give up an order that waits to be paid.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/orders/{order}/cancel",
    params(("licence" = uuid::Uuid, Path), ("order" = uuid::Uuid, Path)),
    responses((status = 200, description = "Given up.", body = OrderView), Problems))]
pub(super) async fn api_cancel(
    cx: Cx,
    Params((licence, order)): Params<(LicenceId, PurchaseId)>,
) -> Result<Json<OrderView>, Fault> {
    Ok(Json(cancel(&cx, licence, order).await?))
}
