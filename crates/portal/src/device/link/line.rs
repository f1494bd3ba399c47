use rempart_wire::WorkspaceId;
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU8, Ordering},
};
use tokio::sync::{Notify, oneshot};
use uuid::Uuid;

/// What the rest of the portal wants of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::device) enum Nudge {
    /// There are orders.
    Orders = 1,
    /// The settings may have changed.
    Settings = 2,
    /// Whether the device may be connected is to be looked at again.
    Admission = 4,
    /// The device speaks on another connection now.
    Replaced = 8,
    /// Somebody wants to know whether the device is still there.
    Alive = 16,
}

/// The portal's end of the string to one connection. Small: there may be tens of thousands.
#[derive(Debug)]
pub(in crate::device) struct Line {
    pub connection: Uuid,
    pub workspace: WorkspaceId,
    /// Which credential it was opened with.
    pub credential: Uuid,
    /// Which start of the agent is at the other end.
    pub run: Box<str>,
    wanted: AtomicU8,
    wake: Notify,
    asking: Mutex<Vec<oneshot::Sender<()>>>,
}

impl Line {
    pub(super) fn new(connection: Uuid, workspace: WorkspaceId, credential: Uuid, run: &str) -> Self {
        Self {
            connection,
            workspace,
            credential,
            run: run.into(),
            wanted: AtomicU8::new(0),
            wake: Notify::new(),
            asking: Mutex::default(),
        }
    }

    pub(in crate::device) fn nudge(&self, nudge: Nudge) {
        self.wanted.fetch_or(nudge as u8, Ordering::AcqRel);
        self.wake.notify_one();
    }

    /// Asks whether the device is still there. The answer comes, or the sender is dropped when the connection ends.
    pub(super) fn ask(&self) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        self.asking().push(sender);
        self.nudge(Nudge::Alive);
        receiver
    }

    /// Waits for a nudge.
    pub(super) async fn nudged(&self) {
        self.wake.notified().await;
    }

    /// What is wanted now.
    pub(super) fn take(&self) -> Wanted {
        Wanted(self.wanted.swap(0, Ordering::AcqRel))
    }

    /// The device answered.
    pub(super) fn answer(&self) {
        for asking in self.asking().drain(..) {
            // Who asked may have given up.
            let _ = asking.send(());
        }
    }

    /// The connection is over: nobody will answer.
    pub(super) fn hang_up(&self) {
        self.asking().clear();
    }

    fn asking(&self) -> std::sync::MutexGuard<'_, Vec<oneshot::Sender<()>>> {
        self.asking.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Several nudges.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted(u8);

impl Wanted {
    pub(super) const fn has(self, nudge: Nudge) -> bool {
        self.0 & nudge as u8 != 0
    }
}
