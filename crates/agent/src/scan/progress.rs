use super::walk::Met;
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{ScanId, ScanProgress, ScanTally, WirePath};
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
};

/// At most this often.
const EVERY: SignedDuration = SignedDuration::from_millis(250);

/// What a running scan has looked at so far, counted by several threads.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) files: AtomicU64,
    pub(super) bytes: AtomicU64,
    pub(super) found: AtomicU64,
    pub(super) unreadable: AtomicU64,
    pub(super) partial: AtomicU64,
    pub(super) skipped: AtomicU64,
    ahead: AtomicU64,
    ahead_is_known: AtomicBool,
    current: Mutex<Option<Met>>,
}

impl Counts {
    pub(super) fn add(counter: &AtomicU64, amount: u64) {
        counter.fetch_add(amount, Relaxed);
    }

    pub(super) fn set_current(&self, met: &Met) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(met.clone());
    }

    pub(super) fn set_ahead(&self, files: u64) {
        self.ahead.store(files, Relaxed);
        self.ahead_is_known.store(true, Relaxed);
    }

    pub(super) fn tally(&self) -> ScanTally {
        ScanTally {
            files: self.files.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
            found: self.found.load(Relaxed),
            unreadable: self.unreadable.load(Relaxed),
            partial: self.partial.load(Relaxed),
            skipped: self.skipped.load(Relaxed),
        }
    }

    pub(super) fn progress(&self, scan: ScanId) -> ScanProgress {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        ScanProgress {
            scan,
            tally: self.tally(),
            expected_files: self
                .ahead_is_known
                .load(Relaxed)
                .then(|| self.ahead.load(Relaxed)),
            current: current.as_ref().map(|met| WirePath::new(&met.path())),
        }
    }
}

/// Lets something through now and then.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    last: Option<Timestamp>,
}

impl Throttle {
    /// Whether it is time again. Also when the clock was set back.
    pub(super) fn is_due(&mut self, now: Timestamp) -> bool {
        let waited = self.last.map(|last| now.duration_since(last));
        let due = waited.is_none_or(|waited| waited >= EVERY || waited.is_negative());
        if due {
            self.last = Some(now);
        }
        due
    }
}
