//! The daemon: one loop on one thread, which waits for whatever happens next and deals with it.
//!
//! Always true: nothing in the loop waits for anything else, except for the portal to take in what is said; scans and
//! work on quarantined files happen on other threads and report back as [`News`].

mod connect;
mod listen;

use super::{
    LinkError, Machine, Timing,
    enrol::CAPABILITIES,
    health::Health,
    memory::Connection,
    orders::Orders,
    outbox::Outbox,
    phase::{Phase, Turn},
    runner::{News, Runner},
    settings, tls,
    watch::Watch,
};
use crate::{
    agent::Agent,
    scan::RuleSources,
    state::{Enrolment, Identity, StateError, StateLock},
};
use rempart_opamp::{
    InstanceUid,
    client::{Backoff, Session},
    message::{AgentDescription, ApplyStatus, ConnectionSettingsStatus},
};
use rempart_os::{OsError, Seen};
use rempart_wire::CAPABILITY;
use rustls::ClientConfig;
use std::{future::Future, pin::Pin, sync::Arc, time::Duration, time::Instant};

/// Between two looks at how the parts of the agent are.
const HEALTH_EVERY: Duration = Duration::from_secs(1);

/// How to run the daemon.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// Where rules come from.
    pub rules: RuleSources,
    /// End when all is told and nothing more is wanted.
    pub once: bool,
    /// How patient to be.
    pub timing: Timing,
}

/// Why the daemon ended, when nothing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It was asked to.
    Stopped,
    /// All is told and nothing more is wanted.
    Quiet,
}

/// The agent at work.
pub struct Daemon {
    agent: Arc<Agent>,
    machine: Machine,
    options: RunOptions,
    identity: Identity,
    enrolment: Enrolment,
    connection: Connection,
    /// Whether the candidate credential is in use.
    trying: bool,
    tls: Option<Arc<ClientConfig>>,
    session: Session,
    phase: Phase,
    backoff: Backoff,
    outbox: Outbox,
    orders: Orders,
    runner: Runner,
    health: Health,
    health_due: Option<Instant>,
    progress_at: Option<Instant>,
    contact_at: Option<Instant>,
    watch: Watch,
    _only: StateLock,
}

/// What happened.
enum Happening {
    Stop,
    News(News),
    Files(Seen),
    Turn(Turn),
    Timer,
}

impl Daemon {
    /// Makes ready to run. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// When this computer is not enrolled, another daemon uses the same folder, or the folder cannot be used.
    pub fn open(agent: Arc<Agent>, machine: Machine, options: RunOptions) -> Result<Self, LinkError> {
        let only = agent
            .state
            .try_lock("daemon")?
            .ok_or_else(|| LinkError::Running {
                folder: agent.state.path().to_path_buf(),
            })?;
        let enrolment = agent.state.enrolment()?.ok_or(StateError::NotEnrolled)?;
        let connection = Connection::of(&agent.state, enrolment.device, &enrolment.portal)?;
        let system = |source| StateError::Io {
            path: agent.state.path().to_path_buf(),
            source,
        };
        let daemon = Self {
            identity: agent.state.identity(&agent.world.chance)?,
            session: session(&agent, &enrolment, &connection)?,
            trying: false,
            tls: Some(tls::config(connection.authorities.as_deref())?),
            connection,
            enrolment,
            phase: Phase::Waiting(Instant::now()),
            backoff: Backoff::new(options.timing.first_wait, options.timing.longest_wait),
            outbox: Outbox::new(agent.spool.clone(), options.timing.resend),
            orders: Orders::open(agent.clone())?,
            runner: Runner::start(agent.clone(), options.rules.clone()).map_err(system)?,
            health: Health::new(&agent),
            health_due: Some(Instant::now()),
            progress_at: None,
            contact_at: None,
            watch: Watch::start().map_err(unwatchable)?,
            agent: agent.clone(),
            machine,
            options,
            _only: only,
        };
        daemon.watch_folders()?;
        Ok(daemon)
    }

    /// Runs until `stop` resolves or there is no point in going on.
    ///
    /// # Errors
    /// When only enrolling again helps; with `once`, also when the portal cannot be reached.
    pub async fn run(mut self, stop: impl Future<Output = ()>) -> Result<Ended, LinkError> {
        tokio::pin!(stop);
        let ended = self.serve(stop.as_mut()).await;
        self.wind_down().await;
        ended
    }

    async fn serve(&mut self, mut stop: Pin<&mut impl Future<Output = ()>>) -> Result<Ended, LinkError> {
        loop {
            self.flush().await?;
            if self.options.once && self.is_quiet(Instant::now())? {
                return Ok(Ended::Quiet);
            }
            match self.next(stop.as_mut()).await {
                Happening::Stop => return Ok(Ended::Stopped),
                Happening::News(news) => self.hear_news(news),
                Happening::Files(seen) => self.look_at_files(&seen).await?,
                Happening::Turn(Turn::Opened(Ok(socket))) => self.opened(*socket)?,
                Happening::Turn(Turn::Opened(Err(error)) | Turn::Heard(Err(error))) => self.lost(error)?,
                Happening::Turn(Turn::Heard(Ok(heard))) => self.hear(heard).await?,
                Happening::Timer => self.on_time().await?,
            }
        }
    }

    async fn next(&mut self, stop: Pin<&mut impl Future<Output = ()>>) -> Happening {
        let deadline = self.deadline();
        let timer = async {
            match deadline {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stop => Happening::Stop,
            news = self.runner.news() => Happening::News(news),
            turn = self.phase.next() => Happening::Turn(turn),
            seen = self.watch.next() => Happening::Files(seen),
            () = timer => Happening::Timer,
        }
    }

    fn deadline(&self) -> Option<Instant> {
        let timing = &self.options.timing;
        let phase = match &self.phase {
            Phase::Waiting(until) => vec![*until],
            Phase::Dialling(_) => Vec::new(),
            Phase::Online(online) => {
                let mut due = vec![online.pinged + timing.ping, online.heard + timing.ping * 3];
                due.extend(self.session.due());
                due.extend(self.outbox.due());
                due.extend(self.options.once.then_some(online.heard + timing.quiet));
                due
            }
        };
        phase.into_iter().chain(self.health_due).min()
    }

    /// Whether all is told, and nothing more was wanted for a while.
    fn is_quiet(&mut self, now: Instant) -> Result<bool, LinkError> {
        let quiet = self.options.timing.quiet;
        let Some(online) = self.phase.online() else {
            return Ok(false);
        };
        if self.outbox.due().is_some_and(|due| due <= now) {
            return Err(LinkError::Unreachable {
                endpoint: self.connection.endpoint.clone(),
                reason: "events were not acknowledged".to_owned(),
            });
        }
        let told = self.outbox.is_done() || !self.session.server_knows(CAPABILITY);
        let ready = self.health.rules.is_some() && self.orders.is_idle();
        Ok(online.welcome && told && ready && now >= online.heard + quiet)
    }

    async fn on_time(&mut self) -> Result<(), LinkError> {
        let now = Instant::now();
        if self.health_due.is_some_and(|due| due <= now) {
            self.health_due = None;
            self.session
                .set_health(self.health.look(&self.agent, self.runner.running().is_some()));
        }
        let ping = self.options.timing.ping;
        match &mut self.phase {
            Phase::Waiting(until) if *until <= now => self.dial(),
            Phase::Online(online) if online.heard + ping * 3 <= now => {
                let reason = "nothing was heard for too long".to_owned();
                let endpoint = self.connection.endpoint.clone();
                self.lost(LinkError::Unreachable { endpoint, reason })
            }
            Phase::Online(online) if online.pinged + ping <= now => {
                online.pinged = now;
                match online.socket.ping().await {
                    Ok(()) => Ok(()),
                    Err(error) => self.lost(error),
                }
            }
            _ => Ok(()),
        }
    }

    /// How the parts are is looked at soon, and not again for every file.
    fn look_at_health_soon(&mut self) {
        let due = Instant::now() + HEALTH_EVERY;
        self.health_due.get_or_insert(due);
    }

    /// Folders in which the command line leaves what concerns the daemon.
    fn watch_folders(&self) -> Result<(), StateError> {
        // Asking for the count makes the folder of the device enrolled now.
        self.agent.spool.count()?;
        let root = self.agent.state.path();
        let spool = root.join("spool").join(self.enrolment.device.to_string());
        for folder in [root.to_path_buf(), spool] {
            self.watch.add(&folder).map_err(unwatchable)?;
        }
        Ok(())
    }

    async fn look_at_files(&mut self, seen: &Seen) -> Result<(), LinkError> {
        let named = |wanted: &dyn Fn(&str) -> bool| {
            seen.missed || seen.names.iter().any(|name| name.to_str().is_some_and(wanted))
        };
        let (enrolled, told) = (
            named(&|name| name == "enrolment"),
            named(&|name| name.ends_with(".events")),
        );
        if told {
            self.outbox.look_again();
            self.look_at_health_soon();
        }
        if enrolled {
            let enrolment = self.agent.state.enrolment()?.ok_or(StateError::NotEnrolled)?;
            if enrolment != self.enrolment {
                self.enrolled_anew(enrolment).await?;
            }
        }
        Ok(())
    }
}

fn unwatchable(error: OsError) -> StateError {
    StateError::Io {
        path: error.path,
        source: error.source,
    }
}

/// The device as it wants to be known to the portal it is enrolled with.
fn session(agent: &Agent, enrolment: &Enrolment, connection: &Connection) -> Result<Session, StateError> {
    let uid = InstanceUid(*enrolment.device.0.as_bytes());
    let mut session = Session::new(uid, CAPABILITIES, AgentDescription::default());
    session.set_custom_capabilities(vec![CAPABILITY.to_owned()]);
    session.set_effective_config(settings::effective(agent.state.settings()?.as_ref()));
    let hash = agent.state.settings_hash()?;
    if !hash.is_empty() {
        session.config_applied(hash);
    }
    if let Ok(offer) = hex::decode(&connection.offer)
        && !offer.is_empty()
    {
        session.set_connection_settings_status(ConnectionSettingsStatus {
            last_connection_settings_hash: offer,
            status: ApplyStatus::Applied.into(),
            error_message: String::new(),
        });
    }
    Ok(session)
}
