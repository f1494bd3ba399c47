use super::{StateDir, StateError, record::Record};
use crate::world::Chance;
use zeroize::Zeroizing;

impl StateDir {
    /// A key of 32 bytes, drawn when there is none yet.
    pub(crate) fn secret(&self, record: Record, chance: &Chance) -> Result<Zeroizing<[u8; 32]>, StateError> {
        let _lock = self.lock("write")?;
        if let Some(text) = self.read::<String>(record)?.map(Zeroizing::new) {
            let mut key = Zeroizing::new([0; 32]);
            let decoded = hex::decode_to_slice(&*text, &mut *key);
            return decoded
                .map(|()| key)
                .map_err(|error| self.damaged(record, error.to_string()));
        }
        let key = Zeroizing::new(chance.bytes());
        let text = Zeroizing::new(hex::encode(*key));
        self.write_locked(record, &*text)?;
        Ok(key)
    }
}
