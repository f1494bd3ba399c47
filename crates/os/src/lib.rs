//! The operating system's side: folders and files reached without following symbolic links, what a file is besides its
//! bytes, what this machine is, and how its memory is given back.
//!
//! Always true: nothing here follows a symbolic link unless its name says so; every error names the path; every handle
//! closes when a program is started from this one. The only crate that may contain `unsafe` or ask which system it is on.

#[cfg(not(target_os = "linux"))]
compile_error!("the agent runs on Linux; another system needs its own half of this crate");

mod attribute;
mod dir;
mod extent;
mod machine;
mod meta;
mod notice;

pub use attribute::{Attribute, attributes, remove_attribute, set_attribute};
pub use dir::{Dir, Entry};
pub use extent::{Extent, data_extents};
pub use machine::{
    allow_many_open_files, description, fingerprint, fingerprint_from, give_back_large_blocks,
    give_back_memory, hostname, resident_memory,
};
pub use meta::{Kind, Meta, Moment, meta, owner_name, set_meta};
pub use notice::{FolderWatch, Seen};

use rustix::io::Errno;
use std::{
    io,
    path::{Path, PathBuf},
};

/// Something failed about a path.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct OsError {
    /// What was touched.
    pub path: PathBuf,
    /// Why it failed.
    #[source]
    pub source: io::Error,
}

impl OsError {
    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }

    /// Whether a symbolic link was met where none is followed.
    #[must_use]
    pub fn is_link(&self) -> bool {
        self.is(Errno::LOOP)
    }

    /// Whether what was opened is a socket, or a device that nobody is behind.
    #[must_use]
    pub fn is_no_file(&self) -> bool {
        self.is(Errno::NXIO) || self.is(Errno::NODEV)
    }

    /// A folder that lies deeper than one is willing to go.
    #[must_use]
    pub fn too_deep(path: PathBuf) -> Self {
        let source = Errno::NAMETOOLONG.into();
        Self { path, source }
    }

    fn is(&self, errno: Errno) -> bool {
        self.source.raw_os_error() == Some(errno.raw_os_error())
    }

    fn new(path: &Path, source: impl Into<io::Error>) -> Self {
        let (path, source) = (path.to_path_buf(), source.into());
        Self { path, source }
    }
}

#[cfg(test)]
mod tests;
