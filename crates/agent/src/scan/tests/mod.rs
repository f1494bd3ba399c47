//! A scan's scenes: what it finds and tells, and the trees it survives.

mod found;
mod survived;

use super::{
    progress::Throttle,
    scanner::{Engine, LookError, Matched, Seen},
    *,
};
use crate::{
    agent::Agent,
    lang::Language,
    state::{Credential, Enrolment},
    world::{Chance, Clock, World},
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use rempart_wire::{
    DetectionAction, DeviceId, DeviceSettings, Event, EventBody, ManagementMode, OrderId, WirePath,
};
use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs::{self, File},
    io::{self, Read},
    os::unix::{ffi::OsStringExt, fs::symlink, net::UnixListener},
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};
use uuid::Uuid;

/// Each look at it, a tenth of a second has gone by.
#[derive(Default)]
struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        let tick = self.0.fetch_add(100, Ordering::SeqCst);
        Timestamp::from_millisecond(1_800_000_000_000 + tick).unwrap()
    }
}

/// Finds `BAD`, is not sure about `ODD`, cannot read `SICK`, and does something at each file.
struct Simple<F>(F);

impl<F: Fn() + Send + Sync> Engine for Simple<F> {
    fn look(&self, mut file: &File) -> Result<Seen, LookError> {
        (self.0)();
        let mut start = [0; 4];
        let length = file.read(&mut start).map_err(LookError::Io)?;
        let has = |word: &[u8]| start[..length].starts_with(word);
        if has(b"SICK") {
            return Err(LookError::Io(io::Error::from_raw_os_error(5)));
        }
        let matched = |rule: &str, harmful| Matched {
            rule: rule.to_owned(),
            members: Vec::new(),
            sha256: "00".repeat(32),
            harmful,
        };
        Ok(Seen {
            matches: match (has(b"BAD"), has(b"MEH")) {
                (true, _) => vec![matched("bad", true), matched("worse", true)],
                (_, true) => vec![matched("meh", false)],
                _ => Vec::new(),
            },
            partial: has(b"ODD"),
            bytes: length as u64,
        })
    }
}

struct Computer {
    _folder: tempfile::TempDir,
    files: PathBuf,
    agent: Agent,
}

impl Computer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        fs::create_dir(path.join("files")).unwrap();
        let world = World {
            clock: Arc::new(Ticking::default()),
            chance: Arc::new(Chance::seeded(3)),
        };
        let agent = Agent::open(&path.join("state"), world, Language::French).unwrap();
        let enrolment = Enrolment {
            portal: "https://portail.example".to_owned(),
            device: DeviceId(Uuid::from_u128(1)),
            credential: Credential::new("secret"),
        };
        agent.state.set_enrolment(&enrolment).unwrap();
        Self {
            _folder: folder,
            files: path.join("files"),
            agent,
        }
    }

    fn write(&self, name: &str, contents: &str) -> PathBuf {
        let path = self.files.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        path
    }

    fn request(&self, path: &Path) -> ScanRequest {
        ScanRequest {
            scan: self.agent.world.id(),
            target: ScanTarget::Path {
                path: WirePath::new(path),
            },
            origin: Origin::Device,
            quarantine: true,
        }
    }

    fn scan(&self, path: &Path) -> ScanReport {
        self.watch(path, &mut ())
    }

    fn watch(&self, path: &Path, observer: &mut dyn Observer) -> ScanReport {
        let scanner = Scanner::with(Simple(|| {}));
        let request = self.request(path);
        run(&self.agent, &scanner, &request, observer, &AtomicBool::new(false)).unwrap()
    }

    fn told(&self) -> Vec<EventBody> {
        let events = self.agent.spool.pending(1000).unwrap();
        events.into_iter().map(|event: Event| event.body).collect()
    }

    fn set_mode(&self, mode: ManagementMode) {
        let settings = DeviceSettings {
            mode,
            workspace: "Atelier Rezé".to_owned(),
            portal: "https://portail.example".to_owned(),
            licence: None,
            issuers: Default::default(),
        };
        self.agent.state.set_settings(&settings, b"").unwrap();
    }
}

#[derive(Default)]
struct Notes {
    found: Vec<WirePath>,
    unreadable: BTreeSet<PathBuf>,
    progress: Vec<ScanProgress>,
    stays: usize,
}

impl Observer for Notes {
    fn wants_total(&self) -> bool {
        true
    }
    fn progress(&mut self, progress: &ScanProgress) {
        self.progress.push(progress.clone());
    }
    fn found(&mut self, detection: &DetectionReport) {
        self.found.push(detection.path.clone());
    }
    fn not_quarantined(&mut self, _path: &Path, _error: &crate::quarantine::QuarantineError) {
        self.stays += 1;
    }
    fn unreadable(&mut self, path: &Path, _reason: &io::Error) {
        self.unreadable.insert(path.to_path_buf());
    }
}
