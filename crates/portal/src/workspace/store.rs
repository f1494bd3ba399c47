use super::WorkspaceName;
use crate::{
    base::{
        authz::{Grant, Role, may},
        db::{DbError, Question, Read, Row, Tx},
    },
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, ManagementMode, WorkspaceId};
use std::collections::HashSet;

/// A workspace as one of its members has it.
#[derive(Debug, Clone)]
pub(super) struct Membership {
    pub id: WorkspaceId,
    pub name: String,
    pub name_key: String,
    pub mode: ManagementMode,
    pub role: Role,
    pub created_at: Timestamp,
    pub deleted_at: Option<Timestamp>,
}

fn membership(row: &Row) -> Result<Membership, DbError> {
    let role = Role::parse(&row.get::<String>(4)?).ok_or_else(|| DbError::Decode {
        column: 4,
        sql: "member.role".into(),
    })?;
    Ok(Membership {
        id: row.get(0)?,
        name: row.get(1)?,
        name_key: row.get(2)?,
        mode: row.get(3)?,
        role,
        created_at: row.get(5)?,
        deleted_at: row.get(6)?,
    })
}

pub(super) fn find(
    r: &mut impl Read,
    account: AccountId,
    workspace: WorkspaceId,
) -> Result<Option<Membership>, DbError> {
    let row = r.first(
        sql!(
            "select workspace.id, name, name_key, mode, role, created_at, deleted_at
             from member join workspace on workspace.id = member.workspace
             where member.account = $1 and workspace.id = $2"
        ),
        params![account, workspace],
    )?;
    row.as_ref().map(membership).transpose()
}

/// A person's workspaces by name, one row more than `limit` when there are more.
pub(super) fn list(
    r: &mut impl Read,
    account: AccountId,
    after: Option<(String, uuid::Uuid)>,
    limit: u32,
) -> Result<Vec<Membership>, DbError> {
    let mut question = Question::new(
        sql!(
            "select workspace.id, name, name_key, mode, role, created_at, deleted_at
             from member join workspace on workspace.id = member.workspace
             where member.account = $1 and deleted_at is null"
        ),
        params![account],
    );
    if let Some((key, id)) = after {
        question = question.with("and (name_key, workspace.id) > (?, ?)", params![key, id]);
    }
    let rows = question
        .with("order by name_key, workspace.id limit ?", params![limit + 1])
        .rows(r)?;
    rows.iter().map(membership).collect()
}

/// All of a person's workspaces, deleted ones too, by name.
pub(super) fn all(r: &mut impl Read, account: AccountId) -> Result<Vec<Membership>, DbError> {
    let rows = r.rows(
        sql!(
            "select workspace.id, name, name_key, mode, role, created_at, deleted_at
             from member join workspace on workspace.id = member.workspace
             where member.account = $1 order by name_key, workspace.id"
        ),
        params![account],
    )?;
    rows.iter().map(membership).collect()
}

pub(super) fn primary_owner(r: &mut impl Read, workspace: WorkspaceId) -> Result<Option<AccountId>, DbError> {
    let row = r.first(
        sql!("select account from member where workspace = $1 and role = 'primary_owner'"),
        params![workspace],
    )?;
    row.map(|row| row.get(0)).transpose()
}

pub(super) fn leave_all(tx: &mut Tx<'_>, account: AccountId) -> Result<(), DbError> {
    tx.execute(sql!("delete from member where account = $1"), params![account])?;
    Ok(())
}

/// Deleted workspaces this person may bring back, those that go first before others.
pub(super) fn deleted(r: &mut impl Read, account: AccountId) -> Result<Vec<Membership>, DbError> {
    let rows = r.rows(
        sql!(
            "select workspace.id, name, name_key, mode, role, created_at, deleted_at
             from member join workspace on workspace.id = member.workspace
             where member.account = $1 and member.role = 'primary_owner' and deleted_at is not null
             order by deleted_at, workspace.id limit 200"
        ),
        params![account],
    )?;
    rows.iter().map(membership).collect()
}

/// Which of up to eight names are taken, by their keys.
pub(super) fn taken(r: &mut impl Read, names: &[WorkspaceName]) -> Result<HashSet<String>, DbError> {
    let key = |at: usize| names.get(at).map_or("", WorkspaceName::key);
    let rows = r.rows(
        sql!("select name_key from workspace where name_key in ($1, $2, $3, $4, $5, $6, $7, $8)"),
        params![key(0), key(1), key(2), key(3), key(4), key(5), key(6), key(7)],
    )?;
    rows.iter().map(|row| row.get(0)).collect()
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    owner: AccountId,
    name: &WorkspaceName,
    mode: ManagementMode,
) -> Result<WorkspaceId, DbError> {
    let (id, now): (WorkspaceId, _) = (tx.id(), tx.now());
    tx.execute(
        sql!("insert into workspace (id, name, name_key, mode, created_at) values ($1, $2, $3, $4, $5)"),
        params![id, name.as_str(), name.key(), mode, now],
    )?;
    tx.execute(
        sql!("insert into member (workspace, account, role, since) values ($1, $2, 'primary_owner', $3)"),
        params![id, owner, now],
    )?;
    Ok(id)
}

pub(super) fn rename(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageWorkspace>,
    name: &WorkspaceName,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update workspace set name = $1, name_key = $2 where id = $3"),
        params![name.as_str(), name.key(), grant.workspace],
    )?;
    Ok(())
}

pub(super) fn set_mode(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageWorkspace>,
    mode: ManagementMode,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update workspace set mode = $1 where id = $2"),
        params![mode, grant.workspace],
    )?;
    Ok(())
}

/// Marks a workspace deleted; whether it was not yet.
pub(super) fn delete(tx: &mut Tx<'_>, grant: &Grant<may::DeleteWorkspace>) -> Result<bool, DbError> {
    let now = tx.now();
    let deleted = tx.execute(
        sql!("update workspace set deleted_at = $1 where id = $2 and deleted_at is null"),
        params![now, grant.workspace],
    )?;
    Ok(deleted == 1)
}

pub(super) fn remember_licence(
    tx: &mut Tx<'_>,
    grant: &Grant<may::DeleteWorkspace>,
    licence: Option<LicenceId>,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update workspace set licence_before_deletion = $1 where id = $2"),
        params![licence, grant.workspace],
    )?;
    Ok(())
}

/// Unmarks it; the licence it had. `None` when it was not deleted.
pub(super) fn restore(
    tx: &mut Tx<'_>,
    grant: &Grant<may::DeleteWorkspace>,
) -> Result<Option<Option<LicenceId>>, DbError> {
    let row = tx.first(
        sql!(
            "update workspace set deleted_at = null where id = $1 and deleted_at is not null
             returning licence_before_deletion"
        ),
        params![grant.workspace],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// Whether a workspace was deleted at that moment and not brought back since. Nobody can bring it back meanwhile.
pub(super) fn deleted_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    deleted_at: Timestamp,
) -> Result<bool, DbError> {
    let locked = tx.execute(
        sql!("update workspace set mode = mode where id = $1 and deleted_at = $2"),
        params![workspace, deleted_at],
    )?;
    Ok(locked == 1)
}

/// Removes a workspace for good; its name.
pub(super) fn purge(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<String>, DbError> {
    let row = tx.first(
        sql!("delete from workspace where id = $1 returning name"),
        params![workspace],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// What deleting a workspace is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Contents {
    pub devices: u64,
    pub held: u64,
    pub members: u64,
}

pub(super) fn contents(r: &mut impl Read, workspace: WorkspaceId) -> Result<Contents, DbError> {
    Ok(Contents {
        devices: r.count(
            sql!("select count(*) from device where workspace = $1 and state = 'enrolled'"),
            params![workspace],
        )?,
        held: r.count(
            sql!("select count(*) from quarantine_item where workspace = $1 and state = 'held'"),
            params![workspace],
        )?,
        members: r.count(
            sql!("select count(*) from member where workspace = $1"),
            params![workspace],
        )?,
    })
}
