//! What was found in a workspace, on one device or by one scan, newest first.

use super::{
    action::Action,
    store::{self, Wanted},
    view::Detection,
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
use rempart_wire::{DeviceId, ScanId, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which detections.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only this device's.
    #[param(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    device: Option<DeviceId>,
    /// Only what this scan found.
    #[param(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    scan: Option<ScanId>,
    /// Only what ended so: `quarantined`, `reported` or `quarantine_failed`.
    #[serde(default)]
    action: Option<String>,
    /// What the page before gave as `next`.
    #[serde(default)]
    cursor: Option<String>,
    /// Rows wanted: 1 to 200, 50 when not said.
    #[serde(default)]
    limit: Option<u32>,
}

impl Filter {
    fn action(&self) -> Result<Option<Action>, Fault> {
        let Some(text) = self.action.as_deref().filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        Action::parse(text)
            .map(Some)
            .ok_or_else(|| Fault::new(Code::InvalidField).at("action").arg("detail", text))
    }

    fn wanted(&self) -> Result<Wanted, Fault> {
        let cursor = Cursor {
            cursor: self.cursor.clone(),
            limit: self.limit,
        };
        Ok(Wanted {
            device: self.device,
            scan: self.scan,
            action: self.action()?,
            after: cursor.after_time()?,
            limit: cursor.limit(),
        })
    }

    /// The address's query, with another cursor; the device or scan left out when wanted.
    fn query(&self, keep_place: bool, cursor: Option<&str>) -> String {
        let mut parts = Vec::new();
        if let (Some(device), true) = (self.device, keep_place) {
            parts.push(format!("device={device}"));
        }
        if let (Some(scan), true) = (self.scan, keep_place) {
            parts.push(format!("scan={scan}"));
        }
        if let Ok(Some(action)) = self.action() {
            parts.push(format!("action={}", action.as_str()));
        }
        parts.extend(cursor.map(|cursor| format!("cursor={cursor}")));
        format!("?{}", parts.join("&"))
    }
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, filter: &Filter) -> Result<List<Detection>, Fault> {
    let (caller, wanted) = (cx.caller()?, filter.wanted()?);
    let found = cx
        .app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            Ok::<_, Fault>(store::list(r, workspace, &wanted)?)
        })
        .await?;
    Ok(List::paged(found, wanted.limit, |one| {
        (one.at.as_microsecond().to_string(), one.detection.0)
    }))
}

/// What was found in a workspace, newest first.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/detections",
    params(("workspace" = uuid::Uuid, Path), Filter),
    responses((status = 200, description = "One page.", body = List<Detection>), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<Detection>>, Fault> {
    Ok(Json(run(&cx, workspace, &filter).await?))
}

#[derive(Template)]
#[template(path = "detection/list.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    found: Vec<Detection>,
    next: Option<String>,
    first: bool,
    filter: Filter,
    /// What the list is narrowed to: a device's name, or "one scan".
    place: Option<String>,
    reports: bool,
    now: Timestamp,
}

impl Page {
    fn chosen(&self, action: &str) -> bool {
        self.filter.action.as_deref() == Some(action)
    }

    fn filtered(&self) -> bool {
        self.place.is_some() || self.filter.action().is_ok_and(|action| action.is_some())
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
    let (nav, device_name) = cx
        .app
        .db
        .read(move |r| {
            let nav = workspace::nav(r, caller, workspace)?;
            let name = device
                .map(|device| device::name(r, workspace, device))
                .transpose()?;
            Ok::<_, Fault>((nav, name))
        })
        .await?;
    let place = device_name.or_else(|| filter.scan.map(|_| cx.lang.t("detections-one-scan")));
    render(&Page {
        reports: nav.mode.device_reports(),
        frame: Frame::within(&cx, nav, Here::Detections),
        workspace,
        found: list.items,
        next: list.next,
        first: filter.cursor.is_none(),
        filter,
        place,
        now: cx.app.clock.now(),
    })
}

#[cfg(test)]
mod tests;
