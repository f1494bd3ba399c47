//! What closing the account would do, before it is done: to every licence one owns, to the workspaces one is in, to what is
//! charged, offered and ordered, and to the ways in. Asking changes nothing.

use super::gone_at;
use crate::{
    account::{self, WaysIn},
    base::{
        authz::Role,
        db::Read,
        error::{Code, Fault},
        web::{Cx, Json, Problems},
    },
    billing,
    licence::{self, Fate, Left, Withdrawn},
    workspace::ending::{self, Belongs},
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId, WorkspaceId};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

/// Everything that hangs on an account.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub licences: Vec<Left>,
    pub workspaces: Vec<Belongs>,
    pub money: billing::ending::Obligations,
    pub offers: Vec<Withdrawn>,
    pub ways_in: WaysIn,
    /// Whether nobody else operates this server.
    pub last_operator: bool,
}

impl Plan {
    pub(super) fn read(r: &mut impl Read, account: AccountId, now: Timestamp) -> Result<Self, Fault> {
        Ok(Self {
            licences: licence::left(r, account, now)?,
            workspaces: ending::belongs(r, account)?,
            money: billing::ending::obligations(r, account)?,
            offers: licence::offers(r, account, now)?,
            ways_in: account::ways_in(r, account, now)?,
            last_operator: account::last_operator(r, account)?,
        })
    }

    /// Workspaces that have no other owner, and are not deleted.
    pub(super) fn owned(&self) -> impl Iterator<Item = &Belongs> {
        let owned = |one: &&Belongs| one.role == Role::PrimaryOwner && one.gone_at.is_none();
        self.workspaces.iter().filter(owned)
    }

    /// Workspaces of others.
    pub(super) fn left(&self) -> impl Iterator<Item = &Belongs> {
        self.workspaces
            .iter()
            .filter(|one| one.role != Role::PrimaryOwner)
    }

    /// Workspaces that are deleted and could be brought back.
    pub(super) fn deleted(&self) -> impl Iterator<Item = &Belongs> {
        self.workspaces.iter().filter(|one| one.gone_at.is_some())
    }

    /// Refuses what may not be closed now.
    ///
    /// # Errors
    /// `account_owns_workspaces`, `operator_last`.
    pub(super) fn allowed(&self) -> Result<(), Fault> {
        let owned: Vec<_> = self
            .owned()
            .map(|one| json!({ "id": one.id, "name": one.name }))
            .collect();
        if !owned.is_empty() {
            return Err(Fault::new(Code::AccountOwnsWorkspaces)
                .arg("n", owned.len() as u64)
                .facts(json!({ "workspaces": owned })));
        }
        match self.last_operator {
            true => Err(Code::OperatorLast.into()),
            false => Ok(()),
        }
    }
}

/// A workspace.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AccountClosureWorkspace)]
pub(super) struct Place {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
}

impl Place {
    fn of(one: &Belongs) -> Self {
        Self {
            id: one.id,
            name: one.name.clone(),
        }
    }
}

/// A licence you own, and what becomes of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AccountClosureLicence)]
pub(super) struct Licence {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: LicenceId,
    /// Its number.
    pub number: String,
    /// What it is for: `Rempart Business`.
    pub product_name: String,
    /// Where it is attached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<Place>,
    /// Devices that hold its seats.
    pub devices: u64,
    /// Machines that hold its seats.
    pub machines: u64,
    /// When it expires.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// `stays`: in its workspace, until it expires, and the primary owner of that workspace owns it from `erased_at` on.
    /// `ends`: at `erased_at`; hand it over before to keep it. `over`: nothing is left of it.
    pub fate: &'static str,
}

impl Licence {
    fn of(one: &Left) -> Self {
        let licence = &one.licence;
        Self {
            id: licence.id,
            number: licence.number.clone(),
            product_name: licence.product_name.clone(),
            workspace: licence.workspace.map(|id| Place {
                id,
                name: licence.workspace_name.clone().unwrap_or_default(),
            }),
            devices: one.held.devices,
            machines: one.held.machines,
            expires_at: licence.expires_at,
            fate: one.fate.as_str(),
        }
    }
}

/// What closing your account would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AccountClosure)]
pub(super) struct View {
    /// Whether it can be closed now.
    pub possible: bool,
    /// Workspaces you own, to be deleted before.
    pub own_workspaces: Vec<Place>,
    /// Whether nobody else operates this server: make another operator before.
    pub last_operator: bool,
    /// When everything that can be undone is undone no more, if you closed it now.
    #[schema(value_type = String, format = DateTime)]
    pub erased_at: Timestamp,
    /// Your licences.
    pub licences: Vec<Licence>,
    /// Workspaces of others, to which you lose access.
    pub other_workspaces: Vec<Place>,
    /// Workspaces of yours that are deleted: they can be brought back only while your account is open.
    pub deleted_workspaces: Vec<Place>,
    /// Numbers of the licences that do not renew by themselves any more. Nothing is charged to you after.
    pub renewals_stopped: Vec<String>,
    /// References of the orders that are given up.
    pub orders_cancelled: Vec<String>,
    /// Numbers of the licences whose offers are withdrawn.
    pub offers_withdrawn: Vec<String>,
    /// Browsers that are signed out.
    pub sessions: u64,
    /// Whether an API key is revoked.
    pub api_key: bool,
}

impl View {
    fn new(plan: &Plan, now: Timestamp) -> Self {
        Self {
            possible: plan.allowed().is_ok(),
            own_workspaces: plan.owned().map(Place::of).collect(),
            last_operator: plan.last_operator,
            erased_at: gone_at(now),
            licences: plan.licences.iter().map(Licence::of).collect(),
            other_workspaces: plan.left().map(Place::of).collect(),
            deleted_workspaces: plan.deleted().map(Place::of).collect(),
            renewals_stopped: plan.money.renewals.iter().map(|one| one.number.clone()).collect(),
            orders_cancelled: plan
                .money
                .orders
                .iter()
                .map(|one| one.reference.clone())
                .collect(),
            offers_withdrawn: plan.offers.iter().map(|one| one.number.clone()).collect(),
            sessions: plan.ways_in.sessions,
            api_key: plan.ways_in.api_key,
        }
    }

    /// Licences that end with the account.
    pub(super) fn ending(&self) -> usize {
        let ends = |one: &&Licence| one.fate == Fate::Ends.as_str();
        self.licences.iter().filter(ends).count()
    }
}

pub(super) async fn run(cx: &Cx) -> Result<View, Fault> {
    let (account, now) = (cx.person()?.account, cx.app.clock.now());
    cx.app
        .db
        .read(move |r| Ok(View::new(&Plan::read(r, account, now)?, now)))
        .await
}

/// What closing your account would do: to your licences, to what is charged, offered and ordered, and to your ways in.
/// Nothing changes.
#[utoipa::path(get, path = "/api/v1/account/closure", responses((status = 200, body = View), Problems))]
pub(super) async fn api(cx: Cx) -> Result<Json<View>, Fault> {
    run(&cx).await.map(Json)
}
