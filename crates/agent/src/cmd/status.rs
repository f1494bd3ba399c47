use super::{
    CommandLine, fail,
    screen::{self, Mark},
};
use crate::{
    agent::Agent,
    licence::{self, Source, Standing},
    scan::{RuleSources, Scanner, ScannerError},
    spool::Dropped,
    state::StateError,
};
use clap::Args;
use jiff::{Timestamp, tz::TimeZone};
use rempart_wire::{DeviceId, DeviceSettings, exit};
use serde_json::{Value, json};

/// Shows what this agent is, who manages it and how it is
#[derive(Debug, Args)]
pub struct Status {
    /// One JSON object instead of a screen
    #[arg(long)]
    pub json: bool,
}

/// Everything the screen shows.
struct Facts {
    running: bool,
    enrolled: Option<(String, DeviceId)>,
    settings: Option<DeviceSettings>,
    licence: Standing,
    last_contact: Option<Timestamp>,
    pending: u64,
    dropped: Dropped,
    held: usize,
    rules: Result<Scanner, ScannerError>,
}

impl Status {
    pub(super) fn run(&self, line: &CommandLine) -> u8 {
        let language = line.language();
        let agent = match line.agent() {
            Ok(agent) => agent,
            Err(error) => return fail(&error.sentence(language)),
        };
        let facts = match Facts::gather(&agent) {
            Ok(facts) => facts,
            Err(error) => return fail(&error.sentence(language)),
        };
        if self.json {
            println!("{}", facts.as_json());
        } else {
            facts.show(&agent);
        }
        exit::OK
    }
}

impl Facts {
    fn gather(agent: &Agent) -> Result<Self, StateError> {
        let state = &agent.state;
        Ok(Self {
            running: state.try_lock("daemon")?.is_none(),
            enrolled: state.portal()?,
            settings: state.settings()?,
            licence: licence::standing(state, &agent.world)?,
            last_contact: state.last_contact()?,
            pending: agent.spool.count()?,
            dropped: agent.spool.dropped()?,
            held: agent.quarantine.list().map_or(0, |items| items.len()),
            rules: Scanner::load(&RuleSources::default().or_of(state)),
        })
    }

    fn as_json(&self) -> Value {
        let rules = self.rules.as_ref();
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "running": self.running,
            "enrolled": self.enrolled.is_some(),
            "device": self.enrolled.as_ref().map(|(_, device)| device),
            "portal": self.enrolled.as_ref().map(|(portal, _)| portal),
            "mode": self.settings.as_ref().map(|settings| settings.mode).unwrap_or_default(),
            "workspace": self.settings.as_ref().map(|settings| &settings.workspace),
            "licence": self.licence.terms,
            "last_contact": self.last_contact,
            "pending_events": self.pending,
            "dropped_events": self.dropped.total(),
            "quarantined_files": self.held,
            "rules": rules.map_or(0, Scanner::rules),
            "known_bad": rules.map_or(0, Scanner::known_bad),
            "rule_problems": rules.map_or(&[][..], Scanner::problems),
        })
    }

    fn show(&self, agent: &Agent) {
        let say = |key| agent.language.say(key, &[]);
        let version = env!("CARGO_PKG_VERSION");
        println!();
        println!("  {}  Rempart {version}", screen::ember("▟▙▟▙"));
        println!();
        let (mark, headline) = match (self.running, &self.enrolled) {
            (true, _) => (Mark::Well, "status-running"),
            (false, Some(_)) => (Mark::Attention, "status-stopped"),
            (false, None) => (Mark::Off, "status-stopped-alone"),
        };
        println!("  {}", mark.line(&say(headline)));
        println!();
        let rows = [
            ("status-computer", vec![rempart_os::hostname()]),
            ("status-managed", vec![self.managed(agent)]),
            ("status-workspace", vec![self.workspace(agent)]),
            ("status-portal", self.portal(agent)),
            ("status-licence", self.licence(agent)),
            ("status-rules", self.rules(agent)),
            ("status-quarantine", vec![self.quarantine(agent)]),
            ("status-pending", self.pending(agent)),
            ("status-device", self.device()),
        ];
        let rows = rows.map(|(key, values)| (say(key), values));
        let width = rows.iter().map(|(label, _)| label.chars().count()).max();
        for (label, values) in rows {
            let mut label = label;
            for value in values {
                println!(
                    "  {}  {value}",
                    screen::quiet(&screen::pad(&label, width.unwrap_or(0)))
                );
                label.clear();
            }
        }
        println!();
    }

    fn managed(&self, agent: &Agent) -> String {
        match &self.settings {
            Some(settings) => agent
                .language
                .say(&format!("status-managed-{}", settings.mode), &[]),
            None => agent.language.say("status-managed-alone", &[]),
        }
    }

    fn workspace(&self, agent: &Agent) -> String {
        match (&self.settings, &self.enrolled) {
            (Some(settings), _) => settings.workspace.clone(),
            (None, Some(_)) => agent.language.say("status-settings-awaited", &[]),
            (None, None) => agent.language.say("status-not-enrolled", &[]),
        }
    }

    fn portal(&self, agent: &Agent) -> Vec<String> {
        let Some((portal, _)) = &self.enrolled else {
            return Vec::new();
        };
        let portal = self.settings.as_ref().map_or(portal, |settings| &settings.portal);
        let portal = ("portal", portal.as_str().into());
        vec![match self.last_contact {
            Some(at) => {
                let ago = agent.language.ago(at, agent.world.now());
                agent.language.say("status-heard", &[portal, ("ago", ago.into())])
            }
            None => agent.language.say("status-never-heard", &[portal]),
        }]
    }

    fn licence(&self, agent: &Agent) -> Vec<String> {
        let language = agent.language;
        let mut rows = match (&self.licence.terms, &self.licence.source) {
            (Some(terms), _) => vec![licence::terms(terms, language, agent.world.now())],
            (None, Some(_)) => vec![language.say("status-licence-none", &[])],
            (None, None) => Vec::new(),
        };
        if let Some(Source::File(Some(end))) = &self.licence.source {
            let day = language.day(*end, &TimeZone::system());
            rows.push(language.say("licence-file-until", &[("day", day.into())]));
        }
        rows
    }

    fn rules(&self, agent: &Agent) -> Vec<String> {
        let scanner = match &self.rules {
            Ok(scanner) => scanner,
            Err(error) => return vec![Mark::Danger.line(&error.sentence(agent.language))],
        };
        let counted = |key, name, count: usize| {
            let count = count as u64;
            let shown = agent.language.count(count);
            agent
                .language
                .say(key, &[(name, count.into()), ("shown", shown.into())])
        };
        let mut loaded = counted("status-rules-loaded", "rules", scanner.rules());
        if scanner.known_bad() > 0 {
            loaded.push_str(" · ");
            loaded.push_str(&counted("status-known-bad", "known", scanner.known_bad()));
        }
        let mut rows = vec![loaded];
        if !scanner.problems().is_empty() {
            let count = scanner.problems().len();
            rows.push(Mark::Attention.line(&counted("status-rules-left-out", "problems", count)));
            rows.extend(scanner.problems().iter().map(|problem| screen::quiet(problem)));
        }
        rows
    }

    fn quarantine(&self, agent: &Agent) -> String {
        match self.held as u64 {
            0 => agent.language.say("status-quarantine-empty", &[]),
            count => agent.counted("status-quarantine-files", count),
        }
    }

    fn pending(&self, agent: &Agent) -> Vec<String> {
        if self.enrolled.is_none() {
            return Vec::new();
        }
        let mut rows = vec![match self.pending {
            0 => agent.language.say("status-pending-nothing", &[]),
            count => agent.counted("status-pending-events", count),
        }];
        if self.dropped.total() > 0 {
            rows.push(Mark::Attention.line(&agent.counted("status-dropped", self.dropped.total())));
        }
        rows
    }

    fn device(&self) -> Vec<String> {
        self.enrolled
            .iter()
            .map(|(_, device)| device.to_string())
            .collect()
    }
}

impl Agent {
    fn counted(&self, key: &str, count: u64) -> String {
        let shown = self.language.count(count);
        self.language
            .say(key, &[("count", count.into()), ("shown", shown.into())])
    }
}
