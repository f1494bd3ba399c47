use crate::{
    base::db::{DbError, Read},
    params, sql,
};
use jiff::Timestamp;

/// How much there is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counts {
    pub accounts: u64,
    pub workspaces: u64,
    pub devices: u64,
    pub jobs_waiting: u64,
    pub jobs_dead: u64,
}

pub(super) fn counts(r: &mut impl Read) -> Result<Counts, DbError> {
    Ok(Counts {
        accounts: r.count(
            sql!("select count(*) from account where erased_at is null"),
            params![],
        )?,
        workspaces: r.count(
            sql!("select count(*) from workspace where deleted_at is null"),
            params![],
        )?,
        devices: r.count(
            sql!("select count(*) from device where retired_at is null"),
            params![],
        )?,
        jobs_waiting: r.count(sql!("select count(*) from job where state <> 'dead'"), params![])?,
        jobs_dead: r.count(sql!("select count(*) from job where state = 'dead'"), params![])?,
    })
}

/// A job that was given up.
#[derive(Debug)]
pub(super) struct DeadJob {
    pub kind: String,
    pub attempts: u64,
    pub last_error: String,
    pub created_at: Timestamp,
}

/// The newest of them.
pub(super) fn dead_jobs(r: &mut impl Read) -> Result<Vec<DeadJob>, DbError> {
    let rows = r.rows(
        sql!(
            "select kind, attempts, coalesce(last_error, ''), created_at from job
             where state = 'dead' order by id desc limit 20"
        ),
        params![],
    )?;
    rows.iter()
        .map(|row| {
            Ok(DeadJob {
                kind: row.get(0)?,
                attempts: row.get(1)?,
                last_error: row.get(2)?,
                created_at: row.get(3)?,
            })
        })
        .collect()
}
