use rempart_wire::DetectionAction;
use serde::Serialize;
use utoipa::ToSchema;

/// What the device did about a detection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DetectionAction)]
pub enum Action {
    /// Moved into quarantine.
    Quarantined,
    /// Left where it is, because it was asked to only look.
    Reported,
    /// It could not be moved; it is still there.
    QuarantineFailed,
}

impl Action {
    /// All of them: the series of the chart, from the ground up.
    pub const ALL: [Self; 3] = [Self::Quarantined, Self::Reported, Self::QuarantineFailed];

    /// As in SQL and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Quarantined => "quarantined",
            Self::Reported => "reported",
            Self::QuarantineFailed => "quarantine_failed",
        }
    }

    /// Reads it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }
}

impl From<DetectionAction> for Action {
    fn from(action: DetectionAction) -> Self {
        match action {
            DetectionAction::Quarantined => Self::Quarantined,
            DetectionAction::Reported => Self::Reported,
            DetectionAction::QuarantineFailed => Self::QuarantineFailed,
        }
    }
}
