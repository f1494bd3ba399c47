use super::*;
use crate::state::{Credential, Enrolment};
use proptest::prelude::*;
use rempart_wire::{
    DetectionAction, DetectionId, DetectionReport, DeviceId, DeviceSettings, EventBody, ManagementMode,
    Origin, ScanId, ScanOutcome, ScanTally, ScanTarget, WirePath,
};
use std::path::Path;
use uuid::Uuid;

fn enrol(state: &StateDir, device: u128) {
    let enrolment = Enrolment {
        portal: "https://portal.example".to_owned(),
        device: DeviceId(Uuid::from_u128(device)),
        credential: Credential::new("secret"),
    };
    state.set_enrolment(&enrolment).unwrap();
}

fn spool(limits: SpoolLimits) -> (tempfile::TempDir, Spool) {
    let folder = tempfile::tempdir().unwrap();
    let state = StateDir::open(folder.path().join("state")).unwrap();
    enrol(&state, 1);
    (folder, Spool::with_limits(&state, limits))
}

fn event(number: u128, body: EventBody) -> Event {
    Event {
        id: EventId(Uuid::from_u128(number)),
        at: jiff::Timestamp::UNIX_EPOCH,
        body,
    }
}

fn scan() -> ScanId {
    ScanId(Uuid::from_u128(9))
}

fn beginning(number: u128) -> Event {
    let (target, origin) = (ScanTarget::UsualPlaces, Origin::Device);
    event(
        number,
        EventBody::ScanStarted {
            scan: scan(),
            target,
            origin,
        },
    )
}

fn result(number: u128) -> Event {
    let body = EventBody::ScanFinished {
        scan: scan(),
        outcome: ScanOutcome::Completed,
        tally: ScanTally::default(),
        unreadable: Vec::new(),
    };
    event(number, body)
}

fn detection(number: u128) -> Event {
    let report = DetectionReport {
        detection: DetectionId(Uuid::from_u128(number)),
        scan: Some(scan()),
        path: WirePath::new(Path::new("/home/é/\n/x")),
        members: vec!["a\nb".to_owned()],
        rule: "eicar".to_owned(),
        sha256: "00".repeat(32),
        size: 68,
        action: DetectionAction::Reported,
        item: None,
    };
    event(number, EventBody::Detection(report))
}

fn set_mode(spool: &Spool, mode: ManagementMode) {
    let settings = DeviceSettings {
        mode,
        workspace: "Atelier".to_owned(),
        portal: "https://portal.example".to_owned(),
        licence: None,
        issuers: Default::default(),
    };
    spool.state.set_settings(&settings, b"").unwrap();
}

#[test]
fn what_is_pushed_is_pending_in_order_until_acknowledged() {
    let (_folder, spool) = spool(SpoolLimits::default());
    let events = [beginning(1), detection(2), result(3)];
    spool.push(&events[0]).unwrap();
    spool.push_all(&events[1..]).unwrap();
    assert_eq!(spool.pending(10).unwrap(), events);
    assert_eq!(spool.pending(2).unwrap(), events[..2]);
    spool
        .acknowledge(&[events[1].id, EventId(Uuid::from_u128(77))])
        .unwrap();
    assert_eq!(spool.pending(10).unwrap(), [beginning(1), result(3)]);
    assert_eq!(spool.count().unwrap(), 2);
    spool.acknowledge(&[events[0].id, events[2].id]).unwrap();
    assert_eq!(spool.pending(10).unwrap(), []);
}

#[test]
fn a_second_process_sees_what_the_first_pushed() {
    let (_folder, spool) = spool(SpoolLimits::default());
    spool.push(&result(1)).unwrap();
    let other = Spool::new(&StateDir::open(spool.state.path()).unwrap());
    other.push(&result(2)).unwrap();
    assert_eq!(spool.pending(10).unwrap(), [result(1), result(2)]);
}

#[test]
fn threads_pushing_and_draining_at_once_lose_nothing() {
    let (_folder, spool) = spool(SpoolLimits::default());
    let mut told = HashSet::new();
    std::thread::scope(|threads| {
        for thread in 0..4u128 {
            let spool = spool.clone();
            threads.spawn(move || (0..25).for_each(|n| spool.push(&detection(thread * 100 + n)).unwrap()));
        }
        while told.len() < 100 {
            let ids: Vec<EventId> = spool.pending(7).unwrap().iter().map(|event| event.id).collect();
            spool.acknowledge(&ids).unwrap();
            told.extend(ids);
        }
    });
    assert_eq!(spool.count().unwrap(), 0);
}

#[test]
fn nothing_is_kept_where_no_portal_listens() {
    let folder = tempfile::tempdir().unwrap();
    let spool = Spool::new(&StateDir::open(folder.path().join("state")).unwrap());
    spool.push(&detection(1)).unwrap();
    enrol(&spool.state, 1);
    assert_eq!(spool.pending(10).unwrap(), []);
}

#[test]
fn local_only_keeps_nothing_new_and_tells_nothing_old() {
    let (_folder, spool) = spool(SpoolLimits::default());
    spool.push(&detection(1)).unwrap();
    set_mode(&spool, ManagementMode::LocalOnly);
    spool.push(&detection(2)).unwrap();
    assert_eq!(spool.pending(10).unwrap(), []);
    set_mode(&spool, ManagementMode::LocalAndRemote);
    assert_eq!(spool.pending(10).unwrap(), [detection(1)]);
}

#[test]
fn another_portal_never_hears_events_of_the_first() {
    let (_folder, spool) = spool(SpoolLimits::default());
    spool.push(&detection(1)).unwrap();
    enrol(&spool.state, 2);
    assert_eq!(spool.pending(10).unwrap(), []);
    spool.push(&detection(2)).unwrap();
    assert_eq!(spool.pending(10).unwrap(), [detection(2)]);
    enrol(&spool.state, 1);
    assert_eq!(
        spool.pending(10).unwrap(),
        [],
        "the first device's events are gone for good"
    );
}

#[test]
fn a_full_spool_drops_beginnings_then_results_then_old_detections_and_counts_them() {
    let limits = SpoolLimits {
        events: 20,
        bytes: u64::MAX,
    };
    let (_folder, spool) = spool(limits);
    for n in 0..8 {
        spool.push(&detection(n)).unwrap();
        spool.push(&result(100 + n)).unwrap();
    }
    for n in 0..5 {
        spool.push(&beginning(200 + n)).unwrap();
    }
    let dropped = spool.dropped().unwrap();
    assert_eq!(
        (dropped.beginnings, dropped.results, dropped.detections),
        (3, 0, 0)
    );
    for n in 8..40 {
        spool.push(&detection(n)).unwrap();
        assert!(spool.count().unwrap() <= 20);
    }
    let dropped = spool.dropped().unwrap();
    assert_eq!((dropped.beginnings, dropped.results), (5, 8));
    let pending = spool.pending(100).unwrap();
    let newest: Vec<Event> = (40 - pending.len() as u128..40).map(detection).collect();
    assert_eq!(pending, newest);
    assert_eq!(dropped.detections, 40 - pending.len() as u64);
}

#[test]
fn the_limit_in_bytes_holds() {
    let limits = SpoolLimits {
        events: u64::MAX,
        bytes: 4_000,
    };
    let (_folder, spool) = spool(limits);
    for n in 0..30 {
        spool.push(&detection(n)).unwrap();
        let folder = spool.folder().unwrap().unwrap();
        let bytes: u64 = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().metadata().unwrap().len())
            .sum();
        assert!(bytes <= 4_000, "{bytes}");
    }
    assert!(spool.dropped().unwrap().detections > 0);
}

#[test]
fn a_crash_between_the_two_steps_of_an_acknowledgement_repeats_nothing() {
    let (_folder, spool) = spool(SpoolLimits::default());
    spool.push_all(&[detection(1), detection(2)]).unwrap();
    let folder = spool.folder().unwrap().unwrap();
    file::write(&folder, 0, &[detection(2)]).unwrap();
    assert_eq!(file::list(&folder).unwrap().len(), 2);
    assert_eq!(spool.pending(10).unwrap(), [detection(2), detection(1)]);
    spool.acknowledge(&[detection(1).id, detection(2).id]).unwrap();
    assert_eq!(spool.count().unwrap(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn damage_anywhere_costs_at_most_the_lines_it_touches(at in 0usize..3_000, new: u8) {
        let (_folder, spool) = spool(SpoolLimits::default());
        let events: Vec<Event> = (0..6).map(detection).collect();
        spool.push_all(&events).unwrap();
        let path = fs::read_dir(spool.folder().unwrap().unwrap()).unwrap().next().unwrap().unwrap().path();
        let mut text = fs::read(&path).unwrap();
        let at = at % text.len();
        prop_assume!(text[at] != new);
        text[at] = new;
        fs::write(&path, &text).unwrap();
        let left = spool.pending(10).unwrap();
        prop_assert!(left.len() >= 4, "{}", left.len());
        prop_assert!(left.iter().all(|event| events.contains(event)));
        spool.push(&detection(99)).unwrap();
        prop_assert_eq!(spool.pending(10).unwrap().len(), left.len() + 1);
        prop_assert_eq!(spool.count().unwrap(), left.len() as u64 + 1);
    }
}
