use crate::state::StateError;
use rempart_os::OsError;
use rempart_wire::QuarantineId;
use std::{io, path::PathBuf};

/// Why something could not be done with the quarantine. Whatever the reason, the file is where it was before.
#[derive(Debug, thiserror::Error)]
pub enum QuarantineError {
    /// The state folder.
    #[error(transparent)]
    State(#[from] StateError),
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was touched.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// No such item is held.
    #[error("no item {0} in quarantine")]
    Unknown(QuarantineId),
    /// The file is no longer the one that was looked at.
    #[error("{} is no longer the file that was scanned", .0.display())]
    Gone(PathBuf),
    /// Too big to be kept.
    #[error("{} is too big for quarantine ({size} bytes)", path.display())]
    TooBig {
        /// Which file.
        path: PathBuf,
        /// Its size.
        size: u64,
    },
    /// The item does not decrypt: the file or the key was changed.
    #[error("{} is damaged", .0.display())]
    Damaged(PathBuf),
    /// A file of that name exists; it is not overwritten.
    #[error("{} exists and is not overwritten", .0.display())]
    NameTaken(PathBuf),
    /// The folder to restore into is gone, or one on the way is a symbolic link now.
    #[error("the folder {} is not there: {source}", path.display())]
    NoFolder {
        /// Which folder.
        path: PathBuf,
        /// Why it cannot be opened.
        source: io::Error,
    },
    /// Owner, mode, times or an attribute cannot be given back.
    #[error("{}: its {what} cannot be given back: {source}", path.display())]
    NotExact {
        /// Which file.
        path: PathBuf,
        /// What of it.
        what: String,
        /// Why.
        source: io::Error,
    },
}

/// Why a typed id names no item.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// The quarantine cannot be read.
    #[error(transparent)]
    Quarantine(#[from] QuarantineError),
    /// None is meant.
    #[error("no item {0} in quarantine")]
    Unknown(String),
    /// Several are meant.
    #[error("several items in quarantine begin or end with {0}")]
    Ambiguous(String),
}

impl From<OsError> for QuarantineError {
    fn from(OsError { path, source }: OsError) -> Self {
        Self::Io { path, source }
    }
}

impl QuarantineError {
    /// Stable code, as in [`rempart_wire::Refusal`].
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::State(error) => error.code(),
            Self::Io { .. } => "file_unusable",
            Self::NameTaken(_) | Self::NoFolder { .. } | Self::NotExact { .. } => "restore_blocked",
            Self::Unknown(_) => "item_unknown",
            Self::Gone(_) => "file_changed",
            Self::TooBig { .. } => "file_too_big",
            Self::Damaged(_) => "item_damaged",
        }
    }
}
