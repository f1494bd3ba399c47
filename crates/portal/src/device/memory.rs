use super::Inbox;
use rempart_wire::{ScanId, ScanProgress};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What this portal keeps in memory about devices: who is connected to it, how far running scans are. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Devices(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    inbox: Inbox,
    progress: Mutex<HashMap<ScanId, ScanProgress>>,
}

impl Devices {
    /// With the slices that take what devices tell.
    #[must_use]
    pub fn new(inbox: Inbox) -> Self {
        Self(Arc::new(Shared {
            inbox,
            ..Shared::default()
        }))
    }

    pub(super) fn inbox(&self) -> &Inbox {
        &self.0.inbox
    }

    /// Where a running scan is, when its device is connected here and has said so.
    #[must_use]
    pub fn progress(&self, scan: ScanId) -> Option<ScanProgress> {
        lock(&self.0.progress).get(&scan).cloned()
    }

    /// A device said where its scan is.
    pub fn tell(&self, progress: ScanProgress) {
        lock(&self.0.progress).insert(progress.scan, progress);
    }

    pub(super) fn forget_progress(&self, scan: ScanId) {
        lock(&self.0.progress).remove(&scan);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
