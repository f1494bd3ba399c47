use rempart_wire::{DeviceId, WorkspaceId};
use std::sync::{Arc, PoisonError, RwLock};

/// What a commit tells the rest of this process: only that something is to be looked at. What it is stands in the
/// database, so a signal that is lost costs time and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// A job is due.
    Job,
    /// A device has orders.
    Orders(DeviceId),
    /// A device was retired, or must otherwise prove again that it may be connected.
    Admission(DeviceId),
    /// What a workspace's devices are told to be has changed: its name, its mode, its licence; or it was deleted or
    /// brought back. To be sent by whoever changes one of these, in the transaction that does.
    Settings(WorkspaceId),
}

type Listener = Box<dyn Fn(Signal) + Send + Sync>;

/// Those who listen. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Signals(Arc<RwLock<Vec<Listener>>>);

impl Signals {
    pub(super) fn listen(&self, listener: Listener) {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(listener);
    }

    pub(super) fn send(&self, signal: Signal) {
        for listener in &*self.0.read().unwrap_or_else(PoisonError::into_inner) {
            listener(signal);
        }
    }
}
