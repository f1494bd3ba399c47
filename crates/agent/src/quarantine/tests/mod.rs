//! The quarantine's scenes: what is kept, what is refused, and (in `crash`) what survives.

mod crash;
mod exact;
mod refused;

use super::*;
use crate::world::{Chance, Clock};
use rempart_os::{Attribute, Meta, attributes, meta, set_attribute, set_meta};
use std::{fs, io::Read, path::Path, path::PathBuf, sync::Arc};

pub(super) struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }
}

/// A computer with one folder of files and an agent's state beside it.
pub(super) struct Computer {
    _folder: tempfile::TempDir,
    pub(super) files: PathBuf,
    pub(super) state: StateDir,
    world: World,
}

impl Computer {
    pub(super) fn new() -> Self {
        Self::on(tempfile::tempdir().unwrap())
    }

    /// Where flushing costs nothing: for scenes about names, played hundreds of times.
    pub(super) fn in_memory() -> Self {
        Self::on(tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap()))
    }

    fn on(folder: tempfile::TempDir) -> Self {
        let path = folder.path().canonicalize().unwrap();
        fs::create_dir(path.join("files")).unwrap();
        let world = World {
            clock: Arc::new(Noon),
            chance: Arc::new(Chance::seeded(7)),
        };
        Self {
            files: path.join("files"),
            state: StateDir::open(path.join("state")).unwrap(),
            world,
            _folder: folder,
        }
    }

    pub(super) fn store(&self) -> Store {
        Store::open(&self.state, &self.world).unwrap()
    }

    pub(super) fn store_with(&self, fault: impl Fault + 'static) -> Result<Store, QuarantineError> {
        Store::open_with(&self.state, &self.world, Box::new(fault))
    }

    /// A file with everything that can be restored.
    pub(super) fn file(&self, name: impl AsRef<OsStr>, contents: &[u8]) -> PathBuf {
        let path = self.files.join(name.as_ref());
        fs::write(&path, contents).unwrap();
        let file = File::open(&path).unwrap();
        // Not every file system has user attributes.
        let _ = set_attribute(&file, OsStr::new("user.origin"), b"\x00\xffhttps://example");
        let mut dressed = meta(&file, &path).unwrap();
        if dressed.uid == 0 {
            (dressed.uid, dressed.gid) = (1234, 4321);
        }
        dressed.mode = 0o4751;
        dressed.accessed.seconds = 1_500_000_000;
        dressed.accessed.nanoseconds = 123_456_789;
        dressed.modified.seconds = 1_600_000_000;
        dressed.modified.nanoseconds = 987_654_321;
        set_meta(&file, &dressed).unwrap();
        path
    }

    /// Names in the folder, to see that nothing is left lying about.
    pub(super) fn names(&self) -> Vec<OsString> {
        let mut names: Vec<OsString> = fs::read_dir(&self.files)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    }
}

/// All that makes a file, but its place on the disk.
#[derive(Debug, PartialEq)]
pub(super) struct Snapshot {
    meta: Meta,
    attributes: Vec<Attribute>,
    contents: Vec<u8>,
}

pub(super) fn snapshot(path: &Path) -> Snapshot {
    let mut file = open(path);
    let mut whole = meta(&file, path).unwrap();
    (whole.device, whole.inode) = (0, 0);
    let mut contents = Vec::new();
    file.read_to_end(&mut contents).unwrap();
    Snapshot {
        meta: whole,
        attributes: attributes(&file).unwrap(),
        contents,
    }
}

pub(super) fn open(path: &Path) -> File {
    let parent = Dir::open(path.parent().unwrap()).unwrap();
    parent.open_file(path.file_name().unwrap()).unwrap()
}

pub(super) fn take(store: &Store, path: &Path) -> Result<QuarantineReport, QuarantineError> {
    store.take(&open(path), path, &["a_rule".to_owned()])
}

pub(super) fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n * 31 % 251) as u8).collect()
}
