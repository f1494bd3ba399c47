//! The latest scans of a device, on its page; the ones under way move.

use super::{
    store::{self, Wanted},
    view::Scan,
};
use crate::{
    base::{db::Reader, error::Fault, lang::Lang, web::draw},
    device::PanelOf,
};
use askama::Template;
use jiff::Timestamp;
use rempart_wire::{AccountId, DeviceId, WorkspaceId};

/// Scans on the page; the list has the rest.
const SHOWN: u32 = 4;

#[derive(Template)]
#[template(path = "scan/panel.html")]
struct Panel {
    l: Lang,
    workspace: WorkspaceId,
    device: DeviceId,
    scans: Vec<Scan>,
    /// Whether what is shown will change by itself soon.
    moving: bool,
    reader: AccountId,
    now: Timestamp,
}

/// Draws them.
///
/// # Errors
/// Whatever the engine says.
pub fn panel(r: &mut Reader<'_>, of: &PanelOf) -> Result<String, Fault> {
    let wanted = Wanted {
        device: Some(of.device),
        limit: SHOWN,
        ..Wanted::default()
    };
    let mut scans = store::list(r, of.workspace, &wanted)?;
    scans.truncate(SHOWN as usize);
    for scan in &mut scans {
        scan.look(&of.devices);
    }
    draw(&Panel {
        l: of.lang,
        workspace: of.workspace,
        device: of.device,
        moving: scans.iter().any(|scan| scan.state.is_open()),
        scans,
        reader: of.reader,
        now: of.now,
    })
}

#[cfg(test)]
mod tests;
