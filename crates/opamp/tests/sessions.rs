//! One rule of the protocol per scene, both ends played against each other.

mod ends;

use ends::{DIALOGUE, UID, agent, config, custom, health, obey, portal, settle};
use rempart_opamp::message::bits::server_flag;
use rempart_opamp::message::{
    AgentToServer, ApplyStatus, ConnectionSettingsOffers, ErrorType, OpAmpConnectionSettings,
    ServerErrorResponse, ServerToAgent,
};
use rempart_opamp::{DEFAULT_HEARTBEAT, InstanceUid, Part, client, server};
use server::Change;
use std::time::{Duration, Instant};

#[test]
fn the_first_message_says_everything_and_later_ones_what_changed() {
    let (mut agent, now) = (agent(), Instant::now());
    agent.set_health(health(""));
    let first = agent.poll(now).unwrap();
    assert!(first.agent_description.is_some() && first.health.is_some());
    assert_eq!(first.sequence_num, 0);
    assert_eq!(agent.poll(now), None);
    agent.set_health(health("no rules"));
    let second = agent.poll(now).unwrap();
    assert_eq!((second.agent_description.clone(), second.sequence_num), (None, 1));
    assert_eq!(second.health, Some(health("no rules")));
}

#[test]
fn a_silent_agent_sends_a_heartbeat_when_it_is_due() {
    let (mut agent, now) = (agent(), Instant::now());
    agent.poll(now);
    assert_eq!(agent.due(), Some(now + DEFAULT_HEARTBEAT));
    assert_eq!(
        agent.poll(now + DEFAULT_HEARTBEAT - Duration::from_millis(1)),
        None
    );
    let beat = agent.poll(now + DEFAULT_HEARTBEAT).unwrap();
    assert_eq!((beat.sequence_num, beat.health), (1, None));
}

#[test]
fn a_missing_message_is_noticed_and_everything_asked_for() {
    let (mut agent, mut portal, now) = (agent(), portal(), Instant::now());
    settle(&mut agent, &mut portal, now);
    agent.set_health(health("lost on the way"));
    agent.poll(now);
    agent.custom(custom("hello"));
    let changes = portal.receive(agent.poll(now).unwrap()).unwrap();
    assert_eq!(changes, [Change::Missed, Change::Custom(custom("hello"))]);
    let asked = portal.poll(now).unwrap();
    assert_eq!(asked.flags, server_flag::REPORT_FULL_STATE);
    obey(&mut agent, asked);
    let changes = portal.receive(agent.poll(now).unwrap()).unwrap();
    assert_eq!(changes, [Change::Report(Part::Health)]);
    assert!(portal.is_complete());
}

#[test]
fn a_configuration_is_sent_until_the_agent_reports_its_hash() {
    let (mut agent, mut portal, now) = (agent(), portal(), Instant::now());
    portal.offer_config(config(1));
    assert_eq!(
        portal.poll(now),
        None,
        "nothing is said to an agent that has not spoken"
    );
    portal.receive(agent.poll(now).unwrap()).unwrap();
    assert_eq!(portal.poll(now).unwrap().remote_config, Some(config(1)));
    assert_eq!(portal.poll(now), None, "it is on its way");
    assert_eq!(portal.due(), Some(now + server::RESEND_AFTER));
    let again = portal.poll(now + server::RESEND_AFTER).unwrap();
    obey(&mut agent, again);
    settle(&mut agent, &mut portal, now + server::RESEND_AFTER);
    assert_eq!(portal.due(), None);
    portal.offer_config(config(1));
    assert_eq!(
        portal.poll(now + server::RESEND_AFTER * 3),
        None,
        "it is in force"
    );
}

#[test]
fn an_agent_says_that_it_is_applying_before_it_has_applied() {
    let (mut agent, now) = (agent(), Instant::now());
    agent.poll(now);
    let wanted = agent.receive(ServerToAgent {
        remote_config: Some(config(4)),
        ..ServerToAgent::default()
    });
    assert_eq!(wanted, [client::Instruction::ApplyConfig(config(4))]);
    let status = agent.poll(now).unwrap().remote_config_status.unwrap();
    assert_eq!(status.status(), ApplyStatus::Applying);
    agent.config_failed(vec![4], "damaged");
    let status = agent.poll(now).unwrap().remote_config_status.unwrap();
    assert_eq!(
        (status.status(), status.error_message.as_str()),
        (ApplyStatus::Failed, "damaged")
    );
}

#[test]
fn an_agent_takes_the_name_it_is_given() {
    let (mut agent, mut portal, now) = (agent(), portal(), Instant::now());
    settle(&mut agent, &mut portal, now);
    let other = InstanceUid([9; 16]);
    portal.identify(other);
    agent.custom(custom("still by the old name"));
    let changes = settle(&mut agent, &mut portal, now);
    assert!(!changes.contains(&Change::Missed));
    agent.set_health(health(""));
    let changes = settle(&mut agent, &mut portal, now);
    assert_eq!(changes, [Change::Named(other), Change::Report(Part::Health)]);
    assert_eq!(
        (agent.instance_uid(), portal.instance_uid()),
        (other, Some(other))
    );
    assert_eq!(portal.state(), agent.state());
}

#[test]
fn offered_connection_settings_are_a_candidate_until_they_have_worked() {
    let (mut agent, mut portal, now) = (agent(), portal(), Instant::now());
    let settings = OpAmpConnectionSettings {
        destination_endpoint: "wss://example.org/v1/opamp".to_owned(),
        heartbeat_interval_seconds: 5,
        ..OpAmpConnectionSettings::default()
    };
    let offers = ConnectionSettingsOffers {
        hash: vec![1],
        opamp: Some(settings.clone()),
        ..ConnectionSettingsOffers::default()
    };
    portal.offer_connection(offers.clone());
    portal.receive(agent.poll(now).unwrap()).unwrap();
    let wanted = agent.receive(portal.poll(now).unwrap());
    assert_eq!(wanted, [client::Instruction::TryConnection(Box::new(settings))]);
    let goodbye = portal.receive(agent.leave(now)).unwrap();
    assert!(goodbye.contains(&Change::Leaving));
    agent.connected();
    agent.connection_applied();
    settle(&mut agent, &mut portal, now);
    let status = portal.state().connection_settings_status.clone().unwrap();
    assert_eq!(
        (status.status(), status.last_connection_settings_hash),
        (ApplyStatus::Applied, vec![1])
    );
    assert_eq!(agent.due(), Some(now + Duration::from_secs(5)));
    portal.offer_connection(offers);
    assert_eq!(portal.poll(now), None, "what is in use is not offered again");
}

#[test]
fn settings_that_do_not_work_are_reported_and_not_tried_again() {
    let mut agent = agent();
    let offers = ConnectionSettingsOffers {
        hash: vec![2],
        opamp: Some(OpAmpConnectionSettings {
            destination_endpoint: "wss://nowhere.example".to_owned(),
            ..OpAmpConnectionSettings::default()
        }),
        ..ConnectionSettingsOffers::default()
    };
    let message = ServerToAgent {
        connection_settings: Some(offers),
        ..ServerToAgent::default()
    };
    assert_eq!(agent.receive(message.clone()).len(), 1);
    agent.connection_failed("no such host");
    let status = agent.state().connection_settings_status.clone().unwrap();
    assert_eq!(
        (status.status(), status.error_message.as_str()),
        (ApplyStatus::Failed, "no such host")
    );
    assert_eq!(agent.receive(message), []);
}

#[test]
fn errors_say_whether_to_come_back() {
    let mut agent = agent();
    let refused = server::Rejected("no uid".to_owned()).answer();
    assert_eq!(
        agent.receive(refused),
        [client::Instruction::Rejected("no uid".to_owned())]
    );
    let busy = ServerErrorResponse::unavailable("busy", Duration::from_secs(9));
    assert_eq!(busy.r#type(), ErrorType::Unavailable);
    let message = ServerToAgent {
        error_response: Some(busy),
        ..ServerToAgent::default()
    };
    let later = client::Instruction::Unavailable(Some(Duration::from_secs(9)));
    assert_eq!(agent.receive(message), [later]);
}

#[test]
fn a_message_without_a_usable_instance_uid_is_rejected() {
    let refused = portal().receive(AgentToServer::default()).unwrap_err();
    assert_eq!(refused.to_string(), "an instance uid has 16 bytes, this has 0");
}

#[test]
fn a_restart_is_told_in_a_message_of_its_own() {
    let (mut agent, mut portal, now) = (agent(), portal(), Instant::now());
    settle(&mut agent, &mut portal, now);
    portal.restart();
    portal.custom(custom("later"));
    let message = portal.poll(now).unwrap();
    assert!(message.command.is_some() && message.custom_message.is_none());
    assert_eq!(agent.receive(message), [client::Instruction::Restart]);
    assert_eq!(portal.poll(now).unwrap().custom_message, Some(custom("later")));
}

#[test]
fn the_servers_first_message_names_its_dialogues() {
    let (mut agent, mut portal, now) = (agent(), portal(), Instant::now());
    assert!(!agent.server_knows(DIALOGUE));
    settle(&mut agent, &mut portal, now);
    assert!(agent.server_knows(DIALOGUE));
    agent.connected();
    assert!(!agent.server_knows(DIALOGUE), "another server may answer");
}

#[test]
fn over_plain_http_every_request_is_answered() {
    let (mut agent, mut portal, now) = (agent(), portal(), Instant::now());
    portal.receive(agent.poll(now).unwrap()).unwrap();
    assert_ne!(portal.answer(now).capabilities, 0);
    let poll = AgentToServer {
        instance_uid: UID.to_vec(),
        sequence_num: 1,
        ..AgentToServer::default()
    };
    portal.receive(poll).unwrap();
    let answer = portal.answer(now);
    assert_eq!((answer.instance_uid, answer.flags), (UID.to_vec(), 0));
}
