//! The workspace's first page: how its devices are, what was found, what to do next.
//!
//! Always true: it only reads. Every number links to the list it counts, and what is to be done follows from facts, so
//! that the page, the API and two people looking at once see the same.

mod chart;
mod facts;
mod happened;
mod show;
mod store;
mod todo;

use crate::base::{
    authz::Action,
    web::{Access, Routes},
};
use utoipa_axum::routes;

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .api(Access::Workspace(Action::SeeProtection), routes!(show::api))
        .get(
            "/workspaces/{workspace}",
            Access::Workspace(Action::SeeWorkspace),
            show::page,
        )
}
