//! What becomes of licences whose owner leaves for good. A licence that is attached stays where it is, with its seats and
//! its time: protection never stops because somebody left. From the end on it belongs to the primary owner of that
//! workspace. One that is attached to nothing protects nobody and ends with its owner; until then its key is theirs, and
//! nobody else can redeem it.

use super::{Held, Licence, RULED, place::held, store};
use crate::{
    account::CLOSED_KEPT,
    base::{
        audit::{AuditActor, AuditEvent},
        db::{DbError, Read, Tx},
    },
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, WorkspaceId};
use serde_json::json;

/// The action of the line that gives a licence to the owner of the workspace it was left in.
pub(super) const INHERITED: &str = "licence.inherit";

/// What becomes of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stays in its workspace, and becomes its primary owner's.
    Stays,
    /// It ends with its owner.
    Ends,
    /// There is nothing left of it: it was revoked, added to another, or its time is over.
    Over,
}

impl Fate {
    /// As in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stays => "stays",
            Self::Ends => "ends",
            Self::Over => "over",
        }
    }
}

/// A licence of somebody who leaves.
#[derive(Debug, Clone)]
pub struct Left {
    /// Which.
    pub licence: Licence,
    /// Who holds its seats.
    pub held: Held,
    /// What becomes of it.
    pub fate: Fate,
}

/// Everything somebody owns, and what becomes of it: what is attached to nothing first.
///
/// # Errors
/// Whatever the engine says.
pub fn left(r: &mut impl Read, owner: AccountId, now: Timestamp) -> Result<Vec<Left>, DbError> {
    let owned = store::find::owned(r, owner)?.into_iter().map(|licence| {
        let facts = &licence.facts;
        let permits = licence.state(now).permits();
        let fate = match licence.workspace {
            Some(_) => Fate::Stays,
            None if facts.revoked || facts.merged || (licence.expires_at.is_some() && !permits.valid) => {
                Fate::Over
            }
            None => Fate::Ends,
        };
        Ok(Left {
            held: held(r, licence.id)?,
            licence,
            fate,
        })
    });
    owned.collect()
}

/// When the owner of a licence is gone for good, if they closed their account.
///
/// # Errors
/// Whatever the engine says.
pub fn owner_leaves(r: &mut impl Read, licence: &Licence) -> Result<Option<Timestamp>, DbError> {
    let closed_at = match licence.owner {
        Some(owner) => store::ending::closed_at(r, owner)?,
        None => None,
    };
    Ok(closed_at.map(|at| at.saturating_add(CLOSED_KEPT).unwrap_or(at)))
}

/// An offer that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// Of which licence.
    pub licence: LicenceId,
    /// Its number.
    pub number: String,
    /// To whom it was made.
    pub email: String,
}

/// The offers somebody made that are open.
///
/// # Errors
/// Whatever the engine says.
pub fn offers(r: &mut impl Read, by: AccountId, now: Timestamp) -> Result<Vec<Withdrawn>, DbError> {
    store::ending::offers(r, by, now)
}

/// Withdraws every offer somebody made.
///
/// # Errors
/// Whatever the engine says.
pub fn withdraw_offers(tx: &mut Tx<'_>, by: AccountId) -> Result<Vec<Withdrawn>, DbError> {
    let now = tx.now();
    let open = store::ending::offers(tx, by, now)?;
    store::ending::withdraw(tx, by)?;
    Ok(open)
}

/// Whose a licence became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inherited {
    /// Which.
    pub licence: LicenceId,
    /// Where it stays.
    pub workspace: WorkspaceId,
    /// Its new owner.
    pub heir: AccountId,
}

/// Somebody is gone for good: what they left in workspaces is inherited there, and the rest ends. The lines of the audit
/// log that say so.
///
/// # Errors
/// Whatever the engine says.
pub fn pass_on(tx: &mut Tx<'_>, owner: AccountId) -> Result<(Vec<Inherited>, Vec<AuditEvent>), DbError> {
    let mut ids: Vec<LicenceId> = store::find::owned(tx, owner)?.iter().map(|one| one.id).collect();
    ids.sort_unstable();
    let (mut inherited, mut events) = (Vec::new(), Vec::new());
    for id in ids {
        store::seat::lock(tx, id)?;
        let found = store::find::by_id(tx, id)?.filter(|found| found.owner == Some(owner));
        let Some(licence) = found else { continue };
        store::transfer::end(tx, id)?;
        store::transfer::forget_move(tx, id)?;
        let heir = match licence.workspace {
            Some(workspace) => store::ending::primary_owner(tx, workspace)?.map(|heir| (workspace, heir)),
            None => None,
        };
        let event = AuditEvent::new(
            AuditActor::Server,
            match heir {
                Some(_) => INHERITED,
                None => "licence.end_with_owner",
            },
        );
        let event = event.on("licence", id).with(json!({ "number": licence.number }));
        match heir {
            Some((workspace, heir)) => {
                store::transfer::hand_over(tx, id, heir)?;
                events.push(event.in_workspace(workspace));
                inherited.push(Inherited {
                    licence: id,
                    workspace,
                    heir,
                });
            }
            None => {
                store::ending::end(tx, id)?;
                tx.enqueue(RULED, &id, None)?;
                events.push(event);
            }
        }
    }
    Ok((inherited, events))
}
