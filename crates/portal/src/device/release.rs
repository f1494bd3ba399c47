//! Devices give their seats back without being retired: they stay enrolled and go on protecting with what they have. One
//! that speaks again takes a seat again, if one is free; if none is, it is told, and so is whoever looks. All devices not
//! heard of for 60 days can be asked for at once.

use super::{
    list::moment,
    store::list::{self as sql, Moment},
    view::Device,
};
use crate::{
    base::{
        authz::{self, Grant, may},
        db::{Read, Signal},
        error::{Code, Fault},
        web::{Cx, Form, Frame, Here, Json, Params, Problems, Said, render, see_other},
    },
    licence::{self, Release, Released},
    workspace,
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use rempart_wire::{DeviceId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// So many can be named at once.
const MOST: usize = 200;
/// So many are named in the question; of the others their number is said.
const NAMED: usize = 8;

/// Whose seats.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = SeatHolders)]
pub(super) enum Holders {
    /// These devices', 200 at most.
    #[schema(value_type = Vec<uuid::Uuid>)]
    Some(Vec<DeviceId>),
    /// `"silent"`: of all not heard of for 60 days.
    Silent(Silent),
}

/// The word for every silent device of the workspace.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SilentDevices)]
pub(super) enum Silent {
    /// Every device that holds a seat and was not heard of for 60 days.
    Silent,
}

/// Whose seats are given back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = SeatRelease)]
pub(super) struct Input {
    /// A list of device ids, or `"silent"`.
    devices: Holders,
}

/// How the seats are now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SeatsReleased)]
pub(super) struct Answer {
    /// Seats given back; devices that held none are not counted.
    released: u64,
    /// Seats still held.
    seats_used: u64,
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, input: Input) -> Result<Released, Fault> {
    let caller = cx.caller()?;
    let event = cx.event("device.release_seats").in_workspace(workspace);
    let whose = match input.devices {
        Holders::Silent(Silent::Silent) => Release::Silent,
        Holders::Some(devices) => Release::Of(tidy(devices)?),
    };
    cx.app
        .db
        .write(move |mut tx| {
            let _: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            if let Release::Of(devices) = &whose {
                for device in devices {
                    super::name(&mut tx, workspace, *device)?;
                }
            }
            let Some(released) = licence::release_seats(&mut tx, workspace, &whose)? else {
                let name = authz::nav(&mut tx, caller, workspace)?.name;
                return Err(Fault::new(Code::WorkspaceWithoutLicence).arg("workspace", name));
            };
            tx.signal(Signal::Settings(workspace));
            let event = event.on("licence", released.licence).with(json!({
                "devices": released.seats,
                "silent": matches!(whose, Release::Silent),
                "before": { "seats_used": released.before },
                "after": { "seats_used": released.before - released.seats },
            }));
            Ok(tx.commit(event, released)?)
        })
        .await
}

fn tidy(mut devices: Vec<DeviceId>) -> Result<Vec<DeviceId>, Fault> {
    devices.sort_unstable();
    devices.dedup();
    devices.truncate(MOST);
    if devices.is_empty() {
        return Err(Fault::new(Code::NothingChosen).at("devices"));
    }
    Ok(devices)
}

/// Release the seats of devices; they stay enrolled. A device that speaks again takes a seat again, if one is free.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/devices/release-seats", request_body = Input,
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 200, description = "Released.", body = Answer), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Json(input): Json<Input>,
) -> Result<Json<Answer>, Fault> {
    let released = run(&cx, workspace, input).await?;
    Ok(Json(Answer {
        released: released.seats,
        seats_used: released.before - released.seats,
    }))
}

/// What was ticked, or all that are silent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    device: Vec<DeviceId>,
    silent: bool,
}

impl Fields {
    fn input(&self) -> Input {
        Input {
            devices: match self.silent {
                true => Holders::Silent(Silent::Silent),
                false => Holders::Some(self.device.clone()),
            },
        }
    }
}

#[derive(Template)]
#[template(path = "device/release.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    silent: bool,
    /// Those named in the question.
    devices: Vec<Device>,
    ids: Vec<DeviceId>,
    now: Timestamp,
    /// Seats that will be free.
    seats: u64,
    /// Devices too many that will be left.
    over: u64,
    said: Said,
}

impl Page {
    fn seen(&self, device: &Device) -> String {
        let l = self.frame.l;
        l.t1("release-seen", "ago", l.ago(device.last_seen_at, self.now))
    }

    /// Devices that are not named.
    fn others(&self) -> u64 {
        self.seats.saturating_sub(self.devices.len() as u64)
    }
}

/// Those among `fields` that hold a seat, as many as are named, and how many there are.
fn chosen(
    r: &mut impl Read,
    workspace: WorkspaceId,
    fields: &Fields,
    moment: &Moment,
) -> Result<(Vec<Device>, u64), Fault> {
    if fields.silent {
        let since = Some(licence::silent_since(moment.now));
        let named = sql::seated(r, workspace, since, NAMED as u32, moment)?;
        return Ok((named, licence::silent(r, workspace, moment.now)?));
    }
    let (mut named, mut seats) = (Vec::new(), 0);
    for device in tidy(fields.device.clone())? {
        let device = sql::find(r, workspace, device, moment)?.ok_or(Code::NotFound)?;
        seats += u64::from(device.seat);
        if device.seat && named.len() < NAMED {
            named.push(device);
        }
    }
    Ok((named, seats))
}

async fn ask(cx: &Cx, workspace: WorkspaceId, fields: Fields) -> Result<Response, Fault> {
    let (caller, portal, now) = (cx.caller()?, cx.app.config.public_url.clone(), cx.app.clock.now());
    let (silent, ids) = (fields.silent, fields.device.clone());
    let (nav, devices, seats, over, fault) = cx
        .app
        .db
        .read(move |r| {
            let _: Grant<may::ManageProtection> = authz::grant(r, caller, workspace)?;
            let nav = workspace::nav(r, caller, workspace)?;
            let moment = moment(r, workspace, (&portal, now))?;
            let licence = licence::for_workspace(r, workspace)?;
            let (devices, seats, fault) = match chosen(r, workspace, &fields, &moment) {
                Ok((_, 0)) => (
                    Vec::new(),
                    0,
                    Some(Fault::new(Code::NoSeatToRelease).at("devices")),
                ),
                Ok((devices, seats)) => (devices, seats, None),
                Err(fault) if fault.code == Code::NothingChosen => (Vec::new(), 0, Some(fault)),
                Err(fault) => return Err(fault),
            };
            let over = licence.map_or(0, |licence| {
                licence.seats_used.saturating_sub(licence.seats + seats)
            });
            Ok::<_, Fault>((nav, devices, seats, over, fault))
        })
        .await?;
    let page = render(&Page {
        frame: Frame::within(cx, nav, Here::Devices),
        workspace,
        silent,
        devices,
        ids,
        now,
        seats,
        over,
        said: fault
            .as_ref()
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
    })?;
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
    ask(&cx, workspace, fields).await
}

pub(super) async fn page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    match run(&cx, workspace, fields.input()).await {
        Ok(_) => Ok(see_other(&format!(
            "/workspaces/{workspace}/devices/seats?said=seats-released"
        ))),
        Err(fault) if fault.code == Code::NothingChosen => ask(&cx, workspace, fields).await,
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests;
