use serde::Serialize;
use utoipa::ToSchema;

/// Where a quarantined file is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = QuarantineItemState)]
pub enum ItemState {
    /// In quarantine.
    Held,
    /// Its device was told to put it back.
    Restoring,
    /// Its device was told to destroy it.
    Deleting,
    /// Back where it was.
    Restored,
    /// Destroyed.
    Deleted,
}

impl ItemState {
    const ALL: [Self; 5] = [
        Self::Held,
        Self::Restoring,
        Self::Deleting,
        Self::Restored,
        Self::Deleted,
    ];

    /// As in SQL and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Restoring => "restoring",
            Self::Deleting => "deleting",
            Self::Restored => "restored",
            Self::Deleted => "deleted",
        }
    }

    /// Reads it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Icon of its pill.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Held => "box",
            Self::Restoring | Self::Deleting => "clock",
            Self::Restored => "reset",
            Self::Deleted => "bin",
        }
    }

    /// Tone of its pill.
    #[must_use]
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Held => "ok",
            Self::Restoring | Self::Deleting => "chosen",
            Self::Restored | Self::Deleted => "plain",
        }
    }
}
