//! *Paramètres*: the licence of the workspace with its number, seats and expiry; its name; where it is managed; and its
//! deletion. What one may not change is shown, with who may.

use super::{
    change, create, delete,
    deletion::{self, Deletion},
    home::{Known, refused},
    show, store,
    view::WorkspaceView,
};
use crate::{
    base::{
        authz::{self, Action, Role, may},
        error::{Code, Fault},
        web::{Cx, Form, Frame, Here, Params, Query, Said, WorkspaceNav, render, see_other},
    },
    billing,
    licence::{
        self,
        words::{Card, SeatNotices},
    },
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use rempart_wire::{ManagementMode, WorkspaceId};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "workspace/settings.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    card: Option<Card>,
    /// Days until it expires, in words, when it is not yet.
    trial: bool,
    subscription: bool,
    renews: bool,
    expiry: String,
    left: Option<String>,
    name: String,
    typed: String,
    known: Known,
    mode: ManagementMode,
    role: String,
    created: String,
    manages: bool,
    licenses: bool,
    deletes: bool,
    devices: u64,
    seats: SeatNotices,
    /// When the licence's owner is gone, if they closed their account.
    leaves: Option<String>,
    money: billing::Summary,
}

impl Page {
    fn modes(&self) -> [(ManagementMode, bool); 3] {
        ManagementMode::ALL.map(|mode| (mode, mode == self.mode))
    }
}

struct Read {
    nav: WorkspaceNav,
    view: WorkspaceView,
    contents: store::Contents,
    seats: SeatNotices,
    leaves: Option<Timestamp>,
    money: billing::Summary,
}

async fn read(cx: &Cx, workspace: WorkspaceId) -> Result<Read, Fault> {
    let caller = cx.caller()?;
    let view = show::run(cx, workspace).await?;
    let now = cx.app.clock.now();
    let over = view
        .licence
        .as_ref()
        .map_or(0, |licence| licence.seats_used.saturating_sub(licence.seats));
    let (l, currency) = (cx.lang, cx.app.config.sales.currency);
    let (nav, contents, seats, leaves, money) = cx
        .app
        .db
        .read(move |r| {
            let nav = authz::nav(r, caller, workspace)?;
            let seats = SeatNotices {
                over,
                silent: licence::silent(r, workspace, now)?,
                manages: authz::grant::<may::ManageProtection>(r, caller, workspace).is_ok(),
            };
            let found = licence::for_workspace(r, workspace)?;
            let leaves = found.as_ref().map(|licence| licence::owner_leaves(r, licence));
            let leaves = leaves.transpose()?.flatten();
            let money = found.map(|licence| billing::summary(r, l, &licence, currency, now));
            let money = money.transpose()?.unwrap_or_default();
            Ok::<_, Fault>((nav, store::contents(r, workspace)?, seats, leaves, money))
        })
        .await?;
    Ok(Read {
        nav,
        view,
        contents,
        seats,
        leaves,
        money,
    })
}

async fn settings(
    cx: &Cx,
    workspace: WorkspaceId,
    renaming: Option<(String, &Fault)>,
) -> Result<Response, Fault> {
    let (l, now) = (cx.lang, cx.app.clock.now());
    let Read {
        nav,
        view,
        contents,
        seats,
        leaves,
        money,
    } = read(cx, workspace).await?;
    let role = Role::parse(view.role);
    let may = |action: Action| role.is_some_and(|role| action.allowed(role));
    let expires = view.licence.as_ref().and_then(|licence| licence.expires_at);
    let days = expires.map(|end| licence::days_up(end.duration_since(now)));
    let page = Page {
        name: view.name.clone(),
        mode: nav.mode,
        frame: Frame::within(cx, nav, Here::Settings),
        workspace,
        trial: view
            .licence
            .as_ref()
            .is_some_and(|licence| licence.kind == "trial"),
        subscription: view
            .licence
            .as_ref()
            .is_some_and(|licence| licence.kind == "subscription"),
        renews: view.licence.as_ref().is_some_and(|licence| licence.auto_renew),
        expiry: expires.map(|end| l.date(end)).unwrap_or_default(),
        left: days
            .filter(|days| *days >= 1)
            .map(|days| l.t1("in-days", "n", days)),
        typed: renaming
            .as_ref()
            .map_or_else(|| view.name.clone(), |(typed, _)| typed.clone()),
        known: renaming
            .as_ref()
            .map(|(_, fault)| refused(cx, fault))
            .unwrap_or_default(),
        role: l.t(&format!("role-{}", view.role.replace('_', "-"))),
        created: l.date(view.created_at),
        manages: may(Action::ManageWorkspace),
        licenses: may(Action::ManageLicence),
        deletes: may(Action::DeleteWorkspace),
        devices: contents.devices,
        seats,
        leaves: leaves.map(|at| l.date(at)),
        card: view.card,
        money,
    };
    let page = render(&page)?;
    Ok(match renaming {
        Some((_, fault)) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(super) async fn page(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Response, Fault> {
    settings(&cx, workspace, None).await
}

/// The field of the name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Name {
    name: String,
    /// One of the free names that were offered.
    pick: Option<String>,
}

pub(super) async fn rename_page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(fields): Form<Name>,
) -> Result<Response, Fault> {
    let typed = fields.pick.unwrap_or(fields.name);
    let input = change::Input {
        name: Some(typed.clone()),
        mode: None,
    };
    match change::run(&cx, workspace, input).await {
        Ok(()) => Ok(see_other(&format!(
            "/workspaces/{workspace}/settings?said=workspace-renamed"
        ))),
        Err(fault) if fault.target == Some("name") => settings(&cx, workspace, Some((typed, &fault))).await,
        Err(fault) => Err(fault),
    }
}

/// The mode wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Mode {
    mode: String,
}

#[derive(Template)]
#[template(path = "workspace/mode.html")]
struct AskMode {
    frame: Frame,
    workspace: WorkspaceId,
    mode: ManagementMode,
    devices: u64,
}

pub(super) async fn mode_form(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Query(wanted): Query<Mode>,
) -> Result<Response, Fault> {
    let Read { nav, contents, .. } = read(&cx, workspace).await?;
    match create::mode(&wanted.mode) {
        Ok(mode) if mode != nav.mode => render(&AskMode {
            frame: Frame::within(&cx, nav, Here::Settings),
            workspace,
            mode,
            devices: contents.devices,
        }),
        _ => Ok(see_other(&format!("/workspaces/{workspace}/settings"))),
    }
}

pub(super) async fn mode_page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(wanted): Form<Mode>,
) -> Result<Response, Fault> {
    let input = change::Input {
        name: None,
        mode: Some(wanted.mode),
    };
    change::run(&cx, workspace, input).await?;
    Ok(see_other(&format!(
        "/workspaces/{workspace}/settings?said=mode-changed"
    )))
}

#[derive(Template)]
#[template(path = "workspace/delete.html")]
struct AskDelete {
    frame: Frame,
    workspace: WorkspaceId,
    deletion: Deletion,
    until: String,
    expiry: String,
    typed: String,
    said: Said,
}

async fn ask_delete(
    cx: &Cx,
    workspace: WorkspaceId,
    refused: Option<(String, &Fault)>,
) -> Result<Response, Fault> {
    let caller = cx.caller()?;
    let deletion = deletion::run(cx, workspace).await?;
    let nav = cx.app.db.read(move |r| authz::nav(r, caller, workspace)).await?;
    let expires_at = deletion.licence.as_ref().and_then(|licence| licence.expires_at);
    let page = AskDelete {
        frame: Frame::within(cx, nav, Here::Settings),
        workspace,
        until: cx.lang.date_time(deletion.restorable_until),
        expiry: expires_at.map(|end| cx.lang.date(end)).unwrap_or_default(),
        deletion,
        said: refused
            .as_ref()
            .map(|(_, fault)| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
        typed: refused
            .as_ref()
            .map(|(typed, _)| typed.clone())
            .unwrap_or_default(),
    };
    let page = render(&page)?;
    Ok(match refused {
        Some((_, fault)) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(super) async fn delete_form(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Response, Fault> {
    ask_delete(&cx, workspace, None).await
}

pub(super) async fn delete_page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(input): Form<delete::Input>,
) -> Result<Response, Fault> {
    let typed = input.name.clone();
    match delete::run(&cx, workspace, input).await {
        Ok(()) => Ok(see_other("/workspaces?said=workspace-deleted")),
        Err(fault) if fault.code == Code::ConfirmationMismatch => {
            ask_delete(&cx, workspace, Some((typed, &fault))).await
        }
        Err(fault) => Err(fault),
    }
}
