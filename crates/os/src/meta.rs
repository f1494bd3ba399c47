use crate::OsError;
use rustix::fs::{self, FileType, Stat, Timespec, Timestamps};
use std::{
    fs::{File, Permissions},
    io,
    os::unix::fs::{PermissionsExt, fchown},
    path::Path,
};

/// What a name can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Other,
    /// The folder does not say; ask [`crate::Dir::meta`].
    Unknown,
}

impl From<FileType> for Kind {
    fn from(kind: FileType) -> Self {
        match kind {
            FileType::RegularFile => Self::File,
            FileType::Directory => Self::Folder,
            FileType::Symlink => Self::Link,
            FileType::Unknown => Self::Unknown,
            _ => Self::Other,
        }
    }
}

/// A time as file systems keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Seconds since 1970, possibly before.
    pub seconds: i64,
    /// Nanoseconds within the second.
    pub nanoseconds: u32,
}

impl Moment {
    fn timespec(self) -> Timespec {
        Timespec {
            tv_sec: self.seconds,
            tv_nsec: self.nanoseconds.into(),
        }
    }
}

/// What a file is besides its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meta {
    /// The file system it is on.
    pub device: u64,
    /// Its number there.
    pub inode: u64,
    /// What it is.
    pub kind: Kind,
    /// Permission bits, with set-user, set-group and sticky.
    pub mode: u32,
    /// Its owner.
    pub uid: u32,
    /// Its group.
    pub gid: u32,
    /// Length in bytes.
    pub size: u64,
    /// Names it has.
    pub links: u64,
    /// Last read.
    pub accessed: Moment,
    /// Last written.
    pub modified: Moment,
}

impl Meta {
    /// Whether both are the same file, with the same contents as far as length and time of writing tell.
    #[must_use]
    pub fn is_unchanged(&self, later: &Self) -> bool {
        self.is_same_file(later) && self.size == later.size && self.modified == later.modified
    }

    /// Whether both are the same file, whatever happened to it.
    #[must_use]
    pub const fn is_same_file(&self, other: &Self) -> bool {
        self.device == other.device && self.inode == other.inode
    }
}

impl From<&Stat> for Meta {
    fn from(stat: &Stat) -> Self {
        Self {
            device: stat.st_dev,
            inode: stat.st_ino,
            kind: FileType::from_raw_mode(stat.st_mode).into(),
            mode: stat.st_mode & 0o7777,
            uid: stat.st_uid,
            gid: stat.st_gid,
            size: u64::try_from(stat.st_size).unwrap_or(0),
            links: stat.st_nlink,
            accessed: moment(stat.st_atime, stat.st_atime_nsec),
            modified: moment(stat.st_mtime, stat.st_mtime_nsec),
        }
    }
}

fn moment(seconds: i64, nanoseconds: u64) -> Moment {
    Moment {
        seconds,
        nanoseconds: u32::try_from(nanoseconds).unwrap_or(0),
    }
}

/// What an open file is. `path` is for the error only.
///
/// # Errors
/// When the system cannot say.
pub fn meta(file: &File, path: &Path) -> Result<Meta, OsError> {
    fs::fstat(file)
        .map(|stat| Meta::from(&stat))
        .map_err(|error| OsError::new(path, error))
}

/// Gives an open file owner, group, permission bits and times, in the order that keeps set-user bits. Extended attributes
/// come after it: changing owner takes capabilities away, and attributes leave the times alone.
///
/// # Errors
/// The part that could not be given (`owner`, `mode`, `times`) and why.
pub fn set_meta(file: &File, wanted: &Meta) -> Result<(), (&'static str, io::Error)> {
    let now = fs::fstat(file)
        .map(|stat| Meta::from(&stat))
        .map_err(|error| ("owner", error.into()))?;
    if (now.uid, now.gid) != (wanted.uid, wanted.gid) {
        fchown(file, Some(wanted.uid), Some(wanted.gid)).map_err(|error| ("owner", error))?;
    }
    file.set_permissions(Permissions::from_mode(wanted.mode))
        .map_err(|error| ("mode", error))?;
    let times = Timestamps {
        last_access: wanted.accessed.timespec(),
        last_modification: wanted.modified.timespec(),
    };
    fs::futimens(file, &times).map_err(|error| ("times", error.into()))?;
    let now = fs::fstat(file)
        .map(|stat| Meta::from(&stat))
        .map_err(|error| ("mode", error.into()))?;
    // Without an error, a system drops set-group bits for groups one is not in.
    if now.mode != wanted.mode {
        return Err(("mode", io::ErrorKind::PermissionDenied.into()));
    }
    Ok(())
}

/// The name of a user, or the number when it has no name.
#[must_use]
pub fn owner_name(uid: u32) -> String {
    nix::unistd::User::from_uid(uid.into())
        .ok()
        .flatten()
        .map_or_else(|| uid.to_string(), |user| user.name)
}
