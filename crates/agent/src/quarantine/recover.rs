use super::{QuarantineError, Stage, Store, kept::Kept, private_name, step::Place};
use rempart_os::{Dir, Meta};
use rempart_wire::QuarantineId;
use std::{
    ffi::OsStr,
    fs::{File, TryLockError},
    io,
};

impl Store {
    /// Finishes or takes back whatever a process that is gone left half done. Items another process is working on, and
    /// those whose old folder cannot be reached now, are left for later.
    pub(super) fn recover(&self) -> Result<(), QuarantineError> {
        for (item, stage) in self.stages()? {
            if stage == Stage::Held {
                continue;
            }
            let done = self.recover_one(item, stage);
            if let Err(error) = done {
                tracing::warn!(%item, %error, "an unfinished quarantine action is left for later");
            }
        }
        Ok(())
    }

    /// Every file of the quarantine folder, as its name tells it.
    pub(super) fn stages(&self) -> Result<Vec<(QuarantineId, Stage)>, QuarantineError> {
        let folder = Dir::open(self.folder.path())?;
        let mut stages = Vec::new();
        loop {
            let entries = folder.next_entries()?;
            if entries.is_empty() {
                stages.sort_by_key(|(item, _)| *item);
                return Ok(stages);
            }
            stages.extend(entries.iter().filter_map(|entry| Stage::parse(&entry.name)));
        }
    }

    fn recover_one(&self, item: QuarantineId, stage: Stage) -> Result<(), QuarantineError> {
        if matches!(stage, Stage::Restoring | Stage::RestoringDraft) {
            return self.recover_restore(item, stage);
        }
        let Some(file) = self.try_claim(item, stage)? else {
            return Ok(());
        };
        self.recover_stage(item, stage, &file)
    }

    /// Like [`Store::claim`], but `None` when another process is at work on it or has just finished.
    pub(super) fn try_claim(
        &self,
        item: QuarantineId,
        stage: Stage,
    ) -> Result<Option<File>, QuarantineError> {
        let name = stage.name(item);
        let file = match self.folder.open_file(&name) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let path = self.folder.path().join(&name);
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(source)) => return Err(QuarantineError::Io { path, source }),
        }
        let mine = rempart_os::meta(&file, &path)?;
        let still = self.folder.meta(&name).is_ok_and(|meta| meta.is_same_file(&mine));
        Ok(still.then_some(file))
    }

    /// Recovers an item whose lock is held.
    pub(super) fn recover_stage(
        &self,
        item: QuarantineId,
        stage: Stage,
        file: &File,
    ) -> Result<(), QuarantineError> {
        let place = Place::new(&self.folder, stage.name(item));
        if stage == Stage::Writing {
            return self.discard(&place);
        }
        if self.folder.meta(&place.name).is_err() {
            return Ok(());
        }
        let kept = self.kept(item, file)?;
        let (parent, name) = self.old_place(&kept)?;
        let original = Place::new(&parent, name);
        match stage {
            Stage::Pending => self.give_back(item, &original, &kept),
            Stage::Moving => {
                self.remove_private(item, &parent, &kept.meta())?;
                // The rename to the private name may not have reached the disk although the decision did.
                if parent
                    .meta(&original.name)
                    .is_ok_and(|meta| meta.is_unchanged(&kept.meta()))
                {
                    self.unlink(&original)?;
                }
                self.rename(&place, &Stage::Held.name(item))
            }
            _ => Ok(()),
        }
    }

    /// Undoes a move before its decision.
    fn give_back(
        &self,
        item: QuarantineId,
        original: &Place<'_>,
        kept: &Kept,
    ) -> Result<(), QuarantineError> {
        let pending = Place::new(&self.folder, Stage::Pending.name(item));
        let private = Place::new(original.dir, private_name(item));
        let is_there = |name: &OsStr| original.dir.meta(name).ok();
        match (is_there(&private.name), is_there(&original.name)) {
            // Two names of one file, on a file system whose rename is a link and an unlink.
            (Some(private_meta), Some(meta)) if meta.is_same_file(&private_meta) => self.unlink(&private)?,
            (Some(_), _) => self.rename(&private, &original.name)?,
            (None, Some(meta)) if meta.is_same_file(&kept.meta()) => {}
            // Whoever removed it from its old place did so meanwhile; the copy here is the only one known.
            (None, _) => return self.rename(&pending, &Stage::Held.name(item)),
        }
        self.discard(&pending)
    }

    /// Removes a file's private name, if it is that file's.
    pub(super) fn remove_private(
        &self,
        item: QuarantineId,
        parent: &Dir,
        file: &Meta,
    ) -> Result<(), QuarantineError> {
        let private = Place::new(parent, private_name(item));
        match parent.meta(&private.name) {
            Ok(meta) if meta.is_same_file(file) => self.discard(&private),
            _ => Ok(()),
        }
    }

    fn old_place(&self, kept: &Kept) -> Result<(Dir, std::ffi::OsString), QuarantineError> {
        let path = kept.path();
        let place = path
            .as_deref()
            .and_then(|path| path.parent().zip(path.file_name()));
        let Some((parent, name)) = place else {
            return Err(QuarantineError::Damaged(self.folder.path().to_path_buf()));
        };
        Ok((Dir::open(parent)?, name.to_os_string()))
    }
}
