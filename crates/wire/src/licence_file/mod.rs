//! The licence file: what proves a licence where there is no network. A text of the form that readers people already
//! have can check (Keygen's): a signed envelope around a JSON:API document, plain or encrypted.
//!
//! Always true: nothing of a file is decrypted or believed before its signature was checked against a key the reader
//! already had; there is exactly one text for a file (line ends and a missing last one aside), so a changed byte is a
//! refused file; what a file says is obeyed only after [`Document::check`] looked at the clock and at the machine.
//!
//! Reading goes through the types in order: [`LicenceFile::parse`], [`LicenceFile::verify`], [`Verified::open`],
//! [`Document::check`]. Time, and the chance behind an encrypted file's nonce, are parameters.

mod armour;
mod document;
mod issuer;
mod seal;
#[cfg(test)]
mod tests;

pub use document::{Document, Object, Period, TOLERANCE};
pub use issuer::{IssuerKey, IssuerKeys, KeyId, UnreadableKey};
pub use seal::Lock;

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use ed25519_dalek::{Signature, Signer, SigningKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;

/// The longest text that is looked at. A file of ours has some 2 KiB.
pub const LONGEST: usize = 256 * 1024;
/// The shortest time a file may be good for, in seconds: an hour.
pub const SHORTEST_TTL: i64 = 3_600;
/// The longest, in seconds: 365 days.
pub const LONGEST_TTL: i64 = 365 * 86_400;

/// What a file speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A licence, for every computer that has one of its seats.
    Licence,
    /// One computer that has a seat.
    Machine,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Licence, Self::Machine];

    /// Between the dashes of the first line and the last.
    const fn title(self) -> &'static str {
        match self {
            Self::Licence => "LICENSE FILE",
            Self::Machine => "MACHINE FILE",
        }
    }

    /// What the signed bytes begin with, so that a file of one kind is never one of the other.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Licence => "license/",
            Self::Machine => "machine/",
        }
    }

    /// The JSON:API type of the document's `data`.
    #[must_use]
    pub const fn data_type(self) -> &'static str {
        match self {
            Self::Licence => "licenses",
            Self::Machine => "machines",
        }
    }
}

/// Why a file is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Longer than any licence file.
    #[error("longer than any licence file")]
    TooLong,
    /// Not between the lines that begin and end a file, or wrapped otherwise than files are.
    #[error("not the text of a licence file")]
    Armour,
    /// Not the base64 that was written: a foreign symbol, wrong padding, or bits that mean nothing.
    #[error("the base64 inside is damaged")]
    Encoding,
    /// The envelope or the document is not of the form the format prescribes.
    #[error("the contents are not of the form of a licence file")]
    Form,
    /// Made with an algorithm that is not ours.
    #[error("made with {0}, which is not read here")]
    Algorithm(
        /// As the file names it.
        String,
    ),
    /// By nobody whose key is known, or changed since.
    #[error("not signed by a known issuer, or changed since")]
    Signature,
    /// Encrypted, and no licence key was given.
    #[error("encrypted: the licence key is needed to read it")]
    Locked,
    /// Encrypted, and not for this licence key (and this machine).
    #[error("encrypted for another licence key or another machine")]
    Key,
    /// Issued after now, beyond the tolerance: one of the two clocks is wrong.
    #[error("issued at {issued}, which is in the future")]
    Future {
        /// When the file says it was issued.
        issued: Timestamp,
    },
    /// No longer good.
    #[error("good until {expiry} only")]
    Expired {
        /// Until when it was.
        expiry: Timestamp,
    },
    /// For another computer than this.
    #[error("for another machine")]
    OtherMachine,
}

/// Plain or encrypted, as a file's `alg` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Plain,
    Encrypted,
}

impl Algorithm {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "base64+ed25519",
            Self::Encrypted => "aes-256-gcm+ed25519",
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a> {
    #[serde(borrow)]
    enc: Cow<'a, str>,
    #[serde(borrow)]
    sig: Cow<'a, str>,
    #[serde(borrow)]
    alg: Cow<'a, str>,
}

/// A file whose form was read and of which nothing is believed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceFile {
    kind: Kind,
    algorithm: Algorithm,
    /// What is signed: the kind's prefix, and the document in base64.
    signed: String,
    signature: [u8; 64],
}

/// A file that a known issuer signed as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<'a> {
    file: &'a LicenceFile,
    issuer: KeyId,
}

/// Writes a file that says `payload`: signed, and encrypted before that when there is a lock.
///
/// `payload` is a JSON:API document as [`Document`] reads it; nothing about it is checked here.
#[must_use]
pub fn write(kind: Kind, payload: &Value, issuer: &SigningKey, lock: Option<&Lock<'_>>) -> String {
    let plain = payload.to_string();
    let (algorithm, enc) = match lock {
        None => (Algorithm::Plain, BASE64.encode(plain)),
        Some(lock) => (Algorithm::Encrypted, lock.seal(kind, plain.into_bytes())),
    };
    let signature = issuer.sign(signed(kind, &enc).as_bytes());
    let envelope = Envelope {
        enc: enc.into(),
        sig: BASE64.encode(signature.to_bytes()).into(),
        alg: algorithm.as_str().into(),
    };
    armour::wrap(kind, &serde_json::json!(envelope).to_string())
}

fn signed(kind: Kind, enc: &str) -> String {
    [kind.prefix(), enc].concat()
}

/// Reads base64 that is as it would be written. Twice a file: it shows beside the signature, so it is done many symbols
/// at a time.
fn decode(base64: &[u8]) -> Result<Vec<u8>, Refused> {
    base64_simd::STANDARD
        .decode_to_vec(base64)
        .map_err(|_| Refused::Encoding)
}

impl LicenceFile {
    /// Reads a file's form.
    ///
    /// # Errors
    /// [`Refused::TooLong`], [`Refused::Armour`], [`Refused::Encoding`], [`Refused::Form`] or [`Refused::Algorithm`].
    pub fn parse(text: &str) -> Result<Self, Refused> {
        if text.len() > LONGEST {
            return Err(Refused::TooLong);
        }
        let (kind, json) = armour::unwrap(text)?;
        let envelope: Envelope<'_> = serde_json::from_slice(&json).map_err(|_| Refused::Form)?;
        let algorithm = [Algorithm::Plain, Algorithm::Encrypted]
            .into_iter()
            .find(|known| known.as_str() == envelope.alg)
            .ok_or_else(|| Refused::Algorithm(envelope.alg.into_owned()))?;
        let signature = decode(envelope.sig.as_bytes())?;
        Ok(Self {
            kind,
            algorithm,
            signed: signed(kind, &envelope.enc),
            signature: signature.try_into().map_err(|_| Refused::Signature)?,
        })
    }

    /// What it speaks about.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether the licence key is needed to read it.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.algorithm == Algorithm::Encrypted
    }

    /// Checks its signature against every key that is known: a file does not say whose it is, and a name in it could
    /// not be believed anyway.
    ///
    /// # Errors
    /// [`Refused::Signature`].
    pub fn verify(&self, known: &IssuerKeys) -> Result<Verified<'_>, Refused> {
        let signature = Signature::from_bytes(&self.signature);
        let bytes = self.signed.as_bytes();
        let issuer = known
            .iter()
            .find(|key| key.verifying().verify_strict(bytes, &signature).is_ok())
            .ok_or(Refused::Signature)?;
        Ok(Verified {
            file: self,
            issuer: issuer.id(),
        })
    }
}

impl Verified<'_> {
    /// Whose signature it is.
    #[must_use]
    pub const fn issuer(&self) -> &KeyId {
        &self.issuer
    }

    /// Reads the document; `secret` is what an encrypted file was locked with, see [`Lock`], and a plain one needs none.
    ///
    /// # Errors
    /// [`Refused::Locked`], [`Refused::Key`], [`Refused::Encoding`] or [`Refused::Form`].
    pub fn open(&self, key: Option<&str>, fingerprint: Option<&str>) -> Result<Document, Refused> {
        let LicenceFile { kind, signed, .. } = self.file;
        let enc = &signed[kind.prefix().len()..];
        let plain = match (self.file.algorithm, key) {
            (Algorithm::Plain, _) => decode(enc.as_bytes())?,
            (Algorithm::Encrypted, None) => return Err(Refused::Locked),
            (Algorithm::Encrypted, Some(key)) => {
                seal::open(*kind, enc, key, fingerprint.unwrap_or_default())?
            }
        };
        Document::read(*kind, &plain)
    }
}
