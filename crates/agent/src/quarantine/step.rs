use super::{QuarantineError, Store};
use rempart_os::Dir;
use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io,
};

/// Asked before every system call that changes something. Tests crash there.
pub(super) trait Fault: Send + Sync {
    /// An error fails the step as the system would.
    fn before(&self, step: &'static str) -> io::Result<()>;
}

/// The real world, which fails by itself.
pub(super) struct NoFault;

impl Fault for NoFault {
    fn before(&self, _step: &'static str) -> io::Result<()> {
        Ok(())
    }
}

/// A name in a folder.
#[derive(Debug, Clone)]
pub(super) struct Place<'a> {
    pub(super) dir: &'a Dir,
    pub(super) name: OsString,
}

impl<'a> Place<'a> {
    pub(super) fn new(dir: &'a Dir, name: impl AsRef<OsStr>) -> Self {
        let name = name.as_ref().to_os_string();
        Self { dir, name }
    }
}

impl Store {
    pub(super) fn step(&self, step: &'static str, dir: &Dir) -> Result<(), QuarantineError> {
        self.fault.before(step).map_err(|source| QuarantineError::Io {
            path: dir.path().to_path_buf(),
            source,
        })
    }

    /// One rename inside one folder, made durable.
    pub(super) fn rename(&self, from: &Place<'_>, to: &OsStr) -> Result<(), QuarantineError> {
        self.step("rename", from.dir)?;
        from.dir.rename_noreplace(&from.name, from.dir, to)?;
        self.flush(from.dir)
    }

    pub(super) fn unlink(&self, place: &Place<'_>) -> Result<(), QuarantineError> {
        self.step("unlink", place.dir)?;
        place.dir.unlink(&place.name)?;
        self.flush(place.dir)
    }

    /// Removes a name if it is there.
    pub(super) fn discard(&self, place: &Place<'_>) -> Result<(), QuarantineError> {
        match self.unlink(place) {
            Err(QuarantineError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    pub(super) fn create(&self, place: &Place<'_>) -> Result<File, QuarantineError> {
        self.step("create", place.dir)?;
        Ok(place.dir.create_file(&place.name)?)
    }

    pub(super) fn flush(&self, dir: &Dir) -> Result<(), QuarantineError> {
        self.step("flush", dir)?;
        Ok(dir.flush()?)
    }
}
