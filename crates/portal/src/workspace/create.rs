//! A person makes a workspace: a name nobody has, and where its protection is managed. Whoever makes it is its primary
//! owner. Two who want one name at the same moment are told apart by the database, and the one who was later gets three
//! names that are free.

use super::{WorkspaceName, store, suggest, view::WorkspaceView};
use crate::base::{
    audit::Housekeeping,
    authz,
    db::DbError,
    error::{Code, Fault},
    web::{Cx, Json, Problems},
};
use axum::http::StatusCode;
use rempart_wire::{ManagementMode, WorkspaceId};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// What is wanted.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = WorkspaceRequest)]
pub(super) struct Input {
    /// Letters and digits of any script, spaces, and `( ) - _ . ' &`; 2 to 64 characters.
    pub name: String,
    /// `local_and_remote` when not said, `local_only` or `remote_only`.
    #[serde(default)]
    pub mode: Option<String>,
}

/// Reads a mode.
pub(super) fn mode(text: &str) -> Result<ManagementMode, Fault> {
    text.parse().map_err(|_| Fault::new(Code::ModeUnknown).at("mode"))
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<WorkspaceId, Fault> {
    let account = cx.person()?.account;
    let name = WorkspaceName::parse(&input.name)?;
    let mode = input
        .mode
        .as_deref()
        .map_or(Ok(ManagementMode::default()), mode)?;
    let (event, wanted) = (cx.event("workspace.create"), name.clone());
    let made = cx
        .app
        .db
        .write(move |mut tx| {
            if !authz::hold_open(&mut tx, account)? {
                return tx.tidy(Housekeeping::Presence, None);
            }
            let id = store::insert(&mut tx, account, &wanted, mode)?;
            let event = event
                .in_workspace(id)
                .on("workspace", id)
                .with(json!({ "name": wanted.as_str(), "mode": mode.as_str() }));
            tx.commit(event, Some(id))
        })
        .await;
    match made {
        Ok(Some(id)) => Ok(id),
        Ok(None) => Err(Code::AccountClosed.into()),
        Err(error) => Err(told(cx, error, &name).await),
    }
}

/// The fault of a name that is taken, with three that are free; any other error as it is.
pub(super) async fn told(cx: &Cx, error: DbError, name: &WorkspaceName) -> Fault {
    if error != DbError::Unique("workspace_name_key_unique".into()) {
        return error.into();
    }
    let (lang, chance, name) = (cx.lang, cx.app.chance.clone(), name.clone());
    let free = cx
        .app
        .db
        .read::<_, DbError, _>(move |r| suggest::alternatives(r, lang, &chance, &name))
        .await;
    Fault::new(Code::WorkspaceNameTaken)
        .at("name")
        .facts(json!({ "alternatives": free.unwrap_or_default() }))
}

/// Make a workspace. You are its primary owner. A name that is taken is answered with `workspace_name_taken` and three
/// free ones in `facts.alternatives`.
#[utoipa::path(post, path = "/api/v1/workspaces", request_body = Input,
    responses((status = 201, description = "Made.", body = WorkspaceView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Json(input): Json<Input>,
) -> Result<(StatusCode, Json<WorkspaceView>), Fault> {
    let id = run(&cx, input).await?;
    Ok((StatusCode::CREATED, Json(super::show::run(&cx, id).await?)))
}
