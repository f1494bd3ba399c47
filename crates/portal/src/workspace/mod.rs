//! Tenants: one company, household or customer.
//!
//! Always true: a workspace has exactly one primary owner; its name is unique on this portal, ignoring case, accents,
//! width and repeated spaces, decided by the database; it has at most one licence.

use crate::base::{job::Jobs, web::Routes};

pub use crate::base::authz::nav;

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
