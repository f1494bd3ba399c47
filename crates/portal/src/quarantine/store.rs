use super::{
    state::ItemState,
    view::{ItemFailure, QuarantineItem},
};
use crate::{
    base::{
        authz::{Grant, may},
        db::{DbError, Question, Read, Row, Tx, storable},
        error::{Code, Fault},
    },
    device::Reporter,
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{
    DeviceId, OrderId, QuarantineId, QuarantineReport, QuarantineState, Refusal, WorkspaceId,
};
use uuid::Uuid;

pub(super) fn add(
    tx: &mut Tx<'_>,
    from: &Reporter,
    report: &QuarantineReport,
    at: Timestamp,
) -> Result<(), DbError> {
    let rules = serde_json::to_string(&report.rules).unwrap_or_else(|_| "[]".into());
    tx.execute(
        sql!(
            "insert into quarantine_item (id, workspace, device, path, path_raw, rules, sha256, size, owner, state,
                 quarantined_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'held', $10, $10) on conflict (id) do nothing"
        ),
        params![
            report.item,
            from.workspace,
            from.device,
            storable(&report.path.text),
            report.path.raw.clone(),
            rules,
            storable(&report.sha256),
            report.size,
            storable(&report.owner),
            at
        ],
    )?;
    Ok(())
}

/// What a device says became of an item.
pub(super) struct Change<'a> {
    pub item: QuarantineId,
    pub order: Option<OrderId>,
    pub state: QuarantineState,
    pub failure: Option<&'a Refusal>,
    pub at: Timestamp,
}

/// What left the quarantine does not come back. A failure counts when it answers the last order, or when nobody here
/// asked for anything.
pub(super) fn changed(tx: &mut Tx<'_>, from: &Reporter, change: &Change<'_>) -> Result<(), DbError> {
    let state = match change.state {
        QuarantineState::Restored => ItemState::Restored,
        QuarantineState::Deleted => ItemState::Deleted,
        QuarantineState::Held => {
            return match (change.order, change.failure) {
                (Some(order), Some(why)) => stays(tx, from.device, order, &why.code, &why.sentence),
                _ => Ok(()),
            };
        }
    };
    tx.execute(
        sql!(
            "update quarantine_item set state = $1, changed_at = $2, failure_code = null, failure_text = null
             where id = $3 and device = $4 and state not in ('restored', 'deleted')"
        ),
        params![state.as_str(), change.at, change.item, from.device],
    )?;
    Ok(())
}

/// An order about an item came to nothing: it is held as before, and says why.
pub(super) fn stays(
    tx: &mut Tx<'_>,
    device: DeviceId,
    order: OrderId,
    code: &str,
    sentence: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update quarantine_item set state = 'held', changed_at = $1, failure_code = $2, failure_text = $3
             where device_order = $4 and device = $5 and state in ('restoring', 'deleting')"
        ),
        params![now, storable(code), storable(sentence), order, device],
    )?;
    Ok(())
}

/// Notes what a device was told to do with an item; whether it was still held.
pub(super) fn ordered(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    item: QuarantineId,
    to: (ItemState, OrderId),
) -> Result<bool, DbError> {
    let now = tx.now();
    let touched = tx.execute(
        sql!(
            "update quarantine_item set state = $1, device_order = $2, changed_at = $3, failure_code = null,
                 failure_text = null
             where id = $4 and workspace = $5 and state = 'held'"
        ),
        params![to.0.as_str(), to.1, now, item, grant.workspace],
    )?;
    Ok(touched == 1)
}

/// Which items are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted {
    pub device: Option<DeviceId>,
    /// Absent: all that is in quarantine, whatever is being done about it.
    pub state: Option<ItemState>,
    pub after: Option<(Timestamp, Uuid)>,
    pub limit: u32,
}

const ITEM: &str = sql!(
    "select quarantine_item.id, quarantine_item.device, device.name, device.state, quarantine_item.path,
         quarantine_item.rules, quarantine_item.sha256, quarantine_item.size, quarantine_item.owner,
         quarantine_item.state, quarantine_item.quarantined_at, quarantine_item.changed_at,
         quarantine_item.failure_code, quarantine_item.failure_text
     from quarantine_item join device on device.id = quarantine_item.device
     where quarantine_item.workspace = $1"
);

/// Newest first; one more than the limit when there is a next page.
pub(super) fn list(
    r: &mut impl Read,
    workspace: WorkspaceId,
    wanted: &Wanted,
) -> Result<Vec<QuarantineItem>, DbError> {
    let mut question = Question::new(ITEM, params![workspace])
        .with_some("and quarantine_item.device = ?", wanted.device)
        .with_some(
            "and quarantine_item.state = ?",
            wanted.state.map(ItemState::as_str),
        );
    if wanted.state.is_none() {
        question = question.with(
            "and quarantine_item.state in ('held', 'restoring', 'deleting')",
            &[],
        );
    }
    if let Some((at, id)) = wanted.after {
        question = question.with(
            "and (quarantine_item.quarantined_at, quarantine_item.id) < (?, ?)",
            params![at, id],
        );
    }
    let rows = question
        .with(
            "order by quarantine_item.quarantined_at desc, quarantine_item.id desc limit ?",
            params![wanted.limit + 1],
        )
        .rows(r)?;
    rows.iter().map(read).collect()
}

/// One item.
pub(super) fn find(
    r: &mut impl Read,
    workspace: WorkspaceId,
    item: QuarantineId,
) -> Result<QuarantineItem, Fault> {
    let rows = Question::new(ITEM, params![workspace])
        .with("and quarantine_item.id = ?", params![item])
        .rows(r)?;
    Ok(read(rows.first().ok_or(Code::NotFound)?)?)
}

/// What a workspace has in quarantine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Files held, being restored or being deleted.
    pub files: u64,
    /// Of these, the ones an order about which failed.
    pub failed: u64,
}

/// Counts what a workspace has in quarantine.
///
/// # Errors
/// Whatever the engine says.
pub fn held(r: &mut impl Read, workspace: WorkspaceId) -> Result<Held, DbError> {
    let row = r.first(
        sql!(
            "select count(*), count(failure_code) from quarantine_item
             where workspace = $1 and state in ('held', 'restoring', 'deleting')"
        ),
        params![workspace],
    )?;
    row.map_or_else(
        || Ok(Held::default()),
        |row| {
            Ok(Held {
                files: row.get(0)?,
                failed: row.get(1)?,
            })
        },
    )
}

fn read(row: &Row) -> Result<QuarantineItem, DbError> {
    let failure = row
        .get::<Option<String>>(12)?
        .map(|code| {
            Ok::<_, DbError>(ItemFailure {
                code,
                sentence: row.get::<Option<String>>(13)?.unwrap_or_default(),
            })
        })
        .transpose()?;
    Ok(QuarantineItem {
        item: row.get(0)?,
        device: row.get(1)?,
        device_name: row.get(2)?,
        device_retired: row.get::<String>(3)? == "retired",
        path: row.get(4)?,
        rules: serde_json::from_str(&row.get::<String>(5)?).unwrap_or_default(),
        sha256: row.get(6)?,
        size: row.get(7)?,
        owner: row.get(8)?,
        state: ItemState::parse(&row.get::<String>(9)?).unwrap_or(ItemState::Held),
        quarantined_at: row.get(10)?,
        changed_at: row.get(11)?,
        failure,
    })
}
