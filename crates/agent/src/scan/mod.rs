//! Looking into files: walking, asking the engine, quarantining what it finds, and telling.
//!
//! Always true: a scan opens nothing but regular files and never follows a symbolic link below its target; whatever it
//! cannot read is counted and named, and never ends the run; a failure of the engine is never a detection; the agent's own
//! folder is never looked into.

mod look;
mod places;
mod progress;
mod run;
mod scanner;
mod walk;

pub use places::usual_places;
pub use run::run;
pub use scanner::{RuleSources, Scanner, ScannerError};

use rempart_wire::{DetectionReport, Origin, ScanId, ScanOutcome, ScanProgress, ScanTally, ScanTarget};
use std::path::Path;

/// One scan to run.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanRequest {
    /// The id the run carries.
    pub scan: ScanId,
    /// Where to look.
    pub target: ScanTarget,
    /// Who asked.
    pub origin: Origin,
    /// Whether what is found goes into quarantine.
    pub quarantine: bool,
}

/// Watches a scan. Called from the thread that runs it.
pub trait Observer {
    /// Whether it wants to know how many files there are in all, at the price of walking twice.
    fn wants_total(&self) -> bool {
        false
    }
    /// Where it is; about four times a second, and once at the end.
    fn progress(&mut self, _progress: &ScanProgress) {}
    /// It found something.
    fn found(&mut self, _detection: &DetectionReport) {}
    /// What it found could not be moved into quarantine.
    fn not_quarantined(&mut self, _path: &Path, _error: &crate::quarantine::QuarantineError) {}
    /// It could not read something.
    fn unreadable(&mut self, _path: &Path, _reason: &std::io::Error) {}
}

/// Watches nothing.
impl Observer for () {}

/// How a scan ended.
#[derive(Debug)]
pub struct ScanReport {
    /// Which run.
    pub scan: ScanId,
    /// How it ended.
    pub outcome: ScanOutcome,
    /// What it looked at.
    pub tally: ScanTally,
    /// Why it failed as a whole, when it did: its target could not be opened.
    pub failure: Option<rempart_os::OsError>,
}

#[cfg(test)]
mod tests;
