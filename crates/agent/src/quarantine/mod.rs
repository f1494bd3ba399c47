//! Files taken out of harm's way: moved, encrypted, and restorable exactly.
//!
//! Always true: a file is in exactly one of two places, where it was or here, also after a crash at any point; nothing in
//! here can be read without the key; nothing that exists is ever overwritten by a restore.
//!
//! How one item's files are named tells how far it is (`<id>.…` in the quarantine folder):
//!
//! | name | the file is | an interrupted process is answered by |
//! | --- | --- | --- |
//! | `writing` | where it was | removing it |
//! | `pending` | where it was, or beside it under a private name | giving it its name back, removing it |
//! | `moving` | **here**; its private name may still be there | removing the private name |
//! | `item` | **here** | nothing |
//! | `restoring` | here, until the file named in it has its name back | removing the new file, or else the item |
//!
//! Every change of state is one rename. A process working on an item holds a lock on its file, so that another process
//! neither lists nor "repairs" what is still being done.

mod announce;
mod by_request;
mod delete;
mod error;
mod find;
mod journal;
mod kept;
mod list;
mod recover;
mod restore;
mod seal;
mod sentence;
mod step;
mod take;

pub use error::{FindError, QuarantineError};
pub use list::Contents;

use crate::{
    state::{Record, StateDir},
    world::World,
};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use jiff::Timestamp;
use rempart_os::Dir;
use rempart_wire::{QuarantineId, QuarantineReport};
use std::{
    ffi::{OsStr, OsString},
    fs::File,
};
use step::Fault;

const KEY: Record = Record::new("quarantine.key");
/// A larger file is left where it is: hashing its holes alone would take minutes.
const LARGEST: u64 = 16 << 30;

/// A quarantined file.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Which, where it was, why it was taken.
    pub report: QuarantineReport,
    /// When it was taken.
    pub taken_at: Timestamp,
}

/// The quarantine of one agent.
pub struct Store {
    folder: Dir,
    cipher: XChaCha20Poly1305,
    world: World,
    fault: Box<dyn Fault>,
}

impl Store {
    /// Opens the quarantine of a state folder and finishes what an interrupted process left half done.
    ///
    /// # Errors
    /// When the folder or the key cannot be used.
    pub fn open(state: &StateDir, world: &World) -> Result<Self, QuarantineError> {
        Self::open_with(state, world, Box::new(step::NoFault))
    }

    fn open_with(state: &StateDir, world: &World, fault: Box<dyn Fault>) -> Result<Self, QuarantineError> {
        let path = state.subfolder("quarantine")?;
        let key = state.secret(KEY, &world.chance)?;
        let store = Self {
            folder: Dir::open(&path)?,
            cipher: XChaCha20Poly1305::new((&*key).into()),
            world: world.clone(),
            fault,
        };
        store.recover()?;
        Ok(store)
    }

    /// Opens an item's file and locks it, so that nobody else works on it meanwhile.
    fn claim(&self, item: QuarantineId, stage: Stage) -> Result<File, QuarantineError> {
        let name = stage.name(item);
        let unknown = |error: rempart_os::OsError| match error.kind() {
            std::io::ErrorKind::NotFound => QuarantineError::Unknown(item),
            _ => error.into(),
        };
        let file = self.folder.open_file(&name).map_err(unknown)?;
        let path = self.folder.path().join(&name);
        file.lock().map_err(|source| QuarantineError::Io {
            path: path.clone(),
            source,
        })?;
        // Whoever held the lock before may have restored or deleted it.
        let still = self.folder.meta(&name).map_err(unknown)?;
        if !still.is_same_file(&rempart_os::meta(&file, &path)?) {
            return Err(QuarantineError::Unknown(item));
        }
        Ok(file)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.folder.path().display())
    }
}

/// How far an item is; the ending of its file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Writing,
    Pending,
    Moving,
    Held,
    /// Not the item but the note that it is being restored.
    Restoring,
    /// Such a note being written.
    RestoringDraft,
}

impl Stage {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Writing, "writing"),
        (Self::Pending, "pending"),
        (Self::Moving, "moving"),
        (Self::Held, "item"),
        (Self::Restoring, "restoring"),
        (Self::RestoringDraft, "restoring-draft"),
    ];

    fn name(self, item: QuarantineId) -> OsString {
        let ending = Self::ALL.iter().find(|(stage, _)| *stage == self);
        format!("{item}.{}", ending.map_or("", |(_, ending)| ending)).into()
    }

    fn parse(name: &OsStr) -> Option<(QuarantineId, Self)> {
        let (item, ending) = name.to_str()?.split_once('.')?;
        let (stage, _) = Self::ALL.iter().find(|(_, known)| *known == ending)?;
        Some((item.parse().ok()?, *stage))
    }
}

/// The name a file has in its own folder for the moment between two renames.
fn private_name(item: QuarantineId) -> OsString {
    format!(".rempart-{item}").into()
}

#[cfg(test)]
mod tests;
