//! Every SQL statement on activated machines.

use crate::{
    base::db::{DbError, Read, Row, Tx},
    issuer::{Heartbeat, Machine},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{LicenceId, MachineId, WorkspaceId};
use serde_json::Value;

/// A machine as it is activated.
pub(super) struct New {
    pub fingerprint: String,
    pub name: Option<String>,
    pub hostname: Option<String>,
    pub platform: Option<String>,
    pub cores: Option<i64>,
    pub metadata: Value,
}

fn machine(row: &Row, every: Option<u64>) -> Result<Machine, DbError> {
    let (created_at, last): (Timestamp, Option<Timestamp>) = (row.get(7)?, row.get(8)?);
    Ok(Machine {
        id: row.get::<MachineId>(0)?.0,
        fingerprint: row.get(1)?,
        name: row.get(2)?,
        hostname: row.get(3)?,
        platform: row.get(4)?,
        cores: row.get(5)?,
        metadata: serde_json::from_str(&row.get::<String>(6)?).unwrap_or_default(),
        created_at,
        seen_at: last.unwrap_or(created_at),
        heartbeat: Heartbeat { every, last },
    })
}

/// Adds a machine; `None` when its fingerprint is there.
pub(super) fn insert(tx: &mut Tx<'_>, licence: LicenceId, new: &New) -> Result<Option<MachineId>, DbError> {
    let (id, now): (MachineId, _) = (tx.id(), tx.now());
    let added = tx.execute(
        sql!(
            "insert into activation
                (id, licence, fingerprint, name, hostname, platform, cores, metadata, activated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (licence, fingerprint) do nothing"
        ),
        params![
            id,
            licence,
            &new.fingerprint,
            new.name.as_ref(),
            new.hostname.as_ref(),
            new.platform.as_ref(),
            new.cores,
            new.metadata.to_string(),
            now
        ],
    )?;
    Ok((added == 1).then_some(id))
}

pub(super) fn by_id(
    r: &mut impl Read,
    licence: LicenceId,
    id: MachineId,
    every: Option<u64>,
) -> Result<Option<Machine>, DbError> {
    let row = r.first(
        sql!(
            "select id, fingerprint, name, hostname, platform, cores, metadata, activated_at, heartbeat_at
             from activation where id = $1 and licence = $2"
        ),
        params![id, licence],
    )?;
    row.map(|row| machine(&row, every)).transpose()
}

pub(super) fn by_fingerprint(
    r: &mut impl Read,
    licence: LicenceId,
    fingerprint: &str,
    every: Option<u64>,
) -> Result<Option<Machine>, DbError> {
    let row = r.first(
        sql!(
            "select id, fingerprint, name, hostname, platform, cores, metadata, activated_at, heartbeat_at
             from activation where licence = $1 and fingerprint = $2"
        ),
        params![licence, fingerprint],
    )?;
    row.map(|row| machine(&row, every)).transpose()
}

/// Machines of a licence after one of them, in the order they were activated.
pub(super) fn page(
    r: &mut impl Read,
    licence: LicenceId,
    after: MachineId,
    (most, every): (u64, Option<u64>),
) -> Result<Vec<Machine>, DbError> {
    let rows = r.rows(
        sql!(
            "select id, fingerprint, name, hostname, platform, cores, metadata, activated_at, heartbeat_at
             from activation where licence = $1 and id > $2 order by id limit $3"
        ),
        params![licence, after, most],
    )?;
    rows.iter().map(|row| machine(row, every)).collect()
}

/// Whether a licence has any machine.
pub(super) fn any(r: &mut impl Read, licence: LicenceId) -> Result<bool, DbError> {
    let statement = sql!("select id from activation where licence = $1 limit 1");
    Ok(r.first(statement, params![licence])?.is_some())
}

/// Takes a machine away; whether it was there.
pub(super) fn delete(tx: &mut Tx<'_>, licence: LicenceId, id: MachineId) -> Result<bool, DbError> {
    let gone = tx.execute(
        sql!("delete from activation where id = $1 and licence = $2"),
        params![id, licence],
    )?;
    Ok(gone == 1)
}

/// A machine was heard.
pub(super) fn beat(tx: &mut Tx<'_>, licence: LicenceId, id: MachineId) -> Result<bool, DbError> {
    let now = tx.now();
    let heard = tx.execute(
        sql!("update activation set heartbeat_at = $1 where id = $2 and licence = $3"),
        params![now, id, licence],
    )?;
    Ok(heard == 1)
}

/// A machine whose heartbeat stopped and whose product says that this frees its seat.
pub(super) struct Dead {
    pub id: MachineId,
    pub licence: LicenceId,
    pub workspace: Option<WorkspaceId>,
    pub fingerprint: String,
    /// When it was heard last, or activated.
    pub heard_at: Timestamp,
}

/// Most that are looked at in one go; the rest a minute later.
const AT_ONCE: u64 = 1_000;

pub(super) fn dead(r: &mut impl Read, now: Timestamp) -> Result<Vec<Dead>, DbError> {
    let rows = r.rows(
        sql!(
            "select activation.id, activation.licence, licence.workspace, fingerprint,
                    coalesce(heartbeat_at, activated_at)
             from activation join licence on licence.id = activation.licence
                  join product on product.code = licence.product
             where heartbeat_frees_seat and coalesce(heartbeat_at, activated_at) + heartbeat_seconds * 1000000 < $1
             order by activation.id limit $2"
        ),
        params![now, AT_ONCE],
    )?;
    let dead = |row: &Row| {
        Ok(Dead {
            id: row.get(0)?,
            licence: row.get(1)?,
            workspace: row.get(2)?,
            fingerprint: row.get(3)?,
            heard_at: row.get(4)?,
        })
    };
    rows.iter().map(dead).collect()
}

/// Takes it away, unless it was heard since.
pub(super) fn delete_unheard(tx: &mut Tx<'_>, dead: &Dead) -> Result<bool, DbError> {
    let gone = tx.execute(
        sql!("delete from activation where id = $1 and coalesce(heartbeat_at, activated_at) = $2"),
        params![dead.id, dead.heard_at],
    )?;
    Ok(gone == 1)
}

/// Whether any machine could lose its seat that way. A product may come to say so later: machines of every product count.
pub(super) fn any_at_all(r: &mut impl Read) -> Result<bool, DbError> {
    Ok(r.first(sql!("select id from activation limit 1"), params![])?
        .is_some())
}
