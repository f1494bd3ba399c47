use super::{
    Observer, ScanReport, ScanRequest, Scanner,
    look::{Looker, Outcome},
    places::usual_places,
    progress::{Counts, Throttle},
    walk::{LeaveOut, Met, Step, walk},
};
use crate::agent::Agent;
use rempart_os::OsError;
use rempart_wire::{EventBody, Refusal, ScanOutcome, ScanTarget, WirePath};
use std::{
    io,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

/// Files met and not yet looked at. Small, because each may hold a folder open.
const QUEUE: usize = 128;
/// Files handed over at a time: a thread that waits for each alone sleeps and wakes more than it looks.
const HANDFUL: usize = 8;
/// Named in the last event; the rest is only counted.
const MOST_UNREADABLE: usize = 100;
/// How long nothing may happen before progress is looked at again.
const PATIENCE: Duration = Duration::from_millis(100);
/// Enough for the deepest walk and its queue.
const OPEN_FILES: u64 = 4096;

/// Runs a scan to its end on this thread (and as many workers as the computer has cores), telling the portal on the way.
/// Setting `cancel` stops it after the files being looked at.
///
/// # Errors
/// When the mode does not let the origin scan. Whatever goes wrong later is in the report.
pub fn run(
    agent: &Agent,
    scanner: &Scanner,
    request: &ScanRequest,
    observer: &mut dyn Observer,
    cancel: &AtomicBool,
) -> Result<ScanReport, Refusal> {
    agent.permit(request.origin)?;
    rempart_os::allow_many_open_files(OPEN_FILES);
    agent.tell([EventBody::ScanStarted {
        scan: request.scan,
        target: request.target.clone(),
        origin: request.origin,
    }]);
    let counts = Counts::default();
    let looker = Looker {
        agent,
        scanner,
        request,
        counts: &counts,
    };
    let mut unreadable = Vec::new();
    let failure = match starts(&request.target) {
        Ok(starts) => {
            let leave_out = LeaveOut::new(agent.state.path());
            let run = Run {
                looker,
                starts: &starts,
                leave_out: &leave_out,
                cancel,
            };
            run.to_its_end(observer, &mut unreadable)
        }
        Err(error) => Some(error),
    };
    if let Some(error) = &failure {
        Counts::add(&counts.unreadable, 1);
        unreadable.push(WirePath::new(&error.path));
    }
    observer.progress(&counts.progress(request.scan));
    let outcome = match &failure {
        Some(_) => ScanOutcome::Failed,
        None if cancel.load(Relaxed) => ScanOutcome::Cancelled,
        None => ScanOutcome::Completed,
    };
    rempart_os::give_back_memory();
    let tally = counts.tally();
    agent.tell([EventBody::ScanFinished {
        scan: request.scan,
        outcome,
        tally,
        unreadable,
    }]);
    Ok(ScanReport {
        scan: request.scan,
        outcome,
        tally,
        failure,
    })
}

/// Where the walk begins: without symbolic links, because none is followed below.
fn starts(target: &ScanTarget) -> Result<Vec<PathBuf>, OsError> {
    match target {
        ScanTarget::UsualPlaces => Ok(usual_places(Path::new("/"))),
        ScanTarget::Path { path } => {
            let path = path.to_path().unwrap_or_default();
            if !path.is_absolute() {
                let source = io::ErrorKind::InvalidInput.into();
                return Err(OsError { path, source });
            }
            match path.canonicalize() {
                Ok(start) => Ok(vec![start]),
                Err(source) => Err(OsError { path, source }),
            }
        }
    }
}

struct Run<'a> {
    looker: Looker<'a>,
    starts: &'a [PathBuf],
    leave_out: &'a LeaveOut,
    cancel: &'a AtomicBool,
}

impl Run<'_> {
    /// Walks, looks and collects; the failure of the only place to look at, if it cannot be opened.
    fn to_its_end(&self, observer: &mut dyn Observer, unreadable: &mut Vec<WirePath>) -> Option<OsError> {
        let (met, to_look_at) = sync_channel::<Vec<Met>>(QUEUE / HANDFUL);
        let (tell, told) = sync_channel::<Outcome>(QUEUE);
        let to_look_at = Mutex::new(to_look_at);
        let workers = thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
        thread::scope(|threads| {
            let walker = threads.spawn({
                let tell = tell.clone();
                move || self.walk(&met, &tell)
            });
            for _ in 0..workers {
                let tell = tell.clone();
                let to_look_at = &to_look_at;
                threads.spawn(move || self.work(to_look_at, &tell));
            }
            if observer.wants_total() {
                threads.spawn(|| self.count());
            }
            drop(tell);
            self.collect(&told, observer, unreadable);
            walker.join().unwrap_or_default()
        })
    }

    fn walk(&self, met: &SyncSender<Vec<Met>>, tell: &SyncSender<Outcome>) -> Option<OsError> {
        let mut handful = Vec::new();
        let failure = self.walk_into(&mut handful, met, tell);
        if !handful.is_empty() {
            // Fails only when all who look have ended already.
            drop(met.send(handful));
        }
        failure
    }

    fn walk_into(
        &self,
        handful: &mut Vec<Met>,
        met: &SyncSender<Vec<Met>>,
        tell: &SyncSender<Outcome>,
    ) -> Option<OsError> {
        let counts = self.looker.counts;
        let mut give = |step| {
            if self.cancel.load(Relaxed) {
                return ControlFlow::Break(());
            }
            let sent = match step {
                Step::File(file) => {
                    handful.push(file);
                    handful.len() < HANDFUL || met.send(std::mem::take(handful)).is_ok()
                }
                Step::Skipped => {
                    Counts::add(&counts.skipped, 1);
                    true
                }
                Step::Unreadable(error) => {
                    Counts::add(&counts.unreadable, 1);
                    tell.send(Outcome::Unreadable(error)).is_ok()
                }
            };
            if sent {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        };
        for start in self.starts {
            match walk(start, self.leave_out, &mut give) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return None,
                Err(error) if self.starts.len() == 1 => return Some(error),
                Err(error) => {
                    if give(Step::Unreadable(error)).is_break() {
                        return None;
                    }
                }
            }
        }
        None
    }

    fn work(&self, to_look_at: &Mutex<Receiver<Vec<Met>>>, tell: &SyncSender<Outcome>) {
        loop {
            let next = to_look_at.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(handful) = next else { return };
            for met in handful {
                if self.cancel.load(Relaxed) {
                    break;
                }
                if let Some(outcome) = self.looker.look(&met)
                    && tell.send(outcome).is_err()
                {
                    return;
                }
            }
        }
    }

    /// How many files there are in all, for whoever shows it.
    fn count(&self) {
        let mut files = 0;
        let mut give = |step| {
            files += u64::from(matches!(step, Step::File(_)));
            if self.cancel.load(Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        for start in self.starts {
            if let Ok(ControlFlow::Break(())) = walk(start, self.leave_out, &mut give) {
                return;
            }
        }
        self.looker.counts.set_ahead(files);
    }

    /// Tells whoever watches and whoever must know, until all threads have ended.
    fn collect(&self, told: &Receiver<Outcome>, observer: &mut dyn Observer, unreadable: &mut Vec<WirePath>) {
        let Looker {
            agent,
            request,
            counts,
            ..
        } = self.looker;
        let mut throttle = Throttle::default();
        loop {
            let first = match told.recv_timeout(PATIENCE) {
                Ok(outcome) => Some(outcome),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let mut events = Vec::new();
            // What has piled up meanwhile is told together: keeping events costs a flush each time.
            for outcome in first.into_iter().chain(told.try_iter().take(QUEUE)) {
                match outcome {
                    Outcome::Unreadable(error) => {
                        observer.unreadable(&error.path, &error.source);
                        if unreadable.len() < MOST_UNREADABLE {
                            unreadable.push(WirePath::new(&error.path));
                        }
                    }
                    Outcome::Found(finding) => {
                        for detection in finding.detections {
                            observer.found(&detection);
                            events.push(EventBody::Detection(detection));
                        }
                        if let Some((path, error)) = &finding.stays {
                            observer.not_quarantined(path, error);
                        }
                        events.extend(finding.quarantined.map(EventBody::Quarantined));
                    }
                }
            }
            agent.tell(events);
            if throttle.is_due(agent.world.now()) {
                observer.progress(&counts.progress(request.scan));
            }
        }
    }
}
