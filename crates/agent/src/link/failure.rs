use crate::state::StateError;
use rempart_wire::Refusal;
use std::{path::PathBuf, time::Duration};

/// Why the portal could not be spoken to.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The portal answered, and said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nobody answers for now.
    #[error("{endpoint} cannot be reached: {reason}")]
    Unreachable {
        /// The address tried.
        endpoint: String,
        /// Why it failed.
        reason: String,
    },
    /// The portal asks to be left alone for a while.
    #[error("the portal is too busy")]
    Busy {
        /// For this long, when it says.
        retry_after: Option<Duration>,
    },
    /// What answers does not speak as a portal does.
    #[error("{endpoint} does not answer as a portal: {reason}")]
    NotAPortal {
        /// The address tried.
        endpoint: String,
        /// What is wrong with the answer.
        reason: String,
    },
    /// The address is none.
    #[error("{0} is not the address of a portal")]
    Address(
        /// As given.
        String,
    ),
    /// The connection would be unencrypted and leave this machine.
    #[error("the connection to {0} would not be encrypted")]
    Unencrypted(
        /// The address.
        String,
    ),
    /// The authorities to trust cannot be loaded.
    #[error("the certificate authorities cannot be used: {0}")]
    Authorities(
        /// What is wrong with them.
        String,
    ),
    /// Another daemon uses the same state folder.
    #[error("another rempart-agent runs with {}", folder.display())]
    Running {
        /// Which folder.
        folder: PathBuf,
    },
    /// The state folder.
    #[error(transparent)]
    State(#[from] StateError),
}

impl LinkError {
    /// Stable name of the kind of failure.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(refusal) => &refusal.code,
            Self::Unreachable { .. } => "portal_unreachable",
            Self::Busy { .. } => "portal_busy",
            Self::NotAPortal { .. } => "not_a_portal",
            Self::Address(_) => "portal_address_invalid",
            Self::Unencrypted(_) => "portal_unencrypted",
            Self::Authorities(_) => "authorities_unusable",
            Self::Running { .. } => "already_running",
            Self::State(error) => error.code(),
        }
    }

    /// Whether connecting again with the same credential is pointless: only enrolling again helps.
    #[must_use]
    pub fn is_final(&self) -> bool {
        match self {
            Self::Refused(refusal) => matches!(
                refusal.code.as_str(),
                "credential_revoked" | "credential_duplicated" | "credential_unknown" | "proof_invalid"
            ),
            Self::State(_)
            | Self::Running { .. }
            | Self::Address(_)
            | Self::Unencrypted(_)
            | Self::Authorities(_) => true,
            Self::Unreachable { .. } | Self::Busy { .. } | Self::NotAPortal { .. } => false,
        }
    }

    /// How long the portal asks to be left alone.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Busy { retry_after } => *retry_after,
            _ => None,
        }
    }
}
