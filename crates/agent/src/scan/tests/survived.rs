use super::*;

#[test]
fn a_tree_of_odd_things_is_survived_and_counted() {
    let computer = Computer::new();
    let at = |name: &str| computer.files.join(name);
    computer.write("good", "fine");
    computer.write("odd", "ODD");
    computer.write("sick", "SICK");
    nix::unistd::mkfifo(&at("pipe"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    let _socket = UnixListener::bind(at("socket")).unwrap();
    symlink(".", at("loop")).unwrap();
    symlink("/etc", at("away")).unwrap();
    symlink("nowhere", at("dangling")).unwrap();
    File::create(at("empty")).unwrap();
    File::create(at("terabyte")).unwrap().set_len(1 << 40).unwrap();
    let name = OsString::from_vec(b"caf\xe9\n".to_vec());
    fs::write(computer.files.join(&name), "BAD").unwrap();
    let mut notes = Notes::default();
    let report = computer.watch(&computer.files, &mut notes);
    assert_eq!(report.outcome, ScanOutcome::Completed);
    let tally = report.tally;
    assert_eq!((tally.files, tally.found, tally.partial), (5, 2, 1));
    assert_eq!((tally.unreadable, tally.skipped), (1, 2));
    assert_eq!(notes.unreadable, BTreeSet::from([at("sick")]));
    assert_eq!(notes.found[0].to_path().unwrap(), computer.files.join(&name));
    let last = computer.told().pop().unwrap();
    assert!(
        matches!(last, EventBody::ScanFinished { unreadable, .. } if unreadable == [WirePath::new(&at("sick"))])
    );
}

#[test]
fn files_that_vanish_or_change_while_it_runs_are_survived() {
    let computer = Computer::new();
    let names: Vec<PathBuf> = (0..400)
        .map(|n| computer.write(&format!("f{n}"), "BAD"))
        .collect();
    let left = Mutex::new(names);
    let scanner = Scanner::with(Simple(move || {
        let mut left = left.lock().unwrap();
        for _ in 0..2 {
            if let Some(path) = left.pop() {
                let _ = fs::remove_file(path);
            }
        }
        if let Some(path) = left.pop() {
            let _ = fs::write(path, "something longer");
        }
    }));
    let request = computer.request(&computer.files);
    let report = run(
        &computer.agent,
        &scanner,
        &request,
        &mut (),
        &AtomicBool::new(false),
    )
    .unwrap();
    assert_eq!(report.outcome, ScanOutcome::Completed);
    assert_eq!(report.tally.unreadable, 0);
}

#[test]
fn a_folder_too_deep_to_follow_is_named() {
    let computer = Computer::new();
    let half: PathBuf = (0..600).map(|_| "d").collect();
    fs::create_dir_all(computer.files.join("a").join(&half)).unwrap();
    fs::create_dir_all(computer.files.join("b").join(&half)).unwrap();
    fs::rename(
        computer.files.join("b"),
        computer.files.join("a").join(&half).join("b"),
    )
    .unwrap();
    computer.write("z", "BAD");
    let mut notes = Notes::default();
    let report = computer.watch(&computer.files, &mut notes);
    assert_eq!((report.tally.found, report.tally.unreadable), (2, 1));
    let deepest = notes.unreadable.first().unwrap().components().count();
    assert_eq!(deepest - computer.files.components().count(), 1000);
}

#[test]
fn the_agents_own_folder_is_left_out_however_it_is_reached() {
    let computer = Computer::new();
    let own = computer.agent.state.path().join("bait");
    fs::write(&own, "BAD").unwrap();
    let everything = computer.files.parent().unwrap();
    assert_eq!(computer.scan(everything).tally.found, 0);
    assert_eq!(computer.scan(computer.agent.state.path()).tally.found, 0);
    assert!(own.exists());
}

#[test]
fn the_kernels_folders_are_left_out() {
    let computer = Computer::new();
    let report = computer.scan(Path::new("/proc/self"));
    assert_eq!((report.tally.files, report.tally.skipped), (0, 1));
}

#[test]
fn a_missing_target_fails_and_says_which() {
    let computer = Computer::new();
    for missing in [
        computer.files.join("missing"),
        PathBuf::from("relative"),
        PathBuf::from(""),
    ] {
        let report = computer.scan(&missing);
        assert_eq!(report.outcome, ScanOutcome::Failed);
        assert_eq!(report.failure.unwrap().path, missing);
    }
}

#[test]
fn setting_the_flag_stops_it() {
    let computer = Computer::new();
    (0..500).for_each(|n| drop(computer.write(&format!("f{n}"), "fine")));
    let cancel = Arc::new(AtomicBool::new(false));
    let flag = cancel.clone();
    let scanner = Scanner::with(Simple(move || flag.store(true, Ordering::Relaxed)));
    let request = computer.request(&computer.files);
    let report = run(&computer.agent, &scanner, &request, &mut (), &cancel).unwrap();
    assert_eq!(report.outcome, ScanOutcome::Cancelled);
    assert!((1..100).contains(&report.tally.files), "{}", report.tally.files);
    assert!(matches!(
        computer.told().pop(),
        Some(EventBody::ScanFinished {
            outcome: ScanOutcome::Cancelled,
            ..
        })
    ));
}

#[test]
fn progress_ends_with_everything_and_the_total_is_known() {
    let computer = Computer::new();
    (0..50).for_each(|n| drop(computer.write(&format!("{}/f{n}", n % 7), "fine")));
    let mut notes = Notes::default();
    computer.watch(&computer.files, &mut notes);
    let last = notes.progress.last().unwrap();
    assert_eq!(last.tally.files, 50);
    assert_eq!(last.expected_files, Some(50));
    let path = last.current.as_ref().unwrap().to_path().unwrap();
    assert!(path.starts_with(&computer.files));
}

#[test]
fn a_file_that_cannot_be_moved_is_said_to_be_still_there() {
    let computer = Computer::new();
    let path = computer.write("big", "BAD");
    File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    let mut notes = Notes::default();
    computer.watch(&computer.files, &mut notes);
    assert!(path.exists());
    assert_eq!(notes.stays, 1);
    assert!(computer.told().iter().any(
        |body| matches!(body, EventBody::Detection(report) if report.action == DetectionAction::QuarantineFailed)
    ));
}
