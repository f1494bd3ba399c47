//! One workspace, as its members see it.

use super::{store, view::WorkspaceView};
use crate::{
    base::{
        authz::{self, Grant, may},
        error::{Code, Fault},
        web::{Cx, Json, Params, Problems},
    },
    licence,
};
use rempart_wire::WorkspaceId;

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId) -> Result<WorkspaceView, Fault> {
    let (caller, l, now) = (cx.caller()?, cx.lang, cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let _: Grant<may::SeeWorkspace> = authz::grant(r, caller, workspace)?;
            let found = store::find(r, caller.account, workspace)?.ok_or(Code::NotFound)?;
            let licence = licence::for_workspace(r, workspace)?;
            Ok(WorkspaceView::new(l, &found, licence.as_ref(), now))
        })
        .await
}

/// Show a workspace and the licence it has.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}",
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 200, description = "It.", body = WorkspaceView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
) -> Result<Json<WorkspaceView>, Fault> {
    Ok(Json(run(&cx, workspace).await?))
}
