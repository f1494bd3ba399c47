//! Who may do what. A [`Grant`] is proof that somebody may do one thing in one workspace, or as operator; only this
//! module makes one, and the functions that write ask for it in their signatures.
//!
//! Always true: what you may not see is *not found*, what you may see but not do is *forbidden*. An operator is no
//! member: the server's operator sees no workspace's contents.

mod role;
mod store;

pub use role::{Action, Caller, Permission, Role, matrix, may};
pub use store::{hold_open, nav};

use super::{
    audit::AuditActor,
    db::{Read, Tx},
    error::{Code, Fault},
};
use rempart_wire::{AccountId, WorkspaceId};
use std::marker::PhantomData;

/// Proof that `account` may do `P` in `workspace`.
#[derive(Debug, Clone, Copy)]
pub struct Grant<P> {
    /// Who.
    pub account: AccountId,
    /// Where.
    pub workspace: WorkspaceId,
    /// As what.
    pub role: Role,
    permission: PhantomData<P>,
}

impl<P> Grant<P> {
    /// The one who acts, for the audit log.
    #[must_use]
    pub fn actor(&self) -> AuditActor {
        AuditActor::Account(self.account)
    }
}

/// Whether a deleted workspace counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// It is not found.
    Hidden,
    /// It is found, for bringing it back.
    Shown,
}

/// Grants `P` in `workspace`, inside the unit of work that will use it.
///
/// # Errors
/// `not_found` to who is no member, `forbidden` to a member whose role does not allow it.
pub fn grant<P: Permission>(
    r: &mut impl Read,
    caller: Caller,
    workspace: WorkspaceId,
) -> Result<Grant<P>, Fault> {
    let role = check(r, caller, workspace, P::ACTION, Deleted::Hidden)?;
    Ok(Grant {
        account: caller.account,
        workspace,
        role,
        permission: PhantomData,
    })
}

/// As [`grant`], in a workspace that may be deleted.
///
/// # Errors
/// As [`grant`].
pub fn grant_in_deleted<P: Permission>(
    r: &mut impl Read,
    caller: Caller,
    workspace: WorkspaceId,
) -> Result<Grant<P>, Fault> {
    let role = check(r, caller, workspace, P::ACTION, Deleted::Shown)?;
    Ok(Grant {
        account: caller.account,
        workspace,
        role,
        permission: PhantomData,
    })
}

/// Refuses whoever closes their account at this very moment: either the closing waits until this unit is over, and sees
/// what it made, or this one sees that the account is closed.
///
/// # Errors
/// `account_closed`.
pub fn still_open(tx: &mut Tx<'_>, account: AccountId) -> Result<(), Fault> {
    match hold_open(tx, account)? {
        true => Ok(()),
        false => Err(Code::AccountClosed.into()),
    }
}

/// Checks an action that is known only at run time; the role it rests on.
///
/// # Errors
/// As [`grant`].
pub fn check(
    r: &mut impl Read,
    caller: Caller,
    workspace: WorkspaceId,
    action: Action,
    deleted: Deleted,
) -> Result<Role, Fault> {
    let role = store::role(r, caller.account, workspace, deleted)?.ok_or(Code::NotFound)?;
    if action.allowed(role) {
        Ok(role)
    } else {
        Err(Code::Forbidden.into())
    }
}

/// Proof that `account` operates this server.
#[derive(Debug, Clone, Copy)]
pub struct OperatorGrant {
    /// Who.
    pub account: AccountId,
    private: PhantomData<()>,
}

impl OperatorGrant {
    /// The one who acts, for the audit log.
    #[must_use]
    pub fn actor(&self) -> AuditActor {
        AuditActor::Account(self.account)
    }
}

/// Grants what operators may do.
///
/// # Errors
/// `not_found` to anybody else.
pub fn operator(caller: Caller) -> Result<OperatorGrant, Fault> {
    if caller.operator {
        Ok(OperatorGrant {
            account: caller.account,
            private: PhantomData,
        })
    } else {
        Err(Code::NotFound.into())
    }
}
