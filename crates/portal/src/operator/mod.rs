//! What the server's operators see of it: whether it is well and how much it carries. Never what is in a workspace.

mod show;
mod store;

use crate::base::web::{Access, Routes};
use utoipa_axum::routes;

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .api(Access::Operator, routes!(show::api))
        .get("/operator", Access::Operator, show::page)
}
