use super::{
    chart::{self, Day},
    store,
    todo::{self, Todo},
};
use crate::{
    base::{
        db::{DbError, Read},
        error::Fault,
    },
    detection::{self, Unsettled},
    device::{self, Counts},
    licence::{self, Licence},
    quarantine::{self, Held},
    scan,
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{ManagementMode, WorkspaceId};

const DAY: i64 = 86_400_000_000;
/// What could not be moved into quarantine is spoken of for this long.
const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Everything the page and the API are made of, read in one go.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) mode: ManagementMode,
    pub(super) devices: Counts,
    pub(super) duplicated: u64,
    pub(super) days: Vec<Day>,
    pub(super) unsettled: Unsettled,
    pub(super) held: Held,
    pub(super) scans_open: u64,
    pub(super) ever_scanned: bool,
    pub(super) licence: Option<Licence>,
    /// Devices that hold a seat and have not been heard of for long.
    pub(super) silent: u64,
    pub(super) now: Timestamp,
}

impl Facts {
    pub(super) fn gather(
        r: &mut impl Read,
        workspace: WorkspaceId,
        mode: ManagementMode,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let today = now.as_microsecond().div_euclid(DAY);
        let counted = detection::per_day(r, workspace, today - chart::DAYS + 1)?;
        Ok(Self {
            mode,
            devices: device::counts(r, workspace, now)?,
            duplicated: store::duplicated(r, workspace)?,
            days: chart::days(today, &counted),
            unsettled: detection::unsettled(r, workspace, month_before(now))?,
            held: quarantine::held(r, workspace)?,
            scans_open: scan::open_count(r, workspace)?,
            ever_scanned: ever_scanned(r, workspace)?,
            licence: licence::for_workspace(r, workspace)?,
            silent: licence::silent(r, workspace, now)?,
            now,
        })
    }

    pub(super) fn todo(&self) -> Vec<Todo> {
        todo::list(self)
    }
}

pub(super) fn month_before(now: Timestamp) -> Timestamp {
    now.saturating_sub(MONTH).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn ever_scanned(r: &mut impl Read, workspace: WorkspaceId) -> Result<bool, DbError> {
    scan::any_since(r, workspace, Timestamp::UNIX_EPOCH)
}
