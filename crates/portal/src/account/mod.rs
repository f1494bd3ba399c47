//! People who can sign in.
//!
//! Always true: an address belongs to one account, compared without case; passwords are kept as Argon2id hashes, tokens
//! as SHA-256 hashes; an unknown address and a wrong password get the same answer in the same time.

mod language;
mod store;

use crate::base::{
    job::Jobs,
    web::{Access, Routes},
};
use utoipa_axum::routes;

/// What this slice keeps in memory.
#[derive(Debug, Default)]
pub struct State {}

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes.api(Access::SignedIn, routes!(language::api)).post(
        "/account/language",
        Access::SignedIn,
        language::page,
    )
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs
}
