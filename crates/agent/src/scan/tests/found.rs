use super::*;

#[test]
fn what_is_found_is_quarantined_and_told() {
    let computer = Computer::new();
    let bad = computer.write("a/b/bad", "BAD");
    computer.write("a/good", "fine");
    let report = computer.scan(&computer.files);
    assert_eq!(report.outcome, ScanOutcome::Completed);
    let expected = ScanTally {
        files: 2,
        bytes: 7,
        found: 2,
        ..ScanTally::default()
    };
    assert_eq!(report.tally, expected);
    assert!(!bad.exists());
    let held = computer.agent.quarantine.list().unwrap();
    assert_eq!(held[0].report.rules, ["bad", "worse"]);
    let told = computer.told();
    let [
        EventBody::ScanStarted { scan, .. },
        EventBody::Detection(one),
        EventBody::Detection(other),
        EventBody::Quarantined(quarantined),
        EventBody::ScanFinished { tally, .. },
    ] = told.as_slice()
    else {
        panic!("{told:#?}")
    };
    assert_eq!((one.rule.as_str(), other.rule.as_str()), ("bad", "worse"));
    assert_eq!(
        (one.scan, one.action),
        (Some(*scan), DetectionAction::Quarantined)
    );
    assert_eq!(
        (one.item, other.item),
        (Some(quarantined.item), Some(quarantined.item))
    );
    assert_eq!(one.path.to_path().unwrap(), bad);
    assert_eq!(quarantined, &held[0].report);
    assert_eq!(tally, &expected);
}

#[test]
fn a_single_file_can_be_the_target_also_through_a_link() {
    let computer = Computer::new();
    let bad = computer.write("bad", "BAD");
    let link = computer.files.join("link");
    symlink(&bad, &link).unwrap();
    assert_eq!(computer.scan(&link).tally.found, 2);
    assert!(!bad.exists() && link.is_symlink());
}

#[test]
fn looking_only_leaves_everything_where_it_is() {
    let computer = Computer::new();
    let bad = computer.write("bad", "BAD");
    let mut request = computer.request(&computer.files);
    request.quarantine = false;
    let scanner = Scanner::with(Simple(|| {}));
    run(
        &computer.agent,
        &scanner,
        &request,
        &mut (),
        &AtomicBool::new(false),
    )
    .unwrap();
    assert!(bad.exists());
    let told = computer.told();
    let reported = |body: &&EventBody| matches!(body, EventBody::Detection(report) if report.action == DetectionAction::Reported && report.item.is_none());
    assert_eq!(told.iter().filter(reported).count(), 2);
}

#[test]
fn what_is_merely_worth_knowing_is_reported_and_stays() {
    let computer = Computer::new();
    let path = computer.write("meh", "MEH");
    assert_eq!(computer.scan(&computer.files).tally.found, 1);
    assert!(path.exists());
}

#[test]
fn a_computer_managed_elsewhere_says_by_whom() {
    let computer = Computer::new();
    let bad = computer.write("bad", "BAD");
    let scanner = Scanner::with(Simple(|| {}));
    let mut request = computer.request(&computer.files);
    computer.set_mode(ManagementMode::RemoteOnly);
    let refusal = run(
        &computer.agent,
        &scanner,
        &request,
        &mut (),
        &AtomicBool::new(false),
    )
    .unwrap_err();
    assert_eq!(refusal.code, "managed_remotely");
    assert!(
        refusal.sentence.contains("Atelier Rezé") && refusal.sentence.contains("https://portail.example")
    );
    let order = Origin::Portal {
        order: OrderId(Uuid::from_u128(5)),
    };
    request.origin = order;
    computer.set_mode(ManagementMode::LocalOnly);
    let refusal = run(
        &computer.agent,
        &scanner,
        &request,
        &mut (),
        &AtomicBool::new(false),
    )
    .unwrap_err();
    assert_eq!(refusal.code, "managed_locally");
    assert!(bad.exists());
    assert_eq!(computer.told(), []);
    computer.set_mode(ManagementMode::RemoteOnly);
    run(
        &computer.agent,
        &scanner,
        &request,
        &mut (),
        &AtomicBool::new(false),
    )
    .unwrap();
    assert!(!bad.exists());
}

#[test]
fn usual_places_exist_and_none_is_inside_another() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for place in [
        "home/ana",
        "tmp",
        "srv/people/bo",
        "etc/cron.d",
        "var/www",
        "usr/bin",
    ] {
        fs::create_dir_all(root.join(place)).unwrap();
    }
    symlink("../tmp", root.join("var/tmp")).unwrap();
    let passwd = "root:x:0:0::/root:/bin/sh\nana:x:1000:1000::/home/ana:/bin/sh\nbo:x:1001:1001::/srv/people/bo:/bin/sh\nwww:x:33:33::/usr/bin:/x\nodd\n";
    fs::write(root.join("etc/passwd"), passwd).unwrap();
    let places = usual_places(&root);
    let expected = ["etc/cron.d", "home", "srv/people/bo", "tmp", "var/www"].map(|place| root.join(place));
    assert_eq!(places, expected);
}

proptest! {
    #[test]
    fn progress_is_told_at_most_four_times_a_second(steps in prop::collection::vec(1i64..400, 1..200)) {
        let mut throttle = Throttle::default();
        let mut now = Timestamp::UNIX_EPOCH;
        let mut let_through: Vec<Timestamp> = Vec::new();
        for step in steps {
            now += SignedDuration::from_millis(step);
            if throttle.is_due(now) {
                let_through.push(now);
            } else {
                let last = let_through.last().copied().unwrap_or_default();
                prop_assert!(now.duration_since(last) < SignedDuration::from_millis(250));
            }
        }
        for pair in let_through.windows(2) {
            prop_assert!(pair[1].duration_since(pair[0]) >= SignedDuration::from_millis(250));
        }
    }
}
