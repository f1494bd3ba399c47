//! The screen a new workspace leads to: the personal licences of whoever looks, a key to be typed in, and the trial. From
//! here one goes on to choose.

use super::{
    Licence, import, key, store, trial,
    words::{Card, Pill, pill},
};
use crate::base::{
    authz::{self, Grant, may},
    error::Fault,
    lang::Lang,
    web::{Cx, Form, Frame, Here, Params, Query, Said, WorkspaceNav, render, see_other},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use rempart_wire::{LicenceId, WorkspaceId};
use serde::Deserialize;

/// What the screen is made of.
struct Read {
    nav: WorkspaceNav,
    present: Option<Licence>,
    owned: Vec<Licence>,
    had_trial: bool,
}

#[derive(Template)]
#[template(path = "licence/screen.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    name: String,
    /// What is said about the licence that is there.
    present: Option<String>,
    personal: Vec<Card>,
    /// Licences of theirs that are attached somewhere else.
    elsewhere: usize,
    trial: bool,
    /// The one just imported.
    imported: Option<LicenceId>,
    /// Where a typed key goes.
    action: String,
    typed: String,
    said: Said,
}

async fn read(cx: &Cx, workspace: WorkspaceId) -> Result<Read, Fault> {
    let caller = cx.caller()?;
    cx.app
        .db
        .read(move |r| {
            let _: Grant<may::ManageLicence> = authz::grant(r, caller, workspace)?;
            Ok(Read {
                nav: authz::nav(r, caller, workspace)?,
                present: store::find::for_workspace(r, workspace)?,
                owned: store::find::owned(r, caller.account)?,
                had_trial: store::find::had_trial(r, workspace)?,
            })
        })
        .await
}

async fn show(
    cx: &Cx,
    workspace: WorkspaceId,
    imported: Option<LicenceId>,
    refused: Option<(String, &Fault)>,
) -> Result<Response, Fault> {
    let (l, now) = (cx.lang, cx.app.clock.now());
    let read = read(cx, workspace).await?;
    let page = Page {
        name: read.nav.name.clone(),
        frame: Frame::within(cx, read.nav, Here::Workspaces),
        workspace,
        personal: personal(l, &read.owned, now),
        elsewhere: read
            .owned
            .iter()
            .filter(|one| one.workspace.is_some_and(|there| there != workspace))
            .count(),
        trial: !read.had_trial && read.present.is_none(),
        present: read.present.as_ref().map(|one| {
            l.t2(
                "licence-present",
                ("product", &one.product_name),
                ("number", &one.number),
            )
        }),
        action: format!("/workspaces/{workspace}/licence/key"),
        imported,
        said: refused
            .as_ref()
            .map(|(_, fault)| Said::from_fault(fault, l))
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

/// Those attached to nothing, each said to be free unless something else is to be said.
pub(super) fn personal(l: Lang, owned: &[Licence], now: Timestamp) -> Vec<Card> {
    let free = owned.iter().filter(|one| one.workspace.is_none());
    free.map(|one| Card {
        pill: free_pill(l, one, now),
        ..Card::new(l, one, now)
    })
    .collect()
}

/// What is free and works is called so.
pub(super) fn free_pill(l: Lang, licence: &Licence, now: Timestamp) -> Pill {
    match licence.state(now) {
        super::State::Unstarted | super::State::Active => Pill {
            tone: "chosen",
            icon: "key",
            word: l.t("licence-free"),
        },
        _ => pill(l, licence, now),
    }
}

/// What stands after the `?`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    licence: Option<LicenceId>,
}

pub(super) async fn page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    show(&cx, workspace, asked.licence, None).await
}

pub(super) async fn import_page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(input): Form<import::Input>,
) -> Result<Response, Fault> {
    let typed = input.key.clone();
    match import::run(&cx, input).await {
        Ok((licence, _)) => Ok(see_other(&format!(
            "/workspaces/{workspace}/licence?licence={}&said=key-imported",
            licence.id
        ))),
        Err(fault) if fault.target == Some("key") => show(&cx, workspace, None, Some((typed, &fault))).await,
        Err(fault) => Err(fault),
    }
}

pub(super) async fn trial_page(cx: Cx, Params(workspace): Params<WorkspaceId>) -> Result<Response, Fault> {
    match trial::run(&cx, workspace).await {
        Ok(_) => Ok(see_other(&onward(&cx, workspace, "trial-started").await?)),
        Err(fault) => show(&cx, workspace, None, Some((String::new(), &fault))).await,
    }
}

/// Where one goes once a workspace has its licence: to its overview, or to its settings for who may not see devices.
pub(super) async fn onward(cx: &Cx, workspace: WorkspaceId, said: &str) -> Result<String, Fault> {
    let caller = cx.caller()?;
    let nav = cx.app.db.read(move |r| authz::nav(r, caller, workspace)).await?;
    let page = if nav.sees_protection { "" } else { "/settings" };
    Ok(format!("/workspaces/{workspace}{page}?said={said}"))
}

#[derive(Template)]
#[template(path = "licence/key_check.html")]
struct Checked {
    l: Lang,
    said: Said,
    /// Symbols typed so far, while some are missing.
    symbols: Option<usize>,
    good: bool,
}

/// What can be said about a key while it is typed: by its check symbols alone, nobody is asked.
pub(super) async fn key_check(cx: Cx, Query(input): Query<import::Input>) -> Result<Response, Fault> {
    let parsed = key::parse(&input.key);
    let typed = input.key.chars().filter(|c| c.is_alphanumeric()).count();
    let unfinished = typed < rempart_wire::GROUPS * rempart_wire::GROUP_LENGTH;
    let checked = Checked {
        l: cx.lang,
        symbols: unfinished.then_some(typed).filter(|typed| *typed > 0),
        good: parsed.is_ok(),
        said: match parsed {
            Err(fault) if !unfinished => Said::from_fault(&fault, cx.lang),
            _ => Said::default(),
        },
    };
    std::future::ready(render(&checked)).await
}
