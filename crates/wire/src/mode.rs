use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Where a workspace's protection is managed. Both ends enforce it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum ManagementMode {
    /// From the portal and on each computer; the last change wins.
    #[default]
    LocalAndRemote,
    /// On each computer only: the portal gives no orders and receives no settings, logs or detections.
    LocalOnly,
    /// From the portal only: on the computer the program shows its state and changes nothing.
    RemoteOnly,
}

impl ManagementMode {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::LocalAndRemote, Self::LocalOnly, Self::RemoteOnly];

    /// The name used in SQL, in the API and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LocalAndRemote => "local_and_remote",
            Self::LocalOnly => "local_only",
            Self::RemoteOnly => "remote_only",
        }
    }

    /// Whether the portal may start scans, handle quarantine and change policy.
    #[must_use]
    pub const fn portal_steers(self) -> bool {
        !matches!(self, Self::LocalOnly)
    }

    /// Whether the local command line may start scans, restore files and change settings.
    #[must_use]
    pub const fn device_steers(self) -> bool {
        !matches!(self, Self::RemoteOnly)
    }

    /// Whether a device reports its scans, detections and quarantine to the portal.
    #[must_use]
    pub const fn device_reports(self) -> bool {
        !matches!(self, Self::LocalOnly)
    }
}

impl fmt::Display for ManagementMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names none of the three modes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such management mode: {0}")]
pub struct UnknownMode(pub String);

impl FromStr for ManagementMode {
    type Err = UnknownMode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|mode| mode.as_str() == text)
            .ok_or_else(|| UnknownMode(text.to_owned()))
    }
}
