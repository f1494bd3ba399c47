use crate::{Kind, Meta, OsError};
use rustix::{
    fd::{AsFd, OwnedFd},
    fs::{self, AtFlags, Mode, OFlags, RawDir, RenameFlags},
    io::Errno,
};
use std::{
    ffi::{OsStr, OsString},
    fs::File,
    os::unix::ffi::OsStrExt,
    path::{Component, Path, PathBuf},
};

const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);
/// Without `NONBLOCK` opening a pipe that was put in a file's place would wait for a writer for ever.
const LOOK: OFlags = OFlags::RDONLY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);
/// Room for some hundred names a call.
const BATCH: usize = 32 << 10;

/// An open folder. What is reached through it is inside that very folder, whatever is renamed or swapped meanwhile.
#[derive(Debug)]
pub struct Dir {
    fd: OwnedFd,
    path: PathBuf,
    searchable_only: bool,
}

/// A name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name: bytes, not always text.
    pub name: OsString,
    /// What it names, as far as the folder itself tells.
    pub kind: Kind,
}

impl Dir {
    /// Opens a folder by its absolute path, component by component, so that the path may have any length.
    ///
    /// # Errors
    /// When a component is missing, is a symbolic link or `..`, or may not be searched.
    pub fn open(path: &Path) -> Result<Self, OsError> {
        let fail = |source: Errno| OsError::new(path, source);
        let mut components = path.components();
        if components.next() != Some(Component::RootDir) {
            return Err(fail(Errno::INVAL));
        }
        let search = FOLDER | OFlags::PATH;
        let mut fd = fs::open("/", search, Mode::empty()).map_err(fail)?;
        for component in components {
            let Component::Normal(name) = component else {
                return Err(fail(Errno::INVAL));
            };
            fd = fs::openat(&fd, name, search, Mode::empty()).map_err(fail)?;
        }
        let (fd, searchable_only) = match fs::openat(&fd, ".", FOLDER, Mode::empty()) {
            Ok(readable) => (readable, false),
            Err(Errno::ACCESS) => (fd, true),
            Err(error) => return Err(fail(error)),
        };
        let path = path.to_path_buf();
        Ok(Self {
            fd,
            path,
            searchable_only,
        })
    }

    /// The path it was opened by.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder in this one.
    ///
    /// # Errors
    /// When it is missing, is not a folder (a symbolic link is none), or may not be read.
    pub fn open_dir(&self, name: &OsStr) -> Result<Self, OsError> {
        let path = self.path.join(name);
        let fd =
            fs::openat(&self.fd, name, FOLDER, Mode::empty()).map_err(|error| OsError::new(&path, error))?;
        Ok(Self {
            fd,
            path,
            searchable_only: false,
        })
    }

    /// Opens a file in this folder for reading, leaving its access time alone where that is allowed. Never waits;
    /// what was opened may be no regular file if it was swapped, so look at its [`crate::meta()`] before reading.
    ///
    /// # Errors
    /// When it is missing, is a symbolic link, or may not be read.
    pub fn open_file(&self, name: &OsStr) -> Result<File, OsError> {
        let open = |flags| fs::openat(&self.fd, name, flags, Mode::empty());
        open(LOOK | OFlags::NOATIME)
            .or_else(|error| match error {
                // Only the owner and root may ask for that.
                Errno::PERM => open(LOOK),
                other => Err(other),
            })
            .map(File::from)
            .map_err(|error| self.fail(name, error))
    }

    /// Makes a new file, its owner's alone.
    ///
    /// # Errors
    /// When the name is taken, by anything, or the folder cannot be written.
    pub fn create_file(&self, name: &OsStr) -> Result<File, OsError> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        fs::openat(&self.fd, name, flags, Mode::RUSR | Mode::WUSR)
            .map(File::from)
            .map_err(|error| self.fail(name, error))
    }

    /// The next names in this folder, some hundred at a time; none when all were given. `.` and `..` are left out.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn next_entries(&self) -> Result<Vec<Entry>, OsError> {
        let mut buffer: Vec<u8> = Vec::with_capacity(BATCH);
        let mut raw = RawDir::new(self.fd.as_fd(), buffer.spare_capacity_mut());
        let mut entries = Vec::new();
        while let Some(entry) = raw.next() {
            let entry = entry.map_err(|error| OsError::new(&self.path, error))?;
            let name = entry.file_name().to_bytes();
            if name != b"." && name != b".." {
                entries.push(Entry {
                    name: OsStr::from_bytes(name).to_os_string(),
                    kind: Kind::from(entry.file_type()),
                });
            }
            if raw.is_buffer_empty() && !entries.is_empty() {
                break;
            }
        }
        Ok(entries)
    }

    /// What the name names; of a symbolic link, the link itself.
    ///
    /// # Errors
    /// When there is nothing of that name.
    pub fn meta(&self, name: &OsStr) -> Result<Meta, OsError> {
        fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW)
            .map(|stat| Meta::from(&stat))
            .map_err(|error| self.fail(name, error))
    }

    /// What this folder itself is.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn own_meta(&self) -> Result<Meta, OsError> {
        fs::fstat(&self.fd)
            .map(|stat| Meta::from(&stat))
            .map_err(|error| OsError::new(&self.path, error))
    }

    /// Whether this folder shows the kernel's own state (`/proc` and its like) and not stored files.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn is_pseudo(&self) -> Result<bool, OsError> {
        let stat = fs::fstatfs(&self.fd).map_err(|error| OsError::new(&self.path, error))?;
        Ok(PSEUDO.contains(&stat.f_type))
    }

    /// Renames within and between folders of one file system; never replaces what is there.
    ///
    /// # Errors
    /// `AlreadyExists` when the new name is taken, and whatever the system says otherwise.
    pub fn rename_noreplace(&self, from: &OsStr, to: &Self, name: &OsStr) -> Result<(), OsError> {
        match fs::renameat_with(&self.fd, from, &to.fd, name, RenameFlags::NOREPLACE) {
            // Some file systems (NFS, older FUSE) do not know the flag: a hard link refuses a taken name as well.
            Err(Errno::INVAL | Errno::NOSYS) => {
                fs::linkat(&self.fd, from, &to.fd, name, AtFlags::empty())
                    .map_err(|error| to.fail(name, error))?;
                self.unlink(from)
            }
            other => other.map_err(|error| to.fail(name, error)),
        }
    }

    /// Removes a name that is no folder's.
    ///
    /// # Errors
    /// When there is none, or the folder cannot be written.
    pub fn unlink(&self, name: &OsStr) -> Result<(), OsError> {
        fs::unlinkat(&self.fd, name, AtFlags::empty()).map_err(|error| self.fail(name, error))
    }

    /// Makes renames and removals in this folder survive a power cut. Does nothing for a folder that may be searched
    /// but not read: the system offers no way.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn flush(&self) -> Result<(), OsError> {
        if self.searchable_only {
            return Ok(());
        }
        match fs::fsync(&self.fd) {
            // Not every file system can flush a folder; those that cannot have nothing to flush.
            Ok(()) | Err(Errno::INVAL | Errno::ROFS) => Ok(()),
            Err(error) => Err(OsError::new(&self.path, error)),
        }
    }

    fn fail(&self, name: &OsStr, error: Errno) -> OsError {
        OsError::new(&self.path.join(name), error)
    }
}

/// Numbers of `statfs(2)`: proc, sys, cgroup, cgroup2, debugfs, tracefs, securityfs, selinuxfs, bpf, pstore, efivarfs,
/// configfs, devpts, mqueue, binfmt_misc, rpc_pipefs, nsfs, fusectl.
const PSEUDO: [i64; 18] = [
    0x9fa0,
    0x6265_6572,
    0x0027_e0eb,
    0x6367_7270,
    0x6462_6720,
    0x7472_6163,
    0x7363_6673,
    0xf97c_ff8c,
    0xcafe_4a11,
    0x6165_676c,
    0xde5e_81e4,
    0x6265_6570,
    0x1cd1,
    0x1980_0202,
    0x4249_4e4d,
    0x6759_6969,
    0x6e73_6673,
    0x6573_5543,
];
