use crate::{
    base::db::{DbError, Read},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{AccountId, WorkspaceId};

/// Devices whose credential is in use on two machines.
pub(super) fn duplicated(r: &mut impl Read, workspace: WorkspaceId) -> Result<u64, DbError> {
    r.count(
        sql!(
            "select count(*) from device where workspace = $1 and state = 'enrolled' and duplicated_at is not null"
        ),
        params![workspace],
    )
}

/// A line of the audit log, with names instead of ids.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub at: Timestamp,
    pub action: String,
    pub actor: Option<AccountId>,
    pub actor_name: Option<String>,
    pub device_name: Option<String>,
    pub detail: String,
}

/// The latest lines of a workspace's audit log.
pub(super) fn lines(r: &mut impl Read, workspace: WorkspaceId, limit: u32) -> Result<Vec<Line>, DbError> {
    let rows = r.rows(
        sql!(
            "select audit_event.at, audit_event.action, account.id, account.name, device.name, audit_event.detail
             from audit_event left join account on account.id = audit_event.actor
             left join device on device.id = audit_event.target
             where audit_event.workspace = $1 order by audit_event.at desc, audit_event.id desc limit $2"
        ),
        params![workspace, limit],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                at: row.get(0)?,
                action: row.get(1)?,
                actor: row.get(2)?,
                actor_name: row.get(3)?,
                device_name: row.get(4)?,
                detail: row.get(5)?,
            })
        })
        .collect()
}
