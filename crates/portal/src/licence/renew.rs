//! Whether a licence renews by itself. Only who charges for it says so; one that does is a subscription from then on.

use super::store;
use crate::base::db::{DbError, Tx};
use rempart_wire::LicenceId;

/// Says whether a licence renews by itself from now on; whether that is new. Its terms stay as they are, so what was
/// previewed still stands.
///
/// # Errors
/// Whatever the engine says.
pub fn set_auto_renew(tx: &mut Tx<'_>, licence: LicenceId, renews: bool) -> Result<bool, DbError> {
    store::write::set_auto_renew(tx, licence, renews)
}
