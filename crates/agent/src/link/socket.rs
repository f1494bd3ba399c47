use super::LinkError;
use futures_util::{SinkExt, StreamExt};
use rempart_opamp::{
    frame,
    message::{AgentToServer, ServerToAgent},
};
use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::WebSocketConfig},
};

/// What bytes travel on: TCP, or TLS over it.
pub(super) trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// An open connection to a portal.
pub(super) struct Socket {
    stream: WebSocketStream<Returning>,
    /// What the portal asked the device to sign.
    pub(super) challenge: String,
    endpoint: String,
    patience: Duration,
}

/// What came in.
#[derive(Debug)]
pub(super) enum Heard {
    /// A message.
    Message(Box<ServerToAgent>),
    /// The other end is still there.
    Sign,
}

/// Small: an agent has one connection and little to say. An idle one should not hold 256 KiB of buffers.
pub(super) fn buffers() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(4 << 10)
        .write_buffer_size(0)
        .max_message_size(Some(frame::DEFAULT_LIMIT))
        .max_frame_size(Some(frame::DEFAULT_LIMIT))
}

impl Socket {
    pub(super) fn new(
        stream: WebSocketStream<Returning>,
        challenge: String,
        endpoint: String,
        patience: Duration,
    ) -> Self {
        Self {
            stream,
            challenge,
            endpoint,
            patience,
        }
    }

    /// Says something.
    pub(super) async fn send(&mut self, message: &AgentToServer) -> Result<(), LinkError> {
        let payload = frame::encode(message);
        self.push(Message::Binary(payload.into())).await
    }

    /// Asks for a sign of life.
    pub(super) async fn ping(&mut self) -> Result<(), LinkError> {
        self.push(Message::Ping(Vec::new().into())).await
    }

    async fn push(&mut self, message: Message) -> Result<(), LinkError> {
        match tokio::time::timeout(self.patience, self.stream.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(self.lost(error)),
            Err(_) => Err(self.lost("it takes nothing in")),
        }
    }

    /// The next thing that comes in. Nothing is lost when the wait is given up.
    pub(super) async fn recv(&mut self) -> Result<Heard, LinkError> {
        match self.stream.next().await {
            Some(Ok(Message::Binary(payload))) => match frame::decode(&payload, frame::DEFAULT_LIMIT) {
                Ok(message) => Ok(Heard::Message(Box::new(message))),
                Err(error) => Err(LinkError::NotAPortal {
                    endpoint: self.endpoint.clone(),
                    reason: error.to_string(),
                }),
            },
            Some(Ok(Message::Text(_))) => Err(LinkError::NotAPortal {
                endpoint: self.endpoint.clone(),
                reason: "a text message".to_owned(),
            }),
            Some(Ok(Message::Close(Some(frame)))) => {
                Err(self.lost(format!("closed: {} {}", frame.code, frame.reason)))
            }
            Some(Ok(Message::Close(None))) | None => Err(self.lost("closed")),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Ok(Heard::Sign),
            Some(Err(error)) => Err(self.lost(error)),
        }
    }

    /// The next message, waited for as long as answers may take.
    pub(super) async fn answer(&mut self) -> Result<ServerToAgent, LinkError> {
        let waited = tokio::time::timeout(self.patience, async {
            loop {
                if let Heard::Message(message) = self.recv().await? {
                    return Ok(*message);
                }
            }
        });
        match waited.await {
            Ok(answer) => answer,
            Err(_) => Err(self.lost("no answer")),
        }
    }

    /// Closes; whether the other end noticed does not matter.
    pub(super) async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(1), self.stream.close(None)).await;
    }

    fn lost(&self, reason: impl ToString) -> LinkError {
        LinkError::Unreachable {
            endpoint: self.endpoint.clone(),
            reason: reason.to_string(),
        }
    }
}

/// A wire that is handed back when a handshake over it fails, so that the rest of the refusal can be read.
pub(super) struct Returning {
    wire: Option<Box<dyn Wire>>,
    back: Arc<Mutex<Option<Box<dyn Wire>>>>,
}

/// Where a [`Returning`] wire comes back to.
pub(super) struct Lost(Arc<Mutex<Option<Box<dyn Wire>>>>);

impl Returning {
    pub(super) fn new(wire: Box<dyn Wire>) -> (Self, Lost) {
        let back = Arc::new(Mutex::new(None));
        let lost = Lost(back.clone());
        (
            Self {
                wire: Some(wire),
                back,
            },
            lost,
        )
    }

    fn wire(&mut self) -> io::Result<Pin<&mut Box<dyn Wire>>> {
        self.wire
            .as_mut()
            .map(Pin::new)
            .ok_or_else(|| io::ErrorKind::NotConnected.into())
    }
}

impl Lost {
    pub(super) fn take(&self) -> Option<Box<dyn Wire>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Returning {
    fn drop(&mut self) {
        *self.back.lock().unwrap_or_else(PoisonError::into_inner) = self.wire.take();
    }
}

impl AsyncRead for Returning {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.wire()?.poll_read(cx, buf)
    }
}

impl AsyncWrite for Returning {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.wire()?.poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.wire()?.poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.wire()?.poll_shutdown(cx)
    }
}
