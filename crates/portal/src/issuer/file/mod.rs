//! Whoever owns a licence, or manages it in its workspace, takes it out as a file: for every computer of the workspace or
//! for one, plain or locked with the licence key, good for 1 to 365 days. What is suspended, revoked or expired gets none.
//! A file that is out cannot be called back: it ends when it says.

pub(super) mod door;

use super::{Machine, Signer, licence_object, machine_object};
use crate::{
    base::{
        clock::Chance,
        error::{Code, Fault},
    },
    licence::{Licence, State},
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{
    LicenceKey,
    licence_file::{self, Kind, Lock, Period},
};
use serde_json::{Value, json};

/// What a file is to say.
#[derive(Debug)]
pub struct Ask<'a> {
    /// Of which licence.
    pub licence: &'a Licence,
    /// For which machine, when it is for one.
    pub machine: Option<&'a Machine>,
    /// What else it carries.
    pub included: Vec<Value>,
    /// How long it is good.
    pub ttl: SignedDuration,
    /// What it is locked with, when it is.
    pub lock: Option<&'a LicenceKey>,
}

/// A file.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its text.
    pub text: String,
    /// For how long it is good.
    pub period: Period,
}

/// Whether a licence is good enough for a file.
///
/// # Errors
/// `licence_not_attached`, `licence_unusable` (suspended or revoked) or `licence_expired`.
pub fn grantable(licence: &Licence, now: Timestamp) -> Result<(), Fault> {
    let name = licence.workspace_name.clone().ok_or(Code::LicenceNotAttached)?;
    match licence.state(now) {
        State::Unstarted => Err(Code::LicenceNotAttached.into()),
        State::Suspended | State::Revoked | State::Merged => Err(Code::LicenceUnusable.into()),
        State::Expired { .. } => Err(Fault::new(Code::LicenceExpired).arg("workspace", name)),
        State::Active | State::Trial { .. } | State::Expiring { .. } | State::Grace { .. } => Ok(()),
    }
}

/// Writes the file. The key itself is in none: whoever reads a plain file does not hold it, and whoever opens a locked one
/// does.
#[must_use]
pub fn write(signer: &Signer, ask: &Ask<'_>, now: Timestamp, chance: &Chance) -> Written {
    let period = Period::starting(now, ask.ttl);
    let masked = ask.licence.masked_key().unwrap_or_default();
    let licence = licence_object(ask.licence, &masked, now);
    let mut included = ask.included.clone();
    let (kind, data, fingerprint) = match ask.machine {
        None => (Kind::Licence, licence, ""),
        Some(machine) => {
            included.insert(0, licence);
            let data = machine_object(machine, ask.licence, now);
            (Kind::Machine, data, machine.fingerprint.as_str())
        }
    };
    let payload = json!({ "data": data, "included": included, "meta": period.to_json() });
    let key = ask.lock.map(LicenceKey::to_string);
    let mut nonce = [0; 12];
    nonce.copy_from_slice(&chance.bytes32()[..12]);
    let lock = key.as_ref().map(|key| Lock {
        key,
        fingerprint,
        nonce,
    });
    Written {
        text: licence_file::write(kind, &payload, signer.key(), lock.as_ref()),
        period,
    }
}
