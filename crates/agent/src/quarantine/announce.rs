use super::{QuarantineError, Store};
use crate::{
    agent::{Agent, AgentError},
    state::Record,
};
use rempart_wire::{DeviceId, EventBody, QuarantineId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

const ANNOUNCED: Record = Record::new("announced");

/// Which items the portal has been told of, under which enrolment.
#[derive(Debug, Serialize, Deserialize)]
struct Announced {
    device: DeviceId,
    items: BTreeSet<QuarantineId>,
}

impl Agent {
    /// Tells the portal of held items it may not know: taken before this computer was enrolled, while the mode had no
    /// reports, or just before a crash. Telling one twice is harmless, because the event has the item's own id.
    ///
    /// # Errors
    /// When the state or the quarantine cannot be read, or what was told cannot be kept.
    pub fn announce_quarantine(&self) -> Result<(), AgentError> {
        let Some((_, device)) = self.state.portal()? else {
            return Ok(());
        };
        if !self.state.mode()?.device_reports() {
            return Ok(());
        }
        let before: Option<Announced> = self.state.read(ANNOUNCED)?;
        let known = before.as_ref().filter(|announced| announced.device == device);
        let held: BTreeSet<QuarantineId> = self.quarantine.held_ids()?.into_iter().collect();
        let is_known = |item: &QuarantineId| known.is_some_and(|known| known.items.contains(item));
        let unknown: Vec<QuarantineId> = held.iter().copied().filter(|item| !is_known(item)).collect();
        if !unknown.is_empty() {
            self.tell(self.quarantine.reports(&unknown)?);
            self.state.write(ANNOUNCED, &Announced { device, items: held })?;
        }
        Ok(())
    }
}

impl Store {
    fn reports(&self, items: &[QuarantineId]) -> Result<Vec<EventBody>, QuarantineError> {
        let mut reports = Vec::new();
        for item in items {
            match self.look(*item) {
                Ok(Some(item)) => reports.push(EventBody::Quarantined(item.report)),
                // What is damaged cannot say what it was; the list and the health say that it is there.
                Ok(None) | Err(QuarantineError::Damaged(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(reports)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lang::Language,
        state::{Credential, Enrolment},
        world::World,
    };
    use rempart_wire::{DeviceSettings, ManagementMode};
    use std::{fs, fs::File, path::Path};
    use uuid::Uuid;

    fn open(folder: &Path) -> Agent {
        Agent::open(&folder.join("state"), World::real(), Language::English).unwrap()
    }

    fn enrol(agent: &Agent, device: u128) {
        let enrolment = Enrolment {
            portal: "https://portal.example".to_owned(),
            device: DeviceId(Uuid::from_u128(device)),
            credential: Credential::new("secret"),
        };
        agent.state.set_enrolment(&enrolment).unwrap();
    }

    fn take(agent: &Agent, folder: &Path, name: &str) -> QuarantineId {
        let path = folder.join(name);
        fs::write(&path, "bad").unwrap();
        let file = File::open(&path).unwrap();
        agent.quarantine.take(&file, &path, &[]).unwrap().item
    }

    fn told(agent: &Agent) -> Vec<QuarantineId> {
        let pending = agent.spool.pending(100).unwrap();
        let ids: Vec<_> = pending.iter().map(|event| event.id).collect();
        agent.spool.acknowledge(&ids).unwrap();
        pending
            .into_iter()
            .filter_map(|event| match event.body {
                EventBody::Quarantined(report) => Some(report.item),
                _ => None,
            })
            .collect()
    }

    fn set_mode(agent: &Agent, mode: ManagementMode) {
        let settings = DeviceSettings {
            mode,
            workspace: "Atelier".to_owned(),
            portal: "https://portal.example".to_owned(),
            licence: None,
            issuers: Default::default(),
        };
        agent.state.set_settings(&settings, b"").unwrap();
    }

    #[test]
    fn what_was_taken_before_the_portal_listened_is_told_once_it_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        let agent = open(&path);
        let first = take(&agent, &path, "first");
        enrol(&agent, 1);
        assert_eq!(told(&open(&path)), [first]);
        assert_eq!(told(&open(&path)), []);
        set_mode(&agent, ManagementMode::LocalOnly);
        let second = take(&agent, &path, "second");
        assert_eq!(told(&open(&path)), []);
        set_mode(&agent, ManagementMode::LocalAndRemote);
        assert_eq!(told(&open(&path)), [second]);
        agent.quarantine.delete(first).unwrap();
        enrol(&agent, 2);
        assert_eq!(
            told(&open(&path)),
            [second],
            "another portal is told of what is held now"
        );
    }
}
