use super::{Inbox, health::Health, link::Line, presence};
use crate::app::App;
use rempart_wire::{DeviceId, ScanId, ScanProgress, WorkspaceId};
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use uuid::Uuid;

/// How patient the portal is with devices.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timing {
    /// For the first message of a connection, and for a device that enrols to take what it is given.
    pub first_word: Duration,
    /// Without a word from the device, before its connection is closed.
    pub silence: Duration,
    /// For a device to answer whether it is still there, when another machine comes with its credential.
    pub proof_of_life: Duration,
    /// Between noting that a device was heard and writing it down.
    pub flush: Duration,
    /// For a device to take in what it is told.
    pub patience: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            first_word: Duration::from_secs(20),
            silence: super::OFFLINE_AFTER.unsigned_abs(),
            proof_of_life: Duration::from_secs(2),
            flush: Duration::from_secs(2),
            patience: Duration::from_secs(20),
        }
    }
}

/// What a device said became of its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SettingsReport {
    pub hash: Vec<u8>,
    pub status: &'static str,
    pub error: Option<String>,
}

/// What is to be written down about a device that was heard.
#[derive(Debug)]
pub(super) struct News {
    /// The connection it was heard on.
    pub connection: Uuid,
    pub health: Option<Health>,
    pub settings: Option<SettingsReport>,
}

impl News {
    pub(super) const fn of(connection: Uuid) -> Self {
        Self {
            connection,
            health: None,
            settings: None,
        }
    }
}

/// What this portal keeps in memory about devices: who is connected to it, how far running scans are. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Devices(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    inbox: Inbox,
    timing: Mutex<Timing>,
    lines: Mutex<HashMap<DeviceId, Arc<Line>>>,
    news: Mutex<HashMap<DeviceId, News>>,
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

    pub(super) fn timing(&self) -> Timing {
        *lock(&self.0.timing)
    }

    #[cfg(test)]
    pub(super) fn set_timing(&self, timing: Timing) {
        *lock(&self.0.timing) = timing;
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

    /// Devices connected to this portal.
    #[must_use]
    pub fn connected(&self) -> usize {
        lock(&self.0.lines).len()
    }

    pub(super) fn line(&self, device: DeviceId) -> Option<Arc<Line>> {
        lock(&self.0.lines).get(&device).cloned()
    }

    pub(super) fn lines_of(&self, workspace: WorkspaceId) -> Vec<Arc<Line>> {
        let lines = lock(&self.0.lines);
        let of = lines.values().filter(|line| line.workspace == workspace);
        of.cloned().collect()
    }

    /// The device speaks on this line from now on; the one it spoke on before is given back.
    pub(super) fn register(&self, device: DeviceId, line: Arc<Line>) -> (Registration, Option<Arc<Line>>) {
        let registration = Registration {
            devices: self.clone(),
            device,
            connection: line.connection,
        };
        let before = lock(&self.0.lines).insert(device, line);
        if before.is_none() {
            metrics::gauge!("rempart_devices_connected").increment(1.0);
        }
        (registration, before)
    }

    /// A device was heard, and perhaps said how it is. Written down a little later, together with others.
    pub(super) fn heard(&self, app: &App, device: DeviceId, said: News) {
        let mut news = lock(&self.0.news);
        let first = news.is_empty();
        let known = news.entry(device).or_insert(News::of(said.connection));
        known.connection = said.connection;
        known.health = said.health.or(known.health.take());
        known.settings = said.settings.or(known.settings.take());
        drop(news);
        if first {
            let (app, pause) = (app.clone(), self.timing().flush);
            tokio::spawn(async move {
                tokio::time::sleep(pause).await;
                presence::flush(&app).await;
            });
        }
    }

    pub(super) fn take_news(&self) -> HashMap<DeviceId, News> {
        std::mem::take(&mut *lock(&self.0.news))
    }

    /// What is not written down yet about one device.
    pub(super) fn take_news_of(&self, device: DeviceId) -> Option<News> {
        lock(&self.0.news).remove(&device)
    }
}

/// Keeps a device registered as connected.
#[derive(Debug)]
pub(super) struct Registration {
    devices: Devices,
    device: DeviceId,
    connection: Uuid,
}

impl Drop for Registration {
    fn drop(&mut self) {
        let mut lines = lock(&self.devices.0.lines);
        if let Entry::Occupied(entry) = lines.entry(self.device)
            && entry.get().connection == self.connection
        {
            entry.remove();
            metrics::gauge!("rempart_devices_connected").decrement(1.0);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
