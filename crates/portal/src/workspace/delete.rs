//! The primary owner deletes a workspace by typing its name. Its licence is a personal licence again, its devices hold no
//! seat and are not let in any more; each keeps protecting its computer with the rules it has. For seven days all of it
//! can be brought back, and the name stays taken; then it goes for good.

use super::{KEPT, WorkspaceName, purge, store};
use crate::{
    base::{
        authz::{self, Grant, may},
        db::Signal,
        error::{Code, Fault},
        web::{Cx, Params, Problems, Query},
    },
    licence,
};
use axum::http::StatusCode;
use rempart_wire::WorkspaceId;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

/// The confirmation.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Input {
    /// The workspace's name, to confirm; case, accents and spaces do not matter.
    #[serde(default)]
    pub name: String,
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, input: Input) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let event = cx.event("workspace.delete").in_workspace(workspace);
    let given_back = cx.event("licence.set_aside").in_workspace(workspace);
    let typed = WorkspaceName::parse(&input.name).ok();
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::DeleteWorkspace> = authz::grant(&mut tx, caller, workspace)?;
            let found = store::find(&mut tx, caller.account, workspace)?.ok_or(Code::NotFound)?;
            let named = WorkspaceName::parse(&found.name)?;
            if typed.is_none_or(|typed| typed.key() != named.key()) {
                return Err(Fault::new(Code::ConfirmationMismatch).at("name"));
            }
            if !store::delete(&mut tx, &grant)? {
                return Err(Code::NotFound.into());
            }
            let contents = store::contents(&mut tx, workspace)?;
            let licence = licence::set_aside(&mut tx, workspace)?;
            let id = licence.as_ref().map(|moved| moved.licence);
            store::remember_licence(&mut tx, &grant, id)?;
            let now = tx.now();
            let payload = purge::Payload {
                workspace,
                deleted_at: now.as_microsecond(),
            };
            tx.enqueue(
                purge::JOB,
                &payload,
                Some(now.saturating_add(KEPT).unwrap_or(now)),
            )?;
            tx.signal(Signal::Settings(workspace));
            let event = event.on("workspace", workspace).with(json!({
                "name": found.name, "devices": contents.devices, "licence": id,
            }));
            let set_aside = licence.map(|moved| given_back.on("licence", moved.licence).with(moved.detail));
            Ok(tx.commit_all(event, set_aside.into_iter().collect(), ())?)
        })
        .await
}

/// Delete a workspace; its name confirms. It can be brought back for seven days.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}",
    params(("workspace" = uuid::Uuid, Path), Input),
    responses((status = 204, description = "Deleted."), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Query(input): Query<Input>,
) -> Result<StatusCode, Fault> {
    run(&cx, workspace, input).await?;
    Ok(StatusCode::NO_CONTENT)
}
