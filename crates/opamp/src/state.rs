use crate::message::{
    AgentDescription, AgentToServer, AvailableComponents, ComponentHealth, ConnectionSettingsStatus,
    CustomCapabilities, EffectiveConfig, PackageStatuses, RemoteConfigStatus,
};

/// All that an agent reports about itself and that lasts. Each end of a session keeps one: the agent its own, the
/// server what it was told.
///
/// A part is absent until it was first reported, and never becomes absent again: the protocol cannot say so.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AgentState {
    /// Bits of [`agent_capability`](crate::message::bits::agent_capability).
    pub capabilities: u64,
    /// What the agent is and where it runs.
    pub description: Option<AgentDescription>,
    /// How it is.
    pub health: Option<ComponentHealth>,
    /// The configuration it really runs with.
    pub effective_config: Option<EffectiveConfig>,
    /// What became of the last remote configuration.
    pub remote_config_status: Option<RemoteConfigStatus>,
    /// What became of the offered packages.
    pub package_statuses: Option<PackageStatuses>,
    /// Custom dialogues it takes part in.
    pub custom_capabilities: Option<CustomCapabilities>,
    /// What it could be configured to use.
    pub available_components: Option<AvailableComponents>,
    /// What became of the offered connection settings.
    pub connection_settings_status: Option<ConnectionSettingsStatus>,
}

/// A part of an [`AgentState`], to say which one changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// [`AgentState::capabilities`]
    Capabilities,
    /// [`AgentState::description`]
    Description,
    /// [`AgentState::health`]
    Health,
    /// [`AgentState::effective_config`]
    EffectiveConfig,
    /// [`AgentState::remote_config_status`]
    RemoteConfigStatus,
    /// [`AgentState::package_statuses`]
    PackageStatuses,
    /// [`AgentState::custom_capabilities`]
    CustomCapabilities,
    /// [`AgentState::available_components`]
    AvailableComponents,
    /// [`AgentState::connection_settings_status`]
    ConnectionSettingsStatus,
}

/// Calls `$each!(state field, message field, part)` for every optional part.
macro_rules! every_part {
    ($each:ident) => {
        $each!(description, agent_description, Description);
        $each!(health, health, Health);
        $each!(effective_config, effective_config, EffectiveConfig);
        $each!(
            remote_config_status,
            remote_config_status,
            RemoteConfigStatus
        );
        $each!(package_statuses, package_statuses, PackageStatuses);
        $each!(custom_capabilities, custom_capabilities, CustomCapabilities);
        $each!(
            available_components,
            available_components,
            AvailableComponents
        );
        $each!(
            connection_settings_status,
            connection_settings_status,
            ConnectionSettingsStatus
        );
    };
}

impl AgentState {
    /// Takes over what a message reports; says which parts are different now.
    pub(crate) fn merge(&mut self, message: &mut AgentToServer) -> Vec<Part> {
        let mut changed = Vec::new();
        if message.capabilities != 0 && message.capabilities != self.capabilities {
            self.capabilities = message.capabilities;
            changed.push(Part::Capabilities);
        }
        macro_rules! take {
            ($field:ident, $reported:ident, $part:ident) => {
                if let Some(reported) = message.$reported.take() {
                    if self.$field.as_ref() != Some(&reported) {
                        self.$field = Some(reported);
                        changed.push(Part::$part);
                    }
                }
            };
        }
        every_part!(take);
        changed
    }

    /// Puts into a message what is different from what was reported before, or everything. Says whether anything was.
    pub(crate) fn report(&self, message: &mut AgentToServer, before: Option<&Self>) -> bool {
        message.capabilities = self.capabilities;
        let mut any = before.is_none_or(|before| before.capabilities != self.capabilities);
        macro_rules! put {
            ($field:ident, $reported:ident, $part:ident) => {
                if before.is_none_or(|before| before.$field != self.$field) {
                    message.$reported = self.$field.clone();
                    any |= self.$field.is_some();
                }
            };
        }
        every_part!(put);
        any
    }

    /// Whether the agent has all of these capabilities.
    #[must_use]
    pub const fn can(&self, capabilities: u64) -> bool {
        self.capabilities & capabilities == capabilities
    }
}
