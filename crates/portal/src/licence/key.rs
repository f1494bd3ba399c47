//! Keys: read from what was typed, and known to the database by a keyed hash only. Whoever steals the database cannot try
//! keys against it without the server's secret, and cannot read one back with it.

use crate::base::{
    error::{Code, Fault},
    secret::Secrets,
};
use rempart_wire::{KeyError, LicenceKey};

/// Reads a key; the check symbols are tested here, before the database is asked anything.
///
/// # Errors
/// `key_length`, `key_symbol` or `key_group`, the last two naming the group.
pub(super) fn parse(text: &str) -> Result<LicenceKey, Fault> {
    text.parse().map_err(|error| {
        let fault = |code| Fault::new(code).at("key");
        match error {
            KeyError::Length(length) => fault(Code::KeyLength).arg("length", length),
            KeyError::Symbol { group, symbol } => fault(Code::KeySymbol)
                .arg("group", group)
                .arg("symbol", symbol)
                .facts(serde_json::json!({ "group": group })),
            KeyError::Group(group) => fault(Code::KeyGroup)
                .arg("group", group)
                .facts(serde_json::json!({ "group": group })),
        }
    })
}

/// How the database knows a key.
pub(super) fn hash(secrets: &Secrets, key: &LicenceKey) -> [u8; 32] {
    *blake3::keyed_hash(&secrets.licence_keys(), key.to_string().as_bytes()).as_bytes()
}
