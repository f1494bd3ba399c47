//! The rows of scans.

mod told;

pub(super) use told::*;

use super::{
    state::ScanState,
    target::Target,
    view::{Failure, Scan, Tally},
};
use crate::{
    base::{
        authz::{Grant, may},
        db::{DbError, Question, Read, Row, Tx, storable},
        error::{Code, Fault},
    },
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{DeviceId, OrderId, ScanId, ScanTarget, WorkspaceId};
use uuid::Uuid;

/// A computer that can be asked to scan.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub id: DeviceId,
    pub name: String,
}

/// The computers of a workspace that hold a seat, by name.
pub(super) fn candidates(r: &mut impl Read, workspace: WorkspaceId) -> Result<Vec<Candidate>, DbError> {
    let rows = r.rows(
        sql!("select id, name from device where workspace = $1 and state = 'enrolled' order by name_key, id"),
        params![workspace],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Candidate {
                id: row.get(0)?,
                name: row.get(1)?,
            })
        })
        .collect()
}

/// One of them, in whatever state.
pub(super) fn candidate(
    r: &mut impl Read,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<Candidate, Fault> {
    let row = r
        .first(
            sql!("select id, name, state from device where id = $1 and workspace = $2"),
            params![device, workspace],
        )?
        .ok_or(Fault::new(Code::NotFound).at("devices"))?;
    if row.get::<String>(2)? != "enrolled" {
        return Err(Fault::new(Code::DeviceRetired).at("devices"));
    }
    Ok(Candidate {
        id: row.get(0)?,
        name: row.get(1)?,
    })
}

/// A scan that somebody asks for here.
pub(super) struct NewScan {
    pub id: ScanId,
    pub device: DeviceId,
    pub order: OrderId,
    pub target: ScanTarget,
}

pub(super) fn add(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    scan: &NewScan,
) -> Result<(), DbError> {
    let now = tx.now();
    let (kind, path, raw) = columns(&scan.target);
    tx.execute(
        sql!(
            "insert into scan (id, workspace, device, origin, device_order, target_kind, target_path, target_raw,
                 state, requested_by, created_at, files, bytes, found, unreadable, partial, skipped, unreadable_paths)
             values ($1, $2, $3, 'portal', $4, $5, $6, $7, 'queued', $8, $9, 0, 0, 0, 0, 0, 0, '[]')"
        ),
        params![scan.id, grant.workspace, scan.device, scan.order, kind, path, raw, grant.account, now],
    )?;
    Ok(())
}

pub(super) fn columns(target: &ScanTarget) -> (&'static str, Option<String>, Option<String>) {
    match target {
        ScanTarget::UsualPlaces => ("usual_places", None, None),
        ScanTarget::Path { path } => ("path", Some(storable(&path.text)), path.raw.clone()),
    }
}

/// Stops a scan that no device has begun.
pub(super) fn cancel(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    scan: ScanId,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("update scan set state = 'cancelled', finished_at = $1 where id = $2 and workspace = $3"),
        params![now, scan, grant.workspace],
    )?;
    Ok(())
}

/// Notes that a device was told to stop.
pub(super) fn cancelling(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    scan: ScanId,
    order: OrderId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update scan set state = 'cancelling', cancel_order = $1 where id = $2 and workspace = $3"),
        params![order, scan, grant.workspace],
    )?;
    Ok(())
}

/// Which scans are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted {
    pub device: Option<DeviceId>,
    pub state: Option<ScanState>,
    pub after: Option<(Timestamp, Uuid)>,
    pub limit: u32,
}

const SCAN: &str = sql!(
    "select scan.id, scan.device, device.name, device.state, scan.origin, scan.target_kind, scan.target_path,
         scan.state, requester.name, scan.created_at, scan.started_at, scan.finished_at, scan.files, scan.bytes,
         scan.found, scan.unreadable, scan.partial, scan.skipped, scan.unreadable_paths, scan.failure_code,
         scan.failure_text, scan.device_order, scan.requested_by
     from scan join device on device.id = scan.device left join account requester on requester.id = scan.requested_by
     where scan.workspace = $1"
);

/// Newest first; one more than the limit when there is a next page.
pub(super) fn list(r: &mut impl Read, workspace: WorkspaceId, wanted: &Wanted) -> Result<Vec<Scan>, DbError> {
    let mut question = Question::new(SCAN, params![workspace])
        .with_some("and scan.device = ?", wanted.device)
        .with_some("and scan.state = ?", wanted.state.map(ScanState::as_str));
    if let Some((at, id)) = wanted.after {
        question = question.with("and (scan.created_at, scan.id) < (?, ?)", params![at, id]);
    }
    let rows = question
        .with(
            "order by scan.created_at desc, scan.id desc limit ?",
            params![wanted.limit + 1],
        )
        .rows(r)?;
    rows.iter().map(read).collect()
}

/// One scan.
pub(super) fn find(r: &mut impl Read, workspace: WorkspaceId, scan: ScanId) -> Result<Scan, Fault> {
    let rows = Question::new(SCAN, params![workspace])
        .with("and scan.id = ?", params![scan])
        .rows(r)?;
    Ok(read(rows.first().ok_or(Code::NotFound)?)?)
}

/// Scans of a workspace that are queued or running.
///
/// # Errors
/// Whatever the engine says.
pub fn open_count(r: &mut impl Read, workspace: WorkspaceId) -> Result<u64, DbError> {
    r.count(
        sql!(
            "select count(*) from scan
             where state in ('queued', 'running', 'cancelling') and workspace = $1"
        ),
        params![workspace],
    )
}

/// Whether any scan of the workspace was looked through to its end, or is about to be, since `since`.
///
/// # Errors
/// Whatever the engine says.
pub fn any_since(r: &mut impl Read, workspace: WorkspaceId, since: Timestamp) -> Result<bool, DbError> {
    let row = r.first(
        sql!(
            "select 1 from scan where workspace = $1 and created_at >= $2
                 and state in ('queued', 'running', 'completed') limit 1"
        ),
        params![workspace, since],
    )?;
    Ok(row.is_some())
}

/// Scans that are under way with this target: asking twice is not scanning twice.
pub(super) fn under_way(
    r: &mut impl Read,
    workspace: WorkspaceId,
    target: &ScanTarget,
) -> Result<Vec<(DeviceId, ScanId)>, DbError> {
    let (kind, path, _) = columns(target);
    let rows = r.rows(
        sql!(
            "select device, id from scan where state in ('queued', 'running') and workspace = $1
                 and target_kind = $2 and coalesce(target_path, '') = $3"
        ),
        params![workspace, kind, path.unwrap_or_default()],
    )?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

fn read(row: &Row) -> Result<Scan, DbError> {
    let paths: String = row.get(18)?;
    let target = match (row.get::<String>(5)?.as_str(), row.get::<Option<String>>(6)?) {
        ("usual_places", _) => Target::UsualPlaces,
        ("path", Some(path)) => Target::Path { path },
        _ => Target::Unknown,
    };
    let failure = row
        .get::<Option<String>>(19)?
        .map(|code| {
            Ok::<_, DbError>(Failure {
                code,
                sentence: row.get::<Option<String>>(20)?.unwrap_or_default(),
            })
        })
        .transpose()?;
    Ok(Scan {
        scan: row.get(0)?,
        device: row.get(1)?,
        device_name: row.get(2)?,
        device_retired: row.get::<String>(3)? == "retired",
        origin: row.get(4)?,
        target,
        state: ScanState::parse(&row.get::<String>(7)?).unwrap_or(ScanState::Failed),
        requested_by: row.get(8)?,
        created_at: row.get(9)?,
        started_at: row.get(10)?,
        finished_at: row.get(11)?,
        tally: Tally {
            files: row.get(12)?,
            bytes: row.get(13)?,
            found: row.get(14)?,
            unreadable: row.get(15)?,
            partial: row.get(16)?,
            skipped: row.get(17)?,
        },
        unreadable_paths: serde_json::from_str(&paths).unwrap_or_default(),
        failure,
        progress: None,
        order: row.get(21)?,
        requester: row.get(22)?,
    })
}
