use crate::message::{
    AgentDescription, AgentDisconnect, AgentRemoteConfig, AgentToServer, ApplyStatus, AvailableComponents,
    CommandType, ComponentHealth, ConnectionSettingsOffers, ConnectionSettingsStatus, CustomCapabilities,
    CustomMessage, EffectiveConfig, ErrorType, OpAmpConnectionSettings, PackageStatuses, PackagesAvailable,
    RemoteConfigStatus, ServerErrorResponse, ServerToAgent,
    bits::{agent_capability, agent_flag, server_flag},
};
use crate::{AgentState, DEFAULT_HEARTBEAT, InstanceUid};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// An agent, as it wants to be known. It outlives connections.
///
/// Drive it like this: when connected call [`connected`](Self::connected); send what [`poll`](Self::poll) returns until
/// it returns nothing; poll again when [`due`](Self::due) says so, after every setter and after every
/// [`receive`](Self::receive), whose instructions are to be followed.
#[derive(Debug)]
pub struct Session {
    uid: InstanceUid,
    state: AgentState,
    reported: AgentState,
    next: u64,
    online: bool,
    full: bool,
    ask_uid: bool,
    last_sent: Option<Instant>,
    heartbeat: Duration,
    customs: VecDeque<CustomMessage>,
    dialogues: Vec<String>,
    candidate: Option<ConnectionSettingsOffers>,
}

/// What the server wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Instruction {
    /// Run with this configuration, then call [`Session::config_applied`] or [`Session::config_failed`].
    ApplyConfig(AgentRemoteConfig),
    /// Keep these settings as a candidate, say goodbye, reconnect with them, then call [`Session::connection_applied`];
    /// if they do not work, go back to the ones before and call [`Session::connection_failed`].
    TryConnection(Box<OpAmpConnectionSettings>),
    /// Go by this instance uid from now on; the session already does.
    Renamed(InstanceUid),
    /// Have these packages, then call [`Session::set_package_statuses`].
    Packages(PackagesAvailable),
    /// A message of a custom dialogue.
    Custom(CustomMessage),
    /// Restart.
    Restart,
    /// The server is too busy: disconnect and come back after this long, or as usual.
    Unavailable(Option<Duration>),
    /// The last message was malformed or not allowed; do not send it again. For a person.
    Rejected(String),
}

impl Session {
    /// An agent that is not connected. `capabilities` are bits of
    /// [`agent_capability`].
    #[must_use]
    pub fn new(uid: InstanceUid, capabilities: u64, description: AgentDescription) -> Self {
        let state = AgentState {
            capabilities: capabilities | agent_capability::REPORTS_STATUS,
            description: Some(description),
            ..AgentState::default()
        };
        Self {
            uid,
            reported: AgentState::default(),
            state,
            next: 0,
            online: false,
            full: true,
            ask_uid: false,
            last_sent: None,
            heartbeat: DEFAULT_HEARTBEAT,
            customs: VecDeque::new(),
            dialogues: Vec::new(),
            candidate: None,
        }
    }

    /// A connection is there: the next message reports everything.
    pub fn connected(&mut self) {
        self.online = true;
        self.full = true;
        self.last_sent = None;
        self.dialogues.clear();
    }

    /// The connection is gone. Custom messages not yet polled are kept for the next one.
    pub const fn lost(&mut self) {
        self.online = false;
    }

    /// The next message worth sending, if there is one: something changed, a custom message is queued, or a heartbeat is
    /// due.
    pub fn poll(&mut self, now: Instant) -> Option<AgentToServer> {
        let due = self.due().is_some_and(|due| due <= now);
        let mut message = AgentToServer::default();
        // A server takes a message with a description for a full report, so one is never sent without the rest.
        let whole = self.full || self.reported.description != self.state.description;
        let changed = self
            .state
            .report(&mut message, (!whole).then_some(&self.reported));
        let worth = whole || changed || due || self.ask_uid || !self.customs.is_empty();
        if !self.online || !worth {
            return None;
        }
        message.custom_message = self.customs.pop_front();
        self.finish(&mut message, now);
        Some(message)
    }

    /// The last message before closing. It carries what is still unreported.
    pub fn leave(&mut self, now: Instant) -> AgentToServer {
        let mut message = AgentToServer {
            agent_disconnect: Some(AgentDisconnect {}),
            ..AgentToServer::default()
        };
        let before = (!self.full).then_some(&self.reported);
        self.state.report(&mut message, before);
        self.finish(&mut message, now);
        self.online = false;
        message
    }

    fn finish(&mut self, message: &mut AgentToServer, now: Instant) {
        message.instance_uid = self.uid.to_vec();
        message.sequence_num = self.next;
        if std::mem::take(&mut self.ask_uid) {
            message.flags |= agent_flag::REQUEST_INSTANCE_UID;
        }
        self.next = self.next.wrapping_add(1);
        self.reported.clone_from(&self.state);
        self.full = false;
        self.last_sent = Some(now);
    }

    /// When the next message is due though nothing happened; nothing while not connected.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        self.last_sent
            .filter(|_| self.online)
            .map(|sent| sent + self.heartbeat)
    }

    /// Takes in a message; says what the server wants, in the order to follow.
    pub fn receive(&mut self, message: ServerToAgent) -> Vec<Instruction> {
        if let Some(error) = message.error_response {
            return vec![failure(error)];
        }
        if let Some(command) = message.command {
            let restart = command.r#type == i32::from(CommandType::Restart);
            return Vec::from_iter(restart.then_some(Instruction::Restart));
        }
        let wanted = server_flag::REPORT_FULL_STATE | server_flag::REPORT_AVAILABLE_COMPONENTS;
        self.full |= message.flags & wanted != 0;
        if let Some(dialogues) = message.custom_capabilities {
            self.dialogues = dialogues.capabilities;
        }
        let mut wants = Vec::new();
        let renamed = message
            .agent_identification
            .and_then(|name| InstanceUid::try_from(&name.new_instance_uid[..]).ok());
        if let Some(uid) = renamed.filter(|uid| *uid != self.uid) {
            self.uid = uid;
            wants.push(Instruction::Renamed(uid));
        }
        wants.extend(message.remote_config.and_then(|config| self.configure(config)));
        wants.extend(message.packages_available.map(Instruction::Packages));
        wants.extend(message.custom_message.map(Instruction::Custom));
        wants.extend(
            message
                .connection_settings
                .and_then(|offers| self.consider(offers)),
        );
        wants
    }

    fn configure(&mut self, config: AgentRemoteConfig) -> Option<Instruction> {
        let status = self.state.remote_config_status.as_ref();
        let in_force = status.is_some_and(|status| {
            status.last_remote_config_hash == config.config_hash && status.status() == ApplyStatus::Applied
        });
        if in_force || !self.state.can(agent_capability::ACCEPTS_REMOTE_CONFIG) {
            return None;
        }
        self.config_status(config.config_hash.clone(), ApplyStatus::Applying, String::new());
        Some(Instruction::ApplyConfig(config))
    }

    fn consider(&mut self, offers: ConnectionSettingsOffers) -> Option<Instruction> {
        let settings = offers.opamp.clone()?;
        let status = self.state.connection_settings_status.as_ref();
        let known = status.is_some_and(|status| status.last_connection_settings_hash == offers.hash);
        if known
            || !self
                .state
                .can(agent_capability::ACCEPTS_OPAMP_CONNECTION_SETTINGS)
        {
            return None;
        }
        let only_heartbeat = OpAmpConnectionSettings {
            heartbeat_interval_seconds: settings.heartbeat_interval_seconds,
            ..OpAmpConnectionSettings::default()
        };
        let reconnect = settings != only_heartbeat;
        self.connection_status(offers.hash.clone(), ApplyStatus::Applying, String::new());
        self.candidate = Some(offers);
        if !reconnect {
            self.connection_applied();
            return None;
        }
        Some(Instruction::TryConnection(Box::new(settings)))
    }

    /// The configuration with this hash is in force.
    pub fn config_applied(&mut self, hash: Vec<u8>) {
        self.config_status(hash, ApplyStatus::Applied, String::new());
    }

    /// The configuration with this hash could not be put in force.
    pub fn config_failed(&mut self, hash: Vec<u8>, why: impl Into<String>) {
        self.config_status(hash, ApplyStatus::Failed, why.into());
    }

    fn config_status(&mut self, hash: Vec<u8>, status: ApplyStatus, error_message: String) {
        self.state.remote_config_status = Some(RemoteConfigStatus {
            last_remote_config_hash: hash,
            status: status.into(),
            error_message,
        });
    }

    /// The offered connection settings work; the ones before can be forgotten.
    pub fn connection_applied(&mut self) {
        let Some(offers) = self.candidate.take() else {
            return;
        };
        let heartbeat = offers
            .opamp
            .map_or(0, |settings| settings.heartbeat_interval_seconds);
        if heartbeat > 0 {
            self.set_heartbeat(Duration::from_secs(heartbeat));
        }
        self.connection_status(offers.hash, ApplyStatus::Applied, String::new());
    }

    /// The offered connection settings do not work; the ones before are in use again.
    pub fn connection_failed(&mut self, why: impl Into<String>) {
        if let Some(offers) = self.candidate.take() {
            self.connection_status(offers.hash, ApplyStatus::Failed, why.into());
        }
    }

    fn connection_status(&mut self, hash: Vec<u8>, status: ApplyStatus, error_message: String) {
        self.state.connection_settings_status = Some(ConnectionSettingsStatus {
            last_connection_settings_hash: hash,
            status: status.into(),
            error_message,
        });
    }

    /// Queues a message of a custom dialogue. Whether the server takes part in it: [`server_knows`](Self::server_knows).
    pub fn custom(&mut self, message: CustomMessage) {
        self.customs.push_back(message);
    }

    /// Custom messages queued and not yet polled.
    #[must_use]
    pub fn queued(&self) -> usize {
        self.customs.len()
    }

    /// Whether the server has said on this connection that it takes part in a custom dialogue.
    #[must_use]
    pub fn server_knows(&self, capability: &str) -> bool {
        self.dialogues.iter().any(|known| known == capability)
    }

    /// Speaks at this interval when there is nothing to say; a tenth of a second at least.
    pub fn set_heartbeat(&mut self, interval: Duration) {
        self.heartbeat = interval.max(Duration::from_millis(100));
    }

    /// Asks for another instance uid with the next message.
    pub const fn ask_instance_uid(&mut self) {
        self.ask_uid = true;
    }

    /// What the agent is and where it runs.
    pub fn set_description(&mut self, description: AgentDescription) {
        self.state.description = Some(description);
    }

    /// How it is.
    pub fn set_health(&mut self, health: ComponentHealth) {
        self.state.health = Some(health);
    }

    /// The configuration it really runs with.
    pub fn set_effective_config(&mut self, config: EffectiveConfig) {
        self.state.effective_config = Some(config);
    }

    /// What became of the offered packages.
    pub fn set_package_statuses(&mut self, statuses: PackageStatuses) {
        self.state.package_statuses = Some(statuses);
    }

    /// Custom dialogues it takes part in.
    pub fn set_custom_capabilities(&mut self, capabilities: Vec<String>) {
        self.state.custom_capabilities = Some(CustomCapabilities { capabilities });
    }

    /// What became of the settings it connects with, when they were offered in an earlier life of the agent.
    pub fn set_connection_settings_status(&mut self, status: ConnectionSettingsStatus) {
        self.state.connection_settings_status = Some(status);
    }

    /// What it could be configured to use.
    pub fn set_available_components(&mut self, components: AvailableComponents) {
        self.state.available_components = Some(components);
    }

    /// What it reports.
    #[must_use]
    pub const fn state(&self) -> &AgentState {
        &self.state
    }

    /// The name it goes by.
    #[must_use]
    pub const fn instance_uid(&self) -> InstanceUid {
        self.uid
    }
}

fn failure(error: ServerErrorResponse) -> Instruction {
    match error.r#type() {
        ErrorType::BadRequest => Instruction::Rejected(error.error_message),
        ErrorType::Unavailable | ErrorType::Unknown => Instruction::Unavailable(
            error
                .retry_info
                .map(|retry| Duration::from_nanos(retry.retry_after_nanoseconds)),
        ),
    }
}
