//! Licences as records, for other systems and for keeping: everything but the keys, which nobody has.

use super::{Licence, store};
use crate::base::db::{DbError, Read};
use jiff::Timestamp;
use rempart_wire::LicenceId;
use serde::Serialize;

/// A licence as other systems read it.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// Its number.
    pub number: String,
    /// The code of what it is for.
    pub product: String,
    /// `subscription`, `one_off` or `trial`.
    pub kind: &'static str,
    /// How it stands; see the API.
    pub state: &'static str,
    /// Devices it is for.
    pub seats: u64,
    /// Devices that hold a seat.
    pub seats_used: u64,
    /// Calendar months of its period.
    pub months: u32,
    /// The last group of its key.
    pub key_end: Option<String>,
    /// The e-mail address of its owner.
    pub owner: Option<String>,
    /// The name of the workspace it is attached to.
    pub workspace: Option<String>,
    /// Who sold it.
    pub reseller_name: Option<String>,
    /// How to reach them.
    pub reseller_contact: Option<String>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Until when its key can be typed.
    pub redeem_by: Option<Timestamp>,
    /// When its period began.
    pub first_assigned_at: Option<Timestamp>,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
}

impl Record {
    /// The names of the cells.
    pub const COLUMNS: [&str; 16] = [
        "number",
        "product",
        "kind",
        "state",
        "seats",
        "seats_used",
        "months",
        "key_end",
        "owner",
        "workspace",
        "reseller_name",
        "reseller_contact",
        "issued_at",
        "redeem_by",
        "first_assigned_at",
        "expires_at",
    ];

    pub(super) fn new(licence: Licence, now: Timestamp, issued_at: Timestamp, owner: Option<String>) -> Self {
        Self {
            state: licence.state(now).as_str(),
            number: licence.number,
            product: licence.product.to_string(),
            kind: licence.kind.as_str(),
            seats: licence.seats,
            seats_used: licence.seats_used,
            months: licence.term_months,
            key_end: licence.key_end,
            owner,
            workspace: licence.workspace_name,
            reseller_name: licence.reseller_name,
            reseller_contact: licence.reseller_contact,
            issued_at,
            redeem_by: licence.redeem_by,
            first_assigned_at: licence.first_assigned_at,
            expires_at: licence.expires_at,
        }
    }

    /// The record as cells, in the order of the columns.
    #[must_use]
    pub fn cells(&self) -> [String; 16] {
        let some = |text: &Option<String>| text.clone().unwrap_or_default();
        let when = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        [
            self.number.clone(),
            self.product.clone(),
            self.kind.to_owned(),
            self.state.to_owned(),
            self.seats.to_string(),
            self.seats_used.to_string(),
            self.months.to_string(),
            some(&self.key_end),
            some(&self.owner),
            some(&self.workspace),
            some(&self.reseller_name),
            some(&self.reseller_contact),
            self.issued_at.to_string(),
            when(self.redeem_by),
            when(self.first_assigned_at),
            when(self.expires_at),
        ]
    }
}

/// Up to 1,000 licences after one, in the order they were issued, and where to go on.
///
/// # Errors
/// Whatever the engine says.
pub fn export(
    r: &mut impl Read,
    after: Option<LicenceId>,
    now: Timestamp,
) -> Result<(Vec<Record>, Option<LicenceId>), DbError> {
    let found = store::find::after(r, after)?;
    let next = (found.len() == 1000)
        .then(|| found.last().map(|(licence, _, _)| licence.id))
        .flatten();
    let records = found
        .into_iter()
        .map(|(licence, issued_at, owner)| Record::new(licence, now, issued_at, owner));
    Ok((records.collect(), next))
}
