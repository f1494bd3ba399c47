//! The parts of one agent put together, and who may steer it.
//!
//! Always true: an action that changes something goes through [`Agent::permit`] first, whoever asks; what happened is told
//! through [`Agent::tell`], which keeps it until the portal knows.

use crate::{
    lang::Language,
    quarantine::{QuarantineError, Store},
    spool::Spool,
    state::{StateDir, StateError},
    world::World,
};
use rempart_wire::{Event, EventBody, Origin, Refusal};
use std::path::Path;

/// One agent: its memory, what it must tell, what it holds.
#[derive(Debug)]
pub struct Agent {
    /// What it remembers.
    pub state: StateDir,
    /// What the portal must still be told.
    pub spool: Spool,
    /// Files taken out of harm's way.
    pub quarantine: Store,
    /// Time and chance.
    pub world: World,
    /// The language of its sentences.
    pub language: Language,
}

/// Why an agent could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// Its state folder.
    #[error(transparent)]
    State(#[from] StateError),
    /// Its quarantine.
    #[error(transparent)]
    Quarantine(#[from] QuarantineError),
}

impl AgentError {
    /// What to tell the person.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::State(error) => error.sentence(language),
            Self::Quarantine(error) => error.sentence(language),
        }
    }
}

impl Agent {
    /// Opens the agent whose state is in `folder`; finishes what an interrupted one left half done,
    /// and tells the portal of held files it may not know.
    ///
    /// # Errors
    /// When its state or its quarantine cannot be used.
    pub fn open(folder: &Path, world: World, language: Language) -> Result<Self, AgentError> {
        let state = StateDir::open(folder)?;
        let agent = Self {
            spool: Spool::new(&state),
            quarantine: Store::open(&state, &world)?,
            state,
            world,
            language,
        };
        agent.announce_quarantine()?;
        Ok(agent)
    }

    /// Whether the mode lets `origin` start scans, restore and delete.
    ///
    /// # Errors
    /// `managed_remotely` or `managed_locally`, with one sentence saying who manages this computer;
    /// `state_damaged` and the like when the mode cannot be known.
    pub fn permit(&self, origin: Origin) -> Result<(), Refusal> {
        let settings = self
            .state
            .settings()
            .map_err(|error| Refusal::new(error.code(), error.sentence(self.language)))?;
        let Some(settings) = settings else { return Ok(()) };
        let (allowed, code, key) = match origin {
            Origin::Device => (
                settings.mode.device_steers(),
                "managed_remotely",
                "managed-remotely",
            ),
            Origin::Portal { .. } => (
                settings.mode.portal_steers(),
                "managed_locally",
                "managed-locally",
            ),
        };
        if allowed {
            return Ok(());
        }
        let sentence = self.language.say(
            key,
            &[
                ("workspace", settings.workspace.as_str().into()),
                ("portal", settings.portal.as_str().into()),
            ],
        );
        Err(Refusal {
            workspace: Some(settings.workspace),
            ..Refusal::new(code, sentence)
        })
    }

    /// Keeps what happened until the portal knows; what cannot be kept is logged, because the deed itself is done.
    pub fn tell(&self, bodies: impl IntoIterator<Item = EventBody>) {
        let at = self.world.now();
        let events: Vec<Event> = bodies
            .into_iter()
            .map(|body| Event {
                id: event_id(&body).unwrap_or_else(|| self.world.id()),
                at,
                body,
            })
            .collect();
        if let Err(error) = self.spool.push_all(&events) {
            tracing::error!(%error, events = events.len(), "events could not be kept for the portal");
        }
    }
}

/// That an item went into quarantine is one fact, told under the item's own id: telling it again is harmless.
fn event_id(body: &EventBody) -> Option<rempart_wire::EventId> {
    match body {
        EventBody::Quarantined(report) => Some(report.item.0.into()),
        _ => None,
    }
}
