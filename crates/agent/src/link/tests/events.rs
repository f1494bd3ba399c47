use super::{
    portal::{Portal, config_of},
    scene::{Computer, event, timing},
};
use crate::link::{Ended, Timing};
use rempart_opamp::server::Change;
use rempart_wire::{Event, ManagementMode};
use std::time::{Duration, Instant};

fn ids(events: &[Event]) -> Vec<u128> {
    events.iter().map(|event| event.id.0.as_u128()).collect()
}

#[tokio::test]
async fn what_happened_while_offline_is_told_in_order_until_acknowledged() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let agent = computer.agent();
    let events: Vec<Event> = (1..=450).map(event).collect();
    agent.spool.push_all(&events).unwrap();
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        let mut told = Vec::new();
        while told.len() < 450 {
            let batch = visitor.events().await;
            assert!(batch.len() <= 200);
            visitor.acknowledge(&batch).await;
            told.extend(ids(&batch));
        }
        assert_eq!(told, (1..=450).collect::<Vec<u128>>());
        // The acknowledgement of the last batch has been dealt with when the next event comes alone.
        agent.spool.push(&event(451)).unwrap();
        let last = visitor.events().await;
        assert_eq!(ids(&last), [451]);
        visitor.acknowledge(&last).await;
    };
    let ended = computer.run_while(agent.clone(), timing(), scene).await;
    assert_eq!(ended.unwrap(), Ended::Stopped);
    assert_eq!(agent.spool.count().unwrap(), 0);
}

#[tokio::test]
async fn what_is_not_acknowledged_is_told_again_on_the_same_connection_and_on_the_next() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let agent = computer.agent();
    agent.spool.push_all(&[event(1), event(2)]).unwrap();
    let impatient = Timing {
        resend: Duration::from_millis(100),
        ..timing()
    };
    let scene = async {
        let mut first = portal.accept().await;
        first.say().await;
        assert_eq!(ids(&first.events().await), [1, 2]);
        let again = first.events().await;
        assert_eq!(ids(&again), [1, 2]);
        first.acknowledge(&again[..1]).await;
        assert_eq!(ids(&first.events().await), [2]);
        drop(first);
        let mut second = portal.accept().await;
        second.say().await;
        let rest = second.events().await;
        assert_eq!(ids(&rest), [2]);
        second.acknowledge(&rest).await;
    };
    computer.run_while(agent.clone(), impatient, scene).await.unwrap();
    assert_eq!(agent.spool.count().unwrap(), 0);
}

#[tokio::test]
async fn an_event_of_the_command_line_is_told_at_once() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let agent = computer.agent();
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        // Once its first health report with rules is in, the daemon has nothing left to say.
        visitor
            .until(|visitor, _| {
                let health = visitor.session.state().health.as_ref()?;
                let rules = health.component_health_map.get("rules")?;
                (rules.status != "loading").then_some(())
            })
            .await;
        let other_process = computer.agent();
        let before = Instant::now();
        other_process.spool.push(&event(7)).unwrap();
        assert_eq!(ids(&visitor.events().await), [7]);
        assert!(
            before.elapsed() < Duration::from_secs(2),
            "{:?}",
            before.elapsed()
        );
    };
    computer.run_while(agent, timing(), scene).await.unwrap();
}

#[tokio::test]
async fn a_local_only_device_tells_nothing_of_what_happens_on_it() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let agent = computer.agent();
    agent.spool.push(&event(1)).unwrap();
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor
            .session
            .offer_config(config_of(ManagementMode::LocalOnly, "settings-1"));
        visitor.say().await;
        while visitor.message().await.is_some() {}
        let told = |change: &Change| matches!(change, Change::Custom(_));
        assert!(!visitor.changes.iter().any(told));
        let config = visitor.session.state().effective_config.clone().unwrap();
        assert!(config.config_map.unwrap().config_map.is_empty());
    };
    let ended = computer.run_beside(agent.clone(), true, scene).await;
    assert_eq!(ended.unwrap(), Ended::Quiet);
    assert_eq!(agent.state.mode().unwrap(), ManagementMode::LocalOnly);
    assert!(agent.spool.pending(10).unwrap().is_empty());
}
