use super::{state::ScanState, target::Target};
use crate::base::lang::Lang;
use jiff::Timestamp;
use rempart_wire::{AccountId, DeviceId, OrderId, ScanId, ScanProgress, ScanTally, WirePath};
use serde::Serialize;
use utoipa::ToSchema;

/// What a scan looked at, so far or in all.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
#[schema(as = ScanTally)]
pub struct Tally {
    /// Files looked into.
    pub files: u64,
    /// Bytes read, archives counted once unpacked.
    pub bytes: u64,
    /// Detections.
    pub found: u64,
    /// Files and folders that could not be read.
    pub unreadable: u64,
    /// Files whose inside was not looked at in full: a limit was met, or the archive is damaged or encrypted.
    pub partial: u64,
    /// Things that are not files: devices, pipes, sockets.
    pub skipped: u64,
}

impl From<ScanTally> for Tally {
    fn from(tally: ScanTally) -> Self {
        Self {
            files: tally.files,
            bytes: tally.bytes,
            found: tally.found,
            unreadable: tally.unreadable,
            partial: tally.partial,
            skipped: tally.skipped,
        }
    }
}

/// Where a running scan is; known while it runs, and not for long.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ScanProgress)]
pub struct Progress {
    /// So far.
    pub tally: Tally,
    /// Files ahead in all, once they are counted.
    pub expected_files: Option<u64>,
    /// What it is looking at.
    pub current: Option<String>,
}

impl From<ScanProgress> for Progress {
    fn from(progress: ScanProgress) -> Self {
        Self {
            tally: progress.tally.into(),
            expected_files: progress.expected_files,
            current: progress.current.map(|path| path.text),
        }
    }
}

/// Why a scan could not be done.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ScanFailure)]
pub struct Failure {
    /// Stable, for programs.
    pub code: String,
    /// One sentence, as the device said it.
    pub sentence: String,
}

/// One run of the scanner on one device.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Scan {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub scan: ScanId,
    /// On which device.
    #[schema(value_type = uuid::Uuid)]
    pub device: DeviceId,
    /// Its name.
    pub device_name: String,
    #[serde(skip)]
    pub(super) device_retired: bool,
    /// `portal` or `device`: where it was started.
    pub origin: String,
    /// Where it looks.
    pub target: Target,
    /// How it stands.
    pub state: ScanState,
    /// Who asked for it; absent when it was started at the device.
    pub requested_by: Option<String>,
    /// When it was asked for, or first heard of.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When the device began.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub started_at: Option<Timestamp>,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub finished_at: Option<Timestamp>,
    /// What it looked at, once it is over.
    pub tally: Tally,
    /// Some of the places it could not read; at most 100.
    #[serde(serialize_with = "texts")]
    #[schema(value_type = Vec<String>)]
    pub unreadable_paths: Vec<WirePath>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// Where it is now, while it runs.
    pub progress: Option<Progress>,
    #[serde(skip)]
    pub(super) order: Option<OrderId>,
    #[serde(skip)]
    pub(super) requester: Option<AccountId>,
}

fn texts<S: serde::Serializer>(paths: &[WirePath], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(paths.iter().map(|path| &path.text))
}

impl Scan {
    /// The word of its state.
    #[must_use]
    pub fn word(&self, l: Lang) -> String {
        l.t(&format!("scan-state-{}", self.state.as_str()))
    }

    /// Who started it, for the person who looks.
    #[must_use]
    pub fn by(&self, l: Lang, me: Option<AccountId>) -> String {
        match (&self.requested_by, self.requester) {
            (_, Some(who)) if Some(who) == me => l.t("by-you"),
            (Some(name), _) if name.is_empty() => l.t1("by-person", "name", l.t("person-gone")),
            (Some(name), _) => l.t1("by-person", "name", name),
            (None, _) => l.t("scan-by-device"),
        }
    }

    /// Why it failed, in words.
    #[must_use]
    pub fn failed_because(&self, l: Lang) -> Option<String> {
        self.failure
            .as_ref()
            .map(|failure| l.failure(&failure.code, &failure.sentence))
    }

    /// How long it took.
    #[must_use]
    pub fn took(&self, l: Lang) -> Option<String> {
        let took = self.finished_at?.duration_since(self.started_at?);
        Some(l.lasted(took))
    }
}

impl Scan {
    /// Adds where it is now, while it runs.
    pub(super) fn look(&mut self, devices: &crate::device::Devices) {
        if matches!(self.state, ScanState::Running | ScanState::Cancelling) {
            self.progress = devices.progress(self.scan).map(Progress::from);
        }
    }

    /// What it has looked at, so far or in all.
    #[must_use]
    pub fn seen(&self) -> &Tally {
        self.progress
            .as_ref()
            .map_or(&self.tally, |progress| &progress.tally)
    }

    /// Files ahead in all, while it runs and once they are counted.
    #[must_use]
    pub fn expected(&self) -> Option<u64> {
        self.progress.as_ref()?.expected_files
    }

    /// How far it is, once the files ahead are counted.
    #[must_use]
    pub fn percent(&self) -> Option<u64> {
        let progress = self.progress.as_ref()?;
        let expected = progress.expected_files.filter(|expected| *expected > 0)?;
        Some((progress.tally.files.saturating_mul(100) / expected).min(100))
    }
}

impl Scan {
    /// Whether its device is at it.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self.state, ScanState::Running | ScanState::Cancelling)
    }

    /// What there is to say before the device says where it is.
    #[must_use]
    pub fn waiting(&self, l: Lang) -> String {
        match self.state {
            ScanState::Queued => {
                let until = self.created_at.saturating_add(super::LIFETIME);
                l.t1(
                    "scan-waiting",
                    "when",
                    l.date_time(until.unwrap_or(self.created_at)),
                )
            }
            ScanState::Cancelling => l.t("scan-waiting-stop"),
            _ => l.t("scan-waiting-word"),
        }
    }
}
