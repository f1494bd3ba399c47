//! What deleting a workspace would do, with counts: to its devices, its files in quarantine, its members, and above all to
//! its licence. Asking changes nothing.

use super::{KEPT, store};
use crate::{
    base::{
        authz::{self, Grant, may},
        error::{Code, Fault},
        web::{Cx, Json, Params, Problems},
    },
    billing, licence,
};
use jiff::Timestamp;
use rempart_wire::{LicenceId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;

/// What deleting a workspace would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = WorkspaceDeletion)]
pub(super) struct Deletion {
    /// Its name, to be typed as a confirmation.
    pub name: String,
    /// Devices that are not let in any more; each keeps protecting its computer with the rules it has.
    pub devices: u64,
    /// Files in quarantine; they stay on their devices.
    pub held: u64,
    /// People who lose access, whoever deletes it among them.
    pub members: u64,
    /// Until when all of it could be brought back.
    #[schema(value_type = String, format = DateTime)]
    pub restorable_until: Timestamp,
    /// What becomes of its licence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<Freed>,
}

/// What becomes of the licence of a workspace that is deleted. A trial stops with it; any other is a personal licence of its
/// owner again, and its period goes on.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = WorkspaceDeletionLicence)]
pub(super) struct Freed {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: LicenceId,
    /// Its number.
    pub number: String,
    /// What it is for: `Rempart Business`.
    pub product_name: String,
    /// Whether it is the workspace's trial.
    pub trial: bool,
    /// Whether it is yours.
    pub yours: bool,
    /// Devices that lose their seats.
    pub devices_without_seat: u64,
    /// Machines that keep theirs, and are not validated while it is attached nowhere.
    pub machines: u64,
    /// When it expires, whatever happens to the workspace.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Whether it goes on renewing by itself, and being charged for.
    pub renews: bool,
    /// The reference of the order that goes on waiting to be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_order: Option<String>,
}

impl Freed {
    /// `Rempart Business RB-2027-4839-2074`.
    pub(super) fn named(&self) -> String {
        format!("{} {}", self.product_name, self.number)
    }
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId) -> Result<Deletion, Fault> {
    let (caller, now) = (cx.caller()?, cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let grant: Grant<may::DeleteWorkspace> = authz::grant(r, caller, workspace)?;
            let found = store::find(r, grant.account, workspace)?.ok_or(Code::NotFound)?;
            let contents = store::contents(r, workspace)?;
            let licence = match licence::for_workspace(r, workspace)? {
                None => None,
                Some(licence) => {
                    let held = licence::held(r, licence.id)?;
                    Some(Freed {
                        id: licence.id,
                        trial: licence.facts.trial,
                        yours: licence.owner == Some(grant.account),
                        devices_without_seat: held.devices,
                        machines: held.machines,
                        expires_at: licence.expires_at,
                        renews: licence.auto_renew,
                        open_order: billing::open_order(r, licence.id)?.map(|order| order.reference),
                        number: licence.number,
                        product_name: licence.product_name,
                    })
                }
            };
            Ok(Deletion {
                name: found.name,
                devices: contents.devices,
                held: contents.held,
                members: contents.members,
                restorable_until: now.saturating_add(KEPT).unwrap_or(now),
                licence,
            })
        })
        .await
}

/// What deleting a workspace would do, with counts: to its devices, its members and its licence. Nothing changes.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/deletion",
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 200, body = Deletion), Problems))]
pub(super) async fn api(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Json<Deletion>, Fault> {
    run(&cx, workspace).await.map(Json)
}
