//! One item: what it was, why it is here, and what can be done about it.

use super::{state::ItemState, store, view::QuarantineItem};
use crate::{
    base::{
        authz::{self, Grant, may},
        error::Fault,
        web::{Cx, Frame, Here, Json, Params, Problems, render},
    },
    workspace,
};
use askama::Template;
use axum::response::Response;
use rempart_wire::{QuarantineId, WorkspaceId};

pub(super) async fn run(
    cx: &Cx,
    workspace: WorkspaceId,
    item: QuarantineId,
) -> Result<QuarantineItem, Fault> {
    let caller = cx.caller()?;
    cx.app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            store::find(r, workspace, item)
        })
        .await
}

/// One quarantine item.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/quarantine/{item}",
    params(("workspace" = uuid::Uuid, Path), ("item" = uuid::Uuid, Path)),
    responses((status = 200, description = "The item.", body = QuarantineItem), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params((workspace, item)): Params<(WorkspaceId, QuarantineId)>,
) -> Result<Json<QuarantineItem>, Fault> {
    Ok(Json(run(&cx, workspace, item).await?))
}

#[derive(Template)]
#[template(path = "quarantine/show.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    item: QuarantineItem,
    manages: bool,
    steers: bool,
}

impl Page {
    fn lead(&self) -> String {
        let l = self.frame.l;
        let when = l.date_time(self.item.quarantined_at);
        l.t2(
            "quarantine-item-lead",
            ("device", &self.item.device_name),
            ("when", when),
        )
    }

    fn waits(&self) -> bool {
        matches!(self.item.state, ItemState::Restoring | ItemState::Deleting)
    }
}

pub(super) async fn page(
    cx: Cx,
    Params((workspace, item)): Params<(WorkspaceId, QuarantineId)>,
) -> Result<Response, Fault> {
    let caller = cx.caller()?;
    let item = run(&cx, workspace, item).await?;
    let (nav, manages) = cx
        .app
        .db
        .read(move |r| {
            let nav = workspace::nav(r, caller, workspace)?;
            let manages = authz::grant::<may::ManageProtection>(r, caller, workspace).is_ok();
            Ok::<_, Fault>((nav, manages))
        })
        .await?;
    render(&Page {
        steers: nav.mode.portal_steers(),
        frame: Frame::within(&cx, nav, Here::Quarantine),
        workspace,
        item,
        manages,
    })
}
