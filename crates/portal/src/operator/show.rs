//! The operator's look at the server: its version, its database, how much it carries, and the work it had to give up.

use super::store;
use crate::base::{
    authz,
    db::Engine,
    error::Fault,
    web::{Cx, Frame, Here, Json, Problems, render},
};
use askama::Template;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Server {
    /// Its version.
    version: &'static str,
    /// `sqlite` or `postgresql`.
    database: &'static str,
    /// Whether mail leaves by SMTP; otherwise it lands in the outbox folder.
    smtp: bool,
    /// People who can sign in.
    accounts: u64,
    /// Workspaces, without those deleted.
    workspaces: u64,
    /// Devices, without those retired.
    devices: u64,
    /// Jobs that wait for their time, or run.
    jobs_waiting: u64,
    /// Jobs that were given up after about a day of trying.
    jobs_dead: u64,
    /// The newest of those given up, at most 20.
    dead_jobs: Vec<DeadJob>,
}

/// A job that was given up.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeadJob {
    /// What it was to do.
    kind: String,
    /// How often it was tried.
    attempts: u64,
    /// What went wrong the last time.
    error: String,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

pub(super) async fn run(cx: &Cx) -> Result<Server, Fault> {
    authz::operator(cx.caller()?)?;
    let read = cx
        .app
        .db
        .read(|r| Ok::<_, Fault>((store::counts(r)?, store::dead_jobs(r)?)));
    let (counts, dead) = read.await?;
    let dead = dead.into_iter().map(|job| DeadJob {
        kind: job.kind,
        attempts: job.attempts,
        error: job.last_error,
        created_at: job.created_at,
    });
    Ok(Server {
        version: env!("CARGO_PKG_VERSION"),
        database: match cx.app.db.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgresql",
        },
        smtp: cx.app.config.smtp_url.is_some(),
        accounts: counts.accounts,
        workspaces: counts.workspaces,
        devices: counts.devices,
        jobs_waiting: counts.jobs_waiting,
        jobs_dead: counts.jobs_dead,
        dead_jobs: dead.collect(),
    })
}

/// How the server is: version, database, how much it carries, jobs given up. For operators.
#[utoipa::path(get, path = "/api/v1/operator/server", responses((status = 200, body = Server), Problems))]
pub(super) async fn api(cx: Cx) -> Result<Json<Server>, Fault> {
    run(&cx).await.map(Json)
}

#[derive(Template)]
#[template(path = "operator/show.html")]
struct Page {
    frame: Frame,
    server: Server,
    url: String,
}

impl Page {
    fn number(&self, number: &u64) -> String {
        self.frame.l.number(*number)
    }
    fn when(&self, at: &Timestamp) -> String {
        self.frame.l.date_time(*at)
    }
}

pub(super) async fn page(cx: Cx) -> Result<Response, Fault> {
    let server = run(&cx).await?;
    render(&Page {
        frame: Frame::new(&cx, Here::Operator),
        server,
        url: cx.app.config.public_url.clone(),
    })
}

#[cfg(test)]
mod tests {
    use crate::base::testing::scenes;
    use jiff::SignedDuration;

    scenes! {
        async fn the_operator_sees_how_much_the_server_carries(scene: Scene) {
            let operator = scene.operator().await;
            let camille = scene.person("camille").await;
            scene.workspace(&camille, "Atelier", rempart_wire::ManagementMode::LocalAndRemote).await;
            operator.get("/operator").await.status(200).shows("Exploitation").shows(env!("CARGO_PKG_VERSION"));
            let key = scene.api_key(&operator).await;
            let server = scene.api(&key).get("/api/v1/operator/server").await.status(200).json();
            assert_eq!((server["accounts"].as_u64(), server["workspaces"].as_u64()), (Some(2), Some(1)));
            assert_eq!(server["jobs_dead"], 0);
        }

        async fn work_that_was_given_up_is_shown_with_its_error(scene: Scene) {
            let operator = scene.operator().await;
            scene.app.db.write::<_, crate::base::db::DbError, _>(|mut tx| {
                tx.enqueue("nobody.knows", &serde_json::json!({}), None)?;
                tx.tidy(crate::base::audit::Housekeeping::Job, ())
            }).await.unwrap();
            for _ in 0..12 {
                scene.work().await;
                scene.pass(SignedDuration::from_hours(30));
            }
            operator.get("/operator").await.shows("nobody.knows").shows("no handler for jobs of kind");
        }

        async fn nobody_else_knows_that_the_page_is_there(scene: Scene) {
            let camille = scene.person("camille").await;
            assert_eq!(camille.get("/operator").await.code, 404);
            assert!(!camille.get("/account").await.body.contains("/operator"));
        }
    }
}
