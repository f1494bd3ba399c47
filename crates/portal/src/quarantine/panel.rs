//! What a device has in quarantine, on its page: the latest of it.

use super::{
    store::{self, Wanted},
    view::QuarantineItem,
};
use crate::{
    base::{db::Reader, error::Fault, lang::Lang, web::draw},
    device::PanelOf,
};
use askama::Template;
use jiff::Timestamp;
use rempart_wire::{DeviceId, WorkspaceId};

/// Files on the page; the list has the rest.
const SHOWN: u32 = 4;

#[derive(Template)]
#[template(path = "quarantine/panel.html")]
struct Panel {
    l: Lang,
    workspace: WorkspaceId,
    device: DeviceId,
    items: Vec<QuarantineItem>,
    reports: bool,
    now: Timestamp,
}

/// Draws it.
///
/// # Errors
/// Whatever the engine says.
pub fn panel(r: &mut Reader<'_>, of: &PanelOf) -> Result<String, Fault> {
    let wanted = Wanted {
        device: Some(of.device),
        limit: SHOWN,
        ..Wanted::default()
    };
    let mut items = store::list(r, of.workspace, &wanted)?;
    items.truncate(SHOWN as usize);
    draw(&Panel {
        l: of.lang,
        workspace: of.workspace,
        device: of.device,
        items,
        reports: of.mode.device_reports(),
        now: of.now,
    })
}

#[cfg(test)]
mod tests;
