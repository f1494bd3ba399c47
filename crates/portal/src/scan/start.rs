//! A person asks devices to scan: one, several, or all of the workspace. Each device that is not already at it gets an
//! order and has a day to take it; a device that is off begins when it is back.

use super::{
    LIFETIME,
    store::{self, Candidate, NewScan},
    target::Target,
    view::Scan,
};
use crate::{
    base::{
        authz::{self, Grant, may},
        db::Tx,
        error::{Code, Fault},
        web::{Cx, Form, Frame, Here, Json, Params, Problems, Said, render, see_other},
    },
    device, workspace,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use rempart_wire::{DeviceId, OrderBody, ScanId, ScanTarget, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Up to this many computers are offered one by one.
const LISTED: usize = 12;

/// Which devices.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = ScanDevices)]
pub(super) enum Devices {
    /// These.
    #[schema(value_type = Vec<uuid::Uuid>)]
    Some(Vec<DeviceId>),
    /// `"all"` of the workspace.
    All(All),
}

/// The word for every device of the workspace.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AllDevices)]
pub(super) enum All {
    /// Every device that holds a seat.
    All,
}

/// What to scan.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = ScanRequest)]
pub(super) struct Input {
    /// A list of device ids, or `"all"`.
    devices: Devices,
    /// Where to look.
    target: Target,
}

/// The scans that are now under way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StartedScans)]
pub(super) struct Started {
    /// One for each device.
    scans: Vec<Scan>,
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, input: Input) -> Result<Vec<ScanId>, Fault> {
    let caller = cx.caller()?;
    let event = cx.event("scan.start").in_workspace(workspace);
    let target = input.target.parse()?;
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            let devices = match input.devices {
                Devices::All(All::All) => store::candidates(&mut tx, workspace)?,
                Devices::Some(ids) => chosen(&mut tx, workspace, ids)?,
            };
            if devices.is_empty() {
                return Err(Fault::new(Code::NothingChosen).at("devices"));
            }
            let scans = order(&mut tx, &grant, &devices, &target)?;
            let event = match (devices.as_slice(), scans.as_slice()) {
                ([device], [scan]) => event
                    .on("device", device.id)
                    .with(json!({ "devices": 1, "scan": scan })),
                _ => event.with(json!({ "devices": devices.len() })),
            };
            Ok(tx.commit(event, scans)?)
        })
        .await
}

fn chosen(tx: &mut Tx<'_>, workspace: WorkspaceId, mut ids: Vec<DeviceId>) -> Result<Vec<Candidate>, Fault> {
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter()
        .map(|id| store::candidate(tx, workspace, id))
        .collect()
}

fn order(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    devices: &[Candidate],
    target: &ScanTarget,
) -> Result<Vec<ScanId>, Fault> {
    let under_way: HashMap<DeviceId, ScanId> = store::under_way(tx, grant.workspace, target)?
        .into_iter()
        .collect();
    let mut scans = Vec::with_capacity(devices.len());
    for device in devices {
        if let Some(known) = under_way.get(&device.id) {
            scans.push(*known);
            continue;
        }
        let id: ScanId = tx.id();
        let body = OrderBody::Scan {
            scan: id,
            target: target.clone(),
        };
        let order = device::order::give(tx, grant, device.id, body, LIFETIME)?;
        store::add(
            tx,
            grant,
            &NewScan {
                id,
                device: device.id,
                order,
                target: target.clone(),
            },
        )?;
        scans.push(id);
    }
    Ok(scans)
}

/// Ask devices to scan. A device that already does, at the same place, is not asked again.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/scans", request_body = Input,
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 201, description = "Asked for.", body = Started), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Json(input): Json<Input>,
) -> Result<(StatusCode, Json<Started>), Fault> {
    let ids = run(&cx, workspace, input).await?;
    let scans = cx
        .app
        .db
        .read(move |r| {
            ids.into_iter()
                .map(|id| store::find(r, workspace, id))
                .collect::<Result<Vec<_>, Fault>>()
        })
        .await?;
    Ok((StatusCode::CREATED, Json(Started { scans })))
}

/// The form's fields.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    device: Vec<DeviceId>,
    #[serde(default)]
    all: Option<String>,
    #[serde(default)]
    target: Option<String>,
    #[serde(default)]
    path: String,
}

impl Fields {
    fn input(&self) -> Input {
        Input {
            devices: if self.all.is_some() {
                Devices::All(All::All)
            } else {
                Devices::Some(self.device.clone())
            },
            target: if self.target.as_deref() == Some("path") {
                Target::Path {
                    path: self.path.clone(),
                }
            } else {
                Target::UsualPlaces
            },
        }
    }
}

struct Choice {
    candidate: Candidate,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "scan/start.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    said: Said,
    fields: Fields,
    /// Offered with a box each.
    choices: Vec<Choice>,
    /// Too many to be offered one by one.
    all: usize,
    steers: bool,
}

impl Page {
    fn at_path(&self) -> bool {
        self.fields.target.as_deref() == Some("path")
    }
}

async fn show(
    cx: &Cx,
    workspace: WorkspaceId,
    fields: Fields,
    fault: Option<Fault>,
) -> Result<Response, Fault> {
    let caller = cx.caller()?;
    let asked = fields.device.clone();
    let (nav, known) = cx
        .app
        .db
        .read(move |r| {
            let nav = workspace::nav(r, caller, workspace)?;
            Ok::<_, Fault>((nav, store::candidates(r, workspace)?))
        })
        .await?;
    let (mut choices, mut all) = (Vec::new(), 0);
    if !asked.is_empty() && fields.all.is_none() {
        choices.extend(known.into_iter().filter(|one| asked.contains(&one.id)));
    } else if known.len() <= LISTED {
        choices = known;
    } else {
        all = known.len();
    }
    let page = Page {
        steers: nav.mode.portal_steers(),
        frame: Frame::within(cx, nav, Here::Scans),
        workspace,
        said: fault
            .as_ref()
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
        choices: choices
            .into_iter()
            .map(|candidate| Choice {
                candidate,
                // Whoever unticked them all meant to tick some.
                ticked: !fault
                    .as_ref()
                    .is_some_and(|fault| fault.code == Code::NothingChosen),
            })
            .collect(),
        all,
        fields,
    };
    let page = render(&page)?;
    Ok(match fault {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(super) async fn form(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    show(&cx, workspace, fields, None).await
}

pub(super) async fn page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    match run(&cx, workspace, fields.input()).await {
        Ok(scans) => Ok(match scans.as_slice() {
            [scan] => see_other(&format!("/workspaces/{workspace}/scans/{scan}?said=scan-started")),
            _ => see_other(&format!("/workspaces/{workspace}/scans?said=scans-started")),
        }),
        Err(fault)
            if matches!(
                fault.code,
                Code::ScanPathInvalid | Code::NothingChosen | Code::ManagedLocally | Code::DeviceRetired
            ) =>
        {
            show(&cx, workspace, fields, Some(fault)).await
        }
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests;
