//! The agent's memory: one folder, 0700, in which every fact is a small file.
//!
//! Always true: a file is replaced whole (written beside, flushed, renamed) and ends in a checksum, so it holds the last
//! value set or is noticed to be damaged; a damaged file is an error naming it and is never taken for "nothing set".
//! Several processes (the daemon, the command line) may use one folder at a time.

mod enrolment;
mod error;
mod identity;
mod record;
mod secret;
mod sentence;
mod settings;

pub use enrolment::{Credential, Enrolment};
pub use error::StateError;
pub use identity::Identity;

pub(crate) use record::{Record, flush_folder, private};
use std::{
    fs::{self, File},
    io,
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Where the state is when nothing else is said.
pub const DEFAULT_FOLDER: &str = "/var/lib/rempart-agent";
/// Environment variable that says otherwise.
pub const FOLDER_VARIABLE: &str = "REMPART_AGENT_STATE";

const FORMAT: Record = Record::new("format");
const FORMAT_VERSION: u32 = 1;
const TEMPORARY: &str = ".tmp-";

/// The agent's data folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct StateDir {
    folder: Arc<PathBuf>,
}

/// A lock on the state folder, held until dropped or until the process ends, however it ends.
#[derive(Debug)]
pub struct StateLock {
    _file: File,
}

impl StateDir {
    /// Opens the folder, making it (0700) when it is missing. A folder with other people's files in it is refused.
    ///
    /// # Errors
    /// When it cannot be made or read, is not an agent's folder, or comes from a newer agent.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StateError> {
        let path = path.as_ref();
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(StateError::at(path))?;
        let folder = fs::canonicalize(path).map_err(StateError::at(path))?;
        let state = Self {
            folder: Arc::new(folder),
        };
        if state.read::<u32>(FORMAT)?.is_none() && state.holds_anything()? {
            return Err(StateError::NotOurs {
                path: state.folder.to_path_buf(),
            });
        }
        fs::set_permissions(&*state.folder, fs::Permissions::from_mode(0o700))
            .map_err(StateError::at(&state.folder))?;
        let _lock = state.lock("write")?;
        state.sweep()?;
        match state.read::<u32>(FORMAT)? {
            None => state.write_locked(FORMAT, &FORMAT_VERSION)?,
            Some(version) if version > FORMAT_VERSION => {
                return Err(StateError::Newer {
                    path: state.folder.to_path_buf(),
                    version,
                });
            }
            Some(_) => {}
        }
        Ok(state)
    }

    /// The folder, absolute and without symbolic links.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// A folder inside the state folder, made (0700) when missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn subfolder(&self, name: &str) -> Result<PathBuf, StateError> {
        let path = self.folder.join(name);
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&path)
            .map_err(StateError::at(&path))?;
        Ok(path)
    }

    /// Waits for the named lock.
    ///
    /// # Errors
    /// When the lock's file cannot be made.
    pub fn lock(&self, name: &str) -> Result<StateLock, StateError> {
        let (file, path) = self.lock_file(name)?;
        file.lock().map_err(StateError::at(&path))?;
        Ok(StateLock { _file: file })
    }

    /// Takes the named lock, or says (`None`) that another holds it. The daemon holds `daemon` while it runs.
    ///
    /// # Errors
    /// When the lock's file cannot be made.
    pub fn try_lock(&self, name: &str) -> Result<Option<StateLock>, StateError> {
        let (file, path) = self.lock_file(name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(StateLock { _file: file })),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(source)) => Err(StateError::Io { path, source }),
        }
    }

    fn lock_file(&self, name: &str) -> Result<(File, PathBuf), StateError> {
        let path = self.subfolder("lock")?.join(name);
        let file = private().create(true).truncate(false).open(&path);
        Ok((file.map_err(StateError::at(&path))?, path))
    }

    fn holds_anything(&self) -> Result<bool, StateError> {
        for entry in fs::read_dir(&*self.folder).map_err(StateError::at(&self.folder))? {
            let name = entry.map_err(StateError::at(&self.folder))?.file_name();
            if name != "lock" && !name.to_string_lossy().starts_with(TEMPORARY) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Removes what an interrupted write left behind. Called with the write lock held.
    fn sweep(&self) -> Result<(), StateError> {
        for entry in fs::read_dir(&*self.folder).map_err(StateError::at(&self.folder))? {
            let entry = entry.map_err(StateError::at(&self.folder))?;
            if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                match fs::remove_file(entry.path()) {
                    Err(source) if source.kind() != io::ErrorKind::NotFound => {
                        return Err(StateError::Io {
                            path: entry.path(),
                            source,
                        });
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
