use crate::{
    base::{
        audit::Housekeeping,
        db::{Committed, DbError, Read, Tx},
    },
    params, sql,
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::JobId;
use serde::Serialize;

/// A job taken to be run.
pub(super) struct Claimed {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    pub attempts: u64,
}

pub(crate) fn enqueue(
    tx: &mut Tx<'_>,
    kind: &'static str,
    payload: &impl Serialize,
    run_at: Option<Timestamp>,
) -> Result<(), DbError> {
    let payload = serde_json::to_string(payload).map_err(|error| DbError::Statement {
        sql: kind.to_owned(),
        detail: error.to_string(),
    })?;
    let (id, now) = (tx.id::<JobId>(), tx.now());
    tx.execute(
        sql!(
            "insert into job (id, kind, payload, state, run_at, attempts, created_at)
             values ($1, $2, $3, 'queued', $4, 0, $5)"
        ),
        params![id, kind, payload, run_at.unwrap_or(now), now],
    )?;
    Ok(())
}

/// Writes a job without a payload to be run at `run_at`, unless one of its kind is waiting already.
pub(crate) fn enqueue_once(tx: &mut Tx<'_>, kind: &'static str, run_at: Timestamp) -> Result<(), DbError> {
    let statement = sql!("select count(*) from job where kind = $1 and state = 'queued'");
    if tx.count(statement, params![kind])? > 0 {
        return Ok(());
    }
    enqueue(tx, kind, &serde_json::json!({}), Some(run_at))
}

/// Takes the oldest job that is due, or whose runner has not been heard of for `lease`.
pub(super) fn claim(mut tx: Tx<'_>, lease: SignedDuration) -> Result<Committed<Option<Claimed>>, DbError> {
    let now = tx.now();
    // The outer conditions make two portals that picked the same row decide by the row's lock.
    let row = tx.first(
        sql!(
            "update job set state = 'running', locked_until = $1, attempts = attempts + 1
             where id = (select id from job where (state = 'queued' and run_at <= $2)
                             or (state = 'running' and locked_until < $2)
                         order by run_at limit 1)
               and ((state = 'queued' and run_at <= $2) or (state = 'running' and locked_until < $2))
             returning id, kind, payload, attempts"
        ),
        params![now.saturating_add(lease).unwrap_or(now), now],
    )?;
    let claimed = row
        .map(|row| {
            Ok::<_, DbError>(Claimed {
                id: row.get(0)?,
                kind: row.get(1)?,
                payload: row.get(2)?,
                attempts: row.get(3)?,
            })
        })
        .transpose()?;
    tx.tidy(Housekeeping::Job, claimed)
}

pub(super) fn finish(mut tx: Tx<'_>, id: JobId) -> Result<Committed<()>, DbError> {
    tx.execute(sql!("delete from job where id = $1"), params![id])?;
    tx.tidy(Housekeeping::Job, ())
}

pub(super) fn fail(
    mut tx: Tx<'_>,
    id: JobId,
    error: &str,
    retry_at: Option<Timestamp>,
) -> Result<Committed<()>, DbError> {
    let state = if retry_at.is_some() { "queued" } else { "dead" };
    let run_at = retry_at.unwrap_or(tx.now());
    tx.execute(
        sql!("update job set state = $1, run_at = $2, last_error = $3, locked_until = null where id = $4"),
        params![state, run_at, error, id],
    )?;
    tx.tidy(Housekeeping::Job, ())
}

/// When the next job is due, or a lost one may be taken again.
pub(super) fn next_due(r: &mut impl Read) -> Result<Option<Timestamp>, DbError> {
    let row = r.first(
        sql!(
            "select min(case when state = 'queued' then run_at else locked_until end)
             from job where state in ('queued', 'running')"
        ),
        params![],
    )?;
    row.map_or(Ok(None), |row| row.get(0))
}
