use super::{
    portal::Portal,
    scene::{Computer, event, timing},
};
use crate::link::{Daemon, Ended, RunOptions, Timing};
use rempart_wire::attribute;
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_lost_connection_is_opened_again_with_everything_said_anew() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let scene = async {
        let mut runs = Vec::new();
        for _ in 0..3 {
            let mut visitor = portal.accept().await;
            runs.push(visitor.said(attribute::RUN).unwrap());
            assert!(visitor.session.is_complete());
            assert!(visitor.first.effective_config.is_some());
            visitor.say().await;
        }
        assert_eq!(runs, ["run", "run", "run"]);
    };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_busy_portal_is_left_alone_for_as_long_as_it_asks() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let scene = async {
        portal
            .turn_away("429 Too Many Requests", "Retry-After: 1\r\n", "")
            .await;
        let asked = Instant::now();
        portal.accept().await.say().await;
        assert!(
            asked.elapsed() >= Duration::from_millis(990),
            "{:?}",
            asked.elapsed()
        );
    };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
}

#[tokio::test]
async fn health_names_the_parts_and_comes_without_being_asked() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        let health = visitor
            .until(|visitor, _| {
                let health = visitor.session.state().health.clone()?;
                (health.component_health_map.get("rules")?.status != "loading").then_some(health)
            })
            .await;
        let parts: Vec<&String> = health.component_health_map.keys().collect();
        assert_eq!(parts, ["quarantine", "rules", "scanner", "spool"]);
        assert_ne!(health.start_time_unix_nano, 0);
    };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_silent_portal_is_asked_for_a_sign_and_given_up_when_none_comes() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let impatient = Timing {
        ping: Duration::from_millis(50),
        ..timing()
    };
    let scene = async {
        let silent = portal.accept().await;
        let asked = Instant::now();
        portal.accept().await.say().await;
        assert!(asked.elapsed() >= Duration::from_millis(100));
        drop(silent);
    };
    computer
        .run_while(computer.agent(), impatient, scene)
        .await
        .unwrap();
}

#[tokio::test]
async fn run_once_tells_everything_and_ends() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let agent = computer.agent();
    agent.spool.push_all(&[event(1), event(2)]).unwrap();
    let scene = async {
        let mut visitor = portal.accept().await;
        visitor.say().await;
        let events = visitor.events().await;
        visitor.acknowledge(&events).await;
        visitor.goodbye().await;
    };
    let ended = computer.run_beside(agent.clone(), true, scene).await;
    assert_eq!(ended.unwrap(), Ended::Quiet);
    assert_eq!(agent.spool.count().unwrap(), 0);
}

#[tokio::test]
async fn run_once_without_a_portal_says_so() {
    let computer = {
        let portal = Portal::open().await;
        Computer::enrolled(&portal)
    };
    let ended = computer.run_beside(computer.agent(), true, async {}).await;
    assert_eq!(ended.unwrap_err().code(), "portal_unreachable");
}

#[tokio::test]
async fn one_folder_has_one_daemon() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let open = || Daemon::open(computer.agent(), computer.machine("run"), RunOptions::default());
    let first = open().unwrap();
    assert_eq!(open().err().unwrap().code(), "already_running");
    drop(first);
    assert!(open().is_ok());
}

#[tokio::test]
async fn a_computer_that_is_not_enrolled_does_not_run() {
    let computer = Computer::new();
    let opened = Daemon::open(computer.agent(), computer.machine("run"), RunOptions::default());
    assert_eq!(opened.err().unwrap().code(), "not_enrolled");
}
