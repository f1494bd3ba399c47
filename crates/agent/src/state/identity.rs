use super::{StateDir, StateError, record::Record};
use crate::world::Chance;
use ed25519_dalek::{Signer, SigningKey};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

const KEY: Record = Record::new("device.key");

/// The device's own Ed25519 key pair. It never leaves the computer.
pub struct Identity(SigningKey);

impl Identity {
    /// The public half, 64 hexadecimal digits.
    #[must_use]
    pub fn public_key(&self) -> String {
        hex::encode(self.0.verifying_key().as_bytes())
    }

    /// Signature over `text`, 128 hexadecimal digits.
    #[must_use]
    pub fn sign(&self, text: &[u8]) -> String {
        hex::encode(self.0.sign(text).to_bytes())
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({})", self.public_key())
    }
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Stored {
    secret: String,
    public: String,
}

impl StateDir {
    /// The device's key pair, drawn when there is none yet.
    ///
    /// # Errors
    /// When it cannot be read or kept; a damaged key is not replaced, because the device would become another one.
    pub fn identity(&self, chance: &Chance) -> Result<Identity, StateError> {
        let _lock = self.lock("write")?;
        if let Some(stored) = self.read::<Stored>(KEY)? {
            return unpack(&stored).ok_or_else(|| self.damaged(KEY, "it is no key pair".to_owned()));
        }
        let identity = Identity(SigningKey::from_bytes(&chance.bytes()));
        let stored = Stored {
            secret: hex::encode(identity.0.as_bytes()),
            public: identity.public_key(),
        };
        self.write_locked(KEY, &stored)?;
        Ok(identity)
    }
}

fn unpack(stored: &Stored) -> Option<Identity> {
    let mut secret = [0; 32];
    hex::decode_to_slice(&stored.secret, &mut secret).ok()?;
    let identity = Identity(SigningKey::from_bytes(&secret));
    secret.zeroize();
    (identity.public_key() == stored.public).then_some(identity)
}
