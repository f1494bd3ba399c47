//! Enrolled computers of workspaces, what they are told, and what they tell.
//!
//! Always true: a device is enrolled with a seat or not at all, decided in one transaction; it signs in with a credential
//! of its own, on a machine that proves it holds the device's key; a retired device holds no seat and no credential. What
//! a device is now (connected, offline) is known in memory and written in batches, never a row for a heartbeat.

#![expect(
    dead_code,
    reason = "the device plane that uses the rest comes with the next step"
)]

mod counts;
pub mod inbox;
mod memory;
pub mod order;
mod store;

use crate::base::{job::Jobs, web::Routes};

pub use counts::{Counts, OFFLINE_AFTER, counts, name};
pub use inbox::{Ended, How, Inbox, Reporter};
pub use memory::Devices;

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(order::EXPIRY, order::expire)
}
