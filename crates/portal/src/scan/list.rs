//! The scans of a workspace, or of one device, newest first.

use super::{
    state::ScanState,
    store::{self, Wanted},
    view::Scan,
};
use crate::{
    base::{
        authz::{self, Grant, may},
        error::{Code, Fault},
        web::{Cursor, Cx, Form, Frame, Here, Json, List, Params, Problems, Query, render},
    },
    device, workspace,
};
use askama::Template;
use axum::response::Response;
use jiff::Timestamp;
use rempart_wire::{AccountId, DeviceId, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which scans.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only this device's.
    #[param(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    device: Option<DeviceId>,
    /// Only those in this state.
    #[serde(default)]
    state: Option<String>,
    /// What the page before gave as `next`.
    #[serde(default)]
    cursor: Option<String>,
    /// Rows wanted: 1 to 200, 50 when not said.
    #[serde(default)]
    limit: Option<u32>,
}

impl Filter {
    fn state(&self) -> Result<Option<ScanState>, Fault> {
        let Some(text) = self.state.as_deref().filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        ScanState::parse(text)
            .map(Some)
            .ok_or_else(|| Fault::new(Code::InvalidField).at("state").arg("detail", text))
    }

    fn wanted(&self) -> Result<Wanted, Fault> {
        let cursor = Cursor {
            cursor: self.cursor.clone(),
            limit: self.limit,
        };
        Ok(Wanted {
            device: self.device,
            state: self.state()?,
            after: cursor.after_time()?,
            limit: cursor.limit(),
        })
    }
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, filter: &Filter) -> Result<List<Scan>, Fault> {
    let (caller, wanted) = (cx.caller()?, filter.wanted()?);
    let mut scans = cx
        .app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            Ok::<_, Fault>(store::list(r, workspace, &wanted)?)
        })
        .await?;
    for scan in &mut scans {
        scan.look(&cx.app.devices);
    }
    Ok(List::paged(scans, wanted.limit, |scan| {
        (scan.created_at.as_microsecond().to_string(), scan.scan.0)
    }))
}

/// The scans of a workspace, newest first.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/scans",
    params(("workspace" = uuid::Uuid, Path), Filter),
    responses((status = 200, description = "One page.", body = List<Scan>), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<Scan>>, Fault> {
    Ok(Json(run(&cx, workspace, &filter).await?))
}

#[derive(Template)]
#[template(path = "scan/list.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    steers: bool,
    manages: bool,
    scans: Vec<Scan>,
    next: Option<String>,
    first: bool,
    filter: Filter,
    device_name: Option<String>,
    moving: bool,
    me: AccountId,
    now: Timestamp,
}

pub(super) async fn page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(filter): Form<Filter>,
) -> Result<Response, Fault> {
    let caller = cx.caller()?;
    let list = run(&cx, workspace, &filter).await?;
    let device = filter.device;
    let (nav, manages, device_name) = cx
        .app
        .db
        .read(move |r| {
            let nav = workspace::nav(r, caller, workspace)?;
            let manages = authz::grant::<may::ManageProtection>(r, caller, workspace).is_ok();
            let name = device
                .map(|device| device::name(r, workspace, device))
                .transpose()?;
            Ok::<_, Fault>((nav, manages, name))
        })
        .await?;
    render(&Page {
        steers: nav.mode.portal_steers(),
        manages,
        frame: Frame::within(&cx, nav, Here::Scans),
        workspace,
        moving: list.items.iter().any(|scan| scan.state.is_open()),
        scans: list.items,
        next: list.next,
        first: filter.cursor.is_none(),
        filter,
        device_name,
        me: caller.account,
        now: cx.app.clock.now(),
    })
}

#[cfg(test)]
mod tests;
