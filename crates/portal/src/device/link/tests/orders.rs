use super::computer::{Computer, Portal, licensed, token, until, write};
use crate::{
    base::{
        authz::{self, Caller, Grant, may},
        db::{DbError, Signal, Tx},
        error::Fault,
        testing::{Browser, Scene, scenes},
    },
    device::{
        inbox::{Ended, How, Inbox, Reporter},
        order::{self, OrderState},
    },
    params,
};
use jiff::SignedDuration;
use rempart_wire::{
    DeviceId, Event, EventBody, EventId, OrderBody, OrderId, Origin, Refusal, ScanId, ScanOutcome, ScanTally,
    ScanTarget, WorkspaceId,
};
use uuid::Uuid;

const SCAN: ScanId = ScanId(Uuid::from_u128(5));

async fn give(
    scene: &Scene,
    by: &Browser,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<OrderId, Fault> {
    let caller: Caller = by.caller();
    scene
        .app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
            let body = OrderBody::Scan {
                scan: SCAN,
                target: ScanTarget::UsualPlaces,
            };
            let order = order::give(&mut tx, &grant, device, body, SignedDuration::from_hours(1))?;
            let event = crate::base::audit::AuditEvent::new(grant.actor(), "test.order");
            Ok(tx.commit(event, order)?)
        })
        .await
}

async fn state(scene: &Scene, order: OrderId) -> OrderState {
    let state = scene
        .app
        .db
        .read::<_, DbError, _>(move |r| order::state(r, order));
    state.await.unwrap().unwrap()
}

fn event(number: u128, body: EventBody) -> Event {
    Event {
        id: EventId(Uuid::from_u128(number)),
        at: "2027-03-01T09:00:01Z".parse().unwrap(),
        body,
    }
}

fn started(order: OrderId) -> EventBody {
    EventBody::ScanStarted {
        scan: SCAN,
        target: ScanTarget::UsualPlaces,
        origin: Origin::Portal { order },
    }
}

fn finished(outcome: ScanOutcome) -> EventBody {
    EventBody::ScanFinished {
        scan: SCAN,
        outcome,
        tally: ScanTally::default(),
        unreadable: vec![],
    }
}

/// Notes what it takes where a scene can count it.
fn noting(tx: &mut Tx<'_>, reporter: &Reporter, event: &Event) -> Result<(), DbError> {
    let name = format!("{} {}", reporter.device, event.id);
    if event.id.0.as_u128() == 666 {
        return Err(DbError::Constraint("on purpose".into()));
    }
    // A second time would be refused by the primary key, and the unit lost.
    tx.execute(
        "insert into server_setting (name, value) values ($1, $2)",
        params![name, vec![1u8]],
    )?;
    Ok(())
}

fn noting_ends(tx: &mut Tx<'_>, ended: &Ended) -> Result<(), DbError> {
    let name = format!("end of {} {:?}", ended.order, ended.how);
    tx.execute(
        "insert into server_setting (name, value) values ($1, $2)",
        params![name, vec![1u8]],
    )?;
    Ok(())
}

async fn noted(scene: &Scene) -> u64 {
    scene
        .number("select count(*) from server_setting where name <> 'server_key_check'")
        .await
}

fn with_notes(scene: Scene) -> Scene {
    scene.with_inbox(Inbox::default().on(noting).on_end(noting_ends))
}

scenes! {
    async fn an_order_reaches_a_connected_device_at_once_and_is_followed(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        let mut talk = computer.enrol(&portal, &token).await;
        let id = give(&scene, &camille, workspace, computer.device()).await.unwrap();
        let told = talk.order().await;
        assert_eq!((told.id, told.expires_at), (id, scene.now().saturating_add(SignedDuration::from_hours(1)).unwrap()));
        until(async || state(&scene, id).await == OrderState::Delivered).await;
        talk.tell(&[event(1, started(id))]).await;
        assert_eq!(talk.ack().await.events, [EventId(Uuid::from_u128(1))]);
        assert_eq!(state(&scene, id).await, OrderState::Running);
        talk.tell(&[event(2, finished(ScanOutcome::Completed))]).await;
        talk.ack().await;
        assert_eq!(state(&scene, id).await, OrderState::Done);
    }

    async fn an_order_waits_for_the_device_and_is_told_again_until_it_begins(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.enrol(&portal, &token).await.leave().await;
        let id = give(&scene, &camille, workspace, computer.device()).await.unwrap();
        assert_eq!(state(&scene, id).await, OrderState::Queued);
        for _ in 0..2 {
            let mut talk = computer.connect(&portal).await;
            assert_eq!(talk.order().await.id, id);
            until(async || state(&scene, id).await == OrderState::Delivered).await;
            talk.leave().await;
        }
        let mut talk = computer.connect(&portal).await;
        talk.tell(&[event(1, EventBody::OrderRefused { order: id, refusal: Refusal::new("managed_locally", "Non.") })]).await;
        talk.ack().await;
        assert_eq!(state(&scene, id).await, OrderState::Failed);
        assert_eq!(scene.number("select count(*) from device_order where failure_code = 'managed_locally'").await, 1);
    }

    async fn a_batch_sent_twice_is_recorded_once_and_acknowledged_twice(scene: Scene) {
        let scene = with_notes(scene);
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut talk = Computer::new(1).enrol(&portal, &token).await;
        let batch = [event(1, finished(ScanOutcome::Completed)), event(2, finished(ScanOutcome::Failed))];
        for _ in 0..2 {
            talk.tell(&batch).await;
            assert_eq!(talk.ack().await.events.len(), 2);
        }
        assert_eq!(noted(&scene).await, 2);
        // The same id from another device is another event.
        let mut other = Computer::new(2).enrol(&portal, &token).await;
        other.tell(&batch[..1]).await;
        other.ack().await;
        assert_eq!(noted(&scene).await, 3);
    }

    async fn an_event_that_cannot_be_recorded_does_not_block_the_others(scene: Scene) {
        let scene = with_notes(scene);
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut talk = Computer::new(1).enrol(&portal, &token).await;
        talk.tell(&[1, 666, 3].map(|number| event(number, finished(ScanOutcome::Completed)))).await;
        assert_eq!(talk.ack().await.events.len(), 3);
        assert_eq!(noted(&scene).await, 2);
    }

    async fn an_order_not_begun_in_time_expires_and_is_not_told_any_more(scene: Scene) {
        let scene = with_notes(scene);
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.enrol(&portal, &token).await.leave().await;
        let id = give(&scene, &camille, workspace, computer.device()).await.unwrap();
        scene.pass(SignedDuration::from_hours(2));
        let mut talk = computer.connect(&portal).await;
        talk.tell(&[]).await;
        talk.ack().await;
        scene.work().await;
        assert_eq!(state(&scene, id).await, OrderState::Expired);
        assert_eq!(scene.number("select count(*) from server_setting where name like '%Expired'").await, 1);
        // It had begun just in time, and could only say so now.
        talk.tell(&[event(1, started(id))]).await;
        talk.ack().await;
        assert_eq!(state(&scene, id).await, OrderState::Running);
    }

    async fn a_device_enrolled_anew_never_gets_an_old_order(scene: Scene) {
        let scene = with_notes(scene);
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.enrol(&portal, &token).await.leave().await;
        let id = give(&scene, &camille, workspace, computer.device()).await.unwrap();
        let mut talk = computer.enrol(&portal, &token).await;
        assert_eq!(state(&scene, id).await, OrderState::Cancelled);
        assert_eq!(scene.number("select count(*) from server_setting where name like '%Cancelled'").await, 1);
        assert_eq!(How::Cancelled, Ended { device: computer.device(), order: id, how: How::Cancelled }.how);
        let next = give(&scene, &camille, workspace, computer.device()).await.unwrap();
        assert_eq!(talk.order().await.id, next);
    }

    async fn a_device_managed_on_the_spot_gets_no_orders_and_keeps_its_events(scene: Scene) {
        let scene = with_notes(scene);
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        let mut talk = computer.enrol(&portal, &token).await;
        write(&scene, move |tx| {
            tx.signal(Signal::Settings(workspace));
            tx.execute("update workspace set mode = 'local_only'", params![])
        }).await;
        let refused = give(&scene, &camille, workspace, computer.device()).await.unwrap_err();
        assert_eq!(refused.code.as_str(), "managed_locally");
        talk.tell(&[event(1, finished(ScanOutcome::Completed))]).await;
        assert_eq!(talk.ack().await.events.len(), 1);
        assert_eq!(noted(&scene).await, 0);
        assert_eq!(scene.number("select count(*) from device_event").await, 0);
    }

    async fn only_an_order_not_told_yet_can_be_taken_back(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 2).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut computer = Computer::new(1);
        computer.enrol(&portal, &token).await.leave().await;
        let id = give(&scene, &camille, workspace, computer.device()).await.unwrap();
        let withdraw = async |id| {
            let caller = camille.caller();
            scene.app.db.write::<_, Fault, _>(move |mut tx| {
                let grant: Grant<may::ManageProtection> = authz::grant(&mut tx, caller, workspace)?;
                let could = order::withdraw(&mut tx, &grant, id)?;
                Ok(tx.commit(crate::base::audit::AuditEvent::new(grant.actor(), "test.withdraw"), could)?)
            }).await.unwrap()
        };
        assert!(withdraw(id).await);
        assert!(!withdraw(id).await);
        let mut talk = computer.connect(&portal).await;
        let id = give(&scene, &camille, workspace, computer.device()).await.unwrap();
        assert_eq!(talk.order().await.id, id);
        until(async || state(&scene, id).await == OrderState::Delivered).await;
        assert!(!withdraw(id).await);
    }
}
