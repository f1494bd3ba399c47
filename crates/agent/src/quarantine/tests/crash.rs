use super::*;
use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Stops everything at one step: as a crash does (nothing runs after it), or as a failing system call.
struct StopAt {
    step: usize,
    seen: Arc<AtomicUsize>,
    crash: bool,
}

struct Crash;

impl StopAt {
    fn crash(step: usize) -> Self {
        let seen = Arc::default();
        Self {
            step,
            seen,
            crash: true,
        }
    }

    fn error(step: usize) -> Self {
        Self {
            crash: false,
            ..Self::crash(step)
        }
    }
}

impl Fault for StopAt {
    fn before(&self, _step: &'static str) -> io::Result<()> {
        let now = self.seen.fetch_add(1, Ordering::SeqCst);
        match (now == self.step, self.crash) {
            (false, _) => Ok(()),
            (true, true) => resume_unwind(Box::new(Crash)),
            (true, false) => Err(io::Error::from_raw_os_error(28)),
        }
    }
}

/// Runs until it ends or crashes; `None` after a crash.
fn survive<T>(run: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(done) => Some(done),
        Err(payload) if payload.is::<Crash>() => None,
        Err(payload) => resume_unwind(payload),
    }
}

/// Where the file is: exactly one place, whole; and nothing else lies about.
fn is_held(computer: &Computer, path: &Path, before: &Snapshot) -> bool {
    let store = computer.store();
    let contents = store.contents().unwrap();
    assert_eq!(contents.damaged, Vec::<PathBuf>::new());
    let in_folder = fs::read_dir(computer.state.path().join("quarantine"))
        .unwrap()
        .count();
    assert_eq!(in_folder, contents.items.len(), "no left-overs in the quarantine");
    let names = computer.names();
    if path.exists() {
        assert_eq!((names.len(), contents.items.len()), (1, 0), "{names:?}");
        assert_eq!(&snapshot(path), before);
        return false;
    }
    assert_eq!((names.len(), contents.items.len()), (0, 1), "{names:?}");
    store.restore(contents.items[0].report.item, None).unwrap();
    assert_eq!(&snapshot(path), before);
    true
}

const LENGTH: usize = 150_000;

fn computer() -> (Computer, PathBuf, Snapshot) {
    let computer = Computer::in_memory();
    let path = computer.file("one", &pattern(LENGTH));
    let before = snapshot(&path);
    (computer, path, before)
}

#[test]
fn a_crash_at_any_step_of_a_move_leaves_the_file_in_one_place() {
    let mut held = 0;
    for step in 0.. {
        let (computer, path, before) = computer();
        let store = computer.store_with(StopAt::crash(step)).unwrap();
        let done = survive(|| take(&store, &path).unwrap());
        drop(store);
        held += usize::from(is_held(&computer, &path, &before));
        if done.is_some() {
            assert!(step > 15 && held > 3 && held < step, "{held} of {step}");
            return;
        }
    }
}

#[test]
fn a_crash_at_any_step_of_a_restore_leaves_the_file_in_one_place() {
    let mut held = 0;
    for step in 0.. {
        let (computer, path, before) = computer();
        let item = take(&computer.store(), &path).unwrap().item;
        let store = computer.store_with(StopAt::crash(step)).unwrap();
        let done = survive(|| store.restore(item, None).unwrap());
        drop(store);
        held += usize::from(is_held(&computer, &path, &before));
        if done.is_some() {
            assert!(step > 15 && held > 3 && held < step, "{held} of {step}");
            return;
        }
    }
}

#[test]
fn a_crash_at_any_step_of_a_deletion_leaves_the_file_held_or_gone() {
    for step in 0.. {
        let (computer, path, before) = computer();
        let item = take(&computer.store(), &path).unwrap().item;
        let store = computer.store_with(StopAt::crash(step)).unwrap();
        let done = survive(|| store.delete(item).unwrap());
        drop(store);
        if !computer.store().list().unwrap().is_empty() {
            assert!(done.is_none() && is_held(&computer, &path, &before));
        }
        if done.is_some() {
            assert!(step > 1);
            return;
        }
    }
}

#[test]
fn crashes_during_recovery_from_crashes_change_nothing_about_that() {
    for restoring in [false, true] {
        let mut step = 0;
        loop {
            let (computer, path, before) = computer();
            let item = restoring.then(|| take(&computer.store(), &path).unwrap().item);
            let store = computer.store_with(StopAt::crash(step)).unwrap();
            let done = survive(|| match item {
                Some(item) => drop(store.restore(item, None).unwrap()),
                None => drop(take(&store, &path).unwrap()),
            });
            drop(store);
            // Each opening dies one step further on, until one gets through.
            let mut recovery = 0;
            while survive(|| drop(computer.store_with(StopAt::crash(recovery)).unwrap())).is_none() {
                recovery += 1;
                assert!(recovery < 40);
            }
            is_held(&computer, &path, &before);
            if done.is_some() {
                break;
            }
            step += 1;
        }
    }
}

#[test]
fn before_recovery_the_list_is_true_already() {
    for step in 0.. {
        let (computer, path, before) = computer();
        let item = take(&computer.store(), &path).unwrap().item;
        let observer = computer.store();
        let store = computer.store_with(StopAt::crash(step)).unwrap();
        let done = survive(|| store.restore(item, None).unwrap());
        drop(store);
        let listed = !observer.list().unwrap().is_empty();
        assert_eq!(listed, !path.exists(), "step {step}");
        assert_eq!(listed, is_held(&computer, &path, &before));
        if done.is_some() {
            return;
        }
    }
}

#[test]
fn a_system_call_that_fails_leaves_the_file_where_it_was_at_once() {
    for restoring in [false, true] {
        for step in 0.. {
            let (computer, path, before) = computer();
            let item = restoring.then(|| take(&computer.store(), &path).unwrap().item);
            let stop = StopAt::error(step);
            let seen = stop.seen.clone();
            let store = computer.store_with(stop).unwrap();
            let done = match item {
                Some(item) => store.restore(item, None).map(drop),
                None => take(&store, &path).map(drop),
            };
            let there = path.exists();
            assert_eq!(store.list().unwrap().is_empty(), there, "step {step}");
            if done.is_err() {
                assert_eq!(
                    there, !restoring,
                    "step {step}: an error means nothing has changed"
                );
            }
            drop(store);
            assert_eq!(is_held(&computer, &path, &before), !there);
            if seen.load(Ordering::SeqCst) <= step {
                assert!(step > 15 && done.is_ok());
                break;
            }
        }
    }
}
