//! What devices found: one file matched by one rule.
//!
//! Always true: a detection is a fact the device reported and is never changed; what became of the file is the
//! quarantine item's story. A device's clock is not believed when it is ahead of ours.

mod action;
mod list;
mod panel;
mod record;
mod store;
mod view;

pub use action::Action;
pub use panel::panel;
pub use record::record;
pub use store::{DayCount, Finding, Unsettled, findings, latest, of_scan, per_day, unsettled};
pub use view::Detection;

use crate::base::{
    authz,
    web::{Access, Routes},
};
use utoipa_axum::routes;

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let see = Access::Workspace(authz::Action::SeeProtection);
    routes
        .api(see, routes!(list::api))
        .get("/workspaces/{workspace}/detections", see, list::page)
}
