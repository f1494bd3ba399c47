//! Two machines were seen with the credential of one device, and a person says it is settled: the copy was erased, or
//! enrolled for itself. If it was not, the mark comes back with the next visit of the copy.

use super::store::change as sql;
use crate::base::{
    authz::{self, Grant, may},
    error::Fault,
    web::{Cx, Params, Problems, see_other},
};
use axum::{http::StatusCode, response::Response};
use rempart_wire::{DeviceId, WorkspaceId};

pub(super) async fn run(cx: &Cx, (workspace, device): (WorkspaceId, DeviceId)) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let event = cx
        .event("device.settle")
        .in_workspace(workspace)
        .on("device", device);
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            super::name(&mut tx, workspace, device)?;
            if sql::settle(&mut tx, &grant, device)? {
                return Ok(tx.commit(event, ())?);
            }
            Ok(tx.tidy(crate::base::audit::Housekeeping::Presence, ())?)
        })
        .await
}

/// Say that a device's credential is used by one machine again.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/devices/{device}/settle",
    params(("workspace" = uuid::Uuid, Path), ("device" = uuid::Uuid, Path)),
    responses((status = 204, description = "The mark is gone."), Problems))]
pub(super) async fn api(cx: Cx, Params(path): Params<(WorkspaceId, DeviceId)>) -> Result<StatusCode, Fault> {
    run(&cx, path).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn page(cx: Cx, Params(path): Params<(WorkspaceId, DeviceId)>) -> Result<Response, Fault> {
    run(&cx, path).await?;
    Ok(see_other(&format!(
        "/workspaces/{}/devices/{}?said=device-settled",
        path.0, path.1
    )))
}
