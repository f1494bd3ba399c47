use super::words::tame;
use rempart_opamp::message::ComponentHealth;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Parts kept of what a device says.
const PARTS: usize = 32;

/// How a device says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum HealthState {
    /// All its parts are well.
    Healthy,
    /// Something is not.
    Attention,
    /// It has not said yet.
    Unknown,
}

impl HealthState {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Attention => "attention",
            Self::Unknown => "unknown",
        }
    }

    pub(super) fn parse(text: &str) -> Self {
        match text {
            "healthy" => Self::Healthy,
            "attention" => Self::Attention,
            _ => Self::Unknown,
        }
    }
}

/// How one part of the agent is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = DevicePart)]
pub(super) struct Part {
    /// `scanner`, `rules`, `spool`, `quarantine`, …
    pub name: String,
    /// Whether it is well.
    pub healthy: bool,
    /// Its state in the agent's own words.
    pub status: String,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// How a device and its parts are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Health {
    pub state: HealthState,
    pub parts: Vec<Part>,
}

impl Health {
    pub(super) fn from_report(report: &ComponentHealth) -> Self {
        let parts = report.component_health_map.iter().take(PARTS);
        let parts: Vec<Part> = parts
            .map(|(name, part)| Part {
                name: tame(name, 60),
                healthy: part.healthy,
                status: tame(&part.status, 120),
                error: Some(tame(&part.last_error, 300)).filter(|error| !error.is_empty()),
            })
            .collect();
        let well = report.healthy && parts.iter().all(|part| part.healthy);
        let state = if well {
            HealthState::Healthy
        } else {
            HealthState::Attention
        };
        Self { state, parts }
    }

    /// As one column keeps the parts.
    pub(super) fn detail(&self) -> String {
        serde_json::to_string(&self.parts).unwrap_or_else(|_| "[]".to_owned())
    }

    pub(super) fn parts(detail: &str) -> Vec<Part> {
        serde_json::from_str(detail).unwrap_or_default()
    }
}
