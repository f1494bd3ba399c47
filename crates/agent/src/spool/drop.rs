use super::{Spool, file};
use crate::state::{Record, StateError};
use rempart_wire::{Event, EventBody};
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, path::Path};

const DROPPED: Record = Record::new("dropped");

/// Events given up because the spool was full, since the state folder was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// That a scan had begun.
    pub beginnings: u64,
    /// Results of scans and refused orders.
    pub results: u64,
    /// Detections and what happened to quarantined files.
    pub detections: u64,
}

impl Dropped {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.beginnings + self.results + self.detections
    }
}

/// Least important first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Importance {
    Beginning,
    Result,
    Detection,
}

fn importance(event: &Event) -> Importance {
    match event.body {
        EventBody::ScanStarted { .. } => Importance::Beginning,
        EventBody::ScanFinished { .. } | EventBody::OrderRefused { .. } => Importance::Result,
        EventBody::Detection(_) | EventBody::Quarantined(_) | EventBody::QuarantineChanged { .. } => {
            Importance::Detection
        }
    }
}

impl Spool {
    /// What was given up so far.
    ///
    /// # Errors
    /// When the count cannot be read or is damaged.
    pub fn dropped(&self) -> Result<Dropped, StateError> {
        Ok(self.state.read(DROPPED)?.unwrap_or_default())
    }

    /// When the spool has outgrown its limits, drops down to nine tenths of them, so that the next push is cheap.
    pub(super) fn keep_within_limits(&self, folder: &Path) -> Result<(), StateError> {
        let files = file::list(folder)?;
        let events: u64 = files.iter().map(|file| file.events).sum();
        let bytes: u64 = files.iter().map(|file| file.bytes).sum();
        if events <= self.limits.events && bytes <= self.limits.bytes {
            return Ok(());
        }
        let mut candidates = Vec::new();
        for file in &files {
            for event in self.read(folder, file)? {
                let size = file::line(&event).len() as u64;
                candidates.push((importance(&event), file.number, event.id, size));
            }
        }
        candidates.sort_by_key(|(importance, number, ..)| (*importance, *number));
        let (mut events, mut bytes) = (events, bytes);
        let (enough_events, enough_bytes) = (tenths(self.limits.events), tenths(self.limits.bytes));
        let mut dropped = self.dropped()?;
        let mut victims = HashSet::new();
        for (importance, _, id, size) in candidates {
            if events <= enough_events && bytes <= enough_bytes {
                break;
            }
            match importance {
                Importance::Beginning => dropped.beginnings += 1,
                Importance::Result => dropped.results += 1,
                Importance::Detection => dropped.detections += 1,
            }
            events = events.saturating_sub(1);
            bytes = bytes.saturating_sub(size);
            victims.insert(id);
        }
        for file in file::list(folder)? {
            let (mut kept, _) = file::read(folder, &file)?;
            let before = kept.len();
            kept.retain(|event| !victims.contains(&event.id));
            if kept.len() != before {
                file::replace(folder, &file, &kept)?;
            }
        }
        tracing::warn!(
            dropped = victims.len(),
            total = dropped.total(),
            "the spool is full: the least important events were dropped"
        );
        self.state.write(DROPPED, &dropped)
    }
}

const fn tenths(limit: u64) -> u64 {
    limit - limit / 10
}
