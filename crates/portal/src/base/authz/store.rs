use super::{Deleted, Role};
use crate::{
    base::db::{DbError, Read},
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
