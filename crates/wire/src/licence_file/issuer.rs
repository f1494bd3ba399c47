//! The keys files are checked with, as a portal publishes them under `/.well-known/rempart/issuer-keys`.

use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use std::fmt;

/// The name of a key: 16 hexadecimal digits of its own SHA-256, so that no two keys can claim one name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct KeyId(String);

impl KeyId {
    /// The name of this key.
    #[must_use]
    pub fn of(key: &VerifyingKey) -> Self {
        Self(hex::encode(&Sha256::digest(key.as_bytes())[..8]))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text or bytes that are no Ed25519 public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an Ed25519 public key in 64 hexadecimal digits")]
pub struct UnreadableKey;

/// One issuer's public key. In JSON `{"id", "algorithm": "ed25519", "public_key": 64 hexadecimal digits}`; what else
/// there is, is not read, and neither is the id: it follows from the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerKey(VerifyingKey);

impl IssuerKey {
    /// From the key itself.
    #[must_use]
    pub const fn new(key: VerifyingKey) -> Self {
        Self(key)
    }

    /// From 64 hexadecimal digits. A key of small order, under which one signature fits many texts, is none.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, UnreadableKey> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| UnreadableKey)?;
        Self::from_bytes(&bytes)
    }

    /// From its 32 bytes.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, UnreadableKey> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| UnreadableKey)?;
        if key.is_weak() {
            return Err(UnreadableKey);
        }
        Ok(Self(key))
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.0)
    }

    /// 64 hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex::encode(self.0.as_bytes())
    }

    pub(super) const fn verifying(&self) -> &VerifyingKey {
        &self.0
    }
}

#[derive(Serialize, Deserialize)]
struct Published {
    #[serde(default)]
    id: String,
    algorithm: String,
    public_key: String,
}

impl Serialize for IssuerKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let published = Published {
            id: self.id().0,
            algorithm: "ed25519".to_owned(),
            public_key: self.to_hex(),
        };
        published.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for IssuerKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let published = Published::deserialize(deserializer)?;
        if published.algorithm != "ed25519" {
            return Err(de::Error::custom("the algorithm is not ed25519"));
        }
        Self::parse(&published.public_key).map_err(de::Error::custom)
    }
}

/// The keys a reader trusts: those in use, and those that were when files still out were signed. In JSON `{"keys": […]}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuerKeys {
    keys: Vec<IssuerKey>,
}

impl IssuerKeys {
    /// None at all: every file is refused.
    #[must_use]
    pub const fn none() -> Self {
        Self { keys: Vec::new() }
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &IssuerKey> {
        self.keys.iter()
    }

    /// The one of this name.
    #[must_use]
    pub fn get(&self, id: &KeyId) -> Option<&IssuerKey> {
        self.keys.iter().find(|key| key.id() == *id)
    }
}

impl FromIterator<IssuerKey> for IssuerKeys {
    fn from_iter<I: IntoIterator<Item = IssuerKey>>(keys: I) -> Self {
        Self {
            keys: keys.into_iter().collect(),
        }
    }
}
