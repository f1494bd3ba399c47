//! The latest detections on a device, on its page.

use super::{store, view::Detection};
use crate::{
    base::{db::Reader, error::Fault, lang::Lang, web::draw},
    device::PanelOf,
};
use askama::Template;
use jiff::Timestamp;
use rempart_wire::{DeviceId, WorkspaceId};

/// Detections on the page; the list has the rest.
const SHOWN: u32 = 4;

#[derive(Template)]
#[template(path = "detection/panel.html")]
struct Panel {
    l: Lang,
    workspace: WorkspaceId,
    device: DeviceId,
    found: Vec<Detection>,
    reports: bool,
    now: Timestamp,
}

/// Draws them.
///
/// # Errors
/// Whatever the engine says.
pub fn panel(r: &mut Reader<'_>, of: &PanelOf) -> Result<String, Fault> {
    draw(&Panel {
        l: of.lang,
        workspace: of.workspace,
        device: of.device,
        found: store::latest(r, of.workspace, Some(of.device), SHOWN)?,
        reports: of.mode.device_reports(),
        now: of.now,
    })
}

#[cfg(test)]
mod tests;
