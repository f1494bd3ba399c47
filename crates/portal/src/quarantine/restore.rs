//! A person puts a quarantined file back where it was. Its device does it, now or when it is back; the file may do harm
//! again, and the dialog says so.

use super::{
    act::{self, Act, Fields},
    show,
    view::QuarantineItem,
};
use crate::base::{
    error::Fault,
    web::{Cx, Form, Json, Params, Problems},
};
use axum::{http::StatusCode, response::Response};
use rempart_wire::{QuarantineId, WorkspaceId};

/// Put a quarantined file back where it was. It is `restoring` until its device answers.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/quarantine/{item}/restore",
    params(("workspace" = uuid::Uuid, Path), ("item" = uuid::Uuid, Path)),
    responses((status = 202, description = "The device is told.", body = QuarantineItem), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params((workspace, item)): Params<(WorkspaceId, QuarantineId)>,
) -> Result<(StatusCode, Json<QuarantineItem>), Fault> {
    act::run(&cx, workspace, vec![item], Act::Restore).await?;
    Ok((StatusCode::ACCEPTED, Json(show::run(&cx, workspace, item).await?)))
}

pub(super) async fn form(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    act::dialog(&cx, workspace, fields, Act::Restore, None).await
}

pub(super) async fn page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    act::answer(&cx, workspace, fields, Act::Restore).await
}
