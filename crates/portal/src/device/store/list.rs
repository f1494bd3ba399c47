use super::super::{
    health::{Health, HealthState},
    heard_since,
    view::{Device, Facts, SettingsState, State, state},
};
use crate::{
    base::db::{DbError, Question, Read, Row},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{DeviceId, LicenceId, WorkspaceId};
use uuid::Uuid;

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

/// Which devices.
#[derive(Debug, Clone)]
pub(in crate::device) struct Wanted {
    /// Pattern of what they are searched by.
    pub pattern: Option<String>,
    /// Those in this state; otherwise all that are not retired.
    pub state: Option<State>,
    /// Those last heard before this.
    pub heard_before: Option<Timestamp>,
    /// The last one of the page before.
    pub after: Option<(String, Uuid)>,
    pub limit: u32,
}

/// The moment and the settings that are wanted, on which what is shown depends.
#[derive(Debug, Clone)]
pub(in crate::device) struct Moment {
    pub now: Timestamp,
    pub settings_hash: Vec<u8>,
    /// The same, for devices that hold no seat.
    pub seatless_hash: Vec<u8>,
}

const DEVICE: &str = sql!(
    "select id, name, name_key, hostname, os, arch, address, agent_version, state, health, health_detail,
            settings_hash, settings_status, settings_error, licence, enrolled_at, connection, last_seen_at,
            retired_at, duplicated_at
     from device where workspace = $1"
);

/// By name; one more than the limit when there is a next page.
pub(in crate::device) fn list(
    r: &mut impl Read,
    workspace: WorkspaceId,
    wanted: &Wanted,
    moment: &Moment,
) -> Result<Vec<Device>, DbError> {
    let mut question = Question::new(DEVICE, params![workspace]);
    question = match wanted.state {
        Some(State::Retired) => question.with("and state = 'retired'", params![]),
        None => question.with("and state = 'enrolled'", params![]),
        Some(state) => question.with(
            "and state = 'enrolled'
             and case when duplicated_at is not null then 'attention'
                      when connection is null or last_seen_at < ? then 'offline'
                      when health = 'healthy' and settings_status <> 'failed' then 'protected'
                      else 'attention' end = ?",
            params![heard_since(moment.now), state.as_str()],
        ),
    };
    question = question.with_some(r"and search like ? escape '\'", wanted.pattern.as_ref());
    question = question.with_some("and last_seen_at < ?", wanted.heard_before);
    if let Some((name, id)) = &wanted.after {
        question = question.with("and (name_key, id) > (?, ?)", params![name, *id]);
    }
    let rows = question
        .with("order by name_key, id limit ?", params![wanted.limit + 1])
        .rows(r)?;
    rows.iter().map(|row| read(row, moment)).collect()
}

/// Devices that hold a seat, the longest silent first.
pub(in crate::device) fn seated(
    r: &mut impl Read,
    workspace: WorkspaceId,
    heard_before: Option<Timestamp>,
    limit: u32,
    moment: &Moment,
) -> Result<Vec<Device>, DbError> {
    let rows = Question::new(DEVICE, params![workspace])
        .with("and licence is not null", params![])
        .with_some("and last_seen_at < ?", heard_before)
        .with("order by last_seen_at, id limit ?", params![limit])
        .rows(r)?;
    rows.iter().map(|row| read(row, moment)).collect()
}

pub(in crate::device) fn find(
    r: &mut impl Read,
    workspace: WorkspaceId,
    device: DeviceId,
    moment: &Moment,
) -> Result<Option<Device>, DbError> {
    let rows = Question::new(DEVICE, params![workspace])
        .with("and id = ?", params![device])
        .rows(r)?;
    rows.first().map(|row| read(row, moment)).transpose()
}

fn read(row: &Row, moment: &Moment) -> Result<Device, DbError> {
    let retired_at: Option<Timestamp> = row.get(18)?;
    let duplicated_at: Option<Timestamp> = row.get(19)?;
    let (status, last_seen_at): (String, Timestamp) = (row.get(12)?, row.get(17)?);
    let health = HealthState::parse(&row.get::<String>(9)?);
    let facts = Facts {
        retired: row.get::<String>(8)? == "retired",
        duplicated: duplicated_at.is_some(),
        connected: row.get::<Option<Uuid>>(16)?.is_some(),
        last_seen_at,
        health,
        settings: &status,
    };
    let told = row.get::<Option<Vec<u8>>>(11)?;
    let seat = row.get::<Option<LicenceId>>(14)?.is_some();
    let wanted = if seat {
        &moment.settings_hash
    } else {
        &moment.seatless_hash
    };
    let settings = match status.as_str() {
        "applied" if told.as_ref() == Some(wanted) => SettingsState::Applied,
        "applying" if told.as_ref() == Some(wanted) => SettingsState::Applying,
        "failed" => SettingsState::Failed,
        _ => SettingsState::Pending,
    };
    Ok(Device {
        id: row.get(0)?,
        name: row.get(1)?,
        name_key: row.get(2)?,
        hostname: row.get(3)?,
        os: row.get(4)?,
        arch: row.get(5)?,
        address: row.get(6)?,
        agent_version: row.get(7)?,
        state: state(&facts, moment.now),
        health,
        parts: Health::parts(&row.get::<String>(10)?),
        settings,
        settings_error: row.get::<Option<String>>(13)?.filter(|error| !error.is_empty()),
        seat,
        enrolled_at: row.get(15)?,
        last_seen_at,
        retired_at,
        duplicated_at,
    })
}
