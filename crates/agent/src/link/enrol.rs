use super::{
    LinkError, Machine, Timing, describe, dial::Dial, endpoint::Endpoint, memory::Connection, settings,
    socket::Socket, tls,
};
use crate::{
    agent::Agent,
    state::{Credential, Enrolment, Identity, StateError},
};
use rempart_opamp::{
    InstanceUid,
    client::{Instruction, Session},
    message::{AgentDescription, AgentRemoteConfig, OpAmpConnectionSettings, bits::agent_capability as can},
};
use rempart_wire::{CAPABILITY, DeviceId, DeviceSettings, Refusal, message};
use std::time::Instant;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What this agent can do, in OpAMP's terms.
pub(super) const CAPABILITIES: u64 = can::REPORTS_STATUS
    | can::ACCEPTS_REMOTE_CONFIG
    | can::REPORTS_EFFECTIVE_CONFIG
    | can::ACCEPTS_OPAMP_CONNECTION_SETTINGS
    | can::REPORTS_HEALTH
    | can::REPORTS_REMOTE_CONFIG
    | can::REPORTS_HEARTBEAT
    | can::REPORTS_CONNECTION_SETTINGS_STATUS;

/// Attempts to open the first connection with a new credential. The seat is taken by then: giving up at the first hiccup
/// would cost the person a second enrolment.
const ATTEMPTS: u32 = 3;

/// A wish to become a device of a workspace.
#[derive(Clone)]
pub struct EnrolRequest {
    /// Address of the portal.
    pub portal: String,
    /// The enrolment token, as the portal showed it.
    pub token: Zeroizing<String>,
    /// A name for the device; otherwise the portal takes the computer's.
    pub name: Option<String>,
    /// Certificate authorities to trust besides the computer's own, in PEM.
    pub authorities: Option<String>,
    /// Whether an unencrypted connection to another machine is wanted.
    pub insecure_http: bool,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// What the portal calls this device.
    pub device: DeviceId,
    /// Whether this computer was the same device before.
    pub again: bool,
    /// What the portal wants it to be, if it said so already.
    pub settings: Option<DeviceSettings>,
}

/// What the portal answered to the token.
struct Offer {
    uid: InstanceUid,
    credential: Credential,
    endpoint: String,
    hash: Vec<u8>,
}

/// Makes this computer a device of the workspace the token is for. Either it is enrolled when this returns, with a
/// credential that has been seen to work, or everything is as before.
///
/// # Errors
/// When the portal refuses, cannot be reached or answers with something else.
pub async fn enrol(
    agent: &Agent,
    machine: &Machine,
    timing: &Timing,
    request: &EnrolRequest,
) -> Result<Enrolled, LinkError> {
    let endpoint = Endpoint::parse(&request.portal, request.insecure_http)?;
    let before = agent.state.portal()?.map(|(_, device)| device);
    let uid = before.map_or_else(|| agent.world.id::<Uuid>(), Into::into);
    let tls = endpoint
        .encrypted()
        .then(|| tls::config(request.authorities.as_deref()))
        .transpose()?;
    let mut dial = Dial {
        endpoint,
        bearer: request.token.clone(),
        tls,
        connect: timing.connect,
        answer: timing.answer,
    };
    let mut dialogue = Dialogue {
        identity: agent.state.identity(&agent.world.chance)?,
        machine,
        name: request.name.as_deref(),
        session: Session::new(
            InstanceUid(*uid.as_bytes()),
            CAPABILITIES,
            AgentDescription::default(),
        ),
        config: None,
    };
    let offer = dialogue.ask(dial.clone().open().await?).await?;
    if !offer.endpoint.is_empty() {
        dial.endpoint = Endpoint::parse(&offer.endpoint, request.insecure_http)?;
        if dial.endpoint.encrypted() && dial.tls.is_none() {
            dial.tls = Some(tls::config(request.authorities.as_deref())?);
        }
    }
    dial.bearer = Zeroizing::new(offer.credential.expose().to_owned());
    agent.state.set_candidate_credential(Some(&offer.credential))?;
    let socket = match dialogue.prove(&dial, timing).await {
        Ok(socket) => socket,
        Err(error) => {
            agent.state.set_candidate_credential(None)?;
            return Err(error);
        }
    };
    let connection = Connection {
        endpoint: dial.endpoint.to_string(),
        authorities: request.authorities.clone(),
        insecure_http: request.insecure_http,
        offer: hex::encode(&offer.hash),
        candidate: None,
    };
    let device = DeviceId(Uuid::from_bytes(offer.uid.0));
    let enrolment = Enrolment {
        portal: request.portal.clone(),
        device,
        credential: offer.credential,
    };
    connection.keep(&agent.state, device)?;
    agent.state.set_enrolment(&enrolment)?;
    let settings = dialogue.accept_settings(agent)?;
    dialogue.finish(socket).await;
    Ok(Enrolled {
        device,
        again: before == Some(device),
        settings,
    })
}

struct Dialogue<'a> {
    identity: Identity,
    machine: &'a Machine,
    name: Option<&'a str>,
    session: Session,
    config: Option<AgentRemoteConfig>,
}

impl Dialogue<'_> {
    /// Shows the token, proves the device's key, and waits for the offer.
    async fn ask(&mut self, mut socket: Socket) -> Result<Offer, LinkError> {
        self.introduce(&mut socket, self.name).await?;
        loop {
            for wanted in self.hear(&mut socket).await? {
                if let Instruction::TryConnection(settings) = wanted {
                    let offer = self.offered(*settings)?;
                    self.leave(socket).await;
                    return Ok(offer);
                }
            }
        }
    }

    /// Connects with the new credential and waits for a word that is no refusal.
    async fn prove(&mut self, dial: &Dial, timing: &Timing) -> Result<Socket, LinkError> {
        let mut attempt = 1;
        let mut socket = loop {
            match dial.clone().open().await {
                Err(LinkError::Unreachable { .. } | LinkError::Busy { .. }) if attempt < ATTEMPTS => {
                    tokio::time::sleep(timing.first_wait * attempt).await;
                    attempt += 1;
                }
                opened => break opened?,
            }
        };
        self.introduce(&mut socket, None).await?;
        self.hear(&mut socket).await?;
        Ok(socket)
    }

    /// The first message of a connection.
    async fn introduce(&mut self, socket: &mut Socket, name: Option<&str>) -> Result<(), LinkError> {
        let uid = self.session.instance_uid();
        let description = describe::describe(self.machine, &self.identity, uid, &socket.challenge, name);
        self.session.set_description(description);
        self.session.set_custom_capabilities(vec![CAPABILITY.to_owned()]);
        self.session.connected();
        self.say(socket).await
    }

    async fn say(&mut self, socket: &mut Socket) -> Result<(), LinkError> {
        while let Some(message) = self.session.poll(Instant::now()) {
            socket.send(&message).await?;
        }
        Ok(())
    }

    /// The next message: what it wants, or the refusal it is.
    async fn hear(&mut self, socket: &mut Socket) -> Result<Vec<Instruction>, LinkError> {
        let mut wanted = self.session.receive(socket.answer().await?);
        for instruction in &wanted {
            refusal(instruction)?;
            if let Instruction::ApplyConfig(config) = instruction {
                self.config = Some(config.clone());
            }
        }
        // The description of the connection carries the uid, so a new one is described in the next message.
        wanted.retain(|instruction| matches!(instruction, Instruction::TryConnection(_)));
        Ok(wanted)
    }

    fn offered(&self, settings: OpAmpConnectionSettings) -> Result<Offer, LinkError> {
        let header = settings
            .headers
            .as_ref()
            .and_then(|headers| headers.get("authorization"));
        let credential = header.and_then(|header| header.strip_prefix("Bearer "));
        let credential = credential.ok_or_else(|| LinkError::NotAPortal {
            endpoint: settings.destination_endpoint.clone(),
            reason: "an offer without a credential".to_owned(),
        })?;
        let status = self.session.state().connection_settings_status.as_ref();
        Ok(Offer {
            uid: self.session.instance_uid(),
            credential: Credential::new(credential),
            endpoint: settings.destination_endpoint.clone(),
            hash: status.map_or_else(Vec::new, |status| status.last_connection_settings_hash.clone()),
        })
    }

    /// Settings that came with the enrolment are in force from its first moment.
    fn accept_settings(&mut self, agent: &Agent) -> Result<Option<DeviceSettings>, StateError> {
        let Some(config) = self.config.take() else {
            return Ok(None);
        };
        match settings::parse(&config) {
            Ok(settings) => {
                agent.state.set_settings(&settings, &config.config_hash)?;
                self.session.config_applied(config.config_hash);
                Ok(Some(settings))
            }
            Err(reason) => {
                self.session.config_failed(config.config_hash, reason);
                Ok(None)
            }
        }
    }

    /// Reports that all is in place. The device is enrolled by now: if this is lost, the daemon reports it again.
    async fn finish(mut self, mut socket: Socket) {
        self.session.connection_applied();
        if self.say(&mut socket).await.is_ok() {
            self.leave(socket).await;
        }
    }

    async fn leave(&mut self, mut socket: Socket) {
        let goodbye = self.session.leave(Instant::now());
        // The portal notices a closed connection as well.
        let _ = socket.send(&goodbye).await;
        socket.close().await;
    }
}

/// What in an instruction means no.
pub(super) fn refusal(instruction: &Instruction) -> Result<(), LinkError> {
    match instruction {
        Instruction::Custom(custom)
            if custom.capability == CAPABILITY && custom.r#type == message::REFUSED =>
        {
            let refusal = serde_json::from_slice::<Refusal>(&custom.data);
            Err(refusal
                .unwrap_or_else(|error| Refusal::new("bad_request", error.to_string()))
                .into())
        }
        Instruction::Rejected(reason) => Err(Refusal::new("bad_request", reason.clone()).into()),
        Instruction::Unavailable(retry_after) => Err(LinkError::Busy {
            retry_after: *retry_after,
        }),
        _ => Ok(()),
    }
}
