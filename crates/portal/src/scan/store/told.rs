//! What devices tell of scans, and what follows when they say nothing.

use super::columns;
use crate::{
    base::db::{DbError, Tx, storable},
    device::Reporter,
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{
    DeviceId, OrderId, Origin, Refusal, ScanId, ScanOutcome, ScanTally, ScanTarget, WirePath,
};

/// The device began. What comes late or twice does not open a scan that is over.
pub(in crate::scan) fn started(
    tx: &mut Tx<'_>,
    from: &Reporter,
    scan: ScanId,
    begun: (&ScanTarget, Origin),
    at: Timestamp,
) -> Result<(), DbError> {
    let now = tx.now();
    let (kind, path, raw) = columns(begun.0);
    let origin = match begun.1 {
        Origin::Portal { .. } => "portal",
        Origin::Device => "device",
    };
    tx.execute(
        sql!(
            "insert into scan (id, workspace, device, origin, target_kind, target_path, target_raw, state, created_at,
                 files, bytes, found, unreadable, partial, skipped, unreadable_paths)
             values ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, 0, 0, 0, 0, 0, 0, '[]') on conflict (id) do nothing"
        ),
        params![scan, from.workspace, from.device, origin, kind, path, raw, now],
    )?;
    tx.execute(
        sql!(
            "update scan set started_at = $1, finished_at = null,
                 state = case when state = 'cancelling' then state else 'running' end
             where id = $2 and device = $3 and started_at is null"
        ),
        params![at, scan, from.device],
    )?;
    Ok(())
}

/// How a scan went, as the device tells it.
pub(in crate::scan) struct Finish<'a> {
    pub scan: ScanId,
    pub outcome: ScanOutcome,
    pub tally: &'a ScanTally,
    pub unreadable: &'a [WirePath],
    pub at: Timestamp,
}

/// The device is done. It may be the first we hear of the scan: then we do not know where it looked.
pub(in crate::scan) fn finished(tx: &mut Tx<'_>, from: &Reporter, told: &Finish<'_>) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into scan (id, workspace, device, origin, target_kind, state, created_at,
                 files, bytes, found, unreadable, partial, skipped, unreadable_paths)
             values ($1, $2, $3, 'device', 'unknown', 'running', $4, 0, 0, 0, 0, 0, 0, '[]')
             on conflict (id) do nothing"
        ),
        params![told.scan, from.workspace, from.device, now],
    )?;
    let state = match told.outcome {
        ScanOutcome::Completed => "completed",
        ScanOutcome::Cancelled => "cancelled",
        ScanOutcome::Failed => "failed",
    };
    let paths: Vec<&WirePath> = told.unreadable.iter().take(100).collect();
    let paths = serde_json::to_string(&paths).unwrap_or_else(|_| "[]".into());
    let tally = told.tally;
    tx.execute(
        sql!(
            "update scan set state = $1, started_at = coalesce(started_at, $2), finished_at = $2, files = $3,
                 bytes = $4, found = $5, unreadable = $6, partial = $7, skipped = $8, unreadable_paths = $9,
                 failure_code = null, failure_text = null
             where id = $10 and device = $11"
        ),
        params![
            state,
            told.at,
            tally.files,
            tally.bytes,
            tally.found,
            tally.unreadable,
            tally.partial,
            tally.skipped,
            paths,
            told.scan,
            from.device
        ],
    )?;
    Ok(())
}

/// The device would not scan, or would not stop. What it refuses to begin has failed; what it refuses to stop is over,
/// unless it still says how it ended.
pub(in crate::scan) fn refused(
    tx: &mut Tx<'_>,
    from: &Reporter,
    order: OrderId,
    refusal: &Refusal,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update scan set state = 'failed', finished_at = $1, failure_code = $2, failure_text = $3
             where device = $4 and ((device_order = $5 and state in ('queued', 'cancelling') and started_at is null)
                 or (cancel_order = $5 and state = 'cancelling'))"
        ),
        params![now, storable(&refusal.code), storable(&refusal.sentence), from.device, order],
    )?;
    Ok(())
}

/// No device took the order in time.
pub(in crate::scan) fn expired(tx: &mut Tx<'_>, device: DeviceId, order: OrderId) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update scan set finished_at = $1, state = case when state = 'queued' then 'expired' else 'cancelled' end
             where device = $2 and (device_order = $3 or cancel_order = $3) and state in ('queued', 'cancelling')
                 and started_at is null"
        ),
        params![now, device, order],
    )?;
    Ok(())
}

/// What the device was asked for will not be done, or nobody here will hear of it: `code` says why.
pub(in crate::scan) fn given_up(
    tx: &mut Tx<'_>,
    device: DeviceId,
    order: OrderId,
    code: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update scan set finished_at = $1, state = 'failed', failure_code = $2, failure_text = ''
             where device = $3 and (device_order = $4 or cancel_order = $4)
                 and state in ('queued', 'running', 'cancelling')"
        ),
        params![now, code, device, order],
    )?;
    Ok(())
}

/// Ends what was begun before `before` and is still not over.
pub(in crate::scan) fn lose(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update scan set finished_at = $1, state = 'failed', failure_code = 'scan_lost', failure_text = ''
             where state in ('running', 'cancelling') and started_at <= $2"
        ),
        params![now, before],
    )?;
    Ok(())
}
