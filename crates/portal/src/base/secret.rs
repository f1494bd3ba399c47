//! Secrets of the server itself: one file in the data folder, readable by the server alone, from which every other
//! secret is derived. The database holds none of them, so whoever steals it can neither try licence keys against it nor
//! open what is sealed in it.
//!
//! Always true: the file is made once and never changed; a portal that has another file than the first one on the same
//! database refuses to start, because it would find no key and open no seal.

use super::{
    audit::Housekeeping,
    clock::Chance,
    db::{Db, DbError, Read},
};
use crate::{params, sql};
use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305, XNonce};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};
use zeroize::Zeroizing;

/// The file's name in the data folder.
pub const FILE: &str = "server.key";
/// Where databases made before the file existed kept the secret of licence keys.
const OLD_SETTING: &str = "licence_key_secret";
const CHECK_SETTING: &str = "server_key_check";
const NONCE: usize = 24;

/// Why the secrets cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file cannot be read or made.
    #[error("{path}: {error}", path = .0.display(), error = .1)]
    File(PathBuf, std::io::Error),
    /// The file is not what this program wrote.
    #[error("{path} is damaged: put back the copy from your backup", path = .0.display())]
    Damaged(PathBuf),
    /// Others can read the file.
    #[error("{path} can be read by others: chmod 600 it", path = .0.display())]
    Open(PathBuf),
    /// The database was made with another file.
    #[error(
        "{path} is not the one this database was made with: copy {FILE} from the data folder of the first portal, or \
         from your backup", path = .0.display()
    )]
    Another(PathBuf),
    /// The database cannot be used.
    #[error(transparent)]
    Db(#[from] DbError),
}

struct Held {
    master: Zeroizing<[u8; 32]>,
    /// As it was in the database once; otherwise derived.
    licence_keys: Option<Zeroizing<[u8; 32]>>,
}

/// The server's secrets; clones are cheap. Never printed.
#[derive(Clone)]
pub struct Secrets(Arc<Held>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

impl Secrets {
    /// Reads the file of the data folder, or makes it, and compares it with what the database was made with.
    ///
    /// # Errors
    /// When the file cannot be read or made, is damaged, is readable by others, or is another one than the database's.
    pub async fn open(folder: &Path, db: &Db, chance: &Chance) -> Result<Self, SecretError> {
        let old = db.read(|r| setting(r, OLD_SETTING)).await?;
        let path = folder.join(FILE);
        let held = match read(&path)? {
            Some(held) => held,
            None => make(&path, chance, old)?,
        };
        let secrets = Self(Arc::new(held));
        let check = secrets.derive("rempart 2026 server key check");
        let known = db
            .write(move |mut tx| {
                tx.execute(
                    sql!("insert into server_setting (name, value) values ($1, $2) on conflict (name) do nothing"),
                    params![CHECK_SETTING, check],
                )?;
                tx.execute(
                    sql!("delete from server_setting where name = $1"),
                    params![OLD_SETTING],
                )?;
                let known = setting(&mut tx, CHECK_SETTING)?;
                tx.tidy(Housekeeping::ServerSetting, known)
            })
            .await?;
        if known == Some(check) {
            Ok(secrets)
        } else {
            Err(SecretError::Another(path))
        }
    }

    /// Secrets that are nobody's, for commands that open no real data.
    #[must_use]
    pub fn drawn(chance: &Chance) -> Self {
        Self(Arc::new(Held {
            master: Zeroizing::new(chance.bytes32()),
            licence_keys: None,
        }))
    }

    /// The secret for one purpose. `context` names it once and for all, and nothing else may use it (BLAKE3, key
    /// derivation).
    #[must_use]
    pub fn derive(&self, context: &'static str) -> [u8; 32] {
        blake3::derive_key(context, self.0.master.as_slice())
    }

    /// The secret with which licence keys are hashed.
    #[must_use]
    pub fn licence_keys(&self) -> [u8; 32] {
        self.0
            .licence_keys
            .as_ref()
            .map_or_else(|| self.derive("rempart 2026 licence keys"), |kept| **kept)
    }

    /// Seals bytes for the database: only this server reads them, and only under the same `context` and `about` (the id
    /// of the row, say). XChaCha20-Poly1305, the nonce drawn at random and put in front.
    ///
    /// # Errors
    /// Only for texts of hundreds of gigabytes.
    pub fn seal(
        &self,
        chance: &Chance,
        (context, about): (&'static str, &[u8]),
        plain: &[u8],
    ) -> Result<Vec<u8>, SealError> {
        let mut nonce = XNonce::default();
        nonce.copy_from_slice(&chance.bytes32()[..NONCE]);
        let mut body = plain.to_vec();
        self.cipher(context)
            .encrypt_in_place(&nonce, about, &mut body)
            .map_err(|_| SealError)?;
        Ok([nonce.as_slice(), &body].concat())
    }

    /// Opens what [`Secrets::seal`] sealed.
    ///
    /// # Errors
    /// When it is damaged, was sealed by another server, or under another context or for another row.
    pub fn unseal(
        &self,
        (context, about): (&'static str, &[u8]),
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (nonce, body) = sealed.split_at_checked(NONCE).ok_or(SealError)?;
        let mut at = XNonce::default();
        at.copy_from_slice(nonce);
        let mut body = Zeroizing::new(body.to_vec());
        self.cipher(context)
            .decrypt_in_place(&at, about, &mut *body)
            .map_err(|_| SealError)?;
        Ok(body)
    }

    fn cipher(&self, context: &'static str) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive(context).into())
    }
}

/// What was sealed cannot be opened here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the seal does not open: damaged, or sealed with another server.key")]
pub struct SealError;

impl From<SealError> for super::error::Fault {
    fn from(error: SealError) -> Self {
        Self::new(super::error::Code::Internal).because(error.to_string())
    }
}

fn setting(r: &mut impl Read, name: &'static str) -> Result<Option<[u8; 32]>, DbError> {
    let statement = sql!("select value from server_setting where name = $1");
    let Some(row) = r.first(statement, params![name])? else {
        return Ok(None);
    };
    let value: Vec<u8> = row.get(0)?;
    value.try_into().map(Some).map_err(|_| DbError::Decode {
        column: 0,
        sql: statement.to_owned(),
    })
}

/// The file is lines of a name and 64 hexadecimal digits.
fn read(path: &Path) -> Result<Option<Held>, SecretError> {
    let wrong = |error| SecretError::File(path.into(), error);
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong(error)),
    };
    if fs::metadata(path).map_err(wrong)?.permissions().mode() & 0o077 != 0 {
        return Err(SecretError::Open(path.into()));
    }
    let (mut master, mut licence_keys) = (None, None);
    for line in text.lines() {
        let mut bytes = Zeroizing::new([0; 32]);
        let slot = match line.split_once(' ') {
            Some(("master", digits)) => hex::decode_to_slice(digits, &mut *bytes).map(|()| &mut master),
            Some(("licence-keys", digits)) => {
                hex::decode_to_slice(digits, &mut *bytes).map(|()| &mut licence_keys)
            }
            _ => return Err(SecretError::Damaged(path.into())),
        };
        *slot.map_err(|_| SecretError::Damaged(path.into()))? = Some(bytes);
    }
    let master = master.ok_or_else(|| SecretError::Damaged(path.into()))?;
    Ok(Some(Held { master, licence_keys }))
}

/// Makes the file whole or not at all; should another program be quicker, its file counts.
fn make(path: &Path, chance: &Chance, licence_keys: Option<[u8; 32]>) -> Result<Held, SecretError> {
    let wrong = |error| SecretError::File(path.into(), error);
    let held = Held {
        master: Zeroizing::new(chance.bytes32()),
        licence_keys: licence_keys.map(Zeroizing::new),
    };
    let mut text = Zeroizing::new(format!("master {}\n", hex::encode(held.master.as_slice())));
    if let Some(kept) = &held.licence_keys {
        text.push_str(&format!("licence-keys {}\n", hex::encode(kept.as_slice())));
    }
    let part = path.with_extension(format!("key.{}", std::process::id()));
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&part)
        .map_err(wrong)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        // A link is refused when the name is taken; a rename would take the place of the other's file.
        .and_then(|()| match fs::hard_link(&part, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            linked => linked,
        });
    let cleared = fs::remove_file(&part);
    written.and(cleared).map_err(wrong)?;
    if let Some(folder) = path.parent() {
        fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(wrong)?;
    }
    read(path)?.ok_or_else(|| SecretError::Damaged(path.into()))
}

#[cfg(test)]
mod tests;
