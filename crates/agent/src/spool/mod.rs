//! What the portal must still be told: events kept on disk until it acknowledges them.
//!
//! Always true: a pushed event survives a crash from the moment `push` returns; every event carries a checksum and a damaged
//! one is set aside without harm to the others; the spool never grows past its limits, dropping the least important
//! and oldest first and counting what it dropped. Several processes may push and drain at once. Events belong to the
//! device that was enrolled when they happened and are never shown to another portal.
//!
//! On disk: `spool/<device>/<number>-<events>-<bytes>.events`, oldest number first, one event a line.

mod drop;
mod file;

pub use drop::Dropped;

use crate::state::{StateDir, StateError, StateLock};
use file::SpoolFile;
use rempart_wire::{Event, EventId};
use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

/// How much a spool may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpoolLimits {
    /// Events.
    pub events: u64,
    /// Bytes on disk.
    pub bytes: u64,
}

impl Default for SpoolLimits {
    fn default() -> Self {
        Self {
            events: 20_000,
            bytes: 16 << 20,
        }
    }
}

/// The events that wait. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Spool {
    state: StateDir,
    limits: SpoolLimits,
}

impl Spool {
    /// The spool of a state folder.
    #[must_use]
    pub fn new(state: &StateDir) -> Self {
        Self::with_limits(state, SpoolLimits::default())
    }

    /// The same, with other limits.
    #[must_use]
    pub fn with_limits(state: &StateDir, limits: SpoolLimits) -> Self {
        let state = state.clone();
        Self { state, limits }
    }

    /// Keeps one event. Nothing is kept when the mode has no reports or when no portal is there to hear them.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn push(&self, event: &Event) -> Result<(), StateError> {
        self.push_all(std::slice::from_ref(event))
    }

    /// Keeps several events at the cost of one.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn push_all(&self, events: &[Event]) -> Result<(), StateError> {
        if events.is_empty() || !self.state.mode()?.device_reports() {
            return Ok(());
        }
        let _lock = self.lock()?;
        let Some(folder) = self.folder()? else {
            return Ok(());
        };
        let files = file::list(&folder)?;
        let next = files.last().map_or(0, |last| last.number + 1);
        for (batch, number) in events.chunks(file::BATCH).zip(next..) {
            file::write(&folder, number, batch)?;
        }
        self.keep_within_limits(&folder)
    }

    /// The oldest events still to tell, at most `max`. None while the mode has no reports.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn pending(&self, max: usize) -> Result<Vec<Event>, StateError> {
        let mut pending = Vec::new();
        if !self.state.mode()?.device_reports() {
            return Ok(pending);
        }
        let _lock = self.lock()?;
        let Some(folder) = self.folder()? else {
            return Ok(pending);
        };
        let mut seen = HashSet::new();
        for file in file::list(&folder)? {
            if pending.len() >= max {
                break;
            }
            pending.extend(
                self.read(&folder, &file)?
                    .into_iter()
                    .filter(|event| seen.insert(event.id)),
            );
        }
        pending.truncate(max);
        Ok(pending)
    }

    /// Forgets events the portal has recorded. Unknown ids do no harm.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub fn acknowledge(&self, ids: &[EventId]) -> Result<(), StateError> {
        let _lock = self.lock()?;
        let Some(folder) = self.folder()? else {
            return Ok(());
        };
        let told: HashSet<EventId> = ids.iter().copied().collect();
        let mut missing = told.clone();
        for file in file::list(&folder)? {
            if missing.is_empty() {
                break;
            }
            let mut events = self.read(&folder, &file)?;
            let before = events.len();
            events.retain(|event| {
                missing.remove(&event.id);
                !told.contains(&event.id)
            });
            if events.len() != before {
                file::replace(&folder, &file, &events)?;
            }
        }
        Ok(())
    }

    /// How many events wait.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn count(&self) -> Result<u64, StateError> {
        let _lock = self.lock()?;
        let Some(folder) = self.folder()? else {
            return Ok(0);
        };
        Ok(file::list(&folder)?.iter().map(|file| file.events).sum())
    }

    /// Reads a file; if some of it is damaged, sets those lines aside and leaves the rest in its place.
    fn read(&self, folder: &Path, file: &SpoolFile) -> Result<Vec<Event>, StateError> {
        let (events, damaged) = file::read(folder, file)?;
        if !damaged.is_empty() {
            let aside = self.state.subfolder("damaged")?;
            tracing::warn!(
                count = damaged.len(),
                folder = %aside.display(),
                "damaged events were set aside"
            );
            file::set_aside(&aside, &damaged)?;
            file::replace(folder, file, &events)?;
        }
        Ok(events)
    }

    /// The folder of the device enrolled now; those of earlier enrolments are removed. Under the lock only: two at once
    /// would remove each other's.
    fn folder(&self) -> Result<Option<PathBuf>, StateError> {
        let Some((_, device)) = self.state.portal()? else {
            return Ok(None);
        };
        let name = format!("spool/{device}");
        if self.state.path().join(&name).is_dir() {
            return Ok(Some(self.state.path().join(&name)));
        }
        let all = self.state.subfolder("spool")?;
        for earlier in fs::read_dir(&all).map_err(StateError::at(&all))? {
            let earlier = earlier.map_err(StateError::at(&all))?.path();
            fs::remove_dir_all(&earlier).map_err(StateError::at(&earlier))?;
        }
        self.state.subfolder(&name).map(Some)
    }

    fn lock(&self) -> Result<StateLock, StateError> {
        self.state.lock("spool")
    }
}

#[cfg(test)]
mod tests;
