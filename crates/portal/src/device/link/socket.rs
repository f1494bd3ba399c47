use axum::extract::ws::{CloseFrame, Message, WebSocket};
use rempart_opamp::{
    frame,
    message::{AgentToServer, CustomCapabilities, CustomMessage, ServerErrorResponse, ServerToAgent},
};
use rempart_wire::{CAPABILITY, Refusal, message};
use std::time::Duration;
use tokio::time::timeout;

/// Largest message taken in from a device.
pub(super) const MESSAGE_LIMIT: usize = 1 << 20;

/// A WebSocket that speaks OpAMP.
pub(super) struct Socket {
    stream: WebSocket,
    patience: Duration,
}

/// What came in.
pub(super) enum Heard {
    /// A message.
    Message(Box<AgentToServer>),
    /// A sign of life.
    Sign,
    /// An answer to [`Socket::ping`].
    Pong,
}

/// The conversation is over.
#[derive(Debug, thiserror::Error)]
pub(super) enum Over {
    /// The other end closed, or the network did.
    #[error("closed")]
    Closed,
    /// The other end takes nothing in.
    #[error("it takes nothing in")]
    Stuck,
    /// What came is no message.
    #[error("{0}")]
    Frame(#[from] frame::FrameError),
}

impl Socket {
    pub(super) const fn new(stream: WebSocket, patience: Duration) -> Self {
        Self { stream, patience }
    }

    /// The next thing that comes in. Nothing is lost when the wait is given up.
    pub(super) async fn hear(&mut self) -> Result<Heard, Over> {
        match self.stream.recv().await {
            Some(Ok(Message::Binary(payload))) => {
                metrics::counter!("rempart_device_messages_total", "direction" => "in").increment(1);
                Ok(Heard::Message(Box::new(frame::decode(&payload, MESSAGE_LIMIT)?)))
            }
            Some(Ok(Message::Text(_))) => Err(frame::FrameError::Header.into()),
            Some(Ok(Message::Ping(_))) => Ok(Heard::Sign),
            Some(Ok(Message::Pong(_))) => Ok(Heard::Pong),
            Some(Ok(Message::Close(_))) => Err(Over::Closed),
            Some(Err(error)) => Err(lost(error)),
            None => Err(Over::Closed),
        }
    }

    pub(super) async fn say(&mut self, message: &ServerToAgent) -> Result<(), Over> {
        metrics::counter!("rempart_device_messages_total", "direction" => "out").increment(1);
        self.push(Message::Binary(frame::encode(message).into())).await
    }

    pub(super) async fn ping(&mut self) -> Result<(), Over> {
        self.push(Message::Ping(Vec::new().into())).await
    }

    async fn push(&mut self, message: Message) -> Result<(), Over> {
        match timeout(self.patience, self.stream.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Over::Closed),
            Err(_) => Err(Over::Stuck),
        }
    }

    /// Says no: first why, in our own words, then in the protocol's, and closes.
    pub(super) async fn refuse(mut self, to: Vec<u8>, refusal: &Refusal) {
        let data = serde_json::to_vec(refusal).unwrap_or_default();
        let why = ServerToAgent {
            instance_uid: to.clone(),
            custom_capabilities: Some(CustomCapabilities {
                capabilities: vec![CAPABILITY.to_owned()],
            }),
            custom_message: Some(CustomMessage {
                capability: CAPABILITY.to_owned(),
                r#type: message::REFUSED.to_owned(),
                data,
            }),
            ..ServerToAgent::default()
        };
        let no = ServerToAgent {
            instance_uid: to,
            error_response: Some(ServerErrorResponse::bad_request(&refusal.sentence)),
            ..ServerToAgent::default()
        };
        if self.say(&why).await.is_ok() && self.say(&no).await.is_ok() {
            self.close(close::POLICY, &refusal.code).await;
        }
    }

    /// Answers something that cannot be handled, and closes.
    pub(super) async fn reject(mut self, answer: &ServerToAgent, code: u16) {
        if code == close::TOO_BIG || self.say(answer).await.is_ok() {
            self.close(code, "").await;
        }
    }

    /// Closes, giving the other end a moment to take in what was said last.
    pub(super) async fn close(mut self, code: u16, reason: &str) {
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        if self.push(Message::Close(Some(frame))).await.is_ok() {
            let rest = async { while let Some(Ok(_)) = self.stream.recv().await {} };
            // Whether it noticed does not matter.
            let _ = timeout(Duration::from_secs(1), rest).await;
        }
    }
}

/// Codes a WebSocket is closed with (RFC 6455 §7.4.1).
pub(super) mod close {
    pub(in super::super) const NORMAL: u16 = 1000;
    pub(in super::super) const AWAY: u16 = 1001;
    pub(in super::super) const POLICY: u16 = 1008;
    pub(in super::super) const TOO_BIG: u16 = 1009;
    pub(in super::super) const AGAIN_LATER: u16 = 1013;
}

/// Why nothing can be read any more.
fn lost(error: axum::Error) -> Over {
    match error.into_inner().downcast_ref() {
        Some(tungstenite::Error::Capacity(_)) => frame::FrameError::TooBig { limit: MESSAGE_LIMIT }.into(),
        _ => Over::Closed,
    }
}
