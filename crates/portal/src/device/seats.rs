//! Who holds the seats of a workspace's licence, the longest silent first, to choose those that give theirs back.

use super::{
    list::moment,
    store::list::{self as sql},
    view::Device,
};
use crate::{
    base::{
        authz::{self, Grant, may},
        error::Fault,
        web::{Cx, Frame, Here, Params, Query, render},
    },
    licence::{self, Licence},
    workspace,
};
use askama::Template;
use axum::response::Response;
use jiff::Timestamp;
use rempart_wire::WorkspaceId;
use serde::Deserialize;

/// So many are shown; releasing some makes room for the next.
const SHOWN: u32 = 100;

/// What stands after the `?`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Only those not heard of for 60 days.
    silent: bool,
}

#[derive(Template)]
#[template(path = "device/seats.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    licence: Option<Licence>,
    devices: Vec<Device>,
    /// Devices that hold a seat and are silent.
    silent: u64,
    only_silent: bool,
    manages: bool,
    now: Timestamp,
}

impl Page {
    fn over(&self) -> u64 {
        self.licence
            .as_ref()
            .map_or(0, |licence| licence.seats_used.saturating_sub(licence.seats))
    }

    fn lead(&self) -> String {
        let l = self.frame.l;
        match &self.licence {
            None => l.t("seats-no-licence"),
            Some(licence) => l.t2(
                "devices-seats",
                ("used", licence.seats_used),
                ("all", licence.seats),
            ),
        }
    }

    /// Whether a device is one of the silent.
    fn is_silent(&self, device: &Device) -> bool {
        device.last_seen_at < licence::silent_since(self.now)
    }

    /// Seats held by devices that are not shown.
    fn unseen(&self) -> u64 {
        let all = match self.only_silent {
            true => self.silent,
            false => self.licence.as_ref().map_or(0, |licence| licence.seats_used),
        };
        all.saturating_sub(self.devices.len() as u64)
    }
}

pub(super) async fn page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (caller, portal, now) = (cx.caller()?, cx.app.config.public_url.clone(), cx.app.clock.now());
    let only_silent = asked.silent;
    let (nav, licence, devices, silent, manages) = cx
        .app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            let nav = workspace::nav(r, caller, workspace)?;
            let moment = moment(r, workspace, (&portal, now))?;
            let since = only_silent.then(|| licence::silent_since(now));
            let devices = sql::seated(r, workspace, since, SHOWN, &moment)?;
            let manages = authz::grant::<may::ManageProtection>(r, caller, workspace).is_ok();
            let silent = licence::silent(r, workspace, now)?;
            let licence = licence::for_workspace(r, workspace)?;
            Ok::<_, Fault>((nav, licence, devices, silent, manages))
        })
        .await?;
    render(&Page {
        frame: Frame::within(&cx, nav, Here::Devices),
        workspace,
        licence,
        devices,
        silent,
        only_silent,
        manages,
        now,
    })
}
