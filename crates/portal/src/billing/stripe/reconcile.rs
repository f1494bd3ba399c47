//! Once a day, and at every start, the provider is asked what happened since it was last asked, so that what it told
//! nobody, or while nobody listened, is caught up. It keeps thirty days.

use super::{
    align, hook,
    look::{self, Object},
    store::{event, renewal, subscription},
};
use crate::{
    app::App,
    base::{audit::Housekeeping, db::DbError, error::Fault, job::JobError},
};
use jiff::{SignedDuration, Timestamp};

/// The kind of the job that comes back every day.
pub(super) const JOB: &str = "payment.reconcile";
/// The kind of the job of a start.
pub(super) const CATCH_UP: &str = "payment.catch_up";
const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// Events may be listed a little after they happened.
const OVERLAP: SignedDuration = SignedDuration::from_hours(1);
/// Longer than the provider delivers an event again.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24 * 60);

/// Sees to it that the job of tomorrow is waiting, and at a start that of now.
pub(super) async fn schedule(app: &App, starts: bool) -> Result<(), DbError> {
    if !app.payments.is_configured() {
        return Ok(());
    }
    app.db
        .write(move |mut tx| {
            let now = tx.now();
            tx.enqueue_once(JOB, now.saturating_add(EVERY).unwrap_or(now))?;
            if starts {
                tx.enqueue_once(CATCH_UP, now)?;
            }
            tx.tidy(Housekeeping::Job, ())
        })
        .await
}

fn before(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Reads what happened; how many events were new.
pub(super) async fn run(app: &App) -> Result<usize, Fault> {
    let client = app.payments.client()?;
    let begun = app.clock.now();
    let read_until = app.db.read(|r| event::read_until(r)).await?;
    let since = before(read_until.unwrap_or(begun), OVERLAP);
    let mut happened = client.events_since(since.as_second()).await?;
    happened.sort_by_key(|event| event.created);
    app.db
        .write(move |mut tx| {
            let mut new = 0;
            for event in &happened {
                new += usize::from(hook::note(&mut tx, event)?);
            }
            // What happened before the provider's memory is found on the objects themselves.
            for id in subscription::all_live(&mut tx)? {
                let kind = "subscription".to_owned();
                tx.enqueue(look::JOB, &Object { kind, id }, None)?;
            }
            for licence in renewal::all_wanted(&mut tx)? {
                tx.enqueue(align::JOB, &licence, None)?;
            }
            event::set_read_until(&mut tx, begun)?;
            let forgotten = before(tx.now(), REMEMBERED);
            event::forget(&mut tx, forgotten)?;
            Ok(tx.tidy(Housekeeping::ProviderEvent, new)?)
        })
        .await
}

/// The job of every day. One that failed is tried again by itself, and tomorrow's comes all the same.
pub(super) fn daily(app: App, _: serde_json::Value) -> look::Job {
    Box::pin(async move {
        schedule(&app, false).await?;
        catch_up(&app).await
    })
}

/// The job of a start.
pub(super) fn at_start(app: App, _: serde_json::Value) -> look::Job {
    Box::pin(async move { catch_up(&app).await })
}

async fn catch_up(app: &App) -> Result<(), JobError> {
    let new = run(app).await.map_err(look::failed)?;
    tracing::info!(new, "read what happened at the payment provider");
    Ok(())
}
