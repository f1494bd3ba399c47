//! A deleted workspace is brought back: its devices are let in again, and its licence comes back, unless it was assigned
//! elsewhere meanwhile; devices get seats as far as there are any, those enrolled first before others. Bringing back what
//! is not deleted changes nothing.

use super::{store, view::WorkspaceView};
use crate::{
    base::{
        authz::{self, Grant, may},
        db::Signal,
        error::Fault,
        web::{Cx, Json, Params, Problems},
    },
    licence,
};
use rempart_wire::WorkspaceId;
use serde_json::json;

/// Whether the workspace has its licence again.
pub(super) async fn run(cx: &Cx, workspace: WorkspaceId) -> Result<bool, Fault> {
    let caller = cx.caller()?;
    let event = cx.event("workspace.restore").in_workspace(workspace);
    let given_back = cx.event("licence.bring_back").in_workspace(workspace);
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::DeleteWorkspace> = authz::grant_in_deleted(&mut tx, caller, workspace)?;
            authz::still_open(&mut tx, grant.account)?;
            let event = event.on("workspace", workspace);
            let Some(had) = store::restore(&mut tx, &grant)? else {
                let has = licence::for_workspace(&mut tx, workspace)?.is_some();
                return Ok(tx.commit(event.with(json!({ "deleted": false })), has)?);
            };
            let back = match had {
                Some(licence) => licence::bring_back(&mut tx, workspace, licence)?,
                None => None,
            };
            store::remember_licence(&mut tx, &grant, None)?;
            tx.signal(Signal::Settings(workspace));
            let has = back.is_some();
            let event = event.with(json!({ "licence": had, "licence_back": has }));
            let back = back.map(|moved| given_back.on("licence", moved.licence).with(moved.detail));
            Ok(tx.commit_all(event, back.into_iter().collect(), has)?)
        })
        .await
}

/// Bring back a deleted workspace, within seven days. Its licence comes back when nobody assigned it elsewhere.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/restore",
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 200, description = "Back.", body = WorkspaceView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
) -> Result<Json<WorkspaceView>, Fault> {
    run(&cx, workspace).await?;
    Ok(Json(super::show::run(&cx, workspace).await?))
}
