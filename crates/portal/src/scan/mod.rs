//! Runs of the scanner on devices.
//!
//! Always true: a scan belongs to one device; what the device says about it wins over what the portal assumed; a device
//! can only speak of its own scans. A scan that was asked for here and that no device took within a day is expired,
//! never forgotten.

mod cancel;
mod expire;
mod list;
mod panel;
mod record;
mod show;
mod start;
mod state;
mod store;
mod target;
mod view;

#[cfg(test)]
pub(crate) mod testing;

pub use panel::panel;
pub use record::{ended, record};
pub use state::ScanState;
pub use store::{any_since, open_count};
pub use target::Target;
pub use view::Scan;

use crate::base::{
    authz::Action,
    job::Jobs,
    web::{Access, Routes},
};
use jiff::SignedDuration;
use utoipa_axum::routes;

/// How long a device has to take an order about a scan.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let see = Access::Workspace(Action::SeeProtection);
    let manage = Access::Workspace(Action::ManageProtection);
    routes
        .api(see, routes!(list::api))
        .api(manage, routes!(start::api))
        .api(see, routes!(show::api))
        .api(manage, routes!(cancel::api))
        .get("/workspaces/{workspace}/scans", see, list::page)
        .get("/workspaces/{workspace}/scans/new", manage, start::form)
        .post("/workspaces/{workspace}/scans/new", manage, start::page)
        .get("/workspaces/{workspace}/scans/{scan}", see, show::page)
        .get(
            "/workspaces/{workspace}/scans/{scan}/progress",
            see,
            show::fragment,
        )
        .post(
            "/workspaces/{workspace}/scans/{scan}/cancel",
            manage,
            cancel::page,
        )
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(expire::JOB, expire::run)
}
