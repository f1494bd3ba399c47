//! A device is retired: its seat is free at once, its credential ends, its connection is closed, and orders it was not
//! told are cancelled. The program on the computer keeps the rules it has and goes on protecting; what the console knows
//! of the device stays. Enrolling the computer again brings the same device back.

use super::{
    order, show,
    store::{change as sql, credential},
    view::{Device, State},
};
use crate::{
    base::{
        authz::{self, Grant, may},
        db::Signal,
        error::{Code, Fault},
        web::{Cx, Frame, Here, Params, Problems, render, see_other},
    },
    licence, workspace,
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use rempart_wire::{DeviceId, WorkspaceId};
use serde_json::json;

pub(super) async fn run(cx: &Cx, (workspace, device): (WorkspaceId, DeviceId)) -> Result<(), Fault> {
    let (caller, devices) = (cx.caller()?, cx.app.devices.clone());
    let event = cx
        .event("device.retire")
        .in_workspace(workspace)
        .on("device", device);
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            let name = super::name(&mut tx, workspace, device)?;
            licence::release_seat(&mut tx, device)?;
            if !sql::retire(&mut tx, &grant, device)? {
                return Err(Code::DeviceRetired.into());
            }
            credential::revoke_all(&mut tx, device)?;
            order::cancel_open(&mut tx, devices.inbox(), device)?;
            tx.signal(Signal::Admission(device));
            Ok(tx.commit(event.with(json!({ "name": name })), ())?)
        })
        .await
}

/// Retire a device: its seat is free at once.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}/devices/{device}",
    params(("workspace" = uuid::Uuid, Path), ("device" = uuid::Uuid, Path)),
    responses((status = 204, description = "Retired."), Problems))]
pub(super) async fn api(cx: Cx, Params(path): Params<(WorkspaceId, DeviceId)>) -> Result<StatusCode, Fault> {
    run(&cx, path).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Template)]
#[template(path = "device/retire.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    device: Device,
}

pub(super) async fn form(cx: Cx, Params(path): Params<(WorkspaceId, DeviceId)>) -> Result<Response, Fault> {
    let caller = cx.caller()?;
    let device = show::run(&cx, path.0, path.1).await?;
    if device.state == State::Retired {
        return Err(Code::DeviceRetired.into());
    }
    let nav = cx.app.db.read(move |r| workspace::nav(r, caller, path.0)).await?;
    render(&Page {
        frame: Frame::within(&cx, nav, Here::Devices),
        workspace: path.0,
        device,
    })
}

pub(super) async fn page(cx: Cx, Params(path): Params<(WorkspaceId, DeviceId)>) -> Result<Response, Fault> {
    run(&cx, path).await?;
    Ok(see_other(&format!(
        "/workspaces/{}/devices?said=device-retired",
        path.0
    )))
}
