use super::{Item, QuarantineError, Stage, Store};
use rempart_wire::QuarantineId;
use std::{io, path::PathBuf};

/// What is in quarantine.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contents {
    /// Files that can be restored, oldest first.
    pub items: Vec<Item>,
    /// Items whose file was damaged: they can only be deleted.
    pub damaged: Vec<PathBuf>,
}

impl Store {
    /// What is held now. True also while another process is at work, or before what one left half done is recovered.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn contents(&self) -> Result<Contents, QuarantineError> {
        let mut contents = Contents::default();
        for item in self.held_ids()? {
            match self.look(item) {
                Ok(Some(item)) => contents.items.push(item),
                Ok(None) => {}
                Err(QuarantineError::Damaged(path)) => contents.damaged.push(path),
                Err(error) => return Err(error),
            }
        }
        Ok(contents)
    }

    /// The items that can be restored, oldest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn list(&self) -> Result<Vec<Item>, QuarantineError> {
        Ok(self.contents()?.items)
    }

    /// Ids of everything held, damaged or not, oldest first.
    pub(super) fn held_ids(&self) -> Result<Vec<QuarantineId>, QuarantineError> {
        let mut ids: Vec<QuarantineId> = self
            .stages()?
            .into_iter()
            .filter(|(_, stage)| matches!(stage, Stage::Held | Stage::Moving))
            .map(|(item, _)| item)
            .collect();
        ids.dedup();
        ids.retain(|item| !self.is_restored(*item));
        Ok(ids)
    }

    /// One item; `None` when it has left meanwhile.
    pub(super) fn look(&self, item: QuarantineId) -> Result<Option<Item>, QuarantineError> {
        // In this order: an item goes from the first name to the second, never back.
        for stage in [Stage::Moving, Stage::Held] {
            match self.folder.open_file(&stage.name(item)) {
                Ok(file) => return Ok(Some(self.kept(item, &file)?.into_item())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(None)
    }
}
