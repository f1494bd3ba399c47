use std::{
    io,
    path::{Path, PathBuf},
};

/// Why the state folder could not be used. Each names the path.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was touched.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// The file's checksum or contents are wrong.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder has files in it and was not made by an agent.
    #[error("{} is not an agent's folder: it holds other files", path.display())]
    NotOurs {
        /// Which folder.
        path: PathBuf,
    },
    /// A newer agent made the folder.
    #[error("{} was written by a newer agent (format {version})", path.display())]
    Newer {
        /// Which folder.
        path: PathBuf,
        /// The format it is in.
        version: u32,
    },
    /// Something needs an enrolled device and this one is not.
    #[error("this computer is not enrolled")]
    NotEnrolled,
}

impl StateError {
    /// Stable name of the kind of error.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "state_unusable",
            Self::Damaged { .. } => "state_damaged",
            Self::NotOurs { .. } => "state_not_ours",
            Self::Newer { .. } => "state_newer",
            Self::NotEnrolled => "not_enrolled",
        }
    }

    /// Gives an I/O error the path it is about.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { path, source }
    }
}
