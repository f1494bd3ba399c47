//! *Workspaces*: the list, and the dialog that makes one. With none yet the dialog is already open, with a free name in
//! its field.

use super::{WorkspaceName, check, create, list, restore, store, suggest, view::WorkspaceView};
use crate::{
    base::{
        authz::{Action, Role},
        db::DbError,
        error::{Code, Fault},
        lang::Lang,
        web::{Cursor, Cx, Form, Frame, Here, Params, Query, Said, render, see_other},
    },
    licence::words::Card,
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use rempart_wire::{LicenceId, ManagementMode, WorkspaceId};
use serde::Deserialize;

/// One line of the list.
struct Line {
    name: String,
    mode: String,
    role: String,
    licence: Option<Card>,
    href: Option<String>,
}

/// One that was deleted.
struct Gone {
    id: WorkspaceId,
    name: String,
    until: String,
    left: String,
}

/// What is known about the name in the field.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub free: bool,
    pub alternatives: Vec<String>,
    pub said: Said,
}

/// The dialog that makes a workspace.
struct Dialog {
    name: String,
    mode: ManagementMode,
    known: Known,
    said: Said,
    close: &'static str,
}

impl Dialog {
    fn modes(&self) -> [(ManagementMode, bool); 3] {
        ManagementMode::ALL.map(|mode| (mode, mode == self.mode))
    }
}

#[derive(Template)]
#[template(path = "workspace/home.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    gone: Vec<Gone>,
    next: Option<String>,
    /// The licence that is looking for a workspace.
    licence: Option<LicenceId>,
    dialog: Option<Dialog>,
}

#[derive(Template)]
#[template(path = "workspace/name_checked.html")]
struct Checked {
    l: Lang,
    known: Known,
}

/// What stands after the `?` of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    dialog: Option<String>,
    licence: Option<LicenceId>,
}

/// What stands in the dialog.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    name: Option<String>,
    mode: Option<String>,
    /// One of the free names that were offered.
    pick: Option<String>,
    /// Another suggestion is wanted.
    suggest: Option<String>,
}

fn line(cx: &Cx, one: &WorkspaceView, licence: Option<LicenceId>) -> Line {
    let (l, role) = (cx.lang, Role::parse(one.role));
    let may = |action: Action| role.is_some_and(|role| action.allowed(role));
    let href = match licence {
        Some(licence) => may(Action::ManageLicence)
            .then(|| format!("/workspaces/{}/licence/assign?licence={licence}", one.id)),
        None if may(Action::SeeProtection) => Some(format!("/workspaces/{}", one.id)),
        None => Some(format!("/workspaces/{}/settings", one.id)),
    };
    Line {
        name: one.name.clone(),
        mode: l.t(&format!("mode-{}", one.mode.replace('_', "-"))),
        role: l.t(&format!("role-{}", one.role.replace('_', "-"))),
        licence: one.card.clone(),
        href,
    }
}

fn gone(l: Lang, one: WorkspaceView, now: Timestamp) -> Gone {
    let until = one.restorable_until.unwrap_or(now);
    let hours = u64::try_from(until.duration_since(now).as_hours()).unwrap_or(0);
    Gone {
        id: one.id,
        name: one.name,
        until: l.date_time(until),
        left: match hours {
            0..24 => l.t("left-hours"),
            // To the nearest day: just after a deletion seven are left, as was promised. The date stands beside it.
            _ => l.t1("left-days", "n", (hours + 12) / 24),
        },
    }
}

async fn show(
    cx: &Cx,
    cursor: Cursor,
    licence: Option<LicenceId>,
    dialog: Option<Dialog>,
) -> Result<Response, Fault> {
    let now = cx.app.clock.now();
    let page = list::run(cx, cursor).await?;
    let deleted = list::deleted(cx).await?;
    let status = dialog
        .as_ref()
        .and_then(|dialog| dialog.known.said.status().or(dialog.said.status()));
    let page = render(&Page {
        frame: Frame::new(cx, Here::Workspaces),
        lines: page.items.iter().map(|one| line(cx, one, licence)).collect(),
        gone: deleted.into_iter().map(|one| gone(cx.lang, one, now)).collect(),
        next: page.next,
        licence,
        dialog,
    })?;
    Ok(match status {
        Some(status) => (status, page).into_response(),
        None => page,
    })
}

async fn proposed(cx: &Cx, mode: Option<&str>, close: &'static str) -> Result<Dialog, Fault> {
    let (lang, chance, person) = (cx.lang, cx.app.chance.clone(), cx.person()?.name.clone());
    let name = cx
        .app
        .db
        .read::<_, DbError, _>(move |r| suggest::for_person(r, lang, &chance, &person))
        .await?;
    Ok(Dialog {
        name,
        mode: mode.and_then(|mode| mode.parse().ok()).unwrap_or_default(),
        known: Known {
            free: true,
            ..Known::default()
        },
        said: Said::default(),
        close,
    })
}

/// Where the dialog's *Annuler* leads: the list, with the dialog kept shut.
const CLOSED: &str = "/workspaces?dialog=closed";

pub(super) async fn page(
    cx: Cx,
    Query(cursor): Query<Cursor>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let first = cursor.cursor.is_none() && asked.dialog.is_none();
    let none = first && list::run(&cx, Cursor::default()).await?.items.is_empty();
    let dialog = if none && list::deleted(&cx).await?.is_empty() {
        Some(proposed(&cx, None, CLOSED).await?)
    } else {
        None
    };
    show(&cx, cursor, asked.licence, dialog).await
}

pub(super) async fn new(cx: Cx, Query(fields): Query<Fields>) -> Result<Response, Fault> {
    let mode = fields.mode.as_deref();
    let mut dialog = proposed(&cx, mode, CLOSED).await?;
    if let Some(name) = fields.name.filter(|_| fields.suggest.is_none()) {
        dialog.known = known(&cx, &name).await?;
        dialog.name = name;
    }
    show(&cx, Cursor::default(), None, Some(dialog)).await
}

/// What there is to say about a name.
async fn known(cx: &Cx, name: &str) -> Result<Known, Fault> {
    let input = check::Input {
        name: name.to_owned(),
    };
    match check::run(cx, input).await {
        Ok(checked) if checked.free => Ok(Known {
            free: true,
            ..Known::default()
        }),
        Ok(checked) => Ok(Known {
            free: false,
            alternatives: checked.alternatives,
            said: Said::from_fault(&Fault::new(Code::WorkspaceNameTaken).at("name"), cx.lang),
        }),
        Err(fault) if fault.target == Some("name") => Ok(refused(cx, &fault)),
        Err(fault) => Err(fault),
    }
}

/// The same, from a fault that brings its alternatives.
pub(super) fn refused(cx: &Cx, fault: &Fault) -> Known {
    let names = fault
        .facts
        .as_ref()
        .and_then(|facts| facts["alternatives"].as_array());
    let names = names
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned));
    Known {
        free: false,
        alternatives: names.collect(),
        said: Said::from_fault(fault, cx.lang),
    }
}

/// A name under which workspace it would stand, when it is not a new one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    of: Option<WorkspaceId>,
}

/// The part under the field, while a name is typed.
pub(super) async fn checked(cx: Cx, Query(typed): Query<Typed>) -> Result<Response, Fault> {
    let mut known = known(&cx, &typed.name).await?;
    if let (Some(of), Ok(name)) = (typed.of, WorkspaceName::parse(&typed.name)) {
        let account = cx.person()?.account;
        let own = cx.app.db.read(move |r| store::find(r, account, of)).await?;
        if own.is_some_and(|own| own.name_key == name.key()) {
            known = Known {
                free: true,
                ..Known::default()
            };
        }
    }
    render(&Checked { l: cx.lang, known })
}

pub(super) async fn create_page(cx: Cx, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let typed = fields.pick.or(fields.name).unwrap_or_default();
    let input = create::Input {
        name: typed.clone(),
        mode: fields.mode.clone(),
    };
    match create::run(&cx, input).await {
        Ok(id) => Ok(see_other(&format!(
            "/workspaces/{id}/licence?said=workspace-created"
        ))),
        Err(fault) if matches!(fault.target, Some("name" | "mode")) => {
            let mut dialog = proposed(&cx, fields.mode.as_deref(), CLOSED).await?;
            dialog.name = typed;
            if fault.target == Some("name") {
                dialog.known = refused(&cx, &fault);
            } else {
                dialog.known = Known::default();
                dialog.said = Said::from_fault(&fault, cx.lang);
            }
            show(&cx, Cursor::default(), None, Some(dialog)).await
        }
        Err(fault) => Err(fault),
    }
}

pub(super) async fn restore_page(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Response, Fault> {
    let said = if restore::run(&cx, workspace).await? {
        "workspace-restored"
    } else {
        "workspace-restored-bare"
    };
    Ok(see_other(&format!("/workspaces?said={said}")))
}
