use crate::agent::Agent;
use jiff::Timestamp;
use rempart_opamp::message::ComponentHealth;

/// How the parts of the agent are. The time of a state is when it was first seen, so that an unchanged one is equal to
/// the one before and is not reported again.
#[derive(Debug)]
pub(super) struct Health {
    started: u64,
    /// What the rules are like: how many, or why they cannot be used; nothing while they are being loaded.
    pub(super) rules: Option<Result<usize, String>>,
    dropped_before: u64,
    last: ComponentHealth,
}

impl Health {
    pub(super) fn new(agent: &Agent) -> Self {
        Self {
            started: nanos(agent.world.now()),
            rules: None,
            dropped_before: agent.spool.dropped().map_or(0, |dropped| dropped.total()),
            last: ComponentHealth::default(),
        }
    }

    /// How all is now.
    pub(super) fn look(&mut self, agent: &Agent, scanning: bool) -> ComponentHealth {
        let scanner = match &self.rules {
            Some(Err(error)) => self.part("unusable", Some(error.clone())),
            _ if scanning => self.part("scanning", None),
            _ => self.part("idle", None),
        };
        let rules = match &self.rules {
            None => self.part("loading", None),
            Some(Ok(0)) => self.part("none", Some("there are no rules".to_owned())),
            Some(Ok(count)) => self.part(&format!("{count} loaded"), None),
            Some(Err(error)) => self.part("unusable", Some(error.clone())),
        };
        let parts = [
            ("scanner", scanner),
            ("rules", rules),
            ("spool", self.spool(agent)),
            ("quarantine", self.quarantine(agent)),
        ];
        let sick: Vec<&str> = parts
            .iter()
            .filter(|(_, part)| !part.healthy)
            .map(|(name, _)| *name)
            .collect();
        let mut all = self.part(if sick.is_empty() { "protecting" } else { "impaired" }, None);
        all.healthy = sick.is_empty();
        all.last_error = sick.join(", ");
        all.component_health_map = parts.map(|(name, part)| (name.to_owned(), part)).into();
        let now = nanos(agent.world.now());
        for (name, part) in &mut all.component_health_map {
            since(part, self.last.component_health_map.get(name), now);
        }
        since(&mut all, Some(&self.last), now);
        self.last.clone_from(&all);
        all
    }

    fn spool(&self, agent: &Agent) -> ComponentHealth {
        let state = agent
            .spool
            .count()
            .and_then(|count| Ok((count, agent.spool.dropped()?)));
        match state {
            Err(error) => self.part("unusable", Some(error.to_string())),
            Ok((_, dropped)) if dropped.total() > self.dropped_before => {
                let lost = dropped.total() - self.dropped_before;
                self.part("dropping", Some(format!("{lost} events were dropped")))
            }
            Ok((0, _)) => self.part("empty", None),
            Ok(_) => self.part("waiting", None),
        }
    }

    fn quarantine(&self, agent: &Agent) -> ComponentHealth {
        match agent.quarantine.contents() {
            Ok(contents) => {
                let damaged = contents.damaged.len();
                let error = (damaged > 0).then(|| format!("{damaged} items are damaged"));
                self.part(&format!("{} held", contents.items.len()), error)
            }
            Err(error) => self.part("unusable", Some(error.to_string())),
        }
    }

    fn part(&self, status: &str, error: Option<String>) -> ComponentHealth {
        ComponentHealth {
            healthy: error.is_none(),
            start_time_unix_nano: self.started,
            last_error: error.unwrap_or_default(),
            status: status.to_owned(),
            ..ComponentHealth::default()
        }
    }
}

fn since(part: &mut ComponentHealth, before: Option<&ComponentHealth>, now: u64) {
    let same = before.filter(|before| {
        (before.healthy, &before.status, &before.last_error) == (part.healthy, &part.status, &part.last_error)
    });
    part.status_time_unix_nano = same.map_or(now, |before| before.status_time_unix_nano);
}

fn nanos(at: Timestamp) -> u64 {
    u64::try_from(at.as_nanosecond()).unwrap_or(0)
}
