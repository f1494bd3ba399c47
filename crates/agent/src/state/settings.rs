use super::{StateDir, StateError, record::Record};
use jiff::Timestamp;
use rempart_wire::{DeviceId, DeviceSettings, ManagementMode};
use serde::{Deserialize, Serialize};

const SETTINGS: Record = Record::new("settings");
const CONTACT: Record = Record::new("contact");

#[derive(Serialize, Deserialize)]
struct Accepted {
    device: Option<DeviceId>,
    hash: String,
    settings: DeviceSettings,
}

impl StateDir {
    /// The settings last accepted from the portal this computer is enrolled with.
    ///
    /// # Errors
    /// When they cannot be read or are damaged.
    pub fn settings(&self) -> Result<Option<DeviceSettings>, StateError> {
        Ok(self.accepted()?.map(|accepted| accepted.settings))
    }

    /// The hash under which the portal sent the settings last accepted; empty when there are none.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn settings_hash(&self) -> Result<Vec<u8>, StateError> {
        let hash = self.accepted()?.map(|accepted| accepted.hash);
        Ok(hash.and_then(|hash| hex::decode(hash).ok()).unwrap_or_default())
    }

    /// Accepts settings, with the hash the portal sent them under.
    ///
    /// # Errors
    /// When they cannot be kept.
    pub fn set_settings(&self, settings: &DeviceSettings, hash: &[u8]) -> Result<(), StateError> {
        let accepted = Accepted {
            device: self.portal()?.map(|(_, device)| device),
            hash: hex::encode(hash),
            settings: settings.clone(),
        };
        self.write(SETTINGS, &accepted)
    }

    /// Where this computer is managed; until a portal has said otherwise, here as well as there.
    ///
    /// # Errors
    /// When the settings cannot be read or are damaged.
    pub fn mode(&self) -> Result<ManagementMode, StateError> {
        Ok(self
            .settings()?
            .map_or(ManagementMode::LocalAndRemote, |settings| settings.mode))
    }

    /// When the portal was last heard.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn last_contact(&self) -> Result<Option<Timestamp>, StateError> {
        self.read(CONTACT)
    }

    /// Notes that the portal was heard. Worth calling once a minute, not for every message.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn set_last_contact(&self, at: Timestamp) -> Result<(), StateError> {
        self.write(CONTACT, &at)
    }

    /// Settings of another enrolment are somebody else's.
    fn accepted(&self) -> Result<Option<Accepted>, StateError> {
        let Some(accepted) = self.read::<Accepted>(SETTINGS)? else {
            return Ok(None);
        };
        let device = self.portal()?.map(|(_, device)| device);
        Ok(Some(accepted).filter(|accepted| accepted.device == device))
    }
}
