//! Whatever happens on the way, the server's view ends up as the agent's.
#![expect(clippy::unwrap_used, reason = "a test stops where its assumption fails")]

mod ends;

use ends::{agent, config, custom, describe, health, obey, portal, settle};
use proptest::prelude::*;
use rempart_opamp::message::{AgentRemoteConfig, AgentToServer, ApplyStatus, EffectiveConfig};
use rempart_opamp::{DEFAULT_HEARTBEAT, client, server};
use std::time::{Duration, Instant};

#[derive(Debug, Clone)]
enum Step {
    Health(u8),
    Describe(u8),
    Effective(u8),
    Say(u8),
    Offer(u8),
    AgentSends,
    ServerSends,
    Delivered,
    MessageLost,
    AnswerLost,
    Replay(prop::sample::Index),
    ConnectionLost,
    ServerForgets,
    TimePasses(u16),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<u8>().prop_map(Step::Health),
        any::<u8>().prop_map(Step::Describe),
        any::<u8>().prop_map(Step::Effective),
        any::<u8>().prop_map(Step::Say),
        (0u8..20).prop_map(Step::Offer),
        Just(Step::AgentSends),
        Just(Step::ServerSends),
        Just(Step::Delivered),
        Just(Step::MessageLost),
        Just(Step::AnswerLost),
        any::<prop::sample::Index>().prop_map(Step::Replay),
        Just(Step::ConnectionLost),
        Just(Step::ServerForgets),
        (0u16..40).prop_map(Step::TimePasses),
    ]
}

struct World {
    agent: client::Session,
    portal: server::Session,
    offered: Option<AgentRemoteConfig>,
    now: Instant,
    history: Vec<AgentToServer>,
}

impl World {
    fn sent(&mut self) -> Option<AgentToServer> {
        let message = self.agent.poll(self.now)?;
        self.history.push(message.clone());
        Some(message)
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Health(n) => self.agent.set_health(health(&n.to_string())),
            Step::Describe(n) => self.agent.set_description(describe(&n.to_string())),
            Step::Effective(n) => self.agent.set_effective_config(EffectiveConfig {
                config_map: (n > 9).then(Default::default),
            }),
            Step::Say(n) => self.agent.custom(custom(&n.to_string())),
            Step::Offer(n) => {
                self.offered = Some(config(n));
                self.portal.offer_config(config(n));
            }
            Step::AgentSends => {
                if let Some(message) = self.sent() {
                    self.portal.receive(message).unwrap();
                }
            }
            Step::ServerSends => {
                if let Some(message) = self.portal.poll(self.now) {
                    obey(&mut self.agent, message);
                }
            }
            Step::Delivered => {
                settle(&mut self.agent, &mut self.portal, self.now);
            }
            Step::MessageLost => {
                self.sent();
            }
            Step::AnswerLost => {
                self.portal.poll(self.now);
            }
            Step::Replay(which) => {
                if !self.history.is_empty() {
                    let message = which.get(&self.history).clone();
                    self.portal.receive(message).unwrap();
                }
            }
            Step::ConnectionLost => {
                self.agent.lost();
                self.agent.connected();
            }
            Step::ServerForgets => {
                self.portal = portal();
                if let Some(config) = self.offered.clone() {
                    self.portal.offer_config(config);
                }
            }
            Step::TimePasses(seconds) => self.now += Duration::from_secs(seconds.into()),
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_servers_view_ends_up_as_the_agents(steps in proptest::collection::vec(step(), 0..60)) {
        let now = Instant::now();
        let mut world = World { agent: agent(), portal: portal(), offered: None, now, history: Vec::new() };
        for step in steps {
            world.step(step);
        }
        for _ in 0..3 {
            world.now += DEFAULT_HEARTBEAT + server::RESEND_AFTER;
            settle(&mut world.agent, &mut world.portal, world.now);
        }
        prop_assert!(world.portal.is_complete());
        prop_assert_eq!(world.portal.state(), world.agent.state());
        if let Some(offered) = world.offered {
            let status = world.portal.state().remote_config_status.clone().unwrap();
            let expected = if offered.config_hash == [13] { ApplyStatus::Failed } else { ApplyStatus::Applied };
            prop_assert_eq!(status.status(), expected);
            prop_assert_eq!(status.last_remote_config_hash, offered.config_hash);
        }
    }
}
