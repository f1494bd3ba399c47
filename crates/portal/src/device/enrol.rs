//! A computer becomes a device of a workspace: token, seat, device and credential in one transaction, or nothing.

use super::{
    link::{CREDENTIAL_PREFIX, Introduction},
    order,
    settings::Wanted,
    store::{credential, enrol as sql, token},
};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        authn::token_hash,
        db::Tx,
        error::{Code, Fault},
    },
    licence::{self, Seat},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rempart_wire::{DeviceId, WorkspaceId};
use serde_json::json;
use std::net::IpAddr;

/// What a computer that enrolled is given.
pub(super) struct Enrolled {
    pub device: DeviceId,
    /// What it signs in with from now on, once it has used it.
    pub credential: String,
    pub settings: Wanted,
}

/// A random secret that is recognised by how it begins.
pub(super) fn secret(prefix: &str, app: &App) -> String {
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(app.chance.bytes32()))
}

pub(super) async fn run(
    app: &App,
    token: [u8; 32],
    introduction: Introduction,
    address: IpAddr,
) -> Result<Enrolled, Fault> {
    let credential = secret(CREDENTIAL_PREFIX, app);
    let (devices, portal) = (app.devices.clone(), app.config.public_url.clone());
    app.db
        .write(move |mut tx| {
            let token = use_token(&mut tx, token)?;
            // The licence's row is locked before the device's, as by everybody who moves seats.
            let claimed = match sql::seat_of(&mut tx, token.workspace, &introduction)? {
                Some(_) => None,
                None => Some(licence::claim_seat(&mut tx, token.workspace)?),
            };
            let found = sql::find_or_make(&mut tx, token.workspace, &introduction)?;
            let licence = match (claimed, found.licence) {
                (Some(licence), None) | (None, Some(licence)) => licence,
                // Its seat came or went in the same moment: the next try sees how it stands.
                (Some(_), Some(_)) | (None, None) => {
                    return Err(Fault::new(Code::Unavailable).because("the device's seat is being moved"));
                }
            };
            sql::enrolled(&mut tx, &found, licence, &introduction, &address.to_string())?;
            order::cancel_open(&mut tx, devices.inbox(), found.id)?;
            credential::insert(&mut tx, found.id, token_hash(&credential))?;
            let settings =
                Wanted::read(&mut tx, token.workspace, &portal, Seat::Held)?.ok_or(Code::TokenUnknown)?;
            let event = event(found.id, token.workspace).with(json!({
                "name": introduction.name.as_deref().unwrap_or(&found.name),
                "again": found.again,
                "token": token.end,
                "address": address.to_string(),
            }));
            let enrolled = Enrolled {
                device: found.id,
                credential,
                settings,
            };
            Ok(tx.commit(event, enrolled)?)
        })
        .await
}

fn use_token(tx: &mut Tx<'_>, hash: [u8; 32]) -> Result<token::Token, Fault> {
    let found = token::by_hash(tx, hash)?.ok_or(Code::TokenUnknown)?;
    found.usable(tx.now())?;
    if token::consume(tx, found.id)? {
        return Ok(found);
    }
    // Somebody was quicker: what it is now says why.
    let now = tx.now();
    let found = token::by_hash(tx, hash)?.ok_or(Code::TokenUnknown)?;
    Err(found.usable(now).err().unwrap_or(Code::TokenUsedUp).into())
}

fn event(device: DeviceId, workspace: WorkspaceId) -> AuditEvent {
    AuditEvent::new(AuditActor::Device(device), "device.enrol")
        .in_workspace(workspace)
        .on("device", device)
}
