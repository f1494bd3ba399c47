//! Once a day what has expired is cleared away: sessions, links, sign-ups that nobody confirmed. None of it worked any
//! more.

use super::store;
use crate::{
    app::App,
    base::{audit::Housekeeping, db::DbError, job::JobError},
};
use jiff::SignedDuration;
use std::{future::Future, pin::Pin};

/// The kind of the job.
pub(super) const JOB: &str = "account.expire";
const EVERY: SignedDuration = SignedDuration::from_hours(24);

/// Sees to it that the job is waiting for its time.
pub(super) async fn schedule(app: &App) -> Result<(), DbError> {
    app.db
        .write(|mut tx| {
            let at = super::later(tx.now(), EVERY);
            tx.enqueue_once(JOB, at)?;
            tx.tidy(Housekeeping::Job, ())
        })
        .await
}

/// The job.
pub(super) fn run(
    app: App,
    _: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let cleared = app.db.write::<_, DbError, _>(|mut tx| {
            store::expire(&mut tx)?;
            tx.tidy(Housekeeping::Expiry, ())
        });
        cleared.await?;
        Ok(schedule(&app).await?)
    })
}

#[cfg(test)]
mod tests {
    use crate::base::testing::scenes;
    use jiff::SignedDuration;

    scenes! {
        async fn what_has_expired_is_gone_the_next_day_and_the_day_after(scene: Scene) {
            let visitor = scene.visitor();
            for day in 1..=3 {
                let email = format!("nobody{day}@example.org");
                visitor.post("/sign-up", &[
                    ("email", &email), ("name", "Nobody"), ("password", "quatre gros hérissons timides"),
                ]).await.leads_to("/sign-up/sent");
                assert_eq!(scene.number("select count(*) from sign_up").await, 1, "day {day}");
                scene.work().await;
                scene.pass(SignedDuration::from_hours(25));
                scene.work().await;
                assert_eq!(scene.number("select count(*) from sign_up").await, 0, "day {day}");
                assert_eq!(scene.number("select count(*) from job where kind = 'account.expire'").await, 1);
            }
        }

        async fn what_is_still_good_stays(scene: Scene) {
            let camille = scene.person("camille").await;
            scene.pass(SignedDuration::from_hours(25));
            scene.work().await;
            camille.get("/account").await.status(200);
        }
    }
}
