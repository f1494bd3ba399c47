use super::Devices;
use crate::base::{db::Reader, error::Fault, lang::Lang};
use jiff::Timestamp;
use rempart_wire::{AccountId, DeviceId, ManagementMode, WorkspaceId};

/// Whose page a panel is on, and for whom.
#[derive(Debug, Clone)]
pub struct PanelOf {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its mode.
    pub mode: ManagementMode,
    /// The device.
    pub device: DeviceId,
    /// The reader.
    pub reader: AccountId,
    /// The reader's language.
    pub lang: Lang,
    /// The time.
    pub now: Timestamp,
    /// Where running scans are.
    pub devices: Devices,
}

/// A part of a device's page that another slice draws: HTML from its own template, or nothing.
pub type Panel = fn(&mut Reader<'_>, &PanelOf) -> Result<String, Fault>;

/// The parts of a device's page that other slices draw, in order; named in `app.rs`.
#[derive(Debug, Clone, Default)]
pub struct Panels(Vec<Panel>);

impl Panels {
    /// Adds one.
    #[must_use]
    pub fn on(mut self, panel: Panel) -> Self {
        self.0.push(panel);
        self
    }

    pub(super) fn draw(&self, r: &mut Reader<'_>, of: &PanelOf) -> Result<Vec<String>, Fault> {
        let drawn = self.0.iter().map(|panel| panel(r, of));
        drawn
            .filter(|panel| panel.as_ref().map_or(true, |html| !html.is_empty()))
            .collect()
    }
}
