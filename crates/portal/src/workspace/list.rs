//! The workspaces a person is a member of, by name; and, for their primary owner, those that were deleted and can still
//! be brought back.

use super::{store, view::WorkspaceView};
use crate::{
    base::{
        db::Read,
        error::Fault,
        lang::Lang,
        web::{Cursor, Cx, Json, List, Problems, Query},
    },
    licence,
};
use jiff::Timestamp;
use rempart_wire::AccountId;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which ones.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Those that were deleted and can be brought back, instead of those in use.
    #[serde(default)]
    pub deleted: bool,
}

fn shown(
    r: &mut impl Read,
    l: Lang,
    found: &[store::Membership],
    now: Timestamp,
) -> Result<Vec<WorkspaceView>, Fault> {
    found
        .iter()
        .map(|one| {
            let licence = licence::for_workspace(r, one.id)?;
            Ok(WorkspaceView::new(l, one, licence.as_ref(), now))
        })
        .collect()
}

pub(super) async fn run(cx: &Cx, cursor: Cursor) -> Result<List<WorkspaceView>, Fault> {
    let (account, l, now) = (cx.person()?.account, cx.lang, cx.app.clock.now());
    let (after, limit) = (cursor.after()?, cursor.limit());
    cx.app
        .db
        .read(move |r| {
            let found = store::list(r, account, after, limit)?;
            let page = List::paged(found, limit, |row| (row.name_key.clone(), row.id.0));
            Ok(List {
                items: shown(r, l, &page.items, now)?,
                next: page.next,
            })
        })
        .await
}

pub(super) async fn deleted(cx: &Cx) -> Result<Vec<WorkspaceView>, Fault> {
    let (account, l, now): (AccountId, _, _) = (cx.person()?.account, cx.lang, cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let found = store::deleted(r, account)?;
            shown(r, l, &found, now)
        })
        .await
}

/// List your workspaces by name, or the deleted ones you can bring back.
#[utoipa::path(get, path = "/api/v1/workspaces", params(Cursor, Wanted),
    responses((status = 200, description = "One page of them.", body = List<WorkspaceView>), Problems))]
pub(super) async fn api(
    cx: Cx,
    Query(cursor): Query<Cursor>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<List<WorkspaceView>>, Fault> {
    if wanted.deleted {
        let items = deleted(&cx).await?;
        return Ok(Json(List { items, next: None }));
    }
    Ok(Json(run(&cx, cursor).await?))
}
