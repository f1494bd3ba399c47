use super::{GRACE, Licence, State};
use jiff::Timestamp;
use rempart_wire::{LicenceId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;

/// A licence.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Licence)]
pub struct LicenceView {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: LicenceId,
    /// Its number, for talking about it: `RB-2027-4839-2074`. Not the key.
    pub number: String,
    /// The code of what it is for: `Business`.
    pub product: String,
    /// What that is called: `Rempart Business`.
    pub product_name: String,
    /// `subscription`, `one_off` or `trial`.
    pub kind: &'static str,
    /// `unstarted`, `active`, `trial`, `expiring`, `grace`, `expired`, `suspended`, `revoked` or `merged`.
    pub state: &'static str,
    /// Whole days left, rounded up, while it is `trial` or `expiring`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_left: Option<u64>,
    /// Devices it is for.
    pub seats: u64,
    /// Devices that hold a seat.
    pub seats_used: u64,
    /// Length of its period, in calendar months, from when it is first attached; 0 for a trial.
    pub term_months: u32,
    /// Whether it renews by itself.
    pub auto_renew: bool,
    /// Its key with all but the last group hidden; the rest is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Who sold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reseller: Option<Reseller>,
    /// Where it is attached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<Attached>,
    /// When it was first attached.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_assigned_at: Option<Timestamp>,
    /// When its period ends.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Until when nothing changes although it has expired.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grace_ends_at: Option<Timestamp>,
}

/// Who sold a licence.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reseller {
    /// Their name.
    pub name: String,
    /// How to reach them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// The workspace a licence is attached to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicenceAttached)]
pub struct Attached {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
}

impl LicenceView {
    /// The licence as it stands at `now`.
    #[must_use]
    pub fn new(licence: &Licence, now: Timestamp) -> Self {
        let state = licence.state(now);
        Self {
            id: licence.id,
            number: licence.number.clone(),
            product: licence.product.to_string(),
            product_name: licence.product_name.clone(),
            kind: licence.kind.as_str(),
            state: state.as_str(),
            days_left: match state {
                State::Trial { days } | State::Expiring { days } => Some(days),
                _ => None,
            },
            seats: licence.seats,
            seats_used: licence.seats_used,
            term_months: licence.term_months,
            auto_renew: licence.auto_renew,
            key: licence.masked_key(),
            reseller: licence.reseller_name.clone().map(|name| Reseller {
                name,
                contact: licence.reseller_contact.clone(),
            }),
            workspace: licence.workspace.map(|id| Attached {
                id,
                name: licence.workspace_name.clone().unwrap_or_default(),
            }),
            first_assigned_at: licence.first_assigned_at,
            expires_at: licence.expires_at,
            grace_ends_at: licence.expires_at.and_then(|end| end.saturating_add(GRACE).ok()),
        }
    }
}
