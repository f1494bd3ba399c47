//! Tenants: one company, household or customer.
//!
//! Always true: a workspace has exactly one primary owner; its name is unique on this portal, ignoring case, accents,
//! width and repeated spaces, decided by the database; it has at most one licence. A deleted workspace keeps its name and
//! everything in it for seven days; while it is deleted it has no licence and its devices are not let in.

mod change;
mod check;
mod create;
mod delete;
mod deletion;
pub mod ending;
mod home;
mod list;
mod name;
mod purge;
mod restore;
mod settings;
mod show;
mod store;
mod suggest;
#[cfg(test)]
mod tests;
mod view;

use crate::{
    app::App,
    base::{
        authz::Action,
        db::{DbError, Tx},
        job::Jobs,
        web::{Access, Routes},
    },
};
use jiff::SignedDuration;
use rempart_wire::{AccountId, ManagementMode, WorkspaceId};
use utoipa_axum::routes;

pub use crate::base::authz::nav;
pub use name::WorkspaceName;

/// How long a deleted workspace can be brought back.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Hears that a workspace gets a mode, in the transaction that decides it; named in `app.rs`.
pub type OnMode = fn(&App, &mut Tx<'_>, WorkspaceId, ManagementMode) -> Result<(), DbError>;

/// Makes a workspace, owned by `owner`.
///
/// # Errors
/// [`DbError::Unique`] of `workspace_name_key_unique`, when somebody has the name.
pub fn create(
    tx: &mut Tx<'_>,
    owner: AccountId,
    name: &WorkspaceName,
    mode: ManagementMode,
) -> Result<WorkspaceId, DbError> {
    store::insert(tx, owner, name, mode)
}

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let (see, manage, delete) = (
        Access::Workspace(Action::SeeWorkspace),
        Access::Workspace(Action::ManageWorkspace),
        Access::Workspace(Action::DeleteWorkspace),
    );
    routes
        .api(Access::SignedIn, routes!(list::api))
        .api(Access::SignedIn, routes!(create::api))
        .api(Access::SignedIn, routes!(check::api))
        .api(see, routes!(show::api))
        .api(manage, routes!(change::api))
        .api(delete, routes!(deletion::api))
        .api(delete, routes!(delete::api))
        .api(
            Access::DeletedWorkspace(Action::DeleteWorkspace),
            routes!(restore::api),
        )
        .get("/workspaces", Access::SignedIn, home::page)
        .post("/workspaces", Access::SignedIn, home::create_page)
        .get("/workspaces/new", Access::SignedIn, home::new)
        .get("/workspaces/name-check", Access::SignedIn, home::checked)
        .get("/workspaces/{workspace}/settings", see, settings::page)
        .post("/workspaces/{workspace}/rename", manage, settings::rename_page)
        .get("/workspaces/{workspace}/mode", manage, settings::mode_form)
        .post("/workspaces/{workspace}/mode", manage, settings::mode_page)
        .get("/workspaces/{workspace}/delete", delete, settings::delete_form)
        .post("/workspaces/{workspace}/delete", delete, settings::delete_page)
        .post(
            "/workspaces/{workspace}/restore",
            Access::DeletedWorkspace(Action::DeleteWorkspace),
            home::restore_page,
        )
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(purge::JOB, purge::run)
}
