//! A person stops a scan. One that no device has begun is over at once; a running one is told to stop, and is over when
//! the device says so.

use super::{LIFETIME, state::ScanState, store, view::Scan};
use crate::{
    base::{
        authz::{self, Grant, may},
        error::{Code, Fault},
        web::{Cx, Json, Params, Problems, see_other},
    },
    device,
};
use axum::response::Response;
use rempart_wire::{OrderBody, ScanId, WorkspaceId};
use serde_json::json;

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, scan: ScanId) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let event = cx.event("scan.cancel").in_workspace(workspace);
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            let known = store::find(&mut tx, workspace, scan)?;
            let event = event
                .on("device", known.device)
                .with(json!({ "scan": scan, "was": known.state.as_str() }));
            match known.state {
                ScanState::Cancelling => return Ok(tx.commit(event, ())?),
                state if !state.is_open() => return Err(Code::ScanOver.into()),
                _ => {}
            }
            let withdrawn = match (known.state, known.order) {
                (ScanState::Queued, Some(order)) => device::order::withdraw(&mut tx, &grant, order)?,
                _ => false,
            };
            if withdrawn {
                store::cancel(&mut tx, &grant, scan)?;
            } else {
                let body = OrderBody::CancelScan { scan };
                let order = device::order::give(&mut tx, &grant, known.device, body, LIFETIME)?;
                store::cancelling(&mut tx, &grant, scan, order)?;
            }
            Ok(tx.commit(event, ())?)
        })
        .await
}

/// Stop a scan. What has not begun is cancelled at once; a running scan is `cancelling` until its device answers.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}/scans/{scan}",
    params(("workspace" = uuid::Uuid, Path), ("scan" = uuid::Uuid, Path)),
    responses((status = 200, description = "Stopped, or told to stop.", body = Scan), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params((workspace, scan)): Params<(WorkspaceId, ScanId)>,
) -> Result<Json<Scan>, Fault> {
    run(&cx, workspace, scan).await?;
    let scan = cx.app.db.read(move |r| store::find(r, workspace, scan)).await?;
    Ok(Json(scan))
}

pub(super) async fn page(
    cx: Cx,
    Params((workspace, scan)): Params<(WorkspaceId, ScanId)>,
) -> Result<Response, Fault> {
    run(&cx, workspace, scan).await?;
    Ok(see_other(&format!(
        "/workspaces/{workspace}/scans/{scan}?said=scan-cancelled"
    )))
}

#[cfg(test)]
mod tests;
