use crate::{
    base::db::{DbError, Read},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{DeviceId, WorkspaceId};

pub(in crate::device) fn name(
    r: &mut impl Read,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<Option<String>, DbError> {
    let row = r.first(
        sql!("select name from device where id = $1 and workspace = $2"),
        params![device, workspace],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// How many devices are in each state.
pub(in crate::device) fn counts(
    r: &mut impl Read,
    workspace: WorkspaceId,
    heard_since: Timestamp,
) -> Result<Vec<(String, u64)>, DbError> {
    let rows = r.rows(
        sql!(
            "select shown, count(*) from (
                select case when duplicated_at is not null then 'attention'
                            when connection is null or last_seen_at < $1 then 'offline'
                            when health = 'healthy' and settings_status <> 'failed' then 'protected'
                            else 'attention' end as shown
                from device where workspace = $2 and state = 'enrolled') as device_shown
             group by shown"
        ),
        params![heard_since, workspace],
    )?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
