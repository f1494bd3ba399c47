//! A licence and a machine as JSON:API objects, with the names clients of Keygen's API know. What is ours alone is under
//! `metadata`. The same objects are in licence files and in the answers of the validation API.

use crate::{
    licence::{GRACE, Licence, State},
    product::Entitlement,
};
use jiff::Timestamp;
use rempart_wire::LicenceId;
use serde_json::{Value, json};
use uuid::Uuid;

/// A computer that has a seat: a device enrolled by our agent, or a machine activated by somebody else's program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// Which.
    pub id: Uuid,
    /// What tells it from every other.
    pub fingerprint: String,
    /// Its name.
    pub name: Option<String>,
    /// Its host's name.
    pub hostname: Option<String>,
    /// Its system.
    pub platform: Option<String>,
    /// Its processor's cores.
    pub cores: Option<i64>,
    /// Since when it has its seat.
    pub created_at: Timestamp,
    /// When it was last heard of.
    pub seen_at: Timestamp,
    /// Whether its seat depends on its heartbeat, and how it is.
    pub heartbeat: Heartbeat,
    /// What the program that activated it wants kept.
    pub metadata: Value,
}

/// How a machine's heartbeat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heartbeat {
    /// Seconds between two at most, where the product asks for them.
    pub every: Option<u64>,
    /// The last one.
    pub last: Option<Timestamp>,
}

impl Heartbeat {
    /// `NOT_STARTED`, `ALIVE` or `DEAD`, as clients know it.
    #[must_use]
    pub fn status(self, now: Timestamp) -> &'static str {
        match (self.last, self.every) {
            (None, _) => "NOT_STARTED",
            (Some(last), Some(every))
                if now.duration_since(last).as_secs() > i64::try_from(every).unwrap_or(i64::MAX) =>
            {
                "DEAD"
            }
            _ => "ALIVE",
        }
    }
}

/// The status clients know.
fn status(state: State) -> &'static str {
    match state {
        State::Unstarted => "INACTIVE",
        State::Active | State::Trial { .. } => "ACTIVE",
        State::Expiring { .. } | State::Grace { .. } => "EXPIRING",
        State::Expired { .. } | State::Merged => "EXPIRED",
        State::Suspended => "SUSPENDED",
        State::Revoked => "BANNED",
    }
}

fn relationships(licence: &Licence) -> Value {
    json!({
        "account": { "data": licence.workspace.map(|id| json!({ "type": "accounts", "id": id })) },
        "product": { "data": { "type": "products", "id": licence.product.as_str() } },
    })
}

/// The licence as it stands. `key` is what is said of its key, which is not kept: as it was presented, or masked.
#[must_use]
pub fn licence_object(licence: &Licence, key: &str, now: Timestamp) -> Value {
    let state = licence.state(now);
    json!({
        "type": "licenses",
        "id": licence.id,
        "attributes": {
            "key": key,
            "name": licence.number,
            "expiry": licence.expires_at,
            "status": status(state),
            "uses": 0,
            "suspended": licence.facts.suspended,
            "scheme": null,
            "encrypted": false,
            "strict": true,
            "floating": true,
            "protected": true,
            "maxMachines": licence.seats,
            "maxProcesses": null,
            "maxUsers": null,
            "maxCores": null,
            "maxUses": null,
            "requireHeartbeat": false,
            "requireCheckIn": false,
            "created": licence.first_assigned_at,
            "updated": licence.first_assigned_at,
            "metadata": {
                "number": licence.number,
                "product": licence.product.as_str(),
                "kind": licence.kind.as_str(),
                "facts": licence.facts,
                "state": state.as_str(),
                "graceUntil": licence.expires_at.and_then(|end| end.saturating_add(GRACE).ok()),
                "seatsUsed": licence.seats_used,
                "workspace": licence.workspace_name,
            },
        },
        "relationships": relationships(licence),
    })
}

/// What the licence's product allows, by code.
#[must_use]
pub fn entitlement_objects(entitlements: &[Entitlement], licence: &Licence) -> Vec<Value> {
    let since = licence.first_assigned_at;
    let object = |one: &Entitlement| {
        json!({
            "type": "entitlements",
            "id": format!("{}.{}", licence.product, one.code),
            "attributes": {
                "name": one.name,
                "code": one.code,
                "metadata": {},
                "created": since,
                "updated": since,
            },
            "relationships": {
                "account": { "data": licence.workspace.map(|id| json!({ "type": "accounts", "id": id })) },
            },
        })
    };
    entitlements.iter().map(object).collect()
}

/// The machine, with the licence whose seat it has.
#[must_use]
pub fn machine_object(machine: &Machine, licence: &Licence, now: Timestamp) -> Value {
    let mut relationships = relationships(licence);
    relationships["license"] =
        json!({ "data": { "type": "licenses", "id": LicenceId::to_string(&licence.id) } });
    json!({
        "type": "machines",
        "id": machine.id,
        "attributes": {
            "fingerprint": machine.fingerprint,
            "name": machine.name,
            "hostname": machine.hostname,
            "platform": machine.platform,
            "ip": null,
            "cores": machine.cores,
            "requireHeartbeat": machine.heartbeat.every.is_some(),
            "heartbeatStatus": machine.heartbeat.status(now),
            "heartbeatDuration": machine.heartbeat.every,
            "lastHeartbeat": machine.heartbeat.last,
            "created": machine.created_at,
            "updated": machine.seen_at,
            "metadata": machine.metadata,
        },
        "relationships": relationships,
    })
}
