//! Bits of the flag and capability fields.

/// Bits of [`AgentToServer::flags`](super::AgentToServer::flags).
pub mod agent_flag {
    /// The agent asks for a new instance uid.
    pub const REQUEST_INSTANCE_UID: u64 = 1;
}

/// Bits of [`ServerToAgent::flags`](super::ServerToAgent::flags).
pub mod server_flag {
    /// The agent must report everything in its next message.
    pub const REPORT_FULL_STATE: u64 = 1;
    /// The agent must report its available components in full.
    pub const REPORT_AVAILABLE_COMPONENTS: u64 = 2;
}

/// Bits of [`ServerToAgent::capabilities`](super::ServerToAgent::capabilities).
pub mod server_capability {
    /// Accepts status reports; every server does.
    pub const ACCEPTS_STATUS: u64 = 1;
    /// Offers remote configuration.
    pub const OFFERS_REMOTE_CONFIG: u64 = 2;
    /// Accepts the effective configuration.
    pub const ACCEPTS_EFFECTIVE_CONFIG: u64 = 4;
    /// Offers packages.
    pub const OFFERS_PACKAGES: u64 = 8;
    /// Accepts package statuses.
    pub const ACCEPTS_PACKAGES_STATUS: u64 = 0x10;
    /// Offers connection settings.
    pub const OFFERS_CONNECTION_SETTINGS: u64 = 0x20;
    /// Accepts requests for connection settings.
    pub const ACCEPTS_CONNECTION_SETTINGS_REQUEST: u64 = 0x40;
}

/// Bits of [`AgentToServer::capabilities`](super::AgentToServer::capabilities).
pub mod agent_capability {
    /// Reports its status; every agent does.
    pub const REPORTS_STATUS: u64 = 1;
    /// Accepts remote configuration.
    pub const ACCEPTS_REMOTE_CONFIG: u64 = 2;
    /// Reports its effective configuration.
    pub const REPORTS_EFFECTIVE_CONFIG: u64 = 4;
    /// Accepts packages.
    pub const ACCEPTS_PACKAGES: u64 = 8;
    /// Reports package statuses.
    pub const REPORTS_PACKAGE_STATUSES: u64 = 0x10;
    /// Sends its own traces.
    pub const REPORTS_OWN_TRACES: u64 = 0x20;
    /// Sends its own metrics.
    pub const REPORTS_OWN_METRICS: u64 = 0x40;
    /// Sends its own logs.
    pub const REPORTS_OWN_LOGS: u64 = 0x80;
    /// Accepts settings for its OpAMP connection.
    pub const ACCEPTS_OPAMP_CONNECTION_SETTINGS: u64 = 0x100;
    /// Accepts settings for other connections.
    pub const ACCEPTS_OTHER_CONNECTION_SETTINGS: u64 = 0x200;
    /// Restarts when told.
    pub const ACCEPTS_RESTART_COMMAND: u64 = 0x400;
    /// Reports its health.
    pub const REPORTS_HEALTH: u64 = 0x800;
    /// Reports what became of a remote configuration.
    pub const REPORTS_REMOTE_CONFIG: u64 = 0x1000;
    /// Speaks at an interval even with nothing to say.
    pub const REPORTS_HEARTBEAT: u64 = 0x2000;
    /// Reports its available components.
    pub const REPORTS_AVAILABLE_COMPONENTS: u64 = 0x4000;
    /// Reports what became of offered connection settings.
    pub const REPORTS_CONNECTION_SETTINGS_STATUS: u64 = 0x8000;
}
