//! An enrolment token is revoked: it enrols nothing more. Devices it enrolled stay.

use super::store::token as sql;
use crate::base::{
    authz::{self, Grant, may},
    error::{Code, Fault},
    web::{Cx, Params, Problems, see_other},
};
use axum::{http::StatusCode, response::Response};
use rempart_wire::{EnrolmentTokenId, WorkspaceId};
use serde_json::json;

pub(super) async fn run(cx: &Cx, (workspace, token): (WorkspaceId, EnrolmentTokenId)) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let event = cx
        .event("enrolment_token.revoke")
        .in_workspace(workspace)
        .on("enrolment_token", token);
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            let end = sql::revoke(&mut tx, &grant, token)?.ok_or(Code::NotFound)?;
            Ok(tx.commit(event.with(json!({ "token": end })), ())?)
        })
        .await
}

/// Revoke an enrolment token: it enrols nothing more.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}/enrolment-tokens/{token}",
    params(("workspace" = uuid::Uuid, Path), ("token" = uuid::Uuid, Path)),
    responses((status = 204, description = "Revoked."), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(path): Params<(WorkspaceId, EnrolmentTokenId)>,
) -> Result<StatusCode, Fault> {
    run(&cx, path).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn page(
    cx: Cx,
    Params(path): Params<(WorkspaceId, EnrolmentTokenId)>,
) -> Result<Response, Fault> {
    run(&cx, path).await?;
    Ok(see_other(&format!(
        "/workspaces/{}/devices/add?said=token-revoked",
        path.0
    )))
}
