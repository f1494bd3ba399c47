use super::{
    portal::{Portal, config_of},
    scene::{Computer, item, timing},
};
use crate::link::memory::Begun;
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{
    EventBody, ManagementMode, Order, OrderBody, OrderId, QuarantineState, ScanId, ScanOutcome, ScanTally,
};
use uuid::Uuid;

fn delete(number: u128, expires_at: Timestamp) -> Order {
    Order {
        id: OrderId(Uuid::from_u128(number)),
        expires_at,
        body: OrderBody::Delete { item: item(99) },
    }
}

fn later(computer: &Computer) -> Timestamp {
    computer.now() + SignedDuration::from_mins(10)
}

#[tokio::test]
async fn an_order_is_carried_out_once_even_when_it_comes_again_after_a_restart() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let order = delete(1, later(&computer));
    let answered = |body: &EventBody| {
        let EventBody::QuarantineChanged {
            item: which,
            order,
            state,
            failure,
        } = body
        else {
            panic!("{body:?}");
        };
        assert_eq!((*which, *state), (item(99), QuarantineState::Held));
        assert_eq!(failure.as_ref().unwrap().code, "item_unknown");
        order.unwrap().0.as_u128()
    };
    let first = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        visitor.order(&order).await;
        visitor.order(&order).await;
        let events = visitor.events().await;
        assert_eq!(events.len(), 1);
        assert_eq!(answered(&events[0].body), 1);
        visitor.acknowledge(&events).await;
    };
    computer
        .run_while(computer.agent(), timing(), first)
        .await
        .unwrap();
    let second = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        visitor.order(&order).await;
        visitor.order(&delete(2, later(&computer))).await;
        let events = visitor.events().await;
        assert_eq!(
            answered(&events[0].body),
            2,
            "the first order is not answered again"
        );
        visitor.acknowledge(&events).await;
    };
    computer
        .run_while(computer.agent(), timing(), second)
        .await
        .unwrap();
}

#[tokio::test]
async fn an_order_that_comes_too_late_is_refused() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        visitor.order(&delete(1, computer.now())).await;
        let events = visitor.events().await;
        let EventBody::OrderRefused { order, refusal } = &events[0].body else {
            panic!("{events:?}");
        };
        assert_eq!((order.0.as_u128(), refusal.code.as_str()), (1, "order_expired"));
    };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_cancelled_scan_that_is_not_running_is_refused() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        let body = OrderBody::CancelScan {
            scan: Uuid::from_u128(5).into(),
        };
        let order = Order {
            body,
            ..delete(1, later(&computer))
        };
        visitor.order(&order).await;
        let events = visitor.events().await;
        assert!(
            matches!(&events[0].body, EventBody::OrderRefused { refusal, .. } if refusal.code == "order_unknown")
        );
    };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
}

#[tokio::test]
async fn settings_are_reported_applied_or_why_not_and_the_last_good_ones_stay() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let agent = computer.agent();
    let scene = async {
        let mut visitor = portal.accept().await;
        for (config, error) in [
            (config_of(ManagementMode::RemoteOnly, "good"), ""),
            (super::portal::config(b"{\"mode\":", "bad"), "rempart.json"),
        ] {
            let hash = config.config_hash.clone();
            visitor.session.offer_config(config);
            visitor.say().await;
            let message = visitor
                .until(|visitor, _| {
                    let status = visitor.session.state().remote_config_status.as_ref()?;
                    (status.last_remote_config_hash == hash).then(|| status.error_message.clone())
                })
                .await;
            assert_eq!(message.is_empty(), error.is_empty(), "{message}");
            assert!(message.contains(error), "{message}");
        }
    };
    computer.run_while(agent.clone(), timing(), scene).await.unwrap();
    assert_eq!(agent.state.mode().unwrap(), ManagementMode::RemoteOnly);
    assert_eq!(agent.state.settings_hash().unwrap(), b"good");
}

#[tokio::test]
async fn a_scan_that_a_crash_ended_is_told_to_have_failed_and_is_not_run_again() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let scan = ScanId(Uuid::from_u128(5));
    Begun { scan }.keep(&computer.agent().state).unwrap();
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        let events = visitor.events().await;
        let ended = EventBody::ScanFinished {
            scan,
            outcome: ScanOutcome::Failed,
            tally: ScanTally::default(),
            unreadable: Vec::new(),
        };
        assert_eq!((events.len(), &events[0].body), (1, &ended));
        visitor.acknowledge(&events).await;
    };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
    assert_eq!(Begun::read(&computer.agent().state).unwrap(), None);
}
