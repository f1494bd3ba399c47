use super::{QuarantineError, Store, step::Place};
use rempart_wire::QuarantineId;

impl Store {
    /// Destroys a held file for good.
    ///
    /// # Errors
    /// When there is none, or it cannot be removed.
    pub fn delete(&self, item: QuarantineId) -> Result<(), QuarantineError> {
        let (stage, _lock) = self.claim_held(item)?;
        self.unlink(&Place::new(&self.folder, stage.name(item)))
    }
}
