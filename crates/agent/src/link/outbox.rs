use crate::{spool::Spool, state::StateError};
use rempart_opamp::message::CustomMessage;
use rempart_wire::{Ack, CAPABILITY, Event, EventBody, EventId, message};
use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

/// Events told at once.
const BATCH: usize = 200;
/// Bytes told at once, unless a single event is bigger.
const BATCH_BYTES: usize = 256 << 10;

/// Tells the portal what is in the spool: one batch at a time, again when it is not acknowledged.
#[derive(Debug)]
pub(super) struct Outbox {
    spool: Spool,
    resend: Duration,
    told: HashSet<EventId>,
    told_at: Option<Instant>,
    more: bool,
}

impl Outbox {
    pub(super) fn new(spool: Spool, resend: Duration) -> Self {
        Self {
            spool,
            resend,
            told: HashSet::new(),
            told_at: None,
            more: true,
        }
    }

    /// The connection is a new one: whatever was told on the one before may be lost.
    pub(super) fn restart(&mut self) {
        self.told.clear();
        self.told_at = None;
        self.more = true;
    }

    /// There may be more in the spool.
    pub(super) const fn look_again(&mut self) {
        self.more = true;
    }

    /// Whether all that is known of has been told and acknowledged.
    pub(super) fn is_done(&self) -> bool {
        self.told.is_empty() && !self.more
    }

    /// When the batch on its way is to be told again.
    pub(super) fn due(&self) -> Option<Instant> {
        self.told_at.map(|at| at + self.resend)
    }

    /// The next batch to tell, if there is one and none is on its way.
    pub(super) fn next(&mut self, now: Instant) -> Result<Option<CustomMessage>, StateError> {
        if self.due().is_some_and(|due| due <= now) {
            self.restart();
        }
        if !self.told.is_empty() || !self.more {
            return Ok(None);
        }
        self.more = false;
        let mut data = Vec::new();
        for event in self.spool.pending(BATCH)? {
            let id = event.id;
            let Some(json) = written(event) else { continue };
            if !data.is_empty() && data.len() + json.len() + 2 > BATCH_BYTES {
                break;
            }
            data.push(if data.is_empty() { b'[' } else { b',' });
            data.extend_from_slice(&json);
            self.told.insert(id);
        }
        if data.is_empty() {
            return Ok(None);
        }
        data.push(b']');
        self.more = true;
        self.told_at = Some(now);
        Ok(Some(custom(message::EVENTS, data)))
    }

    /// The portal has these.
    pub(super) fn acknowledged(&mut self, ack: &Ack) -> Result<(), StateError> {
        self.spool.acknowledge(&ack.events)?;
        for event in &ack.events {
            self.told.remove(event);
        }
        if self.told.is_empty() {
            self.restart();
        }
        Ok(())
    }
}

/// An event as it is told. A list of unreadable places that portals might find too long is shortened: the tally says how
/// many there are, and an event that is never taken in would hold up all others.
fn written(mut event: Event) -> Option<Vec<u8>> {
    loop {
        let json = serde_json::to_vec(&event).ok()?;
        match &mut event.body {
            EventBody::ScanFinished { unreadable, .. }
                if json.len() > BATCH_BYTES && !unreadable.is_empty() =>
            {
                unreadable.truncate(unreadable.len() / 2);
            }
            _ => return Some(json),
        }
    }
}

/// A message of the dialogue between portal and device.
pub(super) fn custom(kind: &str, data: Vec<u8>) -> CustomMessage {
    CustomMessage {
        capability: CAPABILITY.to_owned(),
        r#type: kind.to_owned(),
        data,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rempart_wire::{ScanId, ScanOutcome, ScanTally, WirePath};
    use std::path::Path;
    use uuid::Uuid;

    #[test]
    fn a_long_list_of_unreadable_places_is_shortened_and_a_short_one_is_not() {
        for (length, kept) in [(10, 100), (4000, 50)] {
            let path = WirePath::new(Path::new(&"é".repeat(length / 2)));
            let event = Event {
                id: EventId(Uuid::from_u128(1)),
                at: jiff::Timestamp::UNIX_EPOCH,
                body: EventBody::ScanFinished {
                    scan: ScanId(Uuid::from_u128(2)),
                    outcome: ScanOutcome::Completed,
                    tally: ScanTally::default(),
                    unreadable: vec![path; 100],
                },
            };
            let json = written(event).unwrap();
            assert!(json.len() <= BATCH_BYTES);
            let EventBody::ScanFinished { unreadable, .. } =
                serde_json::from_slice::<Event>(&json).unwrap().body
            else {
                panic!("another event");
            };
            assert_eq!(unreadable.len(), kept);
        }
    }
}
