//! A machine whose heartbeat stopped gives its seat back, where its product says so, and nowhere else. One that comes back
//! is activated again, as long as there is a seat.

use super::store;
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        db::{DbError, Tx},
        job::JobError,
    },
    licence,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::pin::Pin;

/// The kind of the job.
pub(super) const JOB: &str = "activation.heartbeat";
/// Between two looks.
const EVERY: SignedDuration = SignedDuration::from_mins(1);

/// Makes sure that somebody looks. Called whenever a machine is activated.
pub(super) fn plan(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let next = tx.now().saturating_add(EVERY).unwrap_or(Timestamp::MAX);
    tx.enqueue_once(JOB, next)
}

/// Looks, and plans the next look while there is any machine.
pub(super) fn run(app: App, _: Value) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let now = app.clock.now();
        let dead = app.db.read::<_, DbError, _>(move |r| store::dead(r, now)).await?;
        for one in dead {
            lose(&app, one).await?;
        }
        app.db
            .write::<_, DbError, _>(|mut tx| {
                if store::any_at_all(&mut tx)? {
                    plan(&mut tx)?;
                }
                tx.tidy(Housekeeping::Job, ())
            })
            .await?;
        Ok(())
    })
}

/// Takes one away, unless it was heard meanwhile.
async fn lose(app: &App, one: store::Dead) -> Result<(), DbError> {
    app.db
        .write(move |mut tx| {
            licence::lock_seats(&mut tx, one.licence)?;
            if !store::delete_unheard(&mut tx, &one)? {
                return tx.tidy(Housekeeping::Job, ());
            }
            licence::count_seats(&mut tx, one.licence)?;
            let event = AuditEvent::new(AuditActor::Server, "machine.heartbeat_dead")
                .on("licence", one.licence)
                .with(json!({ "machine": one.id, "fingerprint": one.fingerprint, "last": one.heard_at }));
            let event = match one.workspace {
                Some(workspace) => event.in_workspace(workspace),
                None => event,
            };
            tx.commit(event, ())
        })
        .await
}
