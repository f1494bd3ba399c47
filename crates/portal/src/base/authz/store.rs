use super::{Action, Caller, Deleted, Role};
use crate::{
    base::{
        db::{DbError, Read, Tx},
        error::{Code, Fault},
        web::WorkspaceNav,
    },
    params, sql,
};
use rempart_wire::{AccountId, WorkspaceId};

pub(super) fn role(
    r: &mut impl Read,
    account: AccountId,
    workspace: WorkspaceId,
    deleted: Deleted,
) -> Result<Option<Role>, DbError> {
    let row = r.first(
        sql!(
            "select member.role, workspace.deleted_at from member
             join workspace on workspace.id = member.workspace
             where member.workspace = $1 and member.account = $2"
        ),
        params![workspace, account],
    )?;
    let Some(row) = row else { return Ok(None) };
    if deleted == Deleted::Hidden && row.get::<Option<i64>>(1)?.is_some() {
        return Ok(None);
    }
    Ok(Role::parse(&row.get::<String>(0)?))
}

/// Keeps an account open until the unit is over; whether it is. See [`super::still_open`].
///
/// # Errors
/// Whatever the engine says.
pub fn hold_open(tx: &mut Tx<'_>, account: AccountId) -> Result<bool, DbError> {
    let open = tx.execute(
        sql!("update account set language = language where id = $1 and closed_at is null"),
        params![account],
    )?;
    Ok(open == 1)
}

/// The open workspace as the navigation shows it to this person.
///
/// # Errors
/// `not_found`, when the person is no member.
pub fn nav(r: &mut impl Read, caller: Caller, id: WorkspaceId) -> Result<WorkspaceNav, Fault> {
    let row = r
        .first(
            sql!(
                "select workspace.name, workspace.mode, member.role from workspace
                 join member on member.workspace = workspace.id
                 where workspace.id = $1 and member.account = $2"
            ),
            params![id, caller.account],
        )?
        .ok_or(Code::NotFound)?;
    let role = Role::parse(&row.get::<String>(2)?).ok_or(Code::NotFound)?;
    Ok(WorkspaceNav {
        id,
        name: row.get(0)?,
        mode: row.get(1)?,
        sees_protection: Action::SeeProtection.allowed(role),
    })
}
