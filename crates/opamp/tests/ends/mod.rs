//! Both ends of a session, and a wire between them on which nothing is lost.
#![expect(clippy::unwrap_used, reason = "a test stops where its assumption fails")]
#![expect(unreachable_pub, reason = "shared by test programs")]

use rempart_opamp::message::bits::{agent_capability, server_capability};
use rempart_opamp::message::{
    AgentDescription, AgentRemoteConfig, ComponentHealth, CustomMessage, KeyValue, ServerToAgent,
};
use rempart_opamp::{InstanceUid, client, frame, server};
use server::Change;
use std::time::Instant;

pub const UID: InstanceUid = InstanceUid([7; 16]);
pub const CAN: u64 = agent_capability::ACCEPTS_REMOTE_CONFIG
    | agent_capability::REPORTS_HEALTH
    | agent_capability::ACCEPTS_OPAMP_CONNECTION_SETTINGS
    | agent_capability::ACCEPTS_RESTART_COMMAND;
pub const DIALOGUE: &str = "org.example.talk";

pub fn describe(host: &str) -> AgentDescription {
    AgentDescription {
        identifying_attributes: vec![KeyValue::text("host.name", host)],
        non_identifying_attributes: Vec::new(),
    }
}

pub fn agent() -> client::Session {
    let mut agent = client::Session::new(UID, CAN, describe("first"));
    agent.connected();
    agent
}

pub fn portal() -> server::Session {
    server::Session::new(
        server_capability::ACCEPTS_STATUS | server_capability::OFFERS_REMOTE_CONFIG,
        vec![DIALOGUE.to_owned()],
    )
}

pub fn config(version: u8) -> AgentRemoteConfig {
    AgentRemoteConfig {
        config: None,
        config_hash: vec![version],
    }
}

pub fn health(error: &str) -> ComponentHealth {
    ComponentHealth {
        healthy: error.is_empty(),
        last_error: error.to_owned(),
        ..ComponentHealth::default()
    }
}

pub fn custom(text: &str) -> CustomMessage {
    CustomMessage {
        capability: DIALOGUE.to_owned(),
        r#type: "word".to_owned(),
        data: text.as_bytes().to_vec(),
    }
}

/// Over the wire and back.
pub fn carried<M: prost::Message + Default>(message: &M) -> M {
    frame::decode(&frame::encode(message), frame::DEFAULT_LIMIT).unwrap()
}

/// Exchanges everything both ends have to say; returns what the server was told.
pub fn settle(agent: &mut client::Session, portal: &mut server::Session, now: Instant) -> Vec<Change> {
    let mut changes = Vec::new();
    loop {
        let mut quiet = true;
        while let Some(message) = agent.poll(now) {
            quiet = false;
            changes.extend(portal.receive(carried(&message)).unwrap());
        }
        while let Some(message) = portal.poll(now) {
            quiet = false;
            obey(agent, carried(&message));
        }
        if quiet {
            return changes;
        }
    }
}

pub fn obey(agent: &mut client::Session, message: ServerToAgent) {
    for wanted in agent.receive(message) {
        match wanted {
            client::Instruction::ApplyConfig(config) if config.config_hash == [13] => {
                agent.config_failed(config.config_hash, "unlucky");
            }
            client::Instruction::ApplyConfig(config) => agent.config_applied(config.config_hash),
            _ => {}
        }
    }
}
