//! AES-256-GCM without associated data, under a key that whoever holds the licence key can make.

use super::{BASE64, Kind, Refused, decode};
use aes_gcm::{AeadInOut, Aes256Gcm, KeyInit, Nonce, Tag};
use base64::Engine;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// What an encrypted file is locked with.
pub struct Lock<'a> {
    /// The licence key, in groups and capitals as it is printed.
    pub key: &'a str,
    /// The machine's fingerprint; counts only for a machine's file.
    pub fingerprint: &'a str,
    /// 12 random bytes, never used twice under one key.
    pub nonce: [u8; 12],
}

impl std::fmt::Debug for Lock<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lock")
    }
}

impl Lock<'_> {
    pub(super) fn seal(&self, kind: Kind, mut bytes: Vec<u8>) -> String {
        // The cipher refuses more than 64 GiB only; an empty tag would be found by the first reader.
        let tag = cipher(kind, self.key, self.fingerprint)
            .encrypt_inout_detached(&Nonce::from(self.nonce), &[], bytes.as_mut_slice().into())
            .unwrap_or_default();
        [&bytes[..], &self.nonce, &tag]
            .map(|part| BASE64.encode(part))
            .join(".")
    }
}

pub(super) fn open(kind: Kind, enc: &str, key: &str, fingerprint: &str) -> Result<Vec<u8>, Refused> {
    let mut parts = enc.split('.');
    let [Some(bytes), Some(nonce), Some(tag), None] = [(); 4].map(|()| parts.next()) else {
        return Err(Refused::Form);
    };
    let mut bytes = decode(bytes.as_bytes())?;
    let (nonce, tag) = (exactly::<12>(nonce)?, exactly::<16>(tag)?);
    cipher(kind, key, fingerprint)
        .decrypt_inout_detached(
            &Nonce::from(nonce),
            &[],
            bytes.as_mut_slice().into(),
            &Tag::from(tag),
        )
        .map_err(|_| Refused::Key)?;
    Ok(bytes)
}

/// So many bytes in base64, and no more.
fn exactly<const N: usize>(base64: &str) -> Result<[u8; N], Refused> {
    decode(base64.as_bytes())?.try_into().map_err(|_| Refused::Form)
}

fn cipher(kind: Kind, key: &str, fingerprint: &str) -> Aes256Gcm {
    let mut digest = Sha256::new();
    digest.update(key);
    if kind == Kind::Machine {
        digest.update(fingerprint);
    }
    let key: Zeroizing<[u8; 32]> = Zeroizing::new(digest.finalize().into());
    Aes256Gcm::new((&*key).into())
}
