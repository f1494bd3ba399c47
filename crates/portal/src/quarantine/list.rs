//! What a workspace, or one device, has in quarantine, newest first; what left it, when asked for.

use super::{
    state::ItemState,
    store::{self, Wanted},
    view::QuarantineItem,
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
use rempart_wire::{DeviceId, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which items.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only this device's.
    #[param(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    device: Option<DeviceId>,
    /// Only those in this state; all that are in quarantine when not said.
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
    fn state(&self) -> Result<Option<ItemState>, Fault> {
        let Some(text) = self.state.as_deref().filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        ItemState::parse(text)
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

    fn query(&self, keep_device: bool, cursor: Option<&str>) -> String {
        let mut parts = Vec::new();
        if let (Some(device), true) = (self.device, keep_device) {
            parts.push(format!("device={device}"));
        }
        if let Ok(Some(state)) = self.state() {
            parts.push(format!("state={}", state.as_str()));
        }
        parts.extend(cursor.map(|cursor| format!("cursor={cursor}")));
        format!("?{}", parts.join("&"))
    }
}

pub(super) async fn run(
    cx: &Cx,
    workspace: WorkspaceId,
    filter: &Filter,
) -> Result<List<QuarantineItem>, Fault> {
    let (caller, wanted) = (cx.caller()?, filter.wanted()?);
    let items = cx
        .app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            Ok::<_, Fault>(store::list(r, workspace, &wanted)?)
        })
        .await?;
    Ok(List::paged(items, wanted.limit, |item| {
        (item.quarantined_at.as_microsecond().to_string(), item.item.0)
    }))
}

/// What is in quarantine, newest first.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/quarantine",
    params(("workspace" = uuid::Uuid, Path), Filter),
    responses((status = 200, description = "One page.", body = List<QuarantineItem>), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<QuarantineItem>>, Fault> {
    Ok(Json(run(&cx, workspace, &filter).await?))
}

#[derive(Template)]
#[template(path = "quarantine/list.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    items: Vec<QuarantineItem>,
    next: Option<String>,
    first: bool,
    filter: Filter,
    device_name: Option<String>,
    manages: bool,
    steers: bool,
    reports: bool,
    now: Timestamp,
}

impl Page {
    fn chosen(&self, state: &str) -> bool {
        self.filter.state.as_deref().unwrap_or_default() == state
    }

    fn filtered(&self) -> bool {
        self.device_name.is_some() || !self.chosen("")
    }

    /// Whether anything on this page can be ticked.
    fn acts(&self) -> bool {
        self.manages && self.items.iter().any(QuarantineItem::is_free)
    }
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
        reports: nav.mode.device_reports(),
        frame: Frame::within(&cx, nav, Here::Quarantine),
        workspace,
        items: list.items,
        next: list.next,
        first: filter.cursor.is_none(),
        filter,
        device_name,
        manages,
        now: cx.app.clock.now(),
    })
}

#[cfg(test)]
mod tests;
