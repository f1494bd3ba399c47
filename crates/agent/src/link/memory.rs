use super::LinkError;
use crate::state::{Record, StateDir, StateError};
use rempart_wire::{DeviceId, OrderId, ScanId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, VecDeque};

const CONNECTIONS: Record = Record::new("connections");
const DONE: Record = Record::new("orders");
const RUNNING: Record = Record::new("scan");

/// Orders remembered as done. A portal gives an order up when it expires; this outlasts far more than are open at a time.
const DONE_LIMIT: usize = 1000;

/// How to reach a portal, as agreed at enrolment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Connection {
    /// Address for devices.
    pub(super) endpoint: String,
    /// Authorities to trust besides the computer's own, in PEM.
    #[serde(default)]
    pub(super) authorities: Option<String>,
    /// Whether unencrypted connections to other machines are wanted.
    #[serde(default)]
    pub(super) insecure_http: bool,
    /// Hash of the offer the credential in use came with, in hexadecimal.
    #[serde(default)]
    pub(super) offer: String,
    /// The address and hash that came with a candidate credential.
    #[serde(default)]
    pub(super) candidate: Option<Candidate>,
}

/// What came with a candidate credential.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Candidate {
    /// Address for devices.
    pub(super) endpoint: String,
    /// Hash of the offer, in hexadecimal.
    pub(super) offer: String,
}

/// A scan that was begun for an order and has not been seen to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    /// Which run.
    pub(super) scan: ScanId,
}

impl Connection {
    /// How to reach the portal this device is enrolled with.
    pub(super) fn of(state: &StateDir, device: DeviceId, portal: &str) -> Result<Self, LinkError> {
        let known: BTreeMap<DeviceId, Self> = state.read(CONNECTIONS)?.unwrap_or_default();
        Ok(known.get(&device).cloned().unwrap_or_else(|| Self {
            endpoint: portal.to_owned(),
            ..Self::default()
        }))
    }

    /// Keeps it. Until the device is enrolled anew, what was agreed for the one before it is kept too.
    pub(super) fn keep(&self, state: &StateDir, device: DeviceId) -> Result<(), StateError> {
        let mut known: BTreeMap<DeviceId, Self> = state.read(CONNECTIONS)?.unwrap_or_default();
        let enrolled = state.portal()?.map(|(_, device)| device);
        known.retain(|known, _| Some(*known) == enrolled);
        known.insert(device, self.clone());
        state.write(CONNECTIONS, &known)
    }
}

/// The orders carried out or refused, oldest first.
#[derive(Debug, Default)]
pub(super) struct Done(VecDeque<OrderId>);

impl Done {
    pub(super) fn read(state: &StateDir) -> Result<Self, StateError> {
        lenient(state, DONE).map(|done| Self(done.unwrap_or_default()))
    }

    pub(super) fn contains(&self, order: OrderId) -> bool {
        self.0.contains(&order)
    }

    pub(super) fn add(&mut self, state: &StateDir, order: OrderId) -> Result<(), StateError> {
        self.0.push_back(order);
        while self.0.len() > DONE_LIMIT {
            self.0.pop_front();
        }
        state.write(DONE, &self.0)
    }
}

impl Begun {
    pub(super) fn read(state: &StateDir) -> Result<Option<Self>, StateError> {
        lenient(state, RUNNING)
    }

    pub(super) fn keep(self, state: &StateDir) -> Result<(), StateError> {
        state.write(RUNNING, &self)
    }

    pub(super) fn clear(state: &StateDir) -> Result<(), StateError> {
        state.remove(RUNNING)
    }
}

/// Losing this kind of memory costs little; stopping because of it would cost the protection of the computer.
fn lenient<T: DeserializeOwned>(state: &StateDir, record: Record) -> Result<Option<T>, StateError> {
    match state.read(record) {
        Err(error @ StateError::Damaged { .. }) => {
            tracing::warn!(%error, "starting afresh");
            state.remove(record)?;
            Ok(None)
        }
        read => read,
    }
}
