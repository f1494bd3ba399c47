//! One device: what it is, how it is, what it was told.

use super::{
    list::moment,
    order::OrderState,
    orders::OrderView,
    panel::PanelOf,
    store::{list as sql, order},
    view::{Device, State, part_name},
};
use crate::{
    base::{
        authz::{self, Grant, may},
        error::{Code, Fault},
        web::{Cx, Frame, Here, Json, Params, Problems, Said, render},
    },
    workspace,
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use rempart_wire::{DeviceId, WorkspaceId};

/// Orders on the page.
const ORDERS: u32 = 8;

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, device: DeviceId) -> Result<Device, Fault> {
    let (caller, portal, now) = (cx.caller()?, cx.app.config.public_url.clone(), cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let _: Grant<may::SeeProtection> = authz::grant(r, caller, workspace)?;
            let moment = moment(r, workspace, (&portal, now))?;
            sql::find(r, workspace, device, &moment)?.ok_or_else(|| Code::NotFound.into())
        })
        .await
}

/// One device, retired ones included.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/devices/{device}",
    params(("workspace" = uuid::Uuid, Path), ("device" = uuid::Uuid, Path)),
    responses((status = 200, description = "The device.", body = Device), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params((workspace, device)): Params<(WorkspaceId, DeviceId)>,
) -> Result<Json<Device>, Fault> {
    run(&cx, workspace, device).await.map(Json)
}

#[derive(Template)]
#[template(path = "device/show.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    device: Device,
    orders: Vec<OrderView>,
    panels: Vec<String>,
    manages: bool,
    steers: bool,
    name: String,
    said: Said,
    now: Timestamp,
}

impl Page {
    /// What an order does, in words.
    fn order(&self, order: &OrderView) -> String {
        let kind = order.kind.replace('_', "-");
        self.frame.l.t(&format!("device-order-{kind}"))
    }

    fn part(&self, name: &str) -> String {
        part_name(self.frame.l, name)
    }

    /// The state of a part, in words where the agent's own are known.
    fn status(&self, status: &str) -> String {
        let (number, word) = match status.split_once(' ') {
            Some((number, word)) if number.bytes().all(|b| b.is_ascii_digit()) => (number.parse().ok(), word),
            _ => (None::<u64>, status),
        };
        let key = format!("device-status-{}", word.replace('_', "-"));
        match number {
            _ if !self.frame.l.knows(&key) => status.to_owned(),
            Some(number) => self.frame.l.t1(&key, "n", number),
            None => self.frame.l.t(&key),
        }
    }
}

/// The page, after a form on it was refused: what was typed, and why.
pub(super) async fn again(
    cx: &Cx,
    path: (WorkspaceId, DeviceId),
    typed: Option<(&str, &Fault)>,
) -> Result<Response, Fault> {
    let (workspace, id) = path;
    let device = run(cx, workspace, id).await?;
    let (caller, now, lang) = (cx.caller()?, cx.app.clock.now(), cx.lang);
    let (panels, devices) = (cx.app.panels.clone(), cx.app.devices.clone());
    let (nav, orders, manages, panels) = cx
        .app
        .db
        .read(move |r| {
            let nav = workspace::nav(r, caller, workspace)?;
            let orders = order::list(r, workspace, id, None, ORDERS)?;
            let manages = authz::grant::<may::ManageProtection>(r, caller, workspace).is_ok();
            let of = PanelOf {
                workspace,
                mode: nav.mode,
                device: id,
                reader: caller.account,
                lang,
                now,
                devices,
            };
            Ok::<_, Fault>((nav, orders, manages, panels.draw(r, &of)?))
        })
        .await?;
    let page = Page {
        steers: nav.mode.portal_steers(),
        frame: Frame::within(cx, nav, Here::Devices),
        workspace,
        orders,
        panels,
        manages,
        name: typed.map_or_else(|| device.name.clone(), |(name, _)| name.to_owned()),
        said: typed.map_or_else(Said::default, |(_, fault)| Said::from_fault(fault, cx.lang)),
        device,
        now,
    };
    let status = typed.map_or(axum::http::StatusCode::OK, |(_, fault)| fault.code.status());
    Ok((status, render(&page)?).into_response())
}

pub(super) async fn page(cx: Cx, Params(path): Params<(WorkspaceId, DeviceId)>) -> Result<Response, Fault> {
    again(&cx, path, None).await
}

#[cfg(test)]
mod tests;
