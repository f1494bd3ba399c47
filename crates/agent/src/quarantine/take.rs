use super::{
    LARGEST, QuarantineError, Stage, Store,
    kept::Kept,
    private_name,
    seal::{CHUNK, Sealer, io_at},
    step::Place,
};
use rempart_os::{Dir, Kind, Meta, attributes, data_extents, meta};
use rempart_wire::{QuarantineId, QuarantineReport, WirePath};
use sha2::{Digest, Sha256};
use std::{fs::File, os::unix::fs::FileExt, path::Path};

/// Beyond this many stretches the rest of a sparse file is kept with its holes filled.
const MOST_EXTENTS: usize = 4096;

impl Store {
    /// Moves the file that is open as `file` and lies at `path` (absolute, no symbolic links) into quarantine. Only the
    /// very file that was looked at is taken, and only under that name: its other hard links stay.
    ///
    /// # Errors
    /// When it cannot be moved; it is then still where it was.
    pub fn take(
        &self,
        file: &File,
        path: &Path,
        rules: &[String],
    ) -> Result<QuarantineReport, QuarantineError> {
        let gone = || QuarantineError::Gone(path.to_path_buf());
        let before = meta(file, path)?;
        if before.size > LARGEST {
            return Err(QuarantineError::TooBig {
                path: path.to_path_buf(),
                size: before.size,
            });
        }
        let name = path.file_name().ok_or_else(gone)?;
        let parent = Dir::open(path.parent().ok_or_else(gone)?)?;
        let original = Place::new(&parent, name);
        let there = parent.meta(name).map_err(|_| gone())?;
        if before.kind != Kind::File || !there.is_unchanged(&before) {
            return Err(gone());
        }
        let item = self.world.id();
        let kept = Kept::new(
            item,
            WirePath::new(path),
            rules.to_vec(),
            &before,
            self.world.now(),
        );
        let writing = Place::new(&self.folder, Stage::Writing.name(item));
        let sealed = self.seal(kept, file, path, &writing);
        let (kept, lock) = match sealed {
            Ok(sealed) if meta(file, path)?.is_unchanged(&before) => sealed,
            Ok(_) => {
                self.discard(&writing)?;
                return Err(gone());
            }
            Err(error) => {
                // What is left of it is removed now, or when the quarantine is next opened.
                let _ = self.discard(&writing);
                return Err(error);
            }
        };
        let moved = self.swap(item, &original, &before);
        if let Err(error) = moved {
            self.undo(item, &lock);
            return Err(error);
        }
        self.settle(item, &original, &before);
        Ok(kept.into_item().report)
    }

    /// Writes the whole item, encrypted, and flushes it. The returned file holds the item's lock.
    fn seal(
        &self,
        mut kept: Kept,
        file: &File,
        path: &Path,
        writing: &Place<'_>,
    ) -> Result<(Kept, File), QuarantineError> {
        let read = io_at(path);
        kept.set_attributes(&attributes(file).map_err(io_at(path))?);
        let extents = data_extents(file, kept.size, MOST_EXTENTS).map_err(read)?;
        kept.set_extents(&extents);
        let sealed = self.create(writing)?;
        let sealed_path = self.folder.path().join(&writing.name);
        sealed.lock().map_err(io_at(&sealed_path))?;
        let mut sealer = Sealer::new(self, sealed, sealed_path, kept.item)?;
        let mut hash = Sha256::new();
        let mut chunk = vec![0; CHUNK];
        let mut at = 0;
        for extent in extents {
            hash_zeros(&mut hash, extent.start - at);
            at = extent.start;
            let end = extent.start + extent.length;
            while at < end {
                let want = usize::try_from(end - at).unwrap_or(CHUNK).min(CHUNK);
                let got = file.read_at(&mut chunk[..want], at).map_err(io_at(path))?;
                if got == 0 {
                    return Err(QuarantineError::Gone(path.to_path_buf()));
                }
                hash.update(&chunk[..got]);
                sealer.push(&chunk[..got])?;
                at += got as u64;
            }
        }
        hash_zeros(&mut hash, kept.size - at);
        kept.sha256 = hex::encode(hash.finalize());
        let description =
            serde_json::to_vec(&kept).map_err(|_| QuarantineError::Damaged(path.to_path_buf()))?;
        let lock = sealer.finish(&description)?;
        Ok((kept, lock))
    }

    /// From "there" to "here": the rename to *moving* decides.
    fn swap(&self, item: QuarantineId, original: &Place<'_>, before: &Meta) -> Result<(), QuarantineError> {
        let (pending, moving) = (Stage::Pending.name(item), Stage::Moving.name(item));
        self.rename(&Place::new(&self.folder, Stage::Writing.name(item)), &pending)?;
        let private = private_name(item);
        self.rename(original, &private)?;
        // Between the look and the rename anything may have been put under that name.
        if !original.dir.meta(&private)?.is_unchanged(before) {
            return Err(QuarantineError::Gone(original.dir.path().join(&original.name)));
        }
        self.rename(&Place::new(&self.folder, pending), &moving)
    }

    /// Takes back a move that did not come to its decision. What cannot be undone now is when the quarantine is opened next.
    fn undo(&self, item: QuarantineId, lock: &File) {
        let moving = Place::new(&self.folder, Stage::Moving.name(item));
        let _ = self.rename(&moving, &Stage::Pending.name(item));
        for stage in [Stage::Writing, Stage::Pending] {
            if let Err(error) = self.recover_stage(item, stage, lock) {
                tracing::debug!(%item, %error, "left for the next opening of the quarantine");
            }
        }
    }

    /// The file is here now: what is left of it in its old folder goes. If it cannot go now, it does at the next opening.
    fn settle(&self, item: QuarantineId, original: &Place<'_>, before: &Meta) {
        if let Err(error) = self.remove_private(item, original.dir, before) {
            tracing::warn!(%item, %error, "quarantined, but a private name is left in its old folder");
            return;
        }
        let moving = Place::new(&self.folder, Stage::Moving.name(item));
        if let Err(error) = self.rename(&moving, &Stage::Held.name(item)) {
            tracing::debug!(%item, %error, "left for the next opening of the quarantine");
        }
    }
}

fn hash_zeros(hash: &mut Sha256, mut length: u64) {
    static ZEROS: [u8; CHUNK] = [0; CHUNK];
    while length > 0 {
        let now = usize::try_from(length).unwrap_or(CHUNK).min(CHUNK);
        hash.update(&ZEROS[..now]);
        length -= now as u64;
    }
}
