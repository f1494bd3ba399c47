//! The licence a workspace has, for every member.

use super::{Licence, LicenceView, store};
use crate::base::{
    authz::{self, Grant, may},
    error::{Code, Fault},
    web::{Cx, Json, Params, Problems},
};
use rempart_wire::WorkspaceId;

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId) -> Result<Licence, Fault> {
    let caller = cx.caller()?;
    cx.app
        .db
        .read(move |r| {
            let _: Grant<may::SeeWorkspace> = authz::grant(r, caller, workspace)?;
            if let Some(licence) = store::find::for_workspace(r, workspace)? {
                return Ok(licence);
            }
            let name = store::find::workspace_name(r, workspace)?.ok_or(Code::NotFound)?;
            Err(Fault::new(Code::WorkspaceWithoutLicence).arg("workspace", name))
        })
        .await
}

/// Show the licence of a workspace; `workspace_without_licence` when it has none.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/licence",
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 200, description = "It.", body = LicenceView), Problems))]
pub(super) async fn api(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Json<LicenceView>, Fault> {
    let licence = run(&cx, workspace).await?;
    Ok(Json(LicenceView::new(&licence, cx.app.clock.now())))
}
