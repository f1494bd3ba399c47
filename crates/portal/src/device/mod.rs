//! Enrolled computers of workspaces, what they are told, and what they tell.
//!
//! Always true: a device is enrolled with a seat or not at all, decided in one transaction; it signs in with a credential
//! of its own, on a machine that proves it holds the device's key; a retired device holds no seat and no credential. What
//! a device is now (connected, offline) is known in memory and written in batches, never a row for a heartbeat.

#![expect(
    dead_code,
    reason = "the device plane that uses the rest comes with the next step"
)]

mod admit;
mod counts;
mod enrol;
mod health;
pub mod inbox;
mod link;
mod memory;
pub mod order;
mod presence;
mod settings;
mod store;
mod words;

use crate::base::{
    db::Db,
    job::Jobs,
    web::{Access, Routes},
};

pub use counts::{Counts, OFFLINE_AFTER, counts, name};
pub use inbox::{Ended, How, Inbox, Reporter};
pub use memory::Devices;

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes.get(rempart_opamp::DEFAULT_PATH, Access::Device, link::open)
}

/// Passes what commits signal on to connected devices.
pub fn listen(db: &Db, devices: &Devices) {
    let devices = devices.clone();
    db.listen(move |signal| link::pass_on(&devices, signal));
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(order::EXPIRY, order::expire)
}
