//! The orders a device was given, and what became of them.

use super::{
    order::OrderState,
    store::{self, order as sql},
};
use crate::base::{
    authz::{self, Grant, may},
    error::{Code, Fault},
    web::{Cursor, Cx, Json, List, Params, Problems, Query},
};
use jiff::Timestamp;
use rempart_wire::{DeviceId, OrderId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One order.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Order)]
pub(super) struct OrderView {
    /// Which.
    #[schema(value_type = Uuid)]
    pub id: OrderId,
    /// Whose.
    #[schema(value_type = Uuid)]
    pub device: DeviceId,
    /// `scan`, `cancel_scan`, `restore` or `delete`.
    pub kind: String,
    /// The scan or quarantine item it is about.
    pub subject: Uuid,
    /// Where it is.
    pub state: OrderState,
    /// Who asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_by: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// The device must begin before.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
    /// When its state last changed.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
    /// Why it failed, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_code: Option<String>,
    /// Why it failed, in the device's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

pub(super) async fn list(
    cx: &Cx,
    (workspace, device): (WorkspaceId, DeviceId),
    cursor: &Cursor,
) -> Result<List<OrderView>, Fault> {
    let (caller, limit) = (cx.caller()?, cursor.limit());
    let before = cursor.after()?.map(|(_, id)| OrderId(id));
    let orders = cx
        .app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            store::standing(r, workspace, device)?.ok_or(Code::NotFound)?;
            Ok::<_, Fault>(sql::list(r, workspace, device, before, limit + 1)?)
        })
        .await?;
    Ok(List::paged(orders, limit, |order| (String::new(), order.id.0)))
}

/// The orders given to a device, newest first.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/devices/{device}/orders",
    params(("workspace" = Uuid, Path), ("device" = Uuid, Path), Cursor),
    responses((status = 200, description = "One page.", body = List<OrderView>), Problems))]
pub(super) async fn api_list(
    cx: Cx,
    Params(path): Params<(WorkspaceId, DeviceId)>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<List<OrderView>>, Fault> {
    list(&cx, path, &cursor).await.map(Json)
}

pub(super) async fn show(cx: &Cx, workspace: WorkspaceId, order: OrderId) -> Result<OrderView, Fault> {
    let caller = cx.caller()?;
    cx.app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            sql::find(r, workspace, order)?.ok_or_else(|| Code::NotFound.into())
        })
        .await
}

/// One order.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/orders/{order}",
    params(("workspace" = Uuid, Path), ("order" = Uuid, Path)),
    responses((status = 200, description = "The order.", body = OrderView), Problems))]
pub(super) async fn api_show(
    cx: Cx,
    Params((workspace, order)): Params<(WorkspaceId, OrderId)>,
) -> Result<Json<OrderView>, Fault> {
    show(&cx, workspace, order).await.map(Json)
}
