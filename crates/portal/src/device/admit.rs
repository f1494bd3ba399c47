//! A device signs in with its credential. One that has no seat takes one again, if one is free.

use super::{
    health::Health,
    link::Introduction,
    settings::Wanted,
    store::{
        credential,
        credential::{Credential, Standing},
        enrol as facts, presence,
    },
};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        db::DbError,
        error::{Code, Fault},
    },
    licence::{self, Seat},
};
use rempart_wire::DeviceId;
use serde_json::json;
use std::net::IpAddr;
use uuid::Uuid;

/// A device that is about to be let in.
pub(super) struct Arrival {
    pub introduction: Introduction,
    pub address: IpAddr,
    pub connection: Uuid,
    pub health: Option<Health>,
}

/// Lets a device in, and writes down what it says about itself. The first use of a new credential ends the older ones in
/// the same transaction. What its settings are to be is given back.
pub(super) async fn run(app: &App, hash: [u8; 32], arrival: Arrival) -> Result<Wanted, Fault> {
    let portal = app.config.public_url.clone();
    app.db
        .write(move |mut tx| {
            let Arrival { introduction, .. } = &arrival;
            let found = credential::by_hash(&mut tx, hash)?.filter(|now| !now.revoked && !now.suspended);
            let found = found.ok_or(Code::CredentialRevoked)?;
            // First: the licence's row is locked before the device's.
            let seat = licence::seat_again(&mut tx, found.workspace, found.device)?;
            if !presence::connected(&mut tx, found.device, arrival.connection)? {
                return Err(Code::CredentialRevoked.into());
            }
            let address = arrival.address.to_string();
            facts::facts(&mut tx, found.device, introduction, &address)?;
            if let Some(health) = &arrival.health {
                presence::health(&mut tx, found.device, health)?;
            }
            let wanted = Wanted::read(&mut tx, found.workspace, &portal, seat)?;
            let wanted = wanted.ok_or(Code::CredentialRevoked)?;
            let event = |action| {
                AuditEvent::new(AuditActor::Device(found.device), action)
                    .in_workspace(found.workspace)
                    .on("device", found.device)
                    .with(json!({ "address": address }))
            };
            let mut events = Vec::new();
            if seat == Seat::Taken {
                events.push(event("device.take_seat"));
            }
            if !found.confirmed {
                credential::confirm(&mut tx, found.device, found.id)?;
                events.push(event("device.take_credential"));
            }
            let Some(last) = events.pop() else {
                return Ok(tx.tidy(Housekeeping::Presence, wanted)?);
            };
            Ok(tx.commit_all(last, events, wanted)?)
        })
        .await
}

/// Two machines were seen with one credential: the device is marked until somebody says it is settled.
pub(super) async fn mark_duplicated(app: &App, known: &Credential, address: IpAddr) -> Result<(), DbError> {
    let (device, workspace) = (known.device, known.workspace);
    app.db
        .write(move |mut tx| {
            if !presence::duplicated(&mut tx, device)? {
                return tx.tidy(Housekeeping::Presence, ());
            }
            let event = AuditEvent::new(AuditActor::Device(device), "device.find_duplicate")
                .in_workspace(workspace)
                .on("device", device)
                .with(json!({ "address": address.to_string() }));
            tx.commit(event, ())
        })
        .await
}

/// Whether a connection opened with this credential may go on.
pub(super) async fn standing(app: &App, device: DeviceId, id: Uuid) -> Result<Standing, DbError> {
    app.db.read(move |r| credential::standing(r, device, id)).await
}
