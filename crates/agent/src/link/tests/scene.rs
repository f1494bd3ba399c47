//! What scenes begin with: an agent in a folder of its own, enrolled or not.

use super::portal::{Portal, within};
use crate::{
    agent::Agent,
    lang::Language,
    link::{Daemon, Ended, EnrolRequest, Enrolled, LinkError, Machine, RunOptions, Timing, enrol},
    state::{Credential, Enrolment},
    world::{Chance, World},
};
use jiff::Timestamp;
use rempart_wire::{DeviceId, Event, EventBody, Origin, QuarantineId, ScanId, ScanTarget};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};
use uuid::Uuid;
use zeroize::Zeroizing;

pub(super) const DEVICE: DeviceId = DeviceId(Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001));

#[derive(Debug)]
struct Hands(Mutex<Timestamp>);

impl crate::world::Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A computer on which agents can be started one after the other.
pub(super) struct Computer {
    folder: tempfile::TempDir,
    clock: Arc<Hands>,
    seed: std::sync::atomic::AtomicU64,
}

impl Computer {
    pub(super) fn new() -> Self {
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
            clock: Arc::new(Hands(Mutex::new(start))),
            seed: 1.into(),
        }
    }

    pub(super) fn state(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    pub(super) fn now(&self) -> Timestamp {
        *self.clock.0.lock().unwrap()
    }

    pub(super) fn agent(&self) -> Arc<Agent> {
        let seed = self.seed.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let world = World {
            clock: self.clock.clone(),
            chance: Arc::new(Chance::seeded(seed)),
        };
        Arc::new(Agent::open(&self.state(), world, Language::English).unwrap())
    }

    /// Already enrolled with that portal.
    pub(super) fn enrolled(portal: &Portal) -> Self {
        let computer = Self::new();
        computer.enrol_by_hand(portal, DEVICE, "credential-1");
        computer
    }

    pub(super) fn enrol_by_hand(&self, portal: &Portal, device: DeviceId, credential: &str) {
        let enrolment = Enrolment {
            portal: portal.url(),
            device,
            credential: Credential::new(credential),
        };
        self.agent().state.set_enrolment(&enrolment).unwrap();
    }

    pub(super) fn machine(&self, run: &str) -> Machine {
        Machine {
            fingerprint: "ab".repeat(32),
            host: "rezé-1".to_owned(),
            system: "Debian".to_owned(),
            run: run.to_owned(),
        }
    }

    pub(super) async fn enrol(&self, portal: &Portal, token: &str) -> Result<Enrolled, LinkError> {
        self.enrol_trusting(portal, token, None).await
    }

    pub(super) async fn enrol_trusting(
        &self,
        portal: &Portal,
        token: &str,
        authorities: Option<String>,
    ) -> Result<Enrolled, LinkError> {
        let request = EnrolRequest {
            portal: portal.url(),
            token: Zeroizing::new(token.to_owned()),
            name: Some("Accueil".to_owned()),
            authorities,
            insecure_http: false,
        };
        within(enrol(&self.agent(), &self.machine("enrol"), &timing(), &request)).await
    }

    /// Runs a daemon until the scene is over; returns how it ended.
    pub(super) async fn run_while(
        &self,
        agent: Arc<Agent>,
        timing: Timing,
        scene: impl Future<Output = ()>,
    ) -> Result<Ended, LinkError> {
        let daemon = self.daemon(agent, timing, false);
        let (over, stop) = tokio::sync::oneshot::channel();
        let scene = async {
            scene.await;
            let _ = over.send(());
        };
        let run = daemon.run(async {
            let _ = stop.await;
        });
        let (ended, ()) = within(async { tokio::join!(run, scene) }).await;
        ended
    }

    /// Runs a daemon until it ends by itself, beside the scene.
    pub(super) async fn run_beside(
        &self,
        agent: Arc<Agent>,
        once: bool,
        scene: impl Future<Output = ()>,
    ) -> Result<Ended, LinkError> {
        let run = self.daemon(agent, timing(), once).run(std::future::pending());
        let (ended, ()) = within(async { tokio::join!(run, scene) }).await;
        ended
    }

    fn daemon(&self, agent: Arc<Agent>, timing: Timing, once: bool) -> Daemon {
        let options = RunOptions {
            once,
            timing,
            ..RunOptions::default()
        };
        Daemon::open(agent, self.machine("run"), options).unwrap()
    }
}

/// Patient where a slow machine needs it, quick where scenes wait for something not to happen.
pub(super) fn timing() -> Timing {
    Timing {
        first_wait: Duration::from_millis(10),
        longest_wait: Duration::from_millis(50),
        quiet: Duration::from_millis(200),
        ..Timing::default()
    }
}

pub(super) fn event(number: u128) -> Event {
    Event {
        id: Uuid::from_u128(number).into(),
        at: Timestamp::UNIX_EPOCH,
        body: EventBody::ScanStarted {
            scan: ScanId(Uuid::from_u128(number)),
            target: ScanTarget::UsualPlaces,
            origin: Origin::Device,
        },
    }
}

pub(super) fn item(number: u128) -> QuarantineId {
    QuarantineId(Uuid::from_u128(number))
}
