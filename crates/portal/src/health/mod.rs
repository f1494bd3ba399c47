//! Whether the server lives and can work: `/healthz` answers as long as the process does, `/readyz` once the database
//! answers too. Neither says anything else, and both need no credentials.

use crate::{
    app::App,
    base::{
        error::Fault,
        web::{Access, Routes},
    },
};
use axum::extract::State;

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/healthz", Access::Anybody, live)
        .get("/readyz", Access::Anybody, ready)
}

async fn live() -> &'static str {
    std::future::ready("ok\n").await
}

async fn ready(State(app): State<App>) -> Result<&'static str, Fault> {
    app.db.ping().await?;
    Ok("ready\n")
}
