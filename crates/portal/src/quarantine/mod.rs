//! Files that agents took out of harm's way, restorable exactly.
//!
//! Always true: the file is on its device; here is what the device said about it. An item leaves the quarantine only
//! when its device says so: until then it is *restoring* or *deleting*, and when that fails it is held as before, with
//! the reason. Restored and deleted are final.

mod act;
mod delete;
mod list;
mod panel;
mod record;
mod restore;
mod show;
mod state;
mod store;
mod view;

pub use panel::panel;
pub use record::{ended, record};
pub use state::ItemState;
pub use store::{Held, held};
pub use view::QuarantineItem;

use crate::base::{
    authz::Action,
    web::{Access, Routes},
};
use utoipa_axum::routes;

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let see = Access::Workspace(Action::SeeProtection);
    let manage = Access::Workspace(Action::ManageProtection);
    routes
        .api(see, routes!(list::api))
        .api(see, routes!(show::api))
        .api(manage, routes!(restore::api))
        .api(manage, routes!(delete::api))
        .get("/workspaces/{workspace}/quarantine", see, list::page)
        .get(
            "/workspaces/{workspace}/quarantine/restore",
            manage,
            restore::form,
        )
        .post(
            "/workspaces/{workspace}/quarantine/restore",
            manage,
            restore::page,
        )
        .get("/workspaces/{workspace}/quarantine/delete", manage, delete::form)
        .post("/workspaces/{workspace}/quarantine/delete", manage, delete::page)
        .get("/workspaces/{workspace}/quarantine/{item}", see, show::page)
}
