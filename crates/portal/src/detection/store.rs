use super::{action::Action, view::Detection};
use crate::{
    base::db::{DbError, Question, Read, Row, Tx, storable},
    device::Reporter,
    params,
    quarantine::ItemState,
    sql,
};
use jiff::Timestamp;
use rempart_wire::{DetectionReport, DeviceId, ScanId, WorkspaceId};
use uuid::Uuid;

pub(super) const DAY: i64 = 86_400_000_000;

pub(super) fn add(
    tx: &mut Tx<'_>,
    from: &Reporter,
    report: &DetectionReport,
    at: Timestamp,
) -> Result<(), DbError> {
    let members = serde_json::to_string(&report.members).unwrap_or_else(|_| "[]".into());
    tx.execute(
        sql!(
            "insert into detection
                 (id, workspace, device, scan, at, path, path_raw, members, rule, sha256, size, action, item)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing"
        ),
        params![
            report.detection,
            from.workspace,
            from.device,
            report.scan,
            at,
            storable(&report.path.text),
            report.path.raw.clone(),
            members,
            storable(&report.rule),
            storable(&report.sha256),
            report.size,
            Action::from(report.action).as_str(),
            report.item
        ],
    )?;
    Ok(())
}

/// Which detections are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted {
    pub device: Option<DeviceId>,
    pub scan: Option<ScanId>,
    pub action: Option<Action>,
    pub after: Option<(Timestamp, Uuid)>,
    pub limit: u32,
}

const DETECTION: &str = sql!(
    "select detection.id, detection.device, device.name, detection.scan, detection.at, detection.path,
         detection.members, detection.rule, detection.sha256, detection.size, detection.action, detection.item,
         quarantine_item.state
     from detection join device on device.id = detection.device
     left join quarantine_item on quarantine_item.id = detection.item
         and quarantine_item.device = detection.device
     where detection.workspace = $1"
);

/// Newest first; one more than the limit when there is a next page.
pub(super) fn list(
    r: &mut impl Read,
    workspace: WorkspaceId,
    wanted: &Wanted,
) -> Result<Vec<Detection>, DbError> {
    let mut question = Question::new(DETECTION, params![workspace])
        .with_some("and detection.device = ?", wanted.device)
        .with_some("and detection.scan = ?", wanted.scan)
        .with_some("and detection.action = ?", wanted.action.map(Action::as_str));
    if let Some((at, id)) = wanted.after {
        question = question.with("and (detection.at, detection.id) < (?, ?)", params![at, id]);
    }
    let rows = question
        .with(
            "order by detection.at desc, detection.id desc limit ?",
            params![wanted.limit + 1],
        )
        .rows(r)?;
    rows.iter().map(read).collect()
}

/// What a scan found, newest first, at most `limit`.
///
/// # Errors
/// Whatever the engine says.
pub fn of_scan(
    r: &mut impl Read,
    workspace: WorkspaceId,
    scan: ScanId,
    limit: u32,
) -> Result<Vec<Detection>, DbError> {
    let wanted = Wanted {
        scan: Some(scan),
        limit,
        ..Wanted::default()
    };
    let mut found = list(r, workspace, &wanted)?;
    found.truncate(limit as usize);
    Ok(found)
}

/// The latest detections of a workspace, or of one of its devices; at most `limit`.
///
/// # Errors
/// Whatever the engine says.
pub fn latest(
    r: &mut impl Read,
    workspace: WorkspaceId,
    device: Option<DeviceId>,
    limit: u32,
) -> Result<Vec<Detection>, DbError> {
    let wanted = Wanted {
        device,
        limit,
        ..Wanted::default()
    };
    let mut found = list(r, workspace, &wanted)?;
    found.truncate(limit as usize);
    Ok(found)
}

/// Detections of one day (UTC) that ended one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// Days since 1970-01-01.
    pub day: i64,
    /// What was done.
    pub action: Action,
    /// How many.
    pub count: u64,
}

/// Detections per day (UTC) and action since the beginning of a day. Days without any are left out.
///
/// # Errors
/// Whatever the engine says.
pub fn per_day(r: &mut impl Read, workspace: WorkspaceId, since_day: i64) -> Result<Vec<DayCount>, DbError> {
    let rows = r.rows(
        sql!(
            "select at / 86400000000, action, count(*) from detection where workspace = $1 and at >= $2
             group by at / 86400000000, action order by at / 86400000000, action"
        ),
        params![workspace, since_day.max(0) * DAY],
    )?;
    rows.iter()
        .map(|row| {
            Ok(DayCount {
                day: row.get(0)?,
                action: Action::parse(&row.get::<String>(1)?).unwrap_or(Action::Reported),
                count: row.get(2)?,
            })
        })
        .collect()
}

/// Files that could not be moved into quarantine and were not since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsettled {
    /// How many files.
    pub files: u64,
    /// On how many devices.
    pub devices: u64,
    /// Name of one of these devices.
    pub device_name: Option<String>,
}

/// Files found since `since` that could not be moved into quarantine and were not since.
///
/// # Errors
/// Whatever the engine says.
pub fn unsettled(r: &mut impl Read, workspace: WorkspaceId, since: Timestamp) -> Result<Unsettled, DbError> {
    let row = r.first(
        sql!(
            "select count(*), count(distinct open.device), min(device.name)
             from (select distinct failed.device, failed.path from detection failed
                   where failed.workspace = $1 and failed.at >= $2 and failed.action = 'quarantine_failed'
                     and not exists (select 1 from detection later where later.device = failed.device
                         and later.path = failed.path and later.at >= failed.at and later.action = 'quarantined')
                  ) open
             join device on device.id = open.device where device.state = 'enrolled'"
        ),
        params![workspace, since],
    )?;
    row.map_or_else(
        || Ok(Unsettled::default()),
        |row| {
            Ok(Unsettled {
                files: row.get(0)?,
                devices: row.get(1)?,
                device_name: row.get(2)?,
            })
        },
    )
}

/// Files found on one device by one scan, that ended one way.
#[derive(Debug, Clone)]
pub struct Finding {
    /// When the last of them was found.
    pub at: Timestamp,
    /// The device's name.
    pub device_name: String,
    /// What was done.
    pub action: Action,
    /// How many files.
    pub files: u64,
}

/// The latest findings since `since`; what one scan found is one.
///
/// # Errors
/// Whatever the engine says.
pub fn findings(
    r: &mut impl Read,
    workspace: WorkspaceId,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Finding>, DbError> {
    let rows = r.rows(
        sql!(
            "select max(detection.at), min(device.name), detection.action, count(distinct detection.path)
             from detection join device on device.id = detection.device
             where detection.workspace = $1 and detection.at >= $2
             group by detection.device, coalesce(detection.scan, detection.id), detection.action
             order by max(detection.at) desc limit $3"
        ),
        params![workspace, since, limit],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Finding {
                at: row.get(0)?,
                device_name: row.get(1)?,
                action: Action::parse(&row.get::<String>(2)?).unwrap_or(Action::Reported),
                files: row.get(3)?,
            })
        })
        .collect()
}

fn read(row: &Row) -> Result<Detection, DbError> {
    Ok(Detection {
        detection: row.get(0)?,
        device: row.get(1)?,
        device_name: row.get(2)?,
        scan: row.get(3)?,
        at: row.get(4)?,
        path: row.get(5)?,
        members: serde_json::from_str(&row.get::<String>(6)?).unwrap_or_default(),
        rule: row.get(7)?,
        sha256: row.get(8)?,
        size: row.get(9)?,
        action: Action::parse(&row.get::<String>(10)?).unwrap_or(Action::Reported),
        item: row.get(11)?,
        item_state: row
            .get::<Option<String>>(12)?
            .and_then(|state| ItemState::parse(&state)),
    })
}
