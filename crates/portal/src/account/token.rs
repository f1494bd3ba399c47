//! Secrets handed to people: session cookies, links, API keys. 256 random bits; we keep only the hash.

use crate::base::{authn, clock::Chance};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

pub(super) struct Token(String);

impl Token {
    pub(super) fn new(chance: &Chance) -> Self {
        Self(URL_SAFE_NO_PAD.encode(chance.bytes32()))
    }

    /// With a beginning that says what it is, so that one that leaked is recognised.
    pub(super) fn with_prefix(prefix: &str, chance: &Chance) -> Self {
        Self(format!("{prefix}{}", Self::new(chance).0))
    }

    pub(super) fn hash(&self) -> [u8; 32] {
        authn::token_hash(&self.0)
    }

    /// The secret itself, for its one reader.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}
