//! A person gives a device another name. The computer's own name stays what it is.

use super::{show, store::change as sql, view::Device, words::device_name};
use crate::base::{
    authz::{self, Grant, may},
    error::{Code, Fault},
    web::{Cx, Form, Json, Params, Problems, see_other},
};
use axum::response::Response;
use rempart_wire::{DeviceId, WorkspaceId};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// The name wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = DeviceRename)]
pub(super) struct Input {
    /// 1 to 80 characters.
    name: String,
}

pub(super) async fn run(
    cx: &Cx,
    (workspace, device): (WorkspaceId, DeviceId),
    input: &Input,
) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let name = device_name(&input.name).ok_or(Fault::new(Code::DeviceNameInvalid).at("name"))?;
    let event = cx
        .event("device.rename")
        .in_workspace(workspace)
        .on("device", device);
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            let before = sql::rename(&mut tx, &grant, device, &name)?.ok_or(Code::NotFound)?;
            Ok(tx.commit(event.with(json!({ "from": before, "to": name })), ())?)
        })
        .await
}

/// Give a device another name.
#[utoipa::path(patch, path = "/api/v1/workspaces/{workspace}/devices/{device}", request_body = Input,
    params(("workspace" = uuid::Uuid, Path), ("device" = uuid::Uuid, Path)),
    responses((status = 200, description = "The device.", body = Device), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(path): Params<(WorkspaceId, DeviceId)>,
    Json(input): Json<Input>,
) -> Result<Json<Device>, Fault> {
    run(&cx, path, &input).await?;
    show::run(&cx, path.0, path.1).await.map(Json)
}

pub(super) async fn page(
    cx: Cx,
    Params(path): Params<(WorkspaceId, DeviceId)>,
    Form(input): Form<Input>,
) -> Result<Response, Fault> {
    match run(&cx, path, &input).await {
        Ok(()) => Ok(see_other(&format!(
            "/workspaces/{}/devices/{}?said=device-renamed",
            path.0, path.1
        ))),
        Err(fault) if fault.target.is_some() => show::again(&cx, path, Some((&input.name, &fault))).await,
        Err(fault) => Err(fault),
    }
}
