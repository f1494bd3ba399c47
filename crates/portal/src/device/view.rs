use super::{
    health::{HealthState, Part},
    heard_since,
};
use crate::base::lang::Lang;
use jiff::Timestamp;
use rempart_wire::DeviceId;
use serde::Serialize;
use utoipa::ToSchema;

/// How a device is, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeviceState)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Connected and well.
    Protected,
    /// Somebody should look: a part is not well, settings were refused, or its credential is used by two machines.
    Attention,
    /// Not connected.
    Offline,
    /// Retired: it holds no seat and may not connect.
    Retired,
}

impl State {
    /// All of them, in the order they are offered.
    pub(super) const ALL: [Self; 4] = [Self::Protected, Self::Attention, Self::Offline, Self::Retired];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Protected => "protected",
            Self::Attention => "attention",
            Self::Offline => "offline",
            Self::Retired => "retired",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The icon's name, and the tone of its pill.
    pub(super) const fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Protected => ("ok", "ok"),
            Self::Attention => ("warn", "warn"),
            Self::Offline => ("off", "off"),
            Self::Retired => ("box", "plain"),
        }
    }
}

/// What became of the settings a device was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum SettingsState {
    /// In force.
    Applied,
    /// Being put in force.
    Applying,
    /// Refused; the ones before are in force.
    Failed,
    /// The device has not been told the latest ones, or has not said what became of them.
    Pending,
}

impl SettingsState {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Applying => "applying",
            Self::Failed => "failed",
            Self::Pending => "pending",
        }
    }
}

/// An enrolled computer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(super) struct Device {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: DeviceId,
    /// What people call it.
    pub name: String,
    /// Its own name.
    pub hostname: String,
    /// Its system, as people call it.
    pub os: String,
    /// Its processor.
    pub arch: String,
    /// Where it last connected from.
    pub address: String,
    /// Version of its agent.
    pub agent_version: String,
    /// How it is, in one word.
    pub state: State,
    /// How its parts are, as it last said.
    pub health: HealthState,
    /// The parts.
    pub parts: Vec<Part>,
    /// What became of its settings.
    pub settings: SettingsState,
    /// Why it refused them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings_error: Option<String>,
    /// Whether it holds a seat of the licence.
    pub seat: bool,
    /// When it was enrolled.
    #[schema(value_type = String, format = DateTime)]
    pub enrolled_at: Timestamp,
    /// When it was last heard.
    #[schema(value_type = String, format = DateTime)]
    pub last_seen_at: Timestamp,
    /// When it was retired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub retired_at: Option<Timestamp>,
    /// When two machines were seen with its credential.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub duplicated_at: Option<Timestamp>,
    /// What lists are sorted by.
    #[serde(skip)]
    pub name_key: String,
}

/// What the state depends on.
pub(super) struct Facts<'a> {
    pub retired: bool,
    pub duplicated: bool,
    pub connected: bool,
    pub last_seen_at: Timestamp,
    pub health: HealthState,
    pub settings: &'a str,
}

/// The state at `now`: the same rule as the statements that count and filter.
pub(super) fn state(facts: &Facts<'_>, now: Timestamp) -> State {
    if facts.retired {
        State::Retired
    } else if facts.duplicated {
        State::Attention
    } else if !facts.connected || facts.last_seen_at < heard_since(now) {
        State::Offline
    } else if facts.health == HealthState::Healthy && facts.settings != "failed" {
        State::Protected
    } else {
        State::Attention
    }
}

impl Device {
    /// Its state in a word.
    pub(super) fn word(&self, lang: &Lang) -> String {
        match self.duplicated_at {
            Some(_) => lang.t("device-duplicated"),
            None => lang.t(&format!("device-{}", self.state.as_str())),
        }
    }

    /// The tone of the word's pill.
    pub(super) const fn tone(&self) -> &'static str {
        if self.duplicated_at.is_some() {
            return "bad";
        }
        self.state.look().1
    }

    /// The icon beside the word.
    pub(super) const fn icon(&self) -> &'static str {
        if self.duplicated_at.is_some() {
            return "bad";
        }
        self.state.look().0
    }

    /// What became of its settings, in a word.
    pub(super) fn settings_word(&self, lang: &Lang) -> String {
        lang.t(&format!("device-settings-{}", self.settings.as_str()))
    }

    /// Why somebody should look at it, in a line.
    pub(super) fn why(&self, lang: &Lang) -> Option<String> {
        if self.duplicated_at.is_some() {
            return Some(lang.t("device-why-duplicated"));
        }
        if self.state != State::Attention {
            return None;
        }
        if self.settings == SettingsState::Failed {
            return Some(lang.t("device-why-settings"));
        }
        if self.health == HealthState::Unknown {
            return Some(lang.t("device-why-unknown"));
        }
        let sick = self.parts.iter().filter(|part| !part.healthy);
        let names: Vec<String> = sick.map(|part| part_name(*lang, &part.name)).collect();
        Some(names.join(", "))
            .filter(|parts| !parts.is_empty())
            .map(|parts| lang.t1("device-why-parts", "parts", parts))
    }
}

/// What a part of the agent is called; parts of later agents go by their own names.
pub(super) fn part_name(lang: Lang, name: &str) -> String {
    let key = format!("device-part-{}", name.replace('_', "-"));
    if lang.knows(&key) {
        lang.t(&key)
    } else {
        name.to_owned()
    }
}
