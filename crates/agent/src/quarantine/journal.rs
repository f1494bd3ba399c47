use super::{QuarantineError, Stage, Store, private_name, seal::io_at, step::Place};
use rempart_os::{Dir, Meta};
use rempart_wire::{QuarantineId, WirePath};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

/// The note that an item is being restored: where to, and, once it exists, the file that will get that name.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Journal {
    to: WirePath,
    file: Option<(u64, u64)>,
}

/// What a note about an interrupted restore amounts to.
enum Reached {
    /// The file has its name back: it is there.
    Restored,
    /// It has not: the item is here.
    Held,
}

impl Journal {
    pub(super) fn new(to: &Path, file: Option<&Meta>) -> Self {
        Self {
            to: WirePath::new(to),
            file: file.map(|meta| (meta.device, meta.inode)),
        }
    }

    fn is(&self, meta: &Meta) -> bool {
        self.file == Some((meta.device, meta.inode))
    }

    /// The folder and the name restored to.
    fn place(&self, damaged: &Path) -> Result<(PathBuf, std::ffi::OsString), QuarantineError> {
        let to = self.to.to_path();
        let place = to.as_deref().and_then(|to| to.parent().zip(to.file_name()));
        place
            .map(|(parent, name)| (parent.to_path_buf(), name.to_os_string()))
            .ok_or_else(|| QuarantineError::Damaged(damaged.to_path_buf()))
    }
}

impl Store {
    /// Writes the note, replacing an earlier one of the same item.
    pub(super) fn note(&self, item: QuarantineId, journal: &Journal) -> Result<(), QuarantineError> {
        let draft = Place::new(&self.folder, Stage::RestoringDraft.name(item));
        self.discard(&draft)?;
        let mut file = self.create(&draft)?;
        let path = self.folder.path().join(&draft.name);
        let text = serde_json::to_vec(journal).map_err(|_| QuarantineError::Damaged(path.clone()))?;
        self.step("write", &self.folder)?;
        file.write_all(&text)
            .and_then(|()| file.sync_all())
            .map_err(io_at(&path))?;
        self.step("rename", &self.folder)?;
        let noted = self.folder.path().join(Stage::Restoring.name(item));
        fs::rename(&path, &noted).map_err(io_at(&noted))?;
        self.flush(&self.folder)
    }

    fn noted(&self, item: QuarantineId) -> Result<Option<Journal>, QuarantineError> {
        let name = Stage::Restoring.name(item);
        let path = self.folder.path().join(&name);
        let mut text = Vec::new();
        match self.folder.open_file(&name) {
            Ok(mut file) => file.read_to_end(&mut text).map_err(io_at(&path))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let journal = serde_json::from_slice(&text);
        journal.map(Some).map_err(|_| QuarantineError::Damaged(path))
    }

    /// Whether an interrupted restore has come so far that the file is out of here.
    pub(super) fn is_restored(&self, item: QuarantineId) -> bool {
        let Ok(Some(journal)) = self.noted(item) else {
            return false;
        };
        let Ok((parent, name)) = journal.place(self.folder.path()) else {
            return false;
        };
        let there = Dir::open(&parent).and_then(|parent| parent.meta(&name));
        there.is_ok_and(|meta| journal.is(&meta))
    }

    /// Finishes or takes back an interrupted restore, unless it is going on in another process.
    pub(super) fn recover_restore(&self, item: QuarantineId, stage: Stage) -> Result<(), QuarantineError> {
        let mut held = None;
        for stage in [Stage::Held, Stage::Moving] {
            if self.folder.meta(&stage.name(item)).is_ok() {
                let Some(lock) = self.try_claim(item, stage)? else {
                    return Ok(());
                };
                held = Some((stage, lock));
            }
        }
        let draft = Place::new(&self.folder, Stage::RestoringDraft.name(item));
        if stage == Stage::RestoringDraft {
            return self.discard(&draft);
        }
        let Some(journal) = self.noted(item)? else {
            return Ok(());
        };
        if let Reached::Restored = self.settle_restore(item, &journal)?
            && let Some((stage, _)) = &held
        {
            self.discard(&Place::new(&self.folder, stage.name(item)))?;
        }
        self.discard(&Place::new(&self.folder, Stage::Restoring.name(item)))
    }

    /// Looks where an interrupted restore got to, and removes the unfinished file when it did not get to the end.
    fn settle_restore(&self, item: QuarantineId, journal: &Journal) -> Result<Reached, QuarantineError> {
        let (parent, name) = journal.place(self.folder.path())?;
        let parent = match Dir::open(&parent) {
            Ok(parent) => parent,
            // Nothing can be left in a folder that is gone.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Reached::Held),
            Err(error) => return Err(error.into()),
        };
        let private = Place::new(&parent, private_name(item));
        let at_private = parent.meta(&private.name).ok();
        let at_name = parent.meta(&name).ok();
        let unfinished = |meta: &Meta| journal.file.is_none() || journal.is(meta);
        if at_private.as_ref().is_some_and(unfinished) {
            // On a file system whose rename is a link and an unlink, both names may be there: the second one counts.
            self.discard(&private)?;
        }
        let reached = at_name.is_some_and(|meta| journal.is(&meta));
        Ok(if reached { Reached::Restored } else { Reached::Held })
    }
}
