//! A computer with an agent whose every step is written out by the scene.

use crate::base::audit::{AuditActor, AuditEvent};
use crate::{
    base::{
        authn::token_hash,
        db::DbError,
        testing::{Browser, Scene},
    },
    device::OFFLINE_AFTER,
    params,
};
use ed25519_dalek::{Signer, SigningKey};
use futures_util::{SinkExt, StreamExt};
use jiff::SignedDuration;
use rempart_opamp::{
    InstanceUid,
    client::{Instruction, Session},
    frame,
    message::{
        AgentDescription, AgentToServer, ComponentHealth, CustomMessage, KeyValue, ServerToAgent,
        bits::agent_capability as can,
    },
};
use rempart_wire::{
    Ack, CAPABILITY, CHALLENGE_HEADER, DeviceId, DeviceSettings, Event, LicenceId, ManagementMode, Order,
    Refusal, WorkspaceId, attribute, message, proof_text,
};
use std::{
    collections::VecDeque,
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{self, Message, client::IntoClientRequest, http::HeaderValue},
};

/// A scene that waits longer than this has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// The scene's portal, listening.
pub(in crate::device) struct Portal {
    pub address: SocketAddr,
}

impl Portal {
    pub(in crate::device) async fn open(scene: &Scene) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = scene
            .router
            .clone()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { address }
    }
}

/// A workspace with a licence of that many seats.
pub(in crate::device) async fn licensed(scene: &Scene, owner: &Browser, seats: u64) -> WorkspaceId {
    let workspace = scene
        .workspace(owner, "Atelier (Rezé)", ManagementMode::LocalAndRemote)
        .await;
    give_licence(scene, workspace, seats).await;
    workspace
}

pub(in crate::device) async fn give_licence(scene: &Scene, workspace: WorkspaceId, seats: u64) {
    write(scene, move |tx| {
        let (id, now): (LicenceId, _) = (tx.id(), tx.now());
        tx.execute(
            "insert into licence (id, number, kind, product, seats, seats_used, term_months, auto_renew, workspace, \
             issued_at, expires_at) values ($1, $2, 'one_off', 'Business', $3, 0, 12, false, $4, $5, $6)",
            params![id, id.to_string(), seats, workspace, now, now.saturating_add(SignedDuration::from_hours(8760)).unwrap()],
        )
    })
    .await;
}

/// Changes something behind the portal's back.
pub(in crate::device) async fn write(
    scene: &Scene,
    change: impl FnOnce(&mut crate::base::db::Tx<'_>) -> Result<u64, DbError> + Send + 'static,
) {
    let written = scene.app.db.write::<_, DbError, _>(move |mut tx| {
        change(&mut tx)?;
        tx.commit(AuditEvent::new(AuditActor::Server, "test.change"), ())
    });
    written.await.unwrap();
}

/// An enrolment token.
pub(in crate::device) async fn token(
    scene: &Scene,
    by: &Browser,
    workspace: WorkspaceId,
    limit: Option<u64>,
) -> String {
    let account = by.account;
    let token = format!("rpe_{}", scene.app.chance.id::<uuid::Uuid>(scene.now()));
    let hash = token_hash(&token);
    write(scene, move |tx| {
        let (id, now): (rempart_wire::EnrolmentTokenId, _) = (tx.id(), tx.now());
        let end = now.saturating_add(SignedDuration::from_hours(1)).unwrap();
        tx.execute(
            "insert into enrolment_token (id, workspace, token_hash, token_end, created_by, created_at, expires_at, \
             device_limit, used) values ($1, $2, $3, 'wxyz', $4, $5, $6, $7, 0)",
            params![id, workspace, hash, account, now, end, limit],
        )
    })
    .await;
    token
}

/// A computer: its key, what it is, and what it was given.
#[derive(Clone)]
pub(in crate::device) struct Computer {
    pub key: SigningKey,
    pub fingerprint: String,
    pub run: String,
    pub host: String,
    pub uid: InstanceUid,
    pub credential: String,
}

impl Computer {
    pub(in crate::device) fn new(number: u8) -> Self {
        Self {
            key: SigningKey::from_bytes(&[number; 32]),
            fingerprint: hex::encode([number; 32]),
            run: "first start".into(),
            host: format!("rezé-{number}"),
            uid: InstanceUid([number; 16]),
            credential: String::new(),
        }
    }

    pub(in crate::device) fn device(&self) -> DeviceId {
        DeviceId(uuid::Uuid::from_bytes(self.uid.0))
    }

    /// The same computer, its agent started anew.
    pub(in crate::device) fn restarted(&self) -> Self {
        Self {
            run: "second start".into(),
            ..self.clone()
        }
    }

    /// Another computer with a copy of the disk of this one.
    pub(in crate::device) fn copied_to(&self, number: u8) -> Self {
        Self {
            fingerprint: hex::encode([number; 32]),
            run: "copy".into(),
            ..self.clone()
        }
    }

    pub(in crate::device) fn public_key(&self) -> String {
        hex::encode(self.key.verifying_key().as_bytes())
    }

    pub(in crate::device) fn describe(&self, challenge: &str) -> AgentDescription {
        let proof = self.key.sign(&proof_text(challenge, &self.fingerprint));
        AgentDescription {
            identifying_attributes: vec![
                KeyValue::text("service.name", "rempart-agent"),
                KeyValue::text("service.version", "0.1.0"),
                KeyValue::text(attribute::DEVICE_KEY, self.public_key()),
                KeyValue::text(attribute::FINGERPRINT, &self.fingerprint),
                KeyValue::text(attribute::RUN, &self.run),
            ],
            non_identifying_attributes: vec![
                KeyValue::text("host.name", &self.host),
                KeyValue::text("host.arch", "x86_64"),
                KeyValue::text("os.type", "linux"),
                KeyValue::text("os.description", "Debian GNU/Linux 12"),
                KeyValue::text(attribute::PROOF, hex::encode(proof.to_bytes())),
            ],
        }
    }

    /// Opens a connection, or hears why not: status and problem document.
    pub(in crate::device) async fn dial(
        &self,
        portal: &Portal,
        bearer: &str,
    ) -> Result<Talk, (u16, serde_json::Value)> {
        let mut request = format!("ws://{}/v1/opamp", portal.address)
            .into_client_request()
            .unwrap();
        let header = HeaderValue::from_str(&format!("Bearer {bearer}")).unwrap();
        request.headers_mut().insert("authorization", header);
        match within(tokio_tungstenite::connect_async(request)).await {
            Ok((stream, response)) => {
                let challenge = response.headers()[CHALLENGE_HEADER].to_str().unwrap().to_owned();
                Ok(Talk::new(self, stream, challenge))
            }
            Err(tungstenite::Error::Http(response)) => {
                let body = response.body().clone().unwrap_or_default();
                let problem = serde_json::from_slice(&body).unwrap_or_default();
                Err((response.status().as_u16(), problem))
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// Opens a connection and says who it is.
    pub(in crate::device) async fn meet(&self, portal: &Portal, bearer: &str) -> Talk {
        self.knock(portal, bearer).await.expect("the portal lets it in")
    }

    /// As [`Computer::meet`], by a door that may stay shut: the status and the problem then.
    async fn knock(&self, portal: &Portal, bearer: &str) -> Result<Talk, (u16, serde_json::Value)> {
        let mut talk = self.dial(portal, bearer).await?;
        let description = self.describe(&talk.challenge);
        talk.session.set_description(description);
        talk.say().await;
        Ok(talk)
    }

    /// Enrols over one connection; the code of whichever refusal it meets, at the door or inside.
    pub(in crate::device) async fn try_take(&mut self, portal: &Portal, token: &str) -> Result<(), String> {
        match self.knock(portal, token).await {
            Err((_, problem)) => Err(problem["code"].as_str().unwrap().to_owned()),
            Ok(talk) => self
                .take_over(talk)
                .await
                .map(drop)
                .map_err(|refusal| refusal.code),
        }
    }

    /// Enrols: afterwards it has a credential, not used yet.
    pub(in crate::device) async fn take(
        &mut self,
        portal: &Portal,
        token: &str,
    ) -> Result<DeviceSettings, Refusal> {
        let talk = self.meet(portal, token).await;
        self.take_over(talk).await
    }

    async fn take_over(&mut self, mut talk: Talk) -> Result<DeviceSettings, Refusal> {
        let mut settings = None;
        loop {
            match talk.wanted().await {
                Instruction::Renamed(uid) => self.uid = uid,
                Instruction::ApplyConfig(config) => {
                    let files = config.config.unwrap().config_map;
                    settings = Some(serde_json::from_slice(&files[DeviceSettings::ENTRY].body).unwrap());
                }
                Instruction::TryConnection(offer) => {
                    let header = offer.headers.unwrap();
                    let bearer = header.get("authorization").unwrap();
                    self.credential = bearer.strip_prefix("Bearer ").unwrap().to_owned();
                    assert_eq!(offer.heartbeat_interval_seconds, 30);
                    talk.leave().await;
                    return Ok(settings.expect("settings come with the credential"));
                }
                Instruction::Custom(custom) if custom.r#type == message::REFUSED => {
                    return Err(serde_json::from_slice(&custom.data).unwrap());
                }
                other => panic!("{other:?}"),
            }
        }
    }

    /// Enrols, connects with the new credential, and waits until it is let in.
    pub(in crate::device) async fn enrol(&mut self, portal: &Portal, token: &str) -> Talk {
        self.take(portal, token).await.expect("it is enrolled");
        self.connect(portal).await
    }

    /// Connects with its credential, and waits until it is let in.
    pub(in crate::device) async fn connect(&self, portal: &Portal) -> Talk {
        let mut talk = self.meet(portal, &self.credential).await;
        talk.let_in().await;
        talk
    }
}

/// An open connection of a computer.
pub(in crate::device) struct Talk {
    pub stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub session: Session,
    pub challenge: String,
    waiting: VecDeque<Instruction>,
    /// The code it was closed with.
    pub closed: Option<u16>,
}

impl Talk {
    fn new(
        computer: &Computer,
        stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
        challenge: String,
    ) -> Self {
        let capabilities = can::ACCEPTS_REMOTE_CONFIG
            | can::ACCEPTS_OPAMP_CONNECTION_SETTINGS
            | can::REPORTS_HEALTH
            | can::REPORTS_REMOTE_CONFIG;
        let mut session = Session::new(computer.uid, capabilities, AgentDescription::default());
        session.set_custom_capabilities(vec![CAPABILITY.to_owned()]);
        session.connected();
        Self {
            stream,
            session,
            challenge,
            waiting: VecDeque::new(),
            closed: None,
        }
    }

    /// Sends what there is to say.
    pub(in crate::device) async fn say(&mut self) {
        while let Some(message) = self.session.poll(Instant::now()) {
            self.send(&message).await;
        }
    }

    pub(in crate::device) async fn send(&mut self, message: &AgentToServer) {
        self.raw(frame::encode(message)).await;
    }

    pub(in crate::device) async fn raw(&mut self, payload: Vec<u8>) {
        within(self.stream.send(Message::Binary(payload.into())))
            .await
            .unwrap();
    }

    /// The next message; `None` when the portal has closed.
    pub(in crate::device) async fn hear(&mut self) -> Option<ServerToAgent> {
        loop {
            match within(self.stream.next()).await {
                Some(Ok(Message::Binary(payload))) => {
                    return Some(frame::decode(&payload, frame::DEFAULT_LIMIT).unwrap());
                }
                Some(Ok(Message::Close(frame))) => self.closed = frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    async fn let_in(&mut self) {
        let message = self.hear().await.expect("it is not let in");
        assert!(message.custom_capabilities.is_some(), "{message:?}");
        self.waiting.extend(self.session.receive(message));
        if let Some(refused) = self.refusal() {
            panic!("{refused}");
        }
    }

    fn refusal(&self) -> Option<Refusal> {
        self.waiting.iter().find_map(|wanted| match wanted {
            Instruction::Custom(custom) if custom.r#type == message::REFUSED => {
                serde_json::from_slice(&custom.data).ok()
            }
            _ => None,
        })
    }

    /// The next thing the portal wants.
    pub(in crate::device) async fn wanted(&mut self) -> Instruction {
        loop {
            if let Some(wanted) = self.waiting.pop_front() {
                return wanted;
            }
            let message = self.hear().await.expect("the portal has closed");
            self.waiting.extend(self.session.receive(message));
        }
    }

    async fn custom<T: serde::de::DeserializeOwned>(&mut self, kind: &str) -> T {
        loop {
            if let Instruction::Custom(custom) = self.wanted().await
                && custom.r#type == kind
            {
                return serde_json::from_slice(&custom.data).unwrap();
            }
        }
    }

    pub(in crate::device) async fn order(&mut self) -> Order {
        self.custom(message::ORDER).await
    }

    pub(in crate::device) async fn ack(&mut self) -> Ack {
        self.custom(message::ACK).await
    }

    /// The refusal, and the end of the connection after it.
    pub(in crate::device) async fn refused(mut self) -> Refusal {
        let refusal = self.custom(message::REFUSED).await;
        assert!(matches!(self.wanted().await, Instruction::Rejected(_)));
        assert_eq!(self.hear().await, None);
        assert_eq!(self.closed, Some(1008));
        refusal
    }

    /// The settings it is told to run with; it says that it does.
    pub(in crate::device) async fn settings(&mut self) -> DeviceSettings {
        loop {
            if let Instruction::ApplyConfig(config) = self.wanted().await {
                self.session.config_applied(config.config_hash.clone());
                self.say().await;
                let files = config.config.unwrap().config_map;
                return serde_json::from_slice(&files[DeviceSettings::ENTRY].body).unwrap();
            }
        }
    }

    pub(in crate::device) async fn tell(&mut self, events: &[Event]) {
        self.tell_raw(message::EVENTS, serde_json::to_vec(events).unwrap())
            .await;
    }

    pub(in crate::device) async fn tell_raw(&mut self, kind: &str, data: Vec<u8>) {
        self.session.custom(CustomMessage {
            capability: CAPABILITY.to_owned(),
            r#type: kind.to_owned(),
            data,
        });
        self.say().await;
    }

    pub(in crate::device) async fn feel(&mut self, healthy: bool) {
        let part = ComponentHealth {
            healthy,
            status: if healthy { "31 loaded" } else { "unusable" }.into(),
            last_error: if healthy { "" } else { "web.yar: line 3" }.into(),
            ..ComponentHealth::default()
        };
        self.session.set_health(ComponentHealth {
            healthy,
            component_health_map: [("rules".to_owned(), part)].into(),
            ..ComponentHealth::default()
        });
        self.say().await;
    }

    /// Says goodbye and waits until the portal has noticed.
    pub(in crate::device) async fn leave(mut self) {
        let goodbye = self.session.leave(Instant::now());
        self.send(&goodbye).await;
        while self.hear().await.is_some() {}
    }
}

pub(in crate::device) async fn within<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what)
        .await
        .expect("the scene does not go on")
}

/// Past the moment at which a silent device is offline.
pub(in crate::device) fn too_long() -> SignedDuration {
    OFFLINE_AFTER.saturating_add(SignedDuration::from_secs(1))
}

/// Looks again until `true`; what is looked at changes in another task of the portal.
pub(in crate::device) async fn until(what: impl AsyncFn() -> bool) {
    within(async {
        while !what().await {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
