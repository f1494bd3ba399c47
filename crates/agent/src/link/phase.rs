use super::{
    LinkError,
    socket::{Heard, Socket},
};
use std::{future::Future, pin::Pin, time::Instant};

/// Where the connection is.
pub(super) enum Phase {
    /// Not connected; the next attempt is due at that time.
    Waiting(Instant),
    /// Being opened.
    Dialling(Pin<Box<dyn Future<Output = Result<Socket, LinkError>>>>),
    /// Open.
    Online(Box<Online>),
}

/// An open connection.
pub(super) struct Online {
    pub(super) socket: Socket,
    /// Whether the portal has said anything but no.
    pub(super) welcome: bool,
    /// When it was opened.
    pub(super) since: Instant,
    /// When the portal was last heard.
    pub(super) heard: Instant,
    /// When the portal was last asked for a sign of life.
    pub(super) pinged: Instant,
}

/// What a phase brings.
pub(super) enum Turn {
    /// Opening ended.
    Opened(Result<Box<Socket>, LinkError>),
    /// Something came in, or the connection is lost.
    Heard(Result<Heard, LinkError>),
}

impl Phase {
    /// The next thing that comes of it. Nothing is lost when the wait is given up.
    pub(super) async fn next(&mut self) -> Turn {
        match self {
            Self::Waiting(_) => std::future::pending().await,
            Self::Dialling(opening) => Turn::Opened(opening.await.map(Box::new)),
            Self::Online(online) => Turn::Heard(online.socket.recv().await),
        }
    }

    pub(super) const fn online(&mut self) -> Option<&mut Online> {
        match self {
            Self::Online(online) => Some(online),
            Self::Waiting(_) | Self::Dialling(_) => None,
        }
    }
}
