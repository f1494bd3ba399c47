//! The threads that answer: one for every core, each with a runtime of its own, and connections dealt to them in turn.
//!
//! A request that brings a body wakes its own task. Where tasks may move between threads, that wakes a second thread to
//! look for work, at more cost than a whole validation; here it is a push onto the thread's own queue. Work that does
//! not answer anybody stays on the runtime that started the server, and what takes long (passwords, the database) has
//! threads of its own, so that no connection waits long for another on the same thread.

use anyhow::Context;
use axum::{
    Router,
    extract::connect_info::{Connected, IntoMakeServiceWithConnectInfo},
};
use axum_server::{
    AddrListener, Address, Handle,
    accept::DefaultAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use std::{
    io,
    net::{SocketAddr, TcpStream as Unregistered},
    thread::{self, JoinHandle},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{
        Mutex,
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
};

/// Requests under way at the end get this long.
const GRACE: Duration = Duration::from_secs(10);
/// A connection that has not asked anything by then is closed.
const FIRST_REQUEST: Duration = Duration::from_secs(30);
/// After a connection could not be accepted, mostly for lack of file descriptors.
const BREATH: Duration = Duration::from_millis(50);

/// What every thread serves.
#[derive(Clone)]
pub(super) struct Served {
    pub(super) router: Router,
    pub(super) tls: Option<RustlsConfig>,
    /// Where connections come in.
    pub(super) address: SocketAddr,
}

/// The address of who connected. A type of its own, as [`Address`] says what it connects to.
#[derive(Clone, Copy)]
struct Peer(SocketAddr);

impl Connected<Peer> for SocketAddr {
    fn connect_info(peer: Peer) -> Self {
        peer.0
    }
}

impl Address for Peer {
    type Stream = TcpStream;
    type Listener = Hand;
}

/// The connections dealt to one thread.
struct Hand {
    dealt: Mutex<UnboundedReceiver<(Unregistered, SocketAddr)>>,
    address: SocketAddr,
}

impl AddrListener<TcpStream, Peer> for Hand {
    async fn bind_to(_: Peer) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    async fn accept_stream(&self) -> io::Result<(TcpStream, Peer)> {
        match self.dealt.lock().await.recv().await {
            Some((stream, peer)) => Ok((TcpStream::from_std(stream)?, Peer(peer))),
            // Nothing will be dealt any more; the handle ends the wait.
            None => std::future::pending().await,
        }
    }

    fn get_local_addr(&self) -> io::Result<Peer> {
        Ok(Peer(self.address))
    }
}

/// One thread, as the others know it.
struct Answering {
    deal: UnboundedSender<(Unregistered, SocketAddr)>,
    handle: Handle<Peer>,
    thread: JoinHandle<anyhow::Result<()>>,
}

/// Answers until `ending` is over, then gives requests under way their time.
///
/// # Errors
/// When a thread cannot be started, or ends on its own.
pub(super) async fn answer(
    listener: TcpListener,
    served: Served,
    ending: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = (0..threads)
        .map(|number| start(number, served.clone()))
        .collect::<anyhow::Result<Vec<_>>>()?;
    tokio::select! {
        () = deal(&listener, &threads) => {}
        () = ending => {}
    }
    drop(listener);
    for thread in &threads {
        thread.handle.graceful_shutdown(Some(GRACE));
    }
    tokio::task::spawn_blocking(move || {
        threads.into_iter().try_for_each(|answering| {
            let ended = answering.thread.join();
            ended.map_err(|_| anyhow::anyhow!("a thread that answers panicked"))?
        })
    })
    .await?
}

/// Hands connections to the threads in turn, until one of them is gone.
async fn deal(listener: &TcpListener, threads: &[Answering]) {
    for answering in threads.iter().cycle() {
        let (stream, peer) = accept(listener).await;
        if answering.deal.send((stream, peer)).is_err() {
            return;
        }
    }
}

async fn accept(listener: &TcpListener) -> (Unregistered, SocketAddr) {
    loop {
        let accepted = listener.accept().await.and_then(|(stream, peer)| {
            // An answer never waits for the peer to confirm the one before. Where that cannot be had, it waits.
            drop(stream.set_nodelay(true));
            Ok((stream.into_std()?, peer))
        });
        match accepted {
            Ok(accepted) => return accepted,
            // Its peer has left: nobody else is kept waiting for that.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

fn start(number: usize, served: Served) -> anyhow::Result<Answering> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(8)
        .build()
        .context("no async runtime")?;
    let (deal, dealt) = unbounded_channel();
    let handle = Handle::new();
    let hand = Hand {
        dealt: Mutex::new(dealt),
        address: served.address,
    };
    let ends = handle.clone();
    let thread = thread::Builder::new()
        .name(format!("answers-{number}"))
        .spawn(move || runtime.block_on(serve(hand, served, ends)))
        .context("no thread to answer on")?;
    Ok(Answering { deal, handle, thread })
}

async fn serve(hand: Hand, served: Served, ends: Handle<Peer>) -> anyhow::Result<()> {
    let service: IntoMakeServiceWithConnectInfo<Router, SocketAddr> =
        served.router.into_make_service_with_connect_info();
    let server = axum_server::Server::<Peer, DefaultAcceptor>::from_listener(hand)
        .first_request_timeout(FIRST_REQUEST)
        .handle(ends);
    match served.tls {
        None => server.serve(service).await?,
        Some(tls) => server.acceptor(RustlsAcceptor::new(tls)).serve(service).await?,
    }
    Ok(())
}
