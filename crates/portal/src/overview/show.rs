//! The workspace's first page, and the same facts for programs.

use super::{
    chart::{self, Chart, Day},
    facts::Facts,
    happened::{self, Event},
    todo::Todo,
};
use crate::{
    base::{
        authz::{self, Action, Deleted, Grant, Role, may},
        error::Fault,
        lang::Lang,
        web::{Cx, Frame, Here, Json, Params, Problems, Wall, render, see_other},
    },
    licence::{Licence, State, days_up},
    workspace,
};
use askama::Template;
use axum::response::Response;
use jiff::Timestamp;
use rempart_wire::WorkspaceId;
use serde::Serialize;
use utoipa::ToSchema;

/// How a workspace is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Overview {
    /// How its devices are; retired ones are not counted.
    devices: Devices,
    /// What was found in each of the last thirty days (UTC), oldest first.
    detections: Vec<DayOfDetections>,
    /// Files that are in quarantine now.
    quarantined_files: u64,
    /// Files found in thirty days that are still where they were.
    files_in_place: u64,
    /// Scans that are queued or running.
    open_scans: u64,
    /// The licence's seats; absent while there is no licence.
    seats: Option<Seats>,
    /// What to do next, the most pressing first: `settle_detections`, `attach_licence`, `renew_licence`,
    /// `replace_licence`, `enrol_duplicates`, `look_at_devices`, `look_at_quarantine`, `add_device`, `first_scan`,
    /// `add_seats`, `expiring_licence`, `find_offline_devices`.
    todo: Vec<&'static str>,
}

/// How devices are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OverviewDevices)]
struct Devices {
    /// Connected and well.
    protected: u64,
    /// Somebody should look.
    attention: u64,
    /// Not connected.
    offline: u64,
    /// Of all these, with malicious files still in place.
    in_danger: u64,
    /// All of them.
    total: u64,
}

/// What was found in one day.
#[derive(Debug, Serialize, ToSchema)]
struct DayOfDetections {
    /// The day, UTC: `2027-03-01`.
    date: String,
    /// Moved into quarantine.
    quarantined: u64,
    /// Left in place on purpose.
    reported: u64,
    /// Could not be moved.
    quarantine_failed: u64,
}

/// Seats of the licence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OverviewSeats)]
struct Seats {
    /// In all.
    total: u64,
    /// Taken.
    used: u64,
    /// When the licence ends.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

impl From<&Facts> for Overview {
    fn from(facts: &Facts) -> Self {
        let day = |day: &Day| DayOfDetections {
            date: day.date.to_string(),
            quarantined: day.counts[0],
            reported: day.counts[1],
            quarantine_failed: day.counts[2],
        };
        Self {
            devices: Devices {
                protected: facts.devices.protected,
                attention: facts.devices.attention,
                offline: facts.devices.offline,
                in_danger: facts.unsettled.devices,
                total: facts.devices.total,
            },
            detections: facts.days.iter().map(day).collect(),
            quarantined_files: facts.held.files,
            files_in_place: facts.unsettled.files,
            open_scans: facts.scans_open,
            seats: facts.licence.as_ref().map(|licence| Seats {
                total: licence.seats,
                used: licence.seats_used,
                expires_at: licence.expires_at,
            }),
            todo: facts.todo().into_iter().map(|todo| todo.kind.code()).collect(),
        }
    }
}

/// How a workspace is: its devices, what was found, its seats, what to do next.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/overview",
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 200, description = "As it is now.", body = Overview), Problems))]
pub(super) async fn api(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Json<Overview>, Fault> {
    let (caller, now) = (cx.caller()?, cx.app.clock.now());
    let facts = cx
        .app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            let nav = workspace::nav(r, caller, workspace)?;
            Facts::gather(r, workspace, nav.mode, now)
        })
        .await?;
    Ok(Json(Overview::from(&facts)))
}

#[derive(Template)]
#[template(path = "overview/show.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    facts: Facts,
    chart: Chart,
    todo: Vec<Todo>,
    events: Vec<Event>,
    manages: bool,
    licences: bool,
    steers: bool,
    now: Timestamp,
}

pub(super) async fn page(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Response, Fault> {
    let (caller, now, l) = (cx.caller()?, cx.app.clock.now(), cx.lang);
    let read = cx.app.db.read(move |r| {
        let role = authz::check(r, caller, workspace, Action::SeeWorkspace, Deleted::Hidden)?;
        let nav = workspace::nav(r, caller, workspace)?;
        if !Action::SeeProtection.allowed(role) {
            return Ok::<_, Fault>((role, nav, None));
        }
        let facts = Facts::gather(r, workspace, nav.mode, now)?;
        let events = happened::latest(r, workspace, caller.account, l, now)?;
        Ok((role, nav, Some((facts, events))))
    });
    let (role, nav, seen) = read.await?;
    // Whoever sees the licence only has nothing to see here.
    let Some((facts, events)) = seen else {
        return Ok(see_other(&format!("/workspaces/{workspace}/settings")));
    };
    let mut todo = facts.todo();
    todo.retain(|todo| todo.is_for(role));
    render(&Page {
        steers: nav.mode.portal_steers(),
        frame: Frame::within(&cx, nav, Here::Overview),
        workspace,
        chart: chart::chart(&facts.days),
        todo,
        events,
        manages: may_manage(role),
        licences: Action::ManageLicence.allowed(role),
        facts,
        now,
    })
}

fn may_manage(role: Role) -> bool {
    Action::ManageProtection.allowed(role)
}

impl Page {
    fn l(&self) -> Lang {
        self.frame.l
    }

    /// The sentence a person came for.
    fn lead(&self) -> String {
        let (l, facts) = (self.l(), &self.facts);
        let devices = &facts.devices;
        let name = facts.unsettled.device_name.clone().unwrap_or_default();
        if devices.total == 0 {
            return l.t(if facts.licence.is_some() {
                "overview-lead-no-devices"
            } else {
                "overview-lead-no-licence"
            });
        }
        match (&facts.unsettled, devices.attention, devices.offline) {
            (unsettled, _, _) if unsettled.devices == 1 => l.t2(
                "overview-lead-danger-one",
                ("n", unsettled.files),
                ("device", name),
            ),
            (unsettled, _, _) if unsettled.devices > 1 => l.t2(
                "overview-lead-danger",
                ("n", unsettled.files),
                ("devices", unsettled.devices),
            ),
            (_, attention, _) if attention > 0 => l.t1("overview-lead-attention", "n", attention),
            (_, _, offline) if offline > 0 && devices.protected > 0 => {
                l.t1("overview-lead-offline", "n", offline)
            }
            (_, _, offline) if offline > 0 => l.t1("overview-lead-all-offline", "n", offline),
            _ => l.t1("overview-lead-protected", "n", devices.total),
        }
    }

    fn description(&self) -> String {
        let l = self.l();
        let mut text = l.t1("chart-total", "n", self.chart.total);
        if let Some(peak) = self.chart.peak {
            text.push(' ');
            text.push_str(&l.t2("chart-peak", ("n", peak.total()), ("day", l.day(peak.date))));
        }
        text.push(' ');
        text.push_str(&l.t1("chart-failed", "n", self.chart.totals[2]));
        text
    }

    /// Five days for the axis, evenly apart.
    fn axis(&self) -> Vec<String> {
        [0, 7, 15, 22, 29]
            .into_iter()
            .filter_map(|at| self.facts.days.get(at))
            .map(|day| self.l().day(day.date))
            .collect()
    }

    /// The days as a table, newest first.
    fn figures(&self) -> Vec<(String, Vec<String>)> {
        let row = |day: &Day| {
            let cells = day.counts.map(|count| self.l().number(count));
            (self.l().day(day.date), cells.to_vec())
        };
        self.facts.days.iter().rev().map(row).collect()
    }

    /// Place, name and total of each.
    fn series(&self) -> Vec<(usize, String, String)> {
        ["chart-quarantined", "chart-reported", "chart-quarantine-failed"]
            .into_iter()
            .zip(self.chart.totals)
            .zip(1..)
            .map(|((key, total), place)| (place, self.l().t(key), self.l().number(total)))
            .collect()
    }

    fn wall(&self, licence: &Licence) -> Wall {
        Wall::new(licence.seats_used, licence.seats)
    }

    fn seats_label(&self, licence: &Licence) -> String {
        self.l().t2(
            "overview-seats-taken",
            ("used", licence.seats_used),
            ("total", licence.seats),
        )
    }

    fn licence_state(&self, licence: &Licence) -> State {
        licence.state(self.now)
    }

    /// How far the end of the licence is.
    fn licence_left(&self, licence: &Licence) -> Option<String> {
        let l = self.l();
        let left = licence.expires_at?.duration_since(self.now);
        Some(if left.is_positive() {
            l.t1("overview-licence-days-left", "n", days_up(left))
        } else {
            l.t1(
                "overview-licence-days-over",
                "n",
                left.as_hours().unsigned_abs() / 24,
            )
        })
    }
}

#[cfg(test)]
mod tests;
