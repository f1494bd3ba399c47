//! The last move of a licence can be undone for seven days: it goes back to the workspace it was taken from, and what it
//! replaced goes back too, as long as nothing was moved since and nobody gave that workspace another licence.

use super::{
    Licence,
    change::told,
    place::{self, Consent},
    store,
};
use crate::base::{
    authz::{self, Caller, Grant, may},
    db::{Read, Tx},
    error::{Code, Fault},
    web::{Cx, Params, Problems, see_other},
};
use axum::{http::StatusCode, response::Response};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{AccountId, LicenceId, WorkspaceId};
use serde_json::json;

/// How long a move can be undone.
const UNDOABLE: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A move that can be undone.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub licence: LicenceId,
    pub by: AccountId,
    /// Where it was.
    pub source: WorkspaceId,
    pub source_name: String,
    /// Where it went; nowhere when it was detached.
    pub target: Option<WorkspaceId>,
    /// What it replaced there.
    pub replaced: Option<LicenceId>,
    pub at: Timestamp,
}

impl Move {
    /// Until when it can be undone.
    pub(super) fn until(&self) -> Timestamp {
        self.at.saturating_add(UNDOABLE).unwrap_or(self.at)
    }
}

/// The move that could be undone now.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn undoable(r: &mut impl Read, licence: &Licence, now: Timestamp) -> Result<Option<Move>, Fault> {
    let since = now.saturating_sub(UNDOABLE).unwrap_or(Timestamp::MIN);
    let found = store::transfer::last_move(r, licence.id, since)?;
    let Some(found) = found.filter(|found| found.target == licence.workspace) else {
        return Ok(None);
    };
    let taken = store::find::for_workspace(r, found.source)?.is_some_and(|there| !there.facts.trial);
    Ok(Some(found).filter(|_| !taken))
}

fn undo(tx: &mut Tx<'_>, caller: Caller, id: LicenceId) -> Result<(Licence, Licence), Fault> {
    let owned = store::find::by_id(tx, id)?.filter(|found| found.owner == Some(caller.account));
    let before = owned.ok_or(Code::NotFound)?;
    let now = tx.now();
    let found = undoable(tx, &before, now)?.ok_or(Code::MoveOver)?;
    let _: Grant<may::ManageLicence> = authz::grant(tx, caller, found.source)?;
    let consent = Consent {
        leave: true,
        replace: true,
        fewer: true,
    };
    place::attach(tx, caller.account, (id, found.source), consent)?;
    if let (Some(target), Some(replaced)) = (found.target, found.replaced) {
        place::bring_back(tx, target, replaced)?;
    }
    store::transfer::forget_move(tx, id)?;
    let after = store::find::by_id(tx, id)?.ok_or(Code::NotFound)?;
    Ok((before, after))
}

pub(super) async fn run(cx: &Cx, id: LicenceId) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let event = cx.event("licence.undo_move").on("licence", id);
    cx.app
        .db
        .write(move |mut tx| {
            let (before, after) = undo(&mut tx, caller, id)?;
            let event = match after.workspace {
                Some(workspace) => event.in_workspace(workspace),
                None => event,
            };
            Ok(tx.commit(
                event.with(told(json!({ "number": after.number }), &before, &after)),
                (),
            )?)
        })
        .await
}

/// Undo the last move of your licence, within seven days: it goes back to the workspace it was taken from.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/undo-move",
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 204, description = "Back where it was."), Problems))]
pub(super) async fn api(cx: Cx, Params(licence): Params<LicenceId>) -> Result<StatusCode, Fault> {
    run(&cx, licence).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn page(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Response, Fault> {
    run(&cx, licence).await?;
    Ok(see_other(&format!("/licences/{licence}?said=move-undone")))
}
