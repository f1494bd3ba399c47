use super::{
    QuarantineError, Stage, Store,
    journal::Journal,
    kept::Kept,
    private_name,
    seal::{Opener, io_at},
    step::Place,
};
use rempart_os::{Dir, attributes, meta, remove_attribute, set_attribute, set_meta};
use rempart_wire::QuarantineId;
use std::{
    ffi::{OsStr, OsString},
    fs::File,
    os::unix::{
        ffi::{OsStrExt, OsStringExt},
        fs::FileExt,
    },
    path::{Path, PathBuf},
};

impl Store {
    /// Puts a file back exactly as it was, at its old place or at `to` (absolute, no symbolic links); returns where.
    ///
    /// # Errors
    /// When it cannot be; it is then still held.
    pub fn restore(&self, item: QuarantineId, to: Option<&Path>) -> Result<PathBuf, QuarantineError> {
        let (stage, sealed) = self.claim_held(item)?;
        let kept = self.kept(item, &sealed)?;
        let damaged = || QuarantineError::Damaged(self.folder.path().join(stage.name(item)));
        let to = match to {
            Some(to) => to.to_path_buf(),
            None => kept.path().ok_or_else(damaged)?,
        };
        let (Some(folder), Some(name)) = (to.parent(), to.file_name()) else {
            return Err(QuarantineError::NameTaken(to));
        };
        let parent = Dir::open(folder).map_err(|error| QuarantineError::NoFolder {
            path: error.path,
            source: error.source,
        })?;
        if parent.meta(name).is_ok() {
            return Err(QuarantineError::NameTaken(to));
        }
        let made = self.put_back(item, &sealed, &kept, &Place::new(&parent, name));
        if let Err(error) = made {
            if let Err(error) = self.undo_restore(item, &Place::new(&parent, name)) {
                tracing::debug!(%item, %error, "left for the next opening of the quarantine");
            }
            return Err(error);
        }
        let done = self
            .discard(&Place::new(&self.folder, stage.name(item)))
            .and_then(|()| self.discard(&Place::new(&self.folder, Stage::Restoring.name(item))));
        if let Err(error) = done {
            tracing::debug!(%item, %error, "left for the next opening of the quarantine");
        }
        Ok(to)
    }

    /// Claims an item that is here, finishing its arrival if that was left for later.
    pub(super) fn claim_held(&self, item: QuarantineId) -> Result<(Stage, File), QuarantineError> {
        let held = self.claim(item, Stage::Held);
        let claimed = match held {
            Err(QuarantineError::Unknown(_)) => {
                let file = self.claim(item, Stage::Moving)?;
                let settled = self.recover_stage(item, Stage::Moving, &file);
                let stage = if settled.is_ok() {
                    Stage::Held
                } else {
                    Stage::Moving
                };
                (stage, file)
            }
            other => (Stage::Held, other?),
        };
        if self.is_restored(item) {
            return Err(QuarantineError::Unknown(item));
        }
        Ok(claimed)
    }

    /// Makes the file anew beside its place and gives it its name: that rename decides.
    fn put_back(
        &self,
        item: QuarantineId,
        sealed: &File,
        kept: &Kept,
        place: &Place<'_>,
    ) -> Result<(), QuarantineError> {
        let to = place.dir.path().join(&place.name);
        let private = Place::new(place.dir, private_name(item));
        self.note(item, &Journal::new(&to, None))?;
        let file = self.create(&private)?;
        self.note(item, &Journal::new(&to, Some(&meta(&file, &to)?)))?;
        self.fill(item, sealed, kept, &file, &to)?;
        self.dress(kept, &file, place)?;
        self.step("flush file", place.dir)?;
        file.sync_all().map_err(io_at(&to))?;
        match self.rename(&private, &place.name) {
            Err(QuarantineError::Io { source, .. }) if source.kind() == std::io::ErrorKind::AlreadyExists => {
                Err(QuarantineError::NameTaken(to))
            }
            other => other,
        }
    }

    /// Writes the contents, leaving the holes.
    fn fill(
        &self,
        item: QuarantineId,
        sealed: &File,
        kept: &Kept,
        file: &File,
        to: &Path,
    ) -> Result<(), QuarantineError> {
        self.step("write", &self.folder)?;
        file.set_len(kept.size).map_err(io_at(to))?;
        let path = self.folder.path().join(item.to_string());
        let mut extents = kept.extents().iter().copied();
        let mut extent = (0, 0);
        Opener::new(self, sealed, &path, item)?.contents(|mut chunk| {
            while !chunk.is_empty() {
                if extent.1 == 0 {
                    extent = extents
                        .next()
                        .ok_or_else(|| QuarantineError::Damaged(path.clone()))?;
                    continue;
                }
                let room = usize::try_from(extent.1).unwrap_or(usize::MAX).min(chunk.len());
                self.step("write", &self.folder)?;
                file.write_all_at(&chunk[..room], extent.0).map_err(io_at(to))?;
                extent = (extent.0 + room as u64, extent.1 - room as u64);
                chunk = &chunk[room..];
            }
            Ok(())
        })
    }

    /// Gives owner, mode, times and attributes.
    fn dress(&self, kept: &Kept, file: &File, place: &Place<'_>) -> Result<(), QuarantineError> {
        let path = place.dir.path().join(&place.name);
        let not_exact = |what: &str, source| QuarantineError::NotExact {
            path: path.clone(),
            what: what.to_owned(),
            source,
        };
        self.step("dress", place.dir)?;
        set_meta(file, &kept.meta()).map_err(|(what, source)| not_exact(what, source))?;
        let wanted = kept
            .attributes()
            .ok_or_else(|| QuarantineError::Damaged(path.clone()))?;
        // A folder may hand an access list down to what is made in it.
        for given in attributes(file).map_err(|source| not_exact("attributes", source))? {
            let name = given.name.as_bytes();
            let label = name.starts_with(b"security.");
            if !label && !wanted.iter().any(|(wanted, _)| wanted == name) {
                remove_attribute(file, &given.name).map_err(|source| not_exact("attributes", source))?;
            }
        }
        for (name, value) in wanted {
            let name = OsString::from_vec(name);
            set_attribute(file, &name, &value)
                .map_err(|source| not_exact(&OsStr::to_string_lossy(&name), source))?;
        }
        Ok(())
    }

    /// Takes back a restore that failed. The item's lock is held.
    fn undo_restore(&self, item: QuarantineId, place: &Place<'_>) -> Result<(), QuarantineError> {
        let noted = Place::new(&self.folder, Stage::Restoring.name(item));
        if self.is_restored(item) {
            // It has its name, but that may not be on disk: a name that could be lost is not given.
            self.unlink(place)?;
        } else if self.folder.meta(&noted.name).is_ok() {
            self.discard(&Place::new(place.dir, private_name(item)))?;
        }
        self.discard(&Place::new(&self.folder, Stage::RestoringDraft.name(item)))?;
        self.discard(&noted)
    }
}
