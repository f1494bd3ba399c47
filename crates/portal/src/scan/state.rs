use serde::Serialize;
use utoipa::ToSchema;

/// How a scan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScanState {
    /// Asked for; the device has not begun.
    Queued,
    /// The device is looking.
    Running,
    /// Somebody stopped it; the device has not said that it did.
    Cancelling,
    /// It looked at everything it was asked to.
    Completed,
    /// It was stopped.
    Cancelled,
    /// It could not go on, or the device would not begin.
    Failed,
    /// The device did not take it in time.
    Expired,
}

impl ScanState {
    const ALL: [Self; 7] = [
        Self::Queued,
        Self::Running,
        Self::Cancelling,
        Self::Completed,
        Self::Cancelled,
        Self::Failed,
        Self::Expired,
    ];

    /// As in SQL and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Cancelling => "cancelling",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    /// Reads it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether something is still to come.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running | Self::Cancelling)
    }

    /// Tone of its pill.
    #[must_use]
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Completed => "ok",
            Self::Failed => "warn",
            Self::Expired => "off",
            Self::Running | Self::Cancelling => "chosen",
            Self::Queued | Self::Cancelled => "plain",
        }
    }

    /// Icon of its pill.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Completed => "ok",
            Self::Failed => "warn",
            Self::Expired => "off",
            Self::Running => "scan",
            Self::Queued | Self::Cancelling => "clock",
            Self::Cancelled => "x",
        }
    }
}
