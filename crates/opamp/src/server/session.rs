use crate::message::{
    AgentIdentification, AgentRemoteConfig, AgentToServer, CommandType, ConnectionSettingsOffers,
    ConnectionSettingsRequest, CustomCapabilities, CustomMessage, ServerErrorResponse, ServerToAgent,
    ServerToAgentCommand,
    bits::{agent_capability, agent_flag, server_flag},
};
use crate::{AgentState, InstanceUid, Part};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How long a server waits for word of a configuration it sent before it sends it again.
pub const RESEND_AFTER: Duration = Duration::from_secs(30);

/// One agent, as the server knows it. Over WebSocket make one per connection; over plain HTTP one per instance uid.
///
/// Drive it like this: give every message to [`receive`](Self::receive), act on the changes (perhaps by offering
/// something), then send what [`poll`](Self::poll) returns until it returns nothing. Poll again after offering something
/// at any other time. Over plain HTTP answer each request with [`answer`](Self::answer) instead.
#[derive(Debug)]
pub struct Session {
    capabilities: u64,
    custom_capabilities: Vec<String>,
    uid: Option<InstanceUid>,
    renamed: Option<InstanceUid>,
    last: Option<u64>,
    state: AgentState,
    complete: bool,
    config: Offer<AgentRemoteConfig>,
    connection: Offer<ConnectionSettingsOffers>,
    customs: VecDeque<CustomMessage>,
    restart: bool,
    introduce: bool,
    ask: bool,
    identify: bool,
}

/// Something offered, and when it was last sent.
#[derive(Debug, Default)]
struct Offer<T> {
    what: Option<T>,
    sent: Option<Instant>,
}

/// What a message brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// This part of [`Session::state`] is different now.
    Report(Part),
    /// The agent goes by this instance uid from now on: its first message, or it took the new one it was given.
    Named(InstanceUid),
    /// A message of a custom dialogue.
    Custom(CustomMessage),
    /// Messages are missing; the agent is being asked for its full state.
    Missed,
    /// The agent asks for a new instance uid: answer with [`Session::identify`].
    AsksInstanceUid,
    /// The agent asks for connection settings.
    AsksConnection(ConnectionSettingsRequest),
    /// The agent is about to close.
    Leaving,
}

/// A message that cannot be handled. Answer with [`Rejected::answer`], then close.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Rejected(pub String);

impl Rejected {
    /// What to answer.
    #[must_use]
    pub fn answer(&self) -> ServerToAgent {
        ServerToAgent {
            error_response: Some(ServerErrorResponse::bad_request(&self.0)),
            ..ServerToAgent::default()
        }
    }
}

impl Session {
    /// A session in which nothing was said yet. `capabilities` are bits of
    /// [`server_capability`](crate::message::bits::server_capability), `custom_capabilities` the custom dialogues the
    /// server takes part in; the first message to the agent names both.
    #[must_use]
    pub fn new(capabilities: u64, custom_capabilities: Vec<String>) -> Self {
        Self {
            capabilities,
            custom_capabilities,
            uid: None,
            renamed: None,
            last: None,
            state: AgentState::default(),
            complete: false,
            config: Offer {
                what: None,
                sent: None,
            },
            connection: Offer {
                what: None,
                sent: None,
            },
            customs: VecDeque::new(),
            restart: false,
            introduce: true,
            ask: false,
            identify: false,
        }
    }

    /// Takes in a message; says what it brought, in the order to act on.
    ///
    /// # Errors
    /// The message has no usable instance uid.
    pub fn receive(&mut self, mut message: AgentToServer) -> Result<Vec<Change>, Rejected> {
        let uid =
            InstanceUid::try_from(&message.instance_uid[..]).map_err(|error| Rejected(error.to_string()))?;
        let mut changes = Vec::new();
        self.name(uid, &mut changes);
        let full = message.agent_description.is_some();
        let in_order = self
            .last
            .is_some_and(|last| message.sequence_num == last.wrapping_add(1));
        if !in_order {
            self.complete = full;
            if self.last.is_some() {
                changes.push(Change::Missed);
                self.complete = false;
            }
        } else if full {
            self.complete = true;
        }
        self.ask = !self.complete;
        self.last = Some(message.sequence_num);
        changes.extend(self.state.merge(&mut message).into_iter().map(Change::Report));
        if message.flags & agent_flag::REQUEST_INSTANCE_UID != 0 {
            changes.push(Change::AsksInstanceUid);
        }
        changes.extend(message.connection_settings_request.map(Change::AsksConnection));
        changes.extend(message.custom_message.map(Change::Custom));
        if message.agent_disconnect.is_some() {
            changes.push(Change::Leaving);
        }
        Ok(changes)
    }

    fn name(&mut self, uid: InstanceUid, changes: &mut Vec<Change>) {
        if self.uid == Some(uid) {
            return;
        }
        if self.renamed == Some(uid) {
            self.renamed = None;
        } else if self.uid.is_some() {
            // Somebody else speaks on this connection now: nothing known about the one before holds.
            self.state = AgentState::default();
            self.last = None;
            self.introduce = true;
        }
        self.uid = Some(uid);
        changes.push(Change::Named(uid));
    }

    /// The agent shall run with this configuration. It is sent if the agent accepts configurations and has reported
    /// another hash than this one's.
    pub fn offer_config(&mut self, config: AgentRemoteConfig) {
        if self.config.what.as_ref() != Some(&config) {
            self.config = Offer {
                what: Some(config),
                sent: None,
            };
        }
    }

    /// The agent shall connect with these settings. They are sent once if the agent accepts such settings and has
    /// reported another hash than theirs.
    pub fn offer_connection(&mut self, settings: ConnectionSettingsOffers) {
        self.connection = Offer {
            what: Some(settings),
            sent: None,
        };
    }

    /// The agent shall go by another instance uid: its own belongs to another agent, or it asked for one.
    pub fn identify(&mut self, uid: InstanceUid) {
        if self.uid != Some(uid) {
            self.renamed = Some(uid);
            self.identify = true;
        }
    }

    /// Queues a message of a custom dialogue.
    pub fn custom(&mut self, message: CustomMessage) {
        self.customs.push_back(message);
    }

    /// The agent shall restart.
    pub fn restart(&mut self) {
        self.restart = true;
    }

    /// The next message worth sending, if there is one. Nothing is until the agent has spoken.
    pub fn poll(&mut self, now: Instant) -> Option<ServerToAgent> {
        let uid = self.uid?;
        if self.restart && self.state.can(agent_capability::ACCEPTS_RESTART_COMMAND) && !self.introduce {
            self.restart = false;
            return Some(ServerToAgent {
                instance_uid: uid.to_vec(),
                command: Some(ServerToAgentCommand {
                    r#type: CommandType::Restart.into(),
                }),
                ..ServerToAgent::default()
            });
        }
        let config = self.config_due(now);
        let connection = self.connection_due(now);
        let identification = std::mem::take(&mut self.identify)
            .then_some(self.renamed)
            .flatten();
        let custom = self.customs.pop_front();
        let introduce = std::mem::take(&mut self.introduce);
        let ask = std::mem::take(&mut self.ask);
        let worth = introduce || ask || config.is_some() || connection.is_some() || custom.is_some();
        if !worth && identification.is_none() {
            return None;
        }
        Some(ServerToAgent {
            remote_config: config,
            connection_settings: connection,
            agent_identification: identification.map(|uid| AgentIdentification {
                new_instance_uid: uid.to_vec(),
            }),
            custom_capabilities: introduce.then(|| CustomCapabilities {
                capabilities: self.custom_capabilities.clone(),
            }),
            custom_message: custom,
            ..self.blank(uid)
        })
    }

    /// The answer to a plain HTTP request: what [`poll`](Self::poll) returns, or else a message that says nothing.
    pub fn answer(&mut self, now: Instant) -> ServerToAgent {
        match (self.poll(now), self.uid) {
            (Some(message), _) => message,
            (None, Some(uid)) => self.blank(uid),
            (None, None) => ServerToAgent::default(),
        }
    }

    fn blank(&self, uid: InstanceUid) -> ServerToAgent {
        ServerToAgent {
            instance_uid: uid.to_vec(),
            capabilities: self.capabilities,
            flags: if self.complete {
                0
            } else {
                server_flag::REPORT_FULL_STATE
            },
            ..ServerToAgent::default()
        }
    }

    fn config_due(&mut self, now: Instant) -> Option<AgentRemoteConfig> {
        let config = self.config.what.as_ref()?;
        let reported = self.state.remote_config_status.as_ref();
        let known = reported.is_some_and(|status| status.last_remote_config_hash == config.config_hash);
        let waiting = self
            .config
            .sent
            .is_some_and(|sent| now.saturating_duration_since(sent) < RESEND_AFTER);
        if known || waiting || !self.state.can(agent_capability::ACCEPTS_REMOTE_CONFIG) {
            return None;
        }
        self.config.sent = Some(now);
        Some(config.clone())
    }

    fn connection_due(&mut self, now: Instant) -> Option<ConnectionSettingsOffers> {
        let settings = self.connection.what.as_ref()?;
        let reported = self.state.connection_settings_status.as_ref();
        let known = reported.is_some_and(|status| status.last_connection_settings_hash == settings.hash);
        let can = self
            .state
            .can(agent_capability::ACCEPTS_OPAMP_CONNECTION_SETTINGS);
        if known || self.connection.sent.is_some() || !can {
            return None;
        }
        self.connection.sent = Some(now);
        Some(settings.clone())
    }

    /// When to [`poll`](Self::poll) again though nothing happened: a configuration may have to be sent again.
    #[must_use]
    pub fn due(&self) -> Option<Instant> {
        let config = self.config.what.as_ref()?;
        let reported = self.state.remote_config_status.as_ref();
        let known = reported.is_some_and(|status| status.last_remote_config_hash == config.config_hash);
        (!known).then_some(self.config.sent? + RESEND_AFTER)
    }

    /// All the agent has reported.
    #[must_use]
    pub const fn state(&self) -> &AgentState {
        &self.state
    }

    /// Whether nothing the agent reported is known to be missing.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// The name the agent goes by, once it has spoken.
    #[must_use]
    pub const fn instance_uid(&self) -> Option<InstanceUid> {
        self.uid
    }
}
