use super::store;
use crate::{app::App, base::db::DbError};
use jiff::SignedDuration;
use rempart_wire::JobId;
use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio::sync::Notify;

/// Why a job failed; for the log and the operator, never for a visitor.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct JobError(pub String);

impl From<DbError> for JobError {
    fn from(error: DbError) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for JobError {
    fn from(error: serde_json::Error) -> Self {
        Self(error.to_string())
    }
}

/// Runs jobs of one kind, given the payload that was enqueued.
pub type Handler = fn(App, serde_json::Value) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;

/// Attempts before a job is given up: with the pauses below, about a day.
const ATTEMPTS: u64 = 12;
const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// The kinds of jobs there are, and the loop that runs them.
#[derive(Clone, Default)]
pub struct Jobs {
    handlers: HashMap<&'static str, Handler>,
    wake: Arc<Notify>,
}

impl Jobs {
    /// Adds a kind.
    #[must_use]
    pub fn on(mut self, kind: &'static str, handler: Handler) -> Self {
        self.handlers.insert(kind, handler);
        self
    }

    /// Makes the runner look now.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Runs jobs until the future is dropped. Sleeps until one is due or somebody calls [`Jobs::wake`]; looks every
    /// second at the latest, for jobs another portal wrote.
    pub async fn run(&self, app: &App) {
        loop {
            match self.run_due(app).await {
                Ok(0) => {}
                Ok(_) => continue,
                Err(error) => tracing::error!(%error, "jobs cannot be read"),
            }
            let now = app.clock.now();
            let due = app.db.read(|r| store::next_due(r)).await.ok().flatten();
            let pause = due.map_or(Duration::from_secs(1), |due| {
                Duration::try_from(due.duration_since(now))
                    .unwrap_or_default()
                    .min(Duration::from_secs(1))
            });
            tokio::select! {
                () = tokio::time::sleep(pause.max(Duration::from_millis(5))) => {}
                () = self.wake.notified() => {}
            }
        }
    }

    /// Runs everything that is due now; how many jobs ran.
    ///
    /// # Errors
    /// When the database cannot be used. A job's own failure is recorded, not returned.
    pub async fn run_due(&self, app: &App) -> Result<usize, DbError> {
        let mut ran = 0;
        while app
            .db
            .read(|r| store::next_due(r))
            .await?
            .is_some_and(|due| due <= app.clock.now())
        {
            let Some(job) = app.db.write(|tx| store::claim(tx, LEASE)).await? else {
                break;
            };
            let outcome = self.handle(app, &job).await;
            ran += 1;
            self.record(app, job.id, job.attempts, &job.kind, outcome).await?;
        }
        Ok(ran)
    }

    async fn handle(&self, app: &App, job: &store::Claimed) -> Result<(), JobError> {
        let handler = self
            .handlers
            .get(job.kind.as_str())
            .ok_or_else(|| JobError(format!("no handler for jobs of kind {}", job.kind)))?;
        handler(app.clone(), serde_json::from_str(&job.payload)?).await
    }

    async fn record(
        &self,
        app: &App,
        id: JobId,
        attempts: u64,
        kind: &str,
        outcome: Result<(), JobError>,
    ) -> Result<(), DbError> {
        let Err(error) = outcome else {
            return app.db.write(move |tx| store::finish(tx, id)).await;
        };
        let retry_at = (attempts < ATTEMPTS).then(|| {
            let pause = SignedDuration::from_secs(5 << attempts.min(14));
            app.clock.now().saturating_add(pause).unwrap_or(app.clock.now())
        });
        tracing::warn!(%error, kind, attempts, dead = retry_at.is_none(), "a job failed");
        app.db
            .write(move |tx| store::fail(tx, id, &error.0, retry_at))
            .await
    }
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.handlers.keys()).finish()
    }
}
