//! What a licence's product asks of machines, and what it allows.

use crate::{
    base::db::{DbError, Read},
    product::{self, Entitlement, ProductCode},
};

/// The product's say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Policy {
    /// Seconds a heartbeat lasts, where anything depends on it.
    pub heartbeat: Option<u64>,
    /// Whether a machine that is not heard is refused.
    pub heartbeat_required: bool,
    /// What it allows, by code.
    pub entitlements: Vec<Entitlement>,
}

impl Policy {
    pub(super) fn of(r: &mut impl Read, product: &ProductCode) -> Result<Self, DbError> {
        let Some(product) = product::find(r, product)? else {
            return Ok(Self::default());
        };
        let beat = product.heartbeat;
        Ok(Self {
            heartbeat: (beat.required || beat.frees_seat).then_some(u64::from(beat.seconds)),
            heartbeat_required: beat.required,
            entitlements: product.entitlements,
        })
    }
}
