//! The keys this server signs with: licence files, and every answer of the validation API.
//!
//! Always true: there is exactly one current key, made at first start; a key that was replaced signs nothing any more and
//! stays published, so that files already out stay good; the secret half of a key is in the database under the seal of
//! `server.key` only, and in no answer, page, log or audit line. A key's id follows from the key.
//!
//! A file is given to whoever owns the licence or manages it in its workspace, while the licence is good: what is
//! suspended, revoked or expired gets none.

mod file;
mod keys;
mod payload;
mod rotate;
mod signer;
mod store;
#[cfg(test)]
mod tests;

use crate::{
    app::App,
    base::{
        error::Fault,
        web::{Access, Routes},
    },
};
use utoipa_axum::routes;

pub use file::{Ask, Written, grantable, write};
pub use keys::{KeyView, list, public};
pub use payload::{Heartbeat, Machine, entitlement_objects, licence_object, machine_object};
pub use rotate::rotate;
pub use signer::{Signer, State, signer};

/// Makes the first key, when there is none.
///
/// # Errors
/// When the database cannot be used.
pub async fn prepare(app: &App) -> Result<(), Fault> {
    signer::prepare(app).await
}

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .api(Access::Anybody, routes!(keys::api))
        .api(Access::Operator, routes!(rotate::api))
        .api(Access::SignedIn, routes!(file::door::api))
        .get("/operator/issuer", Access::Operator, rotate::form)
        .post("/operator/issuer", Access::Operator, rotate::page)
        .get("/licences/{licence}/file", Access::SignedIn, file::door::form)
        .post("/licences/{licence}/file", Access::SignedIn, file::door::page)
}
