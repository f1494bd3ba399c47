//! A workspace gets another name, another mode, or both. Its devices are told at once. A new name is as unique as the
//! first; the old one is free the moment it is given up.

use super::{WorkspaceName, create, store, view::WorkspaceView};
use crate::base::{
    authz::{self, Grant, may},
    db::{DbError, Signal},
    error::{Code, Fault},
    web::{Cx, Json, Params, Problems},
};
use rempart_wire::WorkspaceId;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// What is to change; what is not said stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = WorkspaceChange)]
pub(super) struct Input {
    /// The new name.
    #[serde(default)]
    pub name: Option<String>,
    /// The new mode: `local_and_remote`, `local_only` or `remote_only`.
    #[serde(default)]
    pub mode: Option<String>,
}

/// Either the rule said no, or the database did.
enum Refused {
    Rule(Fault),
    Database(DbError),
}

impl From<DbError> for Refused {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Rule(fault)
    }
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, input: Input) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let name = input.name.as_deref().map(WorkspaceName::parse).transpose()?;
    let mode = input.mode.as_deref().map(create::mode).transpose()?;
    let event = cx.event("workspace.change").in_workspace(workspace);
    let wanted = name.clone();
    let app = cx.app.clone();
    let changed = cx.app.db.write(move |mut tx| {
        let grant: Grant<may::ManageWorkspace> = authz::grant(&mut tx, caller, workspace)?;
        let before = store::find(&mut tx, caller.account, workspace)?.ok_or(Fault::new(Code::NotFound))?;
        if let Some(name) = &wanted {
            store::rename(&mut tx, &grant, name)?;
        }
        if let Some(mode) = mode {
            store::set_mode(&mut tx, &grant, mode)?;
            for hears in app.on_mode {
                hears(&app, &mut tx, workspace, mode)?;
            }
        }
        tx.signal(Signal::Settings(workspace));
        let event = event.on("workspace", workspace).with(json!({
            "before": { "name": before.name, "mode": before.mode.as_str() },
            "after": {
                "name": wanted.as_ref().map_or(before.name.as_str(), WorkspaceName::as_str),
                "mode": mode.unwrap_or(before.mode).as_str(),
            },
        }));
        Ok::<_, Refused>(tx.commit(event, ())?)
    });
    match (changed.await, name) {
        (Ok(()), _) => Ok(()),
        (Err(Refused::Rule(fault)), _) => Err(fault),
        (Err(Refused::Database(error)), Some(name)) => Err(create::told(cx, error, &name).await),
        (Err(Refused::Database(error)), None) => Err(error.into()),
    }
}

/// Rename a workspace or change its mode. Its devices are told at once.
#[utoipa::path(patch, path = "/api/v1/workspaces/{workspace}", request_body = Input,
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 200, description = "Changed.", body = WorkspaceView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Json(input): Json<Input>,
) -> Result<Json<WorkspaceView>, Fault> {
    run(&cx, workspace, input).await?;
    Ok(Json(super::show::run(&cx, workspace).await?))
}
