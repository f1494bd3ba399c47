//! What devices tell: events, recorded once each, and handed to the slices they concern.
//!
//! Always true: an event is acknowledged only after everything it says is on disk; an event delivered twice is recorded
//! once; the slices that take events are named in `app.rs` and do not know of each other.

use super::store::{self, event as sql};
use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        db::{DbError, Tx},
    },
};
use rempart_wire::{DeviceId, Event, EventBody, EventId, OrderId, Origin, ScanOutcome, WorkspaceId};
use std::sync::Arc;

/// Who tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reporter {
    /// Its workspace.
    pub workspace: WorkspaceId,
    /// Which device.
    pub device: DeviceId,
}

/// Takes an event that was not recorded before, in the transaction that records it. Events of devices are claims: a sink
/// checks that what an event names belongs to the reporter, and ignores it otherwise.
pub type Sink = fn(&mut Tx<'_>, &Reporter, &Event) -> Result<(), DbError>;

/// Hears that an order ended without a word from its device, in the transaction that ended it.
pub type Ending = fn(&mut Tx<'_>, &Ended) -> Result<(), DbError>;

/// An order that ended without a word from its device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Whose it was.
    pub device: DeviceId,
    /// Which.
    pub order: OrderId,
    /// How.
    pub how: How,
}

/// How an order ended without a word from its device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The device was retired or enrolled anew.
    Cancelled,
    /// The device did not begin in time.
    Expired,
    /// The workspace came to be managed on its computers before the device began.
    ManagedLocally,
}

/// The slices that take what devices tell.
#[derive(Debug, Clone, Default)]
pub struct Inbox {
    sinks: Vec<Sink>,
    endings: Vec<Ending>,
}

/// What became of a delivery.
pub(super) enum Delivery {
    /// These need not be told again.
    Recorded(Vec<EventId>),
    /// The device may tell nothing: it is retired or gone.
    Refused,
}

impl Inbox {
    /// Adds a slice that takes events.
    #[must_use]
    pub fn on(mut self, sink: Sink) -> Self {
        self.sinks.push(sink);
        self
    }

    /// Adds a slice that hears of orders which ended without a word from their device.
    #[must_use]
    pub fn on_end(mut self, ending: Ending) -> Self {
        self.endings.push(ending);
        self
    }

    pub(super) fn ended(&self, tx: &mut Tx<'_>, ended: &Ended) -> Result<(), DbError> {
        self.endings.iter().try_for_each(|ending| ending(tx, ended))
    }

    fn take(&self, tx: &mut Tx<'_>, reporter: &Reporter, event: &Event) -> Result<(), DbError> {
        if !sql::first_time(tx, reporter.device, event.id)? {
            return Ok(());
        }
        follow(tx, reporter, event)?;
        self.sinks.iter().try_for_each(|sink| sink(tx, reporter, event))
    }
}

/// Records a delivery, all of it in one unit. When one of the events cannot be recorded for a reason of its own, the
/// others are, one by one, and that one is noted in the log and not asked for again: it would block the rest for ever.
pub(super) async fn record(app: &App, device: DeviceId, events: Vec<Event>) -> Result<Delivery, DbError> {
    let events = Arc::new(events);
    match unit(app, device, Arc::clone(&events), None).await {
        Ok(delivery) => Ok(delivery),
        Err(error @ DbError::Unavailable(_)) => Err(error),
        Err(_) => one_by_one(app, device, events).await,
    }
}

async fn one_by_one(app: &App, device: DeviceId, events: Arc<Vec<Event>>) -> Result<Delivery, DbError> {
    let mut recorded = Vec::new();
    for at in 0..events.len() {
        match unit(app, device, Arc::clone(&events), Some(at)).await {
            Ok(Delivery::Recorded(ids)) => recorded.extend(ids),
            Ok(Delivery::Refused) => return Ok(Delivery::Refused),
            Err(error @ DbError::Unavailable(_)) => return Err(error),
            Err(error) => {
                tracing::error!(%error, %device, event = %events[at].id, "an event cannot be recorded");
                recorded.push(events[at].id);
            }
        }
    }
    Ok(Delivery::Recorded(recorded))
}

async fn unit(
    app: &App,
    device: DeviceId,
    events: Arc<Vec<Event>>,
    only: Option<usize>,
) -> Result<Delivery, DbError> {
    let devices = app.devices.clone();
    app.db
        .write(move |mut tx| {
            let Some(standing) = store::reporting(&mut tx, device)? else {
                return tx.tidy(Housekeeping::DeviceReport, Delivery::Refused);
            };
            let reporter = Reporter {
                workspace: standing.workspace,
                device,
            };
            let wanted = only.map_or(&events[..], |at| &events[at..=at]);
            // A device managed on the spot keeps what happens there to itself; what it tells all the same is dropped.
            if standing.mode.device_reports() {
                for event in wanted {
                    devices.inbox().take(&mut tx, &reporter, event)?;
                }
            }
            let ids = wanted.iter().map(|event| event.id).collect();
            tx.tidy(Housekeeping::DeviceReport, Delivery::Recorded(ids))
        })
        .await
}

/// Brings the state of orders up to what the device says.
fn follow(tx: &mut Tx<'_>, reporter: &Reporter, event: &Event) -> Result<(), DbError> {
    let device = reporter.device;
    match &event.body {
        EventBody::ScanStarted {
            origin: Origin::Portal { order },
            ..
        } => sql::order_running(tx, device, *order),
        EventBody::ScanFinished { scan, outcome, .. } => {
            let state = match outcome {
                ScanOutcome::Completed => "done",
                ScanOutcome::Cancelled => "cancelled",
                ScanOutcome::Failed => "failed",
            };
            sql::scan_over(tx, device, *scan, state)
        }
        EventBody::QuarantineChanged {
            order: Some(order),
            failure,
            ..
        } => sql::order_over(tx, device, *order, failure.as_ref()),
        EventBody::OrderRefused { order, refusal } => sql::order_over(tx, device, *order, Some(refusal)),
        EventBody::ScanStarted { .. }
        | EventBody::Detection(_)
        | EventBody::Quarantined(_)
        | EventBody::QuarantineChanged { .. } => Ok(()),
    }
}
