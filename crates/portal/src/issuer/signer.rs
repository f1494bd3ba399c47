//! The current key, opened once and kept in memory for a few seconds: every answer of the validation API needs it. A
//! portal learns of a rotation by another one, or by the command line, when it looks again.

use super::store;
use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        clock::Chance,
        db::Tx,
        error::{Code, Fault},
        secret::Secrets,
    },
};
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::licence_file::{IssuerKey, KeyId};
use std::sync::{Arc, Mutex, PoisonError};

/// What the seal of a key is for; with its id.
const SEAL: &str = "rempart 2026 issuer keys";
/// A key that was replaced elsewhere signs for no longer than this.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(5);

/// The current key; clones are cheap. Never printed.
#[derive(Clone)]
pub struct Signer(Arc<(SigningKey, KeyId)>);

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.id())
    }
}

impl Signer {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &KeyId {
        &self.0.1
    }

    /// An Ed25519 signature.
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.0.sign(bytes).to_bytes()
    }

    pub(super) fn key(&self) -> &SigningKey {
        &self.0.0
    }
}

/// The key as it was last looked up.
#[derive(Debug, Default)]
pub struct State(Mutex<Option<(Signer, Timestamp)>>);

impl State {
    fn known(&self, now: Timestamp) -> Option<Signer> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (signer, looked) = held.as_ref()?;
        (now.duration_since(*looked).abs() < LOOK_AGAIN).then(|| signer.clone())
    }

    fn keep(&self, signer: &Signer, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((signer.clone(), now));
    }

    pub(super) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// The current key.
///
/// # Errors
/// When the database cannot be used or the seal does not open.
pub async fn signer(app: &App) -> Result<Signer, Fault> {
    let now = app.clock.now();
    if let Some(signer) = app.issuer.known(now) {
        return Ok(signer);
    }
    let current = app.db.read(|r| store::current(r)).await?;
    let (id, sealed) = current.ok_or(Fault::new(Code::Internal).because("there is no issuer key"))?;
    let opened = app.secrets.unseal((SEAL, id.as_bytes()), &sealed)?;
    let secret: [u8; 32] = opened
        .as_slice()
        .try_into()
        .map_err(|_| Fault::new(Code::Internal).because("a sealed issuer key of another length"))?;
    let key = SigningKey::from_bytes(&secret);
    let id = KeyId::of(&key.verifying_key());
    let signer = Signer(Arc::new((key, id)));
    app.issuer.keep(&signer, now);
    Ok(signer)
}

pub(super) async fn prepare(app: &App) -> Result<(), Fault> {
    if app.db.read(|r| store::current(r)).await?.is_some() {
        return Ok(());
    }
    let secrets = app.secrets.clone();
    app.db
        .write(move |mut tx| {
            // Another portal on the same database may be quicker: its key counts.
            make(&mut tx, &secrets)?;
            Ok(tx.tidy(Housekeeping::ServerSetting, ())?)
        })
        .await
}

/// Draws a key and makes it the current one, when there is none.
pub(super) fn make(tx: &mut Tx<'_>, secrets: &Secrets) -> Result<Option<KeyId>, Fault> {
    let chance: Chance = tx.chance().clone();
    let key = SigningKey::from_bytes(&chance.bytes32());
    let public = IssuerKey::new(key.verifying_key());
    let id = public.id();
    let sealed = secrets.seal(&chance, (SEAL, id.as_str().as_bytes()), &key.to_bytes())?;
    Ok(store::insert(tx, &public, sealed)?.then_some(id))
}
