//! Where a licence is: what attaching it would do, and doing it.

use super::{
    Licence, LicenceView,
    change::told,
    seat::{fill, vacate},
    store,
};
use crate::base::{
    db::{DbError, Read, Signal, Tx},
    error::{Code, Fault},
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, WorkspaceId};
use serde_json::json;

/// What was agreed to beforehand. Each is asked for by its own code.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Consent {
    /// Taking it from another workspace.
    pub leave: bool,
    /// Giving back the licence that is there.
    pub replace: bool,
    /// Leaving devices of this workspace without a seat.
    pub fewer: bool,
}

/// Another workspace, and how many devices there hold a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Elsewhere {
    pub id: WorkspaceId,
    pub name: String,
    pub devices: u64,
}

/// What attaching a licence to a workspace does.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub licence: Licence,
    pub workspace: WorkspaceId,
    /// Where it is taken from.
    pub elsewhere: Option<Elsewhere>,
    /// What is given back to its owner; a trial ends.
    pub replaces: Option<Licence>,
    /// Devices in use in the workspace.
    pub devices: u64,
    /// Seats there are for devices: all but those of the licence's machines, which keep theirs wherever it goes.
    pub room: u64,
}

impl Plan {
    /// Works it out.
    ///
    /// # Errors
    /// `not_found`, when the licence is not `owner`'s; `licence_unusable`.
    pub(super) fn new(
        r: &mut impl Read,
        owner: AccountId,
        licence: LicenceId,
        workspace: WorkspaceId,
    ) -> Result<Self, Fault> {
        let found = store::find::by_id(r, licence)?.filter(|found| found.owner == Some(owner));
        let licence = found.ok_or(Fault::new(Code::NotFound).at("licence"))?;
        if licence.facts.revoked || licence.facts.suspended || licence.facts.merged {
            return Err(Fault::new(Code::LicenceUnusable).at("licence"));
        }
        let elsewhere = match licence.workspace.filter(|id| *id != workspace) {
            None => None,
            Some(id) => Some(Elsewhere {
                id,
                name: licence.workspace_name.clone().unwrap_or_default(),
                devices: store::seat::seated(r, licence.id)?,
            }),
        };
        let present = store::find::for_workspace(r, workspace)?;
        Ok(Self {
            replaces: present.filter(|present| present.id != licence.id),
            devices: store::find::devices(r, workspace)?,
            room: licence
                .seats
                .saturating_sub(store::seat::machines(r, licence.id)?),
            licence,
            workspace,
            elsewhere,
        })
    }

    /// Whether it is already so.
    pub(super) fn done(&self) -> bool {
        self.licence.workspace == Some(self.workspace)
    }

    /// Devices of this workspace that will have no seat.
    pub(super) fn unseated(&self) -> u64 {
        self.devices.saturating_sub(self.room)
    }

    /// The first consequence nobody agreed to, with all of them as facts.
    ///
    /// # Errors
    /// `licence_in_use`, `workspace_has_licence`, `licence_too_small`.
    pub(super) fn agreed(&self, consent: Consent) -> Result<(), Fault> {
        let fault = |code| Fault::new(code).at("licence").facts(self.facts());
        if let Some(elsewhere) = self.elsewhere.as_ref().filter(|_| !consent.leave) {
            return Err(fault(Code::LicenceInUse)
                .arg("workspace", &elsewhere.name)
                .arg("devices", elsewhere.devices));
        }
        if self.replaces.as_ref().is_some_and(|present| !present.facts.trial) && !consent.replace {
            return Err(fault(Code::WorkspaceHasLicence));
        }
        if self.unseated() > 0 && !consent.fewer {
            return Err(fault(Code::LicenceTooSmall)
                .arg("seats", self.room)
                .arg("devices", self.devices));
        }
        Ok(())
    }

    fn facts(&self) -> serde_json::Value {
        json!({
            "moved_from": self.elsewhere.as_ref().map(|there| json!({
                "workspace": there.id, "name": there.name, "devices_without_seat": there.devices,
            })),
            "replaces": self.replaces.as_ref().map(|present| json!({
                "licence": present.id, "number": present.number,
            })),
            "devices_without_seat": self.unseated(),
        })
    }
}

/// Locks what a plan touches, works it out again on what is there now, and does it.
///
/// # Errors
/// `not_found`, `licence_unusable`; without the consent they ask for, `licence_in_use`, `workspace_has_licence` and
/// `licence_too_small`.
pub(super) fn attach(
    tx: &mut Tx<'_>,
    owner: AccountId,
    (licence, workspace): (LicenceId, WorkspaceId),
    consent: Consent,
) -> Result<Plan, Fault> {
    if !store::seat::lock_workspace(tx, workspace)? {
        return Err(Code::NotFound.into());
    }
    let first = Plan::new(tx, owner, licence, workspace)?;
    let mut touched: Vec<LicenceId> = first.replaces.iter().map(|present| present.id).collect();
    touched.push(licence);
    // In one order everywhere, so that two moves in opposite directions wait instead of blocking each other.
    touched.sort_unstable();
    for id in touched {
        store::seat::lock(tx, id)?;
    }
    let plan = Plan::new(tx, owner, licence, workspace)?;
    if plan.done() {
        return Ok(plan);
    }
    plan.agreed(consent)?;
    if let Some(elsewhere) = &plan.elsewhere {
        vacate(tx, licence)?;
        tx.signal(Signal::Settings(elsewhere.id));
    }
    if let Some(present) = &plan.replaces {
        vacate(tx, present.id)?;
    }
    put(tx, &plan.licence, workspace)?;
    Ok(plan)
}

/// Attaches one of `owner`'s licences to a workspace, when that takes nothing from anybody.
///
/// # Errors
/// `not_found`, `licence_unusable`; without the consent they ask for, `licence_in_use`, `workspace_has_licence` and
/// `licence_too_small`.
pub fn assign(
    tx: &mut Tx<'_>,
    owner: AccountId,
    licence: LicenceId,
    workspace: WorkspaceId,
) -> Result<(), Fault> {
    attach(tx, owner, (licence, workspace), Consent::default()).map(drop)
}

/// Who holds the seats of a licence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Devices; they lose their seats when it leaves their workspace.
    pub devices: u64,
    /// Machines; they keep theirs wherever it goes.
    pub machines: u64,
}

/// Who holds the seats of a licence now.
///
/// # Errors
/// Whatever the engine says.
pub fn held(r: &mut impl Read, licence: LicenceId) -> Result<Held, DbError> {
    Ok(Held {
        devices: store::seat::seated(r, licence)?,
        machines: store::seat::machines(r, licence)?,
    })
}

/// Starts the period of a licence that is attached to nothing at a moment of one's choice, perhaps long past.
///
/// # Errors
/// Whatever the engine says.
pub fn start_period(tx: &mut Tx<'_>, licence: LicenceId, at: Timestamp) -> Result<(), Fault> {
    let found = store::find::by_id(tx, licence)?.ok_or(Code::NotFound)?;
    let end = found.period.begun(at).end().unwrap_or(at);
    Ok(store::write::start_period(tx, licence, at, end)?)
}

/// A licence as it stands now.
///
/// # Errors
/// `not_found`.
pub fn show(tx: &mut Tx<'_>, licence: LicenceId) -> Result<LicenceView, Fault> {
    let found = store::find::by_id(tx, licence)?.ok_or(Code::NotFound)?;
    Ok(LicenceView::new(&found, tx.now()))
}

/// Attaches a licence that is attached to nothing, and gives seats to the devices that are there.
pub(super) fn put(tx: &mut Tx<'_>, licence: &Licence, workspace: WorkspaceId) -> Result<(), Fault> {
    let end = licence.period.begun(tx.now()).end().unwrap_or(tx.now());
    let attached = store::write::attach(tx, licence.id, workspace, end).map_err(raced)?;
    if !attached {
        return Err(Code::LicenceInUse.into());
    }
    fill(tx, licence.id, workspace, licence.seats)?;
    tx.signal(Signal::Settings(workspace));
    Ok(())
}

/// What the database says when somebody else was quicker.
pub(super) fn raced(error: DbError) -> Fault {
    match &error {
        DbError::Unique(name) if name == "licence_workspace_unique" => Code::WorkspaceHasLicence.into(),
        DbError::Unique(name) if name == "licence_trial_of_unique" => Code::TrialUsed.into(),
        _ => error.into(),
    }
}

/// Takes the licence off a workspace that is being deleted; which it was. A trial comes off as well, and nobody else can
/// take it.
///
/// # Errors
/// Whatever the engine says.
pub fn set_aside(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Moved>, DbError> {
    let Some(licence) = store::find::for_workspace(tx, workspace)? else {
        return Ok(None);
    };
    store::seat::lock(tx, licence.id)?;
    // Somebody may have moved it while this waited.
    let Some(licence) = store::find::for_workspace(tx, workspace)? else {
        return Ok(None);
    };
    vacate(tx, licence.id)?;
    moved(tx, &licence).map(Some)
}

/// Puts the licence back that was set aside, when it is still attached to nothing and still good.
///
/// # Errors
/// Whatever the engine says.
pub fn bring_back(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    licence: LicenceId,
) -> Result<Option<Moved>, Fault> {
    store::seat::lock(tx, licence)?;
    let found = store::find::by_id(tx, licence)?;
    let free =
        found.filter(|found| found.workspace.is_none() && !found.facts.revoked && !found.facts.suspended);
    let Some(licence) = free else { return Ok(None) };
    put(tx, &licence, workspace)?;
    Ok(Some(moved(tx, &licence)?))
}

/// A licence that was moved, and what is told of it.
#[derive(Debug, Clone)]
pub struct Moved {
    /// Which.
    pub licence: LicenceId,
    /// For its audit line: number, before and after.
    pub detail: serde_json::Value,
}

fn moved(tx: &mut Tx<'_>, before: &Licence) -> Result<Moved, DbError> {
    let detail = json!({ "number": before.number });
    let detail = match store::find::by_id(tx, before.id)? {
        Some(after) => told(detail, before, &after),
        None => detail,
    };
    Ok(Moved {
        licence: before.id,
        detail,
    })
}

/// Forgets what only a workspace that goes for good had: its trial.
///
/// # Errors
/// Whatever the engine says.
pub fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    store::write::forget_trials(tx, workspace)
}
