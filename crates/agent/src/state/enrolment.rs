use super::{StateDir, StateError, record::Record};
use rempart_wire::DeviceId;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

const ENROLMENT: Record = Record::new("enrolment");
const CANDIDATE: Record = Record::new("candidate");

/// What proves to the portal that this is the device it knows. A secret: it is never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct Credential(String);

impl Credential {
    /// From the text the portal gave.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret text, to send to the portal and nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// Where this computer is enrolled. Kept as one piece: a device is enrolled or is not, never half.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// Address of the portal, as given to `enrol`.
    pub portal: String,
    /// What the portal calls this device.
    pub device: DeviceId,
    /// What the device proves itself with.
    pub credential: Credential,
}

impl StateDir {
    /// Where this computer is enrolled, if it is.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn enrolment(&self) -> Result<Option<Enrolment>, StateError> {
        self.read(ENROLMENT)
    }

    /// Records a completed enrolment; what is known about another portal or device no longer applies.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn set_enrolment(&self, enrolment: &Enrolment) -> Result<(), StateError> {
        self.write(ENROLMENT, enrolment)?;
        self.remove(CANDIDATE)
    }

    /// Forgets the enrolment, and with it the credential, the settings and a candidate.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn clear_enrolment(&self) -> Result<(), StateError> {
        self.remove(ENROLMENT)?;
        self.remove(CANDIDATE)
    }

    /// Address of the portal and this device's id there, when it is enrolled.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn portal(&self) -> Result<Option<(String, DeviceId)>, StateError> {
        Ok(self
            .enrolment()?
            .map(|enrolment| (enrolment.portal, enrolment.device)))
    }

    /// The credential in use.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn credential(&self) -> Result<Option<Credential>, StateError> {
        Ok(self.enrolment()?.map(|enrolment| enrolment.credential))
    }

    /// Replaces the credential in use and drops the candidate.
    ///
    /// # Errors
    /// When the device is not enrolled or it cannot be kept.
    pub fn set_credential(&self, credential: &Credential) -> Result<(), StateError> {
        let mut enrolment = self.enrolment()?.ok_or(StateError::NotEnrolled)?;
        enrolment.credential = credential.clone();
        self.set_enrolment(&enrolment)
    }

    /// A credential the portal offered which has not yet been seen to work.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    pub fn candidate_credential(&self) -> Result<Option<Credential>, StateError> {
        self.read(CANDIDATE)
    }

    /// Keeps an offered credential beside the one in use; `None` drops it.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn set_candidate_credential(&self, credential: Option<&Credential>) -> Result<(), StateError> {
        match credential {
            Some(credential) => self.write(CANDIDATE, credential),
            None => self.remove(CANDIDATE),
        }
    }
}
