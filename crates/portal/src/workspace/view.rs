use super::{KEPT, store::Membership};
use crate::{
    base::lang::Lang,
    licence::{Licence, LicenceView, words::Card},
};
use jiff::Timestamp;
use rempart_wire::WorkspaceId;
use serde::Serialize;
use utoipa::ToSchema;

/// A workspace as one of its members sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Workspace)]
pub(super) struct WorkspaceView {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: WorkspaceId,
    /// Its name, unique on this portal.
    pub name: String,
    /// `local_and_remote`, `local_only` or `remote_only`.
    pub mode: &'static str,
    /// What you are there: `primary_owner`, `admin`, `protection_manager`, `billing_contact` or `viewer`.
    pub role: &'static str,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// The licence it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<LicenceView>,
    /// When it was deleted.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// Until when its deletion can be undone.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restorable_until: Option<Timestamp>,
    /// The licence as pages show it.
    #[serde(skip)]
    #[schema(ignore)]
    pub card: Option<Card>,
}

impl WorkspaceView {
    pub(super) fn new(l: Lang, found: &Membership, licence: Option<&Licence>, now: Timestamp) -> Self {
        Self {
            id: found.id,
            name: found.name.clone(),
            mode: found.mode.as_str(),
            role: found.role.as_str(),
            created_at: found.created_at,
            licence: licence.map(|licence| LicenceView::new(licence, now)),
            deleted_at: found.deleted_at,
            restorable_until: found.deleted_at.and_then(|at| at.saturating_add(KEPT).ok()),
            card: licence.map(|licence| Card::new(l, licence, now)),
        }
    }
}
