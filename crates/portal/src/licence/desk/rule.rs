//! The operator suspends a licence, reinstates one that is suspended, or revokes one for good. The reason is kept with it.
//! Revoking one that is attached somewhere names the workspace and its devices first, and wants that confirmed.

use super::{DeskView, find::desk};
use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        authz,
        db::{DbError, Signal, Tx},
        error::{Code, Fault},
        job::JobError,
        web::{Cx, Json, Params, Problems},
    },
    licence::{Licence, amend::lock, change::told, store},
};
use rempart_wire::{LicenceId, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::pin::Pin;
use utoipa::ToSchema;

pub(super) const JOB: &str = "licence.tell_devices";
/// The kind of the job that follows a ruling, for whoever charges for the licence: what is revoked or suspended is not
/// charged, what is reinstated is again. Its payload is the licence's id.
pub const RULED: &str = "licence.ruled";

const LONGEST_REASON: usize = 500;

/// What the operator decides about a licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// Nothing works until it is reinstated; its period goes on.
    Suspend,
    /// It works again.
    Reinstate,
    /// It never works again.
    Revoke,
}

impl Ruling {
    /// The action of the audit log.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::Suspend => "licence.suspend",
            Self::Reinstate => "licence.reinstate",
            Self::Revoke => "licence.revoke",
        }
    }

    /// Refuses what changes nothing, and whatever would bring back what is revoked.
    fn check(self, licence: &Licence) -> Result<(), Fault> {
        let facts = licence.facts;
        match self {
            Self::Revoke if facts.revoked => Err(Code::LicenceStateSame.into()),
            _ if facts.revoked => Err(Code::RevokedForGood.into()),
            Self::Suspend if facts.suspended => Err(Code::LicenceStateSame.into()),
            Self::Reinstate if !facts.suspended => Err(Code::LicenceStateSame.into()),
            _ => Ok(()),
        }
    }
}

/// Decides about a licence and tells its devices; the licence as it is then, and the detail of its audit line.
/// `confirmed`: what revoking takes from a workspace was said and agreed to.
///
/// # Errors
/// `not_found`, `reason_invalid`, `licence_state_same`, `revoked_for_good` or `revocation_unconfirmed`.
pub fn rule(
    tx: &mut Tx<'_>,
    id: LicenceId,
    ruling: Ruling,
    reason: &str,
    confirmed: bool,
) -> Result<(Licence, Value), Fault> {
    let reason = reasoned(reason)?;
    let before = lock(tx, id)?.ok_or(Code::NotFound)?;
    ruling.check(&before)?;
    if let (Ruling::Revoke, Some(workspace), false) = (ruling, before.workspace, confirmed) {
        let name = before.workspace_name.clone().unwrap_or_default();
        return Err(Fault::new(Code::RevocationUnconfirmed)
            .arg("workspace", &name)
            .arg("devices", before.seats_used)
            .facts(json!({ "workspace": { "id": workspace, "name": name }, "devices": before.seats_used })));
    }
    match ruling {
        Ruling::Suspend => store::desk::set_suspended(tx, id, true)?,
        Ruling::Reinstate => store::desk::set_suspended(tx, id, false)?,
        Ruling::Revoke => store::desk::set_revoked(tx, id)?,
    }
    if let Some(workspace) = before.workspace {
        tx.signal(Signal::Settings(workspace));
    }
    tx.enqueue(RULED, &id, None)?;
    let after = store::find::by_id(tx, id)?.ok_or(Code::Internal)?;
    let detail = json!({ "number": after.number, "reason": reason });
    let detail = told(detail, &before, &after);
    Ok((after, detail))
}

/// One line of 1 to 500 characters.
fn reasoned(text: &str) -> Result<String, Fault> {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let text = text.trim();
    if (1..=LONGEST_REASON).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        Err(Fault::new(Code::ReasonInvalid).at("reason"))
    }
}

#[derive(Serialize, Deserialize)]
struct Payload {
    workspace: WorkspaceId,
}

/// Has the portal that runs beside this process tell a workspace's devices: a signal reaches only its own process.
///
/// # Errors
/// Whatever the engine says.
pub fn tell_later(tx: &mut Tx<'_>, licence: &Licence) -> Result<(), DbError> {
    match licence.workspace {
        Some(workspace) => tx.enqueue(JOB, &Payload { workspace }, None),
        None => Ok(()),
    }
}

pub(super) fn tell(app: App, payload: Value) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let Payload { workspace } = serde_json::from_value(payload)?;
        app.db
            .write::<_, JobError, _>(move |mut tx| {
                tx.signal(Signal::Settings(workspace));
                Ok(tx.tidy(Housekeeping::Job, ())?)
            })
            .await
    })
}

/// Why.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicenceRuling)]
pub(super) struct Input {
    /// Why: 1 to 500 characters. It is kept in the licence's history.
    #[serde(default)]
    pub reason: String,
}

/// Why, and that it may be taken from where it is.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicenceRevocation)]
pub(super) struct RevokeInput {
    /// Why: 1 to 500 characters. It is kept in the licence's history.
    #[serde(default)]
    pub reason: String,
    /// Revoke it although it is attached to a workspace; see `revocation_unconfirmed`.
    #[serde(default)]
    pub confirm: bool,
}

pub(super) async fn run(
    cx: &Cx,
    id: LicenceId,
    ruling: Ruling,
    reason: String,
    confirmed: bool,
) -> Result<DeskView, Fault> {
    let caller = cx.caller()?;
    let event = cx.event(ruling.action());
    cx.app
        .db
        .write(move |mut tx| {
            authz::operator(caller)?;
            let (licence, detail) = rule(&mut tx, id, ruling, &reason, confirmed)?;
            let now = tx.now();
            let view = desk(&mut tx, &licence, now)?;
            let mut event = event.on("licence", id).with(detail);
            if let Some(workspace) = licence.workspace {
                event = event.in_workspace(workspace);
            }
            Ok(tx.commit(event, view)?)
        })
        .await
}

/// Suspend a licence: nothing it is for works until it is reinstated; its period goes on. For operators.
#[utoipa::path(post, path = "/api/v1/operator/licences/{licence}/suspend", request_body = Input,
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, description = "Suspended.", body = DeskView), Problems))]
pub(super) async fn suspend(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Json(input): Json<Input>,
) -> Result<Json<DeskView>, Fault> {
    run(&cx, licence, Ruling::Suspend, input.reason, false)
        .await
        .map(Json)
}

/// Reinstate a suspended licence. For operators.
#[utoipa::path(post, path = "/api/v1/operator/licences/{licence}/reinstate", request_body = Input,
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, description = "It works again.", body = DeskView), Problems))]
pub(super) async fn reinstate(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Json(input): Json<Input>,
) -> Result<Json<DeskView>, Fault> {
    run(&cx, licence, Ruling::Reinstate, input.reason, false)
        .await
        .map(Json)
}

/// Revoke a licence for good. When it is attached to a workspace, what that takes is answered as a conflict first. For
/// operators.
#[utoipa::path(post, path = "/api/v1/operator/licences/{licence}/revoke", request_body = RevokeInput,
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, description = "Revoked.", body = DeskView), Problems))]
pub(super) async fn revoke(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Json(input): Json<RevokeInput>,
) -> Result<Json<DeskView>, Fault> {
    run(&cx, licence, Ruling::Revoke, input.reason, input.confirm)
        .await
        .map(Json)
}
