//! A licence is assigned to a workspace: its period starts if it had not, and the devices that are there get its seats,
//! those enrolled first before others. Whoever does it owns the licence and may manage the licence of the workspace.
//! What it takes from somebody is said and agreed to first: the devices it leaves behind in another workspace, the
//! licence it replaces (a trial is replaced without asking), the devices it has no seat for.

use super::{
    LicenceView,
    change::told,
    moves::Move,
    place::{self, Consent},
    store,
};
use crate::base::{
    authz::{self, Grant, may},
    error::{Code, Fault},
    web::{Cx, Json, Params, Problems},
};
use rempart_wire::{LicenceId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// Which licence, and what was agreed to.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = LicenceAssignment)]
pub(super) struct Input {
    /// One of your licences.
    #[schema(value_type = uuid::Uuid)]
    pub licence: LicenceId,
    /// Take it from the workspace it is attached to; see `licence_in_use`.
    #[serde(default)]
    pub confirm_move: bool,
    /// Give back the licence this workspace has; see `workspace_has_licence`.
    #[serde(default)]
    pub confirm_replace: bool,
    /// Leave devices of this workspace without a seat; see `licence_too_small`.
    #[serde(default)]
    pub confirm_fewer: bool,
}

impl Input {
    const fn consent(&self) -> Consent {
        Consent {
            leave: self.confirm_move,
            replace: self.confirm_replace,
            fewer: self.confirm_fewer,
        }
    }
}

/// What assigning it did.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LicenceAssigned)]
pub(super) struct Assigned {
    /// The licence as it is now.
    pub licence: LicenceView,
    /// Devices of this workspace that have no seat.
    pub devices_without_seat: u64,
}

pub(super) async fn run(cx: &Cx, workspace: WorkspaceId, input: Input) -> Result<Assigned, Fault> {
    let caller = cx.caller()?;
    let (here, there) = (cx.event("licence.assign"), cx.event("licence.taken_away"));
    let given_back = cx.event("licence.detach").in_workspace(workspace);
    cx.app
        .db
        .write(move |mut tx| {
            let grant: Grant<may::ManageLicence> = authz::grant(&mut tx, caller, workspace)?;
            let plan = place::attach(
                &mut tx,
                grant.account,
                (input.licence, workspace),
                input.consent(),
            )?;
            let licence = store::find::by_id(&mut tx, input.licence)?.ok_or(Code::NotFound)?;
            let detail = json!({
                "number": licence.number,
                "devices_without_seat": plan.unseated(),
                "from": plan.elsewhere.as_ref().map(|from| from.id),
            });
            let here = here.in_workspace(workspace).on("licence", licence.id).with(told(
                detail,
                &plan.licence,
                &licence,
            ));
            let mut more = Vec::new();
            if let Some(from) = &plan.elsewhere {
                let detail = json!({ "number": licence.number, "devices_without_seat": from.devices });
                more.push(there.in_workspace(from.id).on("licence", licence.id).with(detail));
            }
            if let Some(present) = &plan.replaces {
                let detail = json!({ "number": present.number, "replaced_by": licence.number });
                let after = store::find::by_id(&mut tx, present.id)?.ok_or(Code::NotFound)?;
                let detail = told(detail, present, &after);
                more.push(given_back.on("licence", present.id).with(detail));
            }
            if let Some(from) = &plan.elsewhere {
                let one = Move {
                    licence: licence.id,
                    by: caller.account,
                    source: from.id,
                    source_name: String::new(),
                    target: Some(workspace),
                    replaced: plan.replaces.as_ref().map(|present| present.id),
                    at: tx.now(),
                };
                store::transfer::note_move(&mut tx, &one)?;
            } else if !plan.done() {
                store::transfer::forget_move(&mut tx, licence.id)?;
            }
            let assigned = Assigned {
                licence: LicenceView::new(&licence, tx.now()),
                devices_without_seat: plan.unseated(),
            };
            Ok(tx.commit_all(here, more, assigned)?)
        })
        .await
}

/// Assign one of your licences to a workspace. What it takes from somebody is answered as a conflict first, with all
/// consequences in `facts`; say the confirmations to go on.
#[utoipa::path(put, path = "/api/v1/workspaces/{workspace}/licence", request_body = Input,
    params(("workspace" = uuid::Uuid, Path)),
    responses((status = 200, description = "Assigned.", body = Assigned), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Json(input): Json<Input>,
) -> Result<Json<Assigned>, Fault> {
    Ok(Json(run(&cx, workspace, input).await?))
}
