use super::QuarantineError;
use crate::agent::Agent;
use rempart_wire::{EventBody, OrderId, Origin, QuarantineId, QuarantineState, Refusal};
use std::path::{Path, PathBuf};

impl Agent {
    /// Puts a quarantined file back, for whoever asks, and tells the portal how it went.
    ///
    /// # Errors
    /// When the mode does not allow it or it cannot be done; the file is then still held.
    pub fn restore(&self, item: QuarantineId, to: Option<&Path>, origin: Origin) -> Result<PathBuf, Refusal> {
        self.permit(origin)?;
        let done = self
            .quarantine
            .restore(item, to)
            .map_err(|error| self.refusal(&error, "restore_blocked"));
        self.conclude(item, origin, QuarantineState::Restored, done)
    }

    /// Destroys a quarantined file, for whoever asks, and tells the portal how it went.
    ///
    /// # Errors
    /// When the mode does not allow it or it cannot be done.
    pub fn delete(&self, item: QuarantineId, origin: Origin) -> Result<(), Refusal> {
        self.permit(origin)?;
        let done = self
            .quarantine
            .delete(item)
            .map_err(|error| self.refusal(&error, "delete_blocked"));
        self.conclude(item, origin, QuarantineState::Deleted, done)
    }

    fn refusal(&self, error: &QuarantineError, blocked: &str) -> Refusal {
        let code = match error {
            QuarantineError::Io { .. } => blocked,
            other => other.code(),
        };
        Refusal::new(code, error.sentence(self.language))
    }

    fn conclude<T>(
        &self,
        item: QuarantineId,
        origin: Origin,
        reached: QuarantineState,
        done: Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let failure = done.as_ref().err().cloned();
        let order = order(origin);
        // A wrong id typed at the computer is no event of an item.
        if order.is_some()
            || failure
                .as_ref()
                .is_none_or(|refusal| refusal.code != "item_unknown")
        {
            let state = if failure.is_none() {
                reached
            } else {
                QuarantineState::Held
            };
            self.tell([EventBody::QuarantineChanged {
                item,
                order,
                state,
                failure,
            }]);
        }
        done
    }
}

const fn order(origin: Origin) -> Option<OrderId> {
    match origin {
        Origin::Portal { order } => Some(order),
        Origin::Device => None,
    }
}
