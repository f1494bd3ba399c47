//! A portal of which every step is written out by the scene.

use crate::link::socket::Wire;
use futures_util::{SinkExt, StreamExt};
use rempart_opamp::{
    InstanceUid, frame,
    message::{
        AgentConfigFile, AgentConfigMap, AgentRemoteConfig, AgentToServer, ConnectionSettingsOffers,
        CustomMessage, Headers, OpAmpConnectionSettings, ServerToAgent, bits::server_capability, find,
    },
    server::{Change, Session},
};
use rempart_wire::{
    Ack, CAPABILITY, DeviceId, DeviceSettings, Event, ManagementMode, Order, Refusal, ScanProgress,
    attribute, message, proof_text,
};
use rustls::{crypto::aws_lc_rs, pki_types::PrivateKeyDer};
use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message,
        handshake::server::{Request, Response},
    },
};

pub(super) const CHALLENGE: &str = "bm90IHJhbmRvbSBhdCBhbGwsIGJ1dCAzMiBieXRlcyE=";
/// A scene that waits longer than this has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Portal {
    listener: TcpListener,
    tls: Option<(TlsAcceptor, String)>,
}

/// One connection of an agent, as the portal sees it.
pub(super) struct Visitor {
    pub(super) bearer: String,
    pub(super) session: Session,
    stream: WebSocketStream<Box<dyn Wire>>,
    pub(super) changes: VecDeque<Change>,
    pub(super) progress: Vec<ScanProgress>,
    pub(super) first: AgentToServer,
}

impl Portal {
    pub(super) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { listener, tls: None }
    }

    /// One that speaks TLS, with a certificate of its own making.
    pub(super) async fn open_encrypted() -> Self {
        let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
        let config = rustls::ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], key)
            .unwrap();
        Self {
            tls: Some((TlsAcceptor::from(Arc::new(config)), own.cert.pem())),
            ..Self::open().await
        }
    }

    /// The authority that vouches for it.
    pub(super) fn authority(&self) -> Option<String> {
        self.tls.as_ref().map(|(_, authority)| authority.clone())
    }

    pub(super) fn url(&self) -> String {
        let port = self.listener.local_addr().unwrap().port();
        match &self.tls {
            Some(_) => format!("https://localhost:{port}"),
            None => format!("http://127.0.0.1:{port}"),
        }
    }

    async fn wire(&self) -> std::io::Result<Box<dyn Wire>> {
        let (tcp, _) = self.listener.accept().await?;
        match &self.tls {
            Some((tls, _)) => Ok(Box::new(tls.accept(tcp).await?)),
            None => Ok(Box::new(tcp)),
        }
    }

    /// The next connection fails while it is being opened.
    pub(super) async fn fail_to_accept(&self) -> std::io::Error {
        within(self.wire()).await.err().unwrap()
    }

    /// The next connection, up to its first message.
    pub(super) async fn accept(&self) -> Visitor {
        within(async {
            let wire = self.wire().await.unwrap();
            let mut bearer = String::new();
            let mut path = String::new();
            #[expect(clippy::result_large_err, reason = "the type is the library's")]
            let upgrade = |request: &Request, mut response: Response| {
                let header = request.headers().get("authorization").unwrap();
                bearer = header
                    .to_str()
                    .unwrap()
                    .strip_prefix("Bearer ")
                    .unwrap()
                    .to_owned();
                path = request.uri().path().to_owned();
                let challenge = CHALLENGE.parse().unwrap();
                response
                    .headers_mut()
                    .insert(rempart_wire::CHALLENGE_HEADER, challenge);
                Ok(response)
            };
            let stream = tokio_tungstenite::accept_hdr_async(wire, upgrade).await.unwrap();
            assert_eq!(path, rempart_opamp::DEFAULT_PATH);
            let capabilities = server_capability::ACCEPTS_STATUS
                | server_capability::OFFERS_REMOTE_CONFIG
                | server_capability::OFFERS_CONNECTION_SETTINGS;
            let mut visitor = Visitor {
                bearer,
                session: Session::new(capabilities, vec![CAPABILITY.to_owned()]),
                stream,
                changes: VecDeque::new(),
                progress: Vec::new(),
                first: AgentToServer::default(),
            };
            visitor.first = visitor.message().await.unwrap();
            visitor.check_proof();
            visitor
        })
        .await
    }

    /// The next connection is not opened: status, more header lines, and a body that comes a little later.
    pub(super) async fn turn_away(&self, status: &str, headers: &str, body: &str) -> String {
        within(async {
            let (mut tcp, _) = self.listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(tcp.read_u8().await.unwrap());
            }
            let length = body.len();
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n");
            tcp.write_all(head.as_bytes()).await.unwrap();
            tcp.flush().await.unwrap();
            tokio::task::yield_now().await;
            tcp.write_all(body.as_bytes()).await.unwrap();
            // Held open: the length says where the body ends.
            let _ = tcp.read(&mut [0; 16]).await;
            String::from_utf8(request).unwrap()
        })
        .await
    }

    /// Whether nobody connects, as far as a moment can tell.
    pub(super) async fn is_left_alone(&self) -> bool {
        tokio::time::timeout(Duration::from_millis(200), self.listener.accept())
            .await
            .is_err()
    }
}

impl Visitor {
    /// The next message, already given to the session; `None` when the agent has closed.
    pub(super) async fn message(&mut self) -> Option<AgentToServer> {
        loop {
            match within(self.stream.next()).await {
                Some(Ok(Message::Binary(payload))) => {
                    let received: AgentToServer = frame::decode(&payload, frame::DEFAULT_LIMIT).unwrap();
                    for change in self.session.receive(received.clone()).unwrap() {
                        match change {
                            Change::Custom(custom) if custom.r#type == message::PROGRESS => {
                                let progress = serde_json::from_slice(&custom.data).unwrap();
                                self.progress.push(progress);
                            }
                            change => self.changes.push_back(change),
                        }
                    }
                    return Some(received);
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Sends what the session has to say.
    pub(super) async fn say(&mut self) {
        while let Some(message) = self.session.poll(Instant::now()) {
            self.send(&message).await;
        }
    }

    pub(super) async fn send(&mut self, message: &ServerToAgent) {
        let payload = frame::encode(message);
        self.stream.send(Message::Binary(payload.into())).await.unwrap();
    }

    /// Waits for a change that is wanted, dropping others.
    pub(super) async fn until<T>(&mut self, wanted: impl Fn(&Visitor, &Change) -> Option<T>) -> T {
        loop {
            while let Some(change) = self.changes.pop_front() {
                if let Some(found) = wanted(self, &change) {
                    return found;
                }
            }
            self.message().await.expect("the agent has closed");
        }
    }

    /// Waits for the goodbye and the end of the connection.
    pub(super) async fn goodbye(mut self) -> Session {
        while self.message().await.is_some() {}
        assert!(self.changes.contains(&Change::Leaving));
        self.session
    }

    /// The next events it tells.
    pub(super) async fn events(&mut self) -> Vec<Event> {
        self.until(|_, change| match change {
            Change::Custom(custom) if custom.r#type == message::EVENTS => {
                assert_eq!(custom.capability, CAPABILITY);
                Some(serde_json::from_slice(&custom.data).unwrap())
            }
            _ => None,
        })
        .await
    }

    pub(super) async fn acknowledge(&mut self, events: &[Event]) {
        let ack = Ack {
            events: events.iter().map(|event| event.id).collect(),
        };
        self.custom(message::ACK, &ack).await;
    }

    pub(super) async fn order(&mut self, order: &Order) {
        self.custom(message::ORDER, order).await;
    }

    pub(super) async fn refuse(mut self, refusal: &Refusal) {
        self.custom(message::REFUSED, refusal).await;
        let answer = rempart_opamp::server::Rejected(refusal.sentence.clone()).answer();
        self.send(&answer).await;
        let _ = self.stream.close(None).await;
    }

    async fn custom(&mut self, kind: &str, body: &impl serde::Serialize) {
        self.session.custom(CustomMessage {
            capability: CAPABILITY.to_owned(),
            r#type: kind.to_owned(),
            data: serde_json::to_vec(body).unwrap(),
        });
        self.say().await;
    }

    pub(super) fn said(&self, key: &str) -> Option<String> {
        let description = self.first.agent_description.as_ref().unwrap();
        find(&description.identifying_attributes, key)
            .or_else(|| find(&description.non_identifying_attributes, key))
            .map(str::to_owned)
    }

    fn check_proof(&self) {
        let bytes = |key| hex::decode(self.said(key).unwrap()).unwrap();
        let key: [u8; 32] = bytes(attribute::DEVICE_KEY).try_into().unwrap();
        let signature: [u8; 64] = bytes(attribute::PROOF).try_into().unwrap();
        let key = ed25519_dalek::VerifyingKey::from_bytes(&key).unwrap();
        let text = proof_text(CHALLENGE, &self.said(attribute::FINGERPRINT).unwrap());
        key.verify_strict(&text, &ed25519_dalek::Signature::from_bytes(&signature))
            .unwrap();
    }
}

/// An offer of a credential, as a portal makes it.
pub(super) fn offer(credential: &str, endpoint: &str) -> ConnectionSettingsOffers {
    let header = ("Authorization".to_owned(), format!("Bearer {credential}"));
    ConnectionSettingsOffers {
        hash: credential.as_bytes().to_vec(),
        opamp: Some(OpAmpConnectionSettings {
            destination_endpoint: endpoint.to_owned(),
            headers: Some(Headers::from_iter([header])),
            ..OpAmpConnectionSettings::default()
        }),
        ..ConnectionSettingsOffers::default()
    }
}

pub(super) fn settings(mode: ManagementMode) -> DeviceSettings {
    DeviceSettings {
        mode,
        workspace: "Atelier (Rezé)".to_owned(),
        portal: "https://portal.example".to_owned(),
        licence: None,
        issuers: Default::default(),
    }
}

pub(super) fn config(body: &[u8], hash: &str) -> AgentRemoteConfig {
    let file = AgentConfigFile {
        body: body.to_vec(),
        content_type: DeviceSettings::CONTENT_TYPE.to_owned(),
    };
    AgentRemoteConfig {
        config: Some(AgentConfigMap {
            config_map: [(DeviceSettings::ENTRY.to_owned(), file)].into(),
        }),
        config_hash: hash.as_bytes().to_vec(),
    }
}

pub(super) fn config_of(mode: ManagementMode, hash: &str) -> AgentRemoteConfig {
    config(&serde_json::to_vec(&settings(mode)).unwrap(), hash)
}

pub(super) fn uid(device: DeviceId) -> InstanceUid {
    InstanceUid(*device.0.as_bytes())
}

pub(super) async fn within<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what)
        .await
        .expect("the scene does not go on")
}
