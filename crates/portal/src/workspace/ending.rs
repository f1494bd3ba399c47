//! What somebody who leaves for good is in workspaces. A workspace has exactly one primary owner, so nobody leaves before the
//! ones they own are deleted.

use super::store;
use crate::base::{
    authz::Role,
    db::{DbError, Read, Tx},
};
use jiff::Timestamp;
use rempart_wire::{AccountId, WorkspaceId};

/// A workspace somebody belongs to.
#[derive(Debug, Clone)]
pub struct Belongs {
    /// Which.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// As what.
    pub role: Role,
    /// When it goes for good, if it is deleted.
    pub gone_at: Option<Timestamp>,
}

/// Every workspace somebody belongs to, deleted ones they own among them.
///
/// # Errors
/// Whatever the engine says.
pub fn belongs(r: &mut impl Read, account: AccountId) -> Result<Vec<Belongs>, DbError> {
    let all = store::all(r, account)?.into_iter();
    let all = all.filter(|one| one.deleted_at.is_none() || one.role == Role::PrimaryOwner);
    Ok(all
        .map(|one| Belongs {
            id: one.id,
            name: one.name,
            role: one.role,
            gone_at: one
                .deleted_at
                .map(|at| at.saturating_add(super::KEPT).unwrap_or(at)),
        })
        .collect())
}

/// Whoever owns a workspace.
///
/// # Errors
/// Whatever the engine says.
pub fn primary_owner(r: &mut impl Read, workspace: WorkspaceId) -> Result<Option<AccountId>, DbError> {
    store::primary_owner(r, workspace)
}

/// Somebody belongs to no workspace any more.
///
/// # Errors
/// Whatever the engine says.
pub fn leave_all(tx: &mut Tx<'_>, account: AccountId) -> Result<(), DbError> {
    store::leave_all(tx, account)
}
