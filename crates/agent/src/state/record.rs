use super::{StateDir, StateError, TEMPORARY};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

/// Name of one small file of the state folder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record(&'static str);

impl Record {
    /// A file of that name.
    #[must_use]
    pub(crate) const fn new(name: &'static str) -> Self {
        Self(name)
    }
}

/// Opens for reading and writing; what it makes is its owner's alone.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    options
}

/// Makes renames and removals in a folder survive a power cut.
pub(crate) fn flush_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

impl StateDir {
    /// Reads a record; `None` when it was never written or was removed.
    pub(crate) fn read<T: DeserializeOwned>(&self, record: Record) -> Result<Option<T>, StateError> {
        let path = self.path().join(record.0);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StateError::Io { path, source }),
        };
        decode(&text)
            .map(Some)
            .map_err(|reason| StateError::Damaged { path, reason })
    }

    pub(super) fn damaged(&self, record: Record, reason: String) -> StateError {
        StateError::Damaged {
            path: self.path().join(record.0),
            reason,
        }
    }

    /// Replaces a record whole: after a crash it holds the old value or the new one.
    pub(crate) fn write<T: Serialize>(&self, record: Record, value: &T) -> Result<(), StateError> {
        let _lock = self.lock("write")?;
        self.write_locked(record, value)
    }

    pub(super) fn write_locked<T: Serialize>(&self, record: Record, value: &T) -> Result<(), StateError> {
        let path = self.path().join(record.0);
        let text = encode(value).map_err(|reason| StateError::Damaged {
            path: path.clone(),
            reason,
        })?;
        let temporary = self.path().join(format!("{TEMPORARY}{}", record.0));
        let written = private()
            .create(true)
            .truncate(true)
            .open(&temporary)
            .and_then(|mut file| {
                file.write_all(&text)?;
                file.sync_all()
            });
        written.map_err(StateError::at(&temporary))?;
        fs::rename(&temporary, &path).map_err(StateError::at(&path))?;
        flush_folder(self.path()).map_err(StateError::at(self.path()))
    }

    /// Forgets a record; no error when there is none.
    pub(crate) fn remove(&self, record: Record) -> Result<(), StateError> {
        let _lock = self.lock("write")?;
        let path = self.path().join(record.0);
        match fs::remove_file(&path) {
            Ok(()) => flush_folder(self.path()).map_err(StateError::at(self.path())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(StateError::Io { path, source }),
        }
    }
}

/// One line of JSON, one line of checksum.
fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, String> {
    let mut text = serde_json::to_vec(value).map_err(|error| error.to_string())?;
    let sum = blake3::hash(&text);
    text.extend_from_slice(format!("\nblake3 {}\n", sum.to_hex()).as_bytes());
    Ok(text)
}

fn decode<T: DeserializeOwned>(text: &[u8]) -> Result<T, String> {
    let end = text.iter().position(|byte| *byte == b'\n');
    let (body, sum) = text.split_at(end.ok_or("it is cut short")?);
    let expected = format!("\nblake3 {}\n", blake3::hash(body).to_hex());
    if sum != expected.as_bytes() {
        return Err("its checksum is wrong".to_owned());
    }
    serde_json::from_slice(body).map_err(|error| error.to_string())
}
