use super::{
    portal::{Portal, Visitor, config_of, settings},
    scene::{Computer, timing},
};
use jiff::SignedDuration;
use rempart_wire::{
    DetectionAction, Event, EventBody, ManagementMode, Order, OrderBody, OrderId, Origin, QuarantineId,
    QuarantineState, ScanId, ScanOutcome, ScanTarget, WirePath,
};
use std::{fs, path::Path};
use uuid::Uuid;

/// The harmless file every scanner knows, in two halves so that this source is not one.
fn eicar() -> String {
    [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$",
        "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ]
    .concat()
}

fn order(computer: &Computer, number: u128, body: OrderBody) -> Order {
    Order {
        id: OrderId(Uuid::from_u128(number)),
        expires_at: computer.now() + SignedDuration::from_mins(10),
        body,
    }
}

fn scan(computer: &Computer, number: u128, path: &Path) -> Order {
    let body = OrderBody::Scan {
        scan: ScanId(Uuid::from_u128(number)),
        target: ScanTarget::Path {
            path: WirePath::new(path),
        },
    };
    order(computer, number, body)
}

/// What is told until the events wanted are there.
async fn told(visitor: &mut Visitor, enough: impl Fn(&[EventBody]) -> bool) -> Vec<EventBody> {
    let mut bodies = Vec::new();
    while !enough(&bodies) {
        let events: Vec<Event> = visitor.events().await;
        visitor.acknowledge(&events).await;
        bodies.extend(events.into_iter().map(|event| event.body));
    }
    bodies
}

fn outcomes(bodies: &[EventBody]) -> Vec<(u128, ScanOutcome)> {
    let outcome = |body: &EventBody| match body {
        EventBody::ScanFinished { scan, outcome, .. } => Some((scan.0.as_u128(), *outcome)),
        _ => None,
    };
    bodies.iter().filter_map(outcome).collect()
}

fn quarantined(bodies: &[EventBody]) -> Option<QuarantineId> {
    bodies.iter().find_map(|body| match body {
        EventBody::Quarantined(report) => Some(report.item),
        _ => None,
    })
}

#[tokio::test]
async fn an_ordered_scan_is_told_from_beginning_to_end_and_what_it_took_can_be_ordered_back() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let files = tempfile::tempdir().unwrap();
    let bad = files.path().join("bad.com");
    fs::write(&bad, eicar()).unwrap();
    fs::write(files.path().join("good.txt"), "hello").unwrap();
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        visitor.order(&scan(&computer, 1, files.path())).await;
        let bodies = told(&mut visitor, |bodies| !outcomes(bodies).is_empty()).await;
        assert_eq!(outcomes(&bodies), [(1, ScanOutcome::Completed)]);
        let detected = bodies.iter().any(|body| {
            matches!(body, EventBody::Detection(report) if report.action == DetectionAction::Quarantined)
        });
        assert!(detected && !bad.exists());
        let item = quarantined(&bodies).unwrap();
        let restore = order(&computer, 2, OrderBody::Restore { item });
        visitor.order(&restore).await;
        let bodies = told(&mut visitor, |bodies| !bodies.is_empty()).await;
        let expected = EventBody::QuarantineChanged {
            item,
            order: Some(restore.id),
            state: QuarantineState::Restored,
            failure: None,
        };
        assert_eq!(bodies, [expected]);
        assert_eq!(fs::read_to_string(&bad).unwrap(), eicar());
        assert!(
            visitor
                .progress
                .iter()
                .any(|progress| progress.scan.0.as_u128() == 1)
        );
    };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
}

/// Takes long to scan and a moment to make: one file under many names, gigabytes in all.
fn much() -> tempfile::TempDir {
    let files = tempfile::tempdir().unwrap();
    let first = files.path().join("0");
    fs::write(&first, "x1y2".repeat(1 << 19)).unwrap();
    for number in 1..1000 {
        fs::hard_link(&first, files.path().join(number.to_string())).unwrap();
    }
    files
}

#[tokio::test]
async fn scans_run_one_after_the_other_and_each_can_be_cancelled() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let (files, few) = (much(), tempfile::tempdir().unwrap());
    let cancel = |number, scan| {
        let scan = ScanId(Uuid::from_u128(scan));
        order(&computer, number, OrderBody::CancelScan { scan })
    };
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        for order in [
            scan(&computer, 1, files.path()),
            scan(&computer, 2, few.path()),
            scan(&computer, 3, few.path()),
            cancel(4, 2),
            cancel(5, 1),
        ] {
            visitor.order(&order).await;
        }
        let bodies = told(&mut visitor, |bodies| outcomes(bodies).len() == 3).await;
        assert_eq!(
            outcomes(&bodies),
            [
                (2, ScanOutcome::Cancelled),
                (1, ScanOutcome::Cancelled),
                (3, ScanOutcome::Completed)
            ]
        );
    };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_daemon_that_is_stopped_stops_its_scan_and_says_so() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let (agent, files) = (computer.agent(), much());
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        visitor.order(&scan(&computer, 1, files.path())).await;
        let begun = |body: &EventBody| {
            let origin = Origin::Portal {
                order: OrderId(Uuid::from_u128(1)),
            };
            matches!(body, EventBody::ScanStarted { origin: by, .. } if *by == origin)
        };
        told(&mut visitor, |bodies| bodies.iter().any(begun)).await;
    };
    computer.run_while(agent.clone(), timing(), scene).await.unwrap();
    let left: Vec<EventBody> = agent
        .spool
        .pending(10)
        .unwrap()
        .into_iter()
        .map(|event| event.body)
        .collect();
    assert_eq!(outcomes(&left), [(1, ScanOutcome::Cancelled)]);
}

#[tokio::test]
async fn a_local_only_device_does_not_do_what_the_portal_orders() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let (agent, files) = (computer.agent(), tempfile::tempdir().unwrap());
    let bad = files.path().join("bad.com");
    fs::write(&bad, eicar()).unwrap();
    let local_only = settings(ManagementMode::LocalOnly);
    agent.state.set_settings(&local_only, b"local").unwrap();
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        visitor.order(&scan(&computer, 1, files.path())).await;
        visitor
            .session
            .offer_config(config_of(ManagementMode::LocalAndRemote, "both"));
        visitor.say().await;
        // Whatever came of the order would be told before what comes of the next one.
        visitor
            .order(&scan(&computer, 2, Path::new("/nonexistent")))
            .await;
        let bodies = told(&mut visitor, |bodies| !outcomes(bodies).is_empty()).await;
        assert_eq!(outcomes(&bodies), [(2, ScanOutcome::Failed)]);
        assert!(bad.exists());
    };
    computer.run_while(agent, timing(), scene).await.unwrap();
}
