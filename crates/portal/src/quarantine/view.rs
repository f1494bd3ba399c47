use super::state::ItemState;
use crate::{base::lang::Lang, rule_set};
use jiff::Timestamp;
use rempart_wire::{DeviceId, QuarantineId};
use serde::Serialize;
use utoipa::ToSchema;

/// Why an item could not be restored or deleted.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = QuarantineItemFailure)]
pub struct ItemFailure {
    /// Stable, for programs: `restore_blocked`, `order_expired`, ….
    pub code: String,
    /// One sentence, as the device said it.
    pub sentence: String,
}

/// A file that an agent took out of harm's way.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuarantineItem {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub item: QuarantineId,
    /// On which device.
    #[schema(value_type = uuid::Uuid)]
    pub device: DeviceId,
    /// Its name.
    pub device_name: String,
    /// Whether that device is retired: the file is out of the portal's reach then.
    pub device_retired: bool,
    /// Where the file was.
    pub path: String,
    /// Rules it matched.
    pub rules: Vec<String>,
    /// SHA-256 of the whole file.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its owner.
    pub owner: String,
    /// Where it is now.
    pub state: ItemState,
    /// When it went into quarantine.
    #[schema(value_type = String, format = DateTime)]
    pub quarantined_at: Timestamp,
    /// When its state last changed.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Timestamp,
    /// Why the last order about it failed.
    pub failure: Option<ItemFailure>,
}

impl QuarantineItem {
    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path
            .rsplit('/')
            .find(|part| !part.is_empty())
            .unwrap_or(&self.path)
    }

    /// The folder it was in.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path
            .rsplit_once('/')
            .map_or("", |(folder, _)| if folder.is_empty() { "/" } else { folder })
    }

    /// The rules it matched: each in words, and its name.
    #[must_use]
    pub fn reasons(&self, l: Lang) -> Vec<(String, &str)> {
        self.rules
            .iter()
            .map(|rule| (rule_set::words(l, rule), rule.as_str()))
            .collect()
    }

    /// Whether it can be restored or deleted now.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.state == ItemState::Held && !self.device_retired
    }

    /// The word of its state.
    #[must_use]
    pub fn word(&self, l: Lang) -> String {
        l.t(&format!("item-state-{}", self.state.as_str()))
    }

    /// Why the last order about it failed, in words.
    #[must_use]
    pub fn failed_because(&self, l: Lang) -> Option<String> {
        self.failure
            .as_ref()
            .map(|failure| l.failure(&failure.code, &failure.sentence))
    }
}
