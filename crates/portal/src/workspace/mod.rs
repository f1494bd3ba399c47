//! Tenants: one company, household or customer.
//!
//! Always true: a workspace has exactly one primary owner; its name is unique on this portal, ignoring case, accents,
//! width and repeated spaces, decided by the database; it has at most one licence.

mod store;

use crate::base::{job::Jobs, web::Routes};

pub use store::nav;

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs
}
