//! A workspace's devices, by name.

use super::{
    Counts, counts,
    settings::Wanted as Settings,
    store::list::{self as sql, Moment, Wanted},
    view::{Device, State},
    words,
};
use crate::{
    base::{
        authz::{self, Grant, may},
        db::Read,
        error::{Code, Fault},
        lang::Lang,
        web::{Cursor, Cx, Form, Frame, Here, Json, List, Params, Problems, Query, render},
    },
    licence::{self, Seat},
    workspace,
};
use askama::Template;
use axum::response::Response;
use jiff::Timestamp;
use rempart_wire::WorkspaceId;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which devices.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Words in the name, the host name, the address or the system.
    #[serde(default)]
    q: String,
    /// `protected`, `attention`, `offline` or `retired`; all but the retired when not said.
    #[serde(default)]
    state: String,
    /// `silent`: those not heard of for 60 days.
    #[serde(default)]
    seen: String,
    /// What the page before gave as `next`.
    #[serde(default)]
    cursor: Option<String>,
    /// Rows wanted: 1 to 200, 50 when not said.
    #[serde(default)]
    limit: Option<u32>,
}

impl Filter {
    fn wanted(&self, now: Timestamp) -> Result<Wanted, Fault> {
        let state = match self.state.as_str() {
            "" => None,
            text => Some(
                State::parse(text)
                    .ok_or_else(|| Fault::new(Code::InvalidField).at("state").arg("detail", text))?,
            ),
        };
        let heard_before = match self.seen.as_str() {
            "" => None,
            "silent" => Some(licence::silent_since(now)),
            text => return Err(Fault::new(Code::InvalidField).at("seen").arg("detail", text)),
        };
        let cursor = Cursor {
            cursor: self.cursor.clone(),
            limit: self.limit,
        };
        Ok(Wanted {
            pattern: Some(self.q.trim())
                .filter(|text| !text.is_empty())
                .map(|text| words::pattern(&words::tame(text, 100))),
            state,
            heard_before,
            after: cursor.after()?,
            limit: cursor.limit(),
        })
    }

    fn is_on(&self) -> bool {
        !self.q.trim().is_empty() || !self.state.is_empty() || !self.seen.is_empty()
    }

    fn is_silent(&self) -> bool {
        self.seen == "silent"
    }

    /// The filter as it stands in an address, without the place in the list.
    fn query(&self) -> String {
        let q: String = self.q.bytes().fold(String::new(), |mut out, byte| {
            use std::fmt::Write;
            if byte.is_ascii_alphanumeric() {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
            out
        });
        format!(
            "q={q}&state={}&seen={}",
            State::parse(&self.state).map_or("", State::as_str),
            if self.is_silent() { "silent" } else { "" }
        )
    }
}

/// What is shown depends on the moment and on the settings that are wanted.
pub(super) fn moment(
    r: &mut impl Read,
    workspace: WorkspaceId,
    (portal, now): (&str, Timestamp),
) -> Result<Moment, Fault> {
    let mut hash = |seat| {
        let wanted = Settings::read(r, workspace, portal, seat)?;
        Ok::<_, Fault>(wanted.map(|wanted| wanted.hash).unwrap_or_default())
    };
    Ok(Moment {
        now,
        settings_hash: hash(Seat::Held)?,
        seatless_hash: hash(Seat::Missing)?,
    })
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, filter: &Filter) -> Result<List<Device>, Fault> {
    let (caller, now) = (cx.caller()?, cx.app.clock.now());
    let wanted = filter.wanted(now)?;
    let (portal, limit) = (cx.app.config.public_url.clone(), wanted.limit);
    let devices = cx
        .app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            let moment = moment(r, workspace, (&portal, now))?;
            Ok::<_, Fault>(sql::list(r, workspace, &wanted, &moment)?)
        })
        .await?;
    Ok(List::paged(devices, limit, |device| {
        (device.name_key.clone(), device.id.0)
    }))
}

/// The devices of a workspace, by name.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/devices",
    params(("workspace" = uuid::Uuid, Path), Filter),
    responses((status = 200, description = "One page.", body = List<Device>), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<Device>>, Fault> {
    run(&cx, workspace, &filter).await.map(Json)
}

/// Seats taken, and in all.
struct Seats {
    used: u64,
    all: u64,
}

impl Seats {
    fn words(&self, lang: &Lang) -> String {
        lang.t2("devices-seats", ("used", self.used), ("all", self.all))
    }
}

#[derive(Template)]
#[template(path = "device/list.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    devices: Vec<Device>,
    next: Option<String>,
    filter: Filter,
    counts: Counts,
    seats: Option<Seats>,
    manages: bool,
    steers: bool,
    now: Timestamp,
}

impl Page {
    /// What is done about several at once, below the workspace; scans only where they can be asked for here.
    fn ticked(&self) -> &'static str {
        if self.steers {
            "scans/new"
        } else {
            "devices/release"
        }
    }
}

pub(super) async fn page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(filter): Form<Filter>,
) -> Result<Response, Fault> {
    let (caller, now) = (cx.caller()?, cx.app.clock.now());
    let list = run(&cx, workspace, &filter).await?;
    let (nav, counts, seats, manages) = cx
        .app
        .db
        .read(move |r| {
            let nav = workspace::nav(r, caller, workspace)?;
            let seats = licence::for_workspace(r, workspace)?.map(|licence| Seats {
                used: licence.seats_used,
                all: licence.seats,
            });
            let manages = authz::grant::<may::ManageProtection>(r, caller, workspace).is_ok();
            Ok::<_, Fault>((nav, counts(r, workspace, now)?, seats, manages))
        })
        .await?;
    render(&Page {
        steers: nav.mode.portal_steers(),
        frame: Frame::within(&cx, nav, Here::Devices),
        workspace,
        devices: list.items,
        next: list.next,
        filter,
        counts,
        seats,
        manages,
        now,
    })
}

#[cfg(test)]
mod tests;
