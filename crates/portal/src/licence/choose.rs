//! Choosing the licence a workspace gets, with what will happen beside it; and, when it takes something from somebody,
//! one question that names all of it.

use super::{
    Licence, assign, period_end,
    place::Plan,
    screen::{free_pill, onward},
    store,
    words::{Card, Pill},
};
use crate::base::{
    authz::{self, Grant, may},
    error::{Code, Fault},
    lang::Lang,
    web::{Cx, Form, Frame, Here, Params, Query, Said, WorkspaceNav, render, see_other},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use rempart_wire::{LicenceId, WorkspaceId};
use serde::Deserialize;

/// One licence to choose.
struct Choice {
    card: Card,
    chosen: bool,
    /// Where it is and what taking it away does.
    note: Option<String>,
}

/// What choosing it does.
struct Effect {
    licence: String,
    seats: String,
    expiry: String,
    renewal: String,
    warnings: Vec<String>,
}

#[derive(Template)]
#[template(path = "licence/choose.html")]
struct Page {
    frame: Frame,
    workspace: WorkspaceId,
    name: String,
    first: bool,
    choices: Vec<Choice>,
    effect: Option<Effect>,
    said: Said,
}

#[derive(Template)]
#[template(path = "licence/confirm.html")]
struct Confirm {
    frame: Frame,
    workspace: WorkspaceId,
    licence: LicenceId,
    title: String,
    number: String,
    warnings: Vec<String>,
    leave: bool,
    replace: bool,
    fewer: bool,
}

struct Read {
    nav: WorkspaceNav,
    owned: Vec<Licence>,
    /// Devices that hold a seat of each.
    seated: Vec<u64>,
    licensed: bool,
    plan: Option<Plan>,
}

async fn read(cx: &Cx, workspace: WorkspaceId, wanted: Option<LicenceId>) -> Result<Read, Fault> {
    let (caller, now) = (cx.caller()?, cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let _: Grant<may::ManageLicence> = authz::grant(r, caller, workspace)?;
            let owned = store::find::owned(r, caller.account)?;
            let chosen = wanted
                .filter(|wanted| owned.iter().any(|one| one.id == *wanted))
                .or_else(|| proposed(&owned, workspace, now));
            let plan = match chosen {
                Some(licence) => Plan::new(r, caller.account, licence, workspace).ok(),
                None => None,
            };
            let seated = owned.iter().map(|one| store::seat::seated(r, one.id));
            Ok(Read {
                seated: seated.collect::<Result<_, _>>()?,
                nav: authz::nav(r, caller, workspace)?,
                licensed: store::find::for_workspace(r, workspace)?.is_some(),
                owned,
                plan,
            })
        })
        .await
}

/// What is chosen to begin with: the first that is free and good, then the first there is.
fn proposed(owned: &[Licence], workspace: WorkspaceId, now: Timestamp) -> Option<LicenceId> {
    let good = |one: &&Licence| one.workspace.is_none() && one.state(now).permits().valid;
    let other = |one: &&Licence| one.workspace != Some(workspace);
    owned
        .iter()
        .find(good)
        .or_else(|| owned.iter().find(other))
        .map(|one| one.id)
}

fn choice(l: Lang, (one, seated): (&Licence, u64), workspace: WorkspaceId, now: Timestamp) -> Choice {
    let card = Card::new(l, one, now);
    let pill = |tone, icon, key| Pill {
        tone,
        icon,
        word: l.t(key),
    };
    let (pill, note) = match one.workspace {
        None => (free_pill(l, one, now), None),
        Some(here) if here == workspace => (pill("ok", "ok", "licence-here"), None),
        Some(_) => {
            let there = one.workspace_name.clone().unwrap_or_default();
            let note = l.t2("licence-in-use-note", ("workspace", there), ("n", seated));
            (pill("warn", "warn", "licence-in-use"), Some(note))
        }
    };
    Choice {
        card: Card { pill, ..card },
        chosen: false,
        note,
    }
}

fn warnings(l: Lang, plan: &Plan) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(there) = &plan.elsewhere {
        said.push(l.t2("licence-leaves", ("workspace", &there.name), ("n", there.devices)));
    }
    match &plan.replaces {
        Some(present) if present.facts.trial => said.push(l.t("licence-ends-trial")),
        Some(present) => said.push(l.t1("licence-replaces", "number", &present.number)),
        None => {}
    }
    if plan.unseated() > 0 {
        let (seats, devices) = (plan.room.to_string(), plan.devices.to_string());
        let args = [
            ("seats", seats),
            ("devices", devices),
            ("n", plan.unseated().to_string()),
        ];
        said.push(l.with_texts("licence-unseats", &args));
    }
    said
}

fn effect(l: Lang, plan: &Plan, now: Timestamp) -> Effect {
    let licence = &plan.licence;
    let end = licence
        .expires_at
        .unwrap_or_else(|| period_end(now, licence.term_months));
    // Its machines hold the others.
    let taken = plan.devices.min(plan.room) + licence.seats.saturating_sub(plan.room);
    Effect {
        licence: licence.product_name.clone(),
        seats: l.t2("licence-seats-used", ("used", taken), ("n", licence.seats)),
        expiry: l.date(end),
        renewal: l.t(if licence.auto_renew {
            "licence-renews"
        } else {
            "licence-does-not-renew"
        }),
        warnings: warnings(l, plan),
    }
}

async fn show(
    cx: &Cx,
    workspace: WorkspaceId,
    wanted: Option<LicenceId>,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let (l, now) = (cx.lang, cx.app.clock.now());
    let read = read(cx, workspace, wanted).await?;
    let chosen = read.plan.as_ref().map(|plan| plan.licence.id);
    let page = Page {
        name: read.nav.name.clone(),
        frame: Frame::within(cx, read.nav, Here::Workspaces),
        workspace,
        first: !read.licensed,
        choices: read
            .owned
            .iter()
            .zip(read.seated)
            .map(|(one, seated)| Choice {
                chosen: Some(one.id) == chosen,
                ..choice(l, (one, seated), workspace, now)
            })
            .collect(),
        effect: read.plan.as_ref().map(|plan| effect(l, plan, now)),
        said: fault.map(|fault| Said::from_fault(fault, l)).unwrap_or_default(),
    };
    let page = render(&page)?;
    Ok(match fault {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

/// What stands after the `?`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    licence: Option<LicenceId>,
}

pub(super) async fn form(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    show(&cx, workspace, asked.licence, None).await
}

/// The form's fields.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Fields {
    licence: Option<LicenceId>,
    #[serde(default)]
    confirm_move: bool,
    #[serde(default)]
    confirm_replace: bool,
    #[serde(default)]
    confirm_fewer: bool,
}

pub(super) async fn page(
    cx: Cx,
    Params(workspace): Params<WorkspaceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let Some(licence) = fields.licence else {
        let fault = Fault::new(Code::NothingChosen).at("licence");
        return show(&cx, workspace, None, Some(&fault)).await;
    };
    let input = assign::Input {
        licence,
        confirm_move: fields.confirm_move,
        confirm_replace: fields.confirm_replace,
        confirm_fewer: fields.confirm_fewer,
    };
    match assign::run(&cx, workspace, input).await {
        Ok(_) => Ok(see_other(&onward(&cx, workspace, "licence-assigned").await?)),
        Err(fault)
            if matches!(
                fault.code,
                Code::LicenceInUse | Code::WorkspaceHasLicence | Code::LicenceTooSmall
            ) =>
        {
            confirm(&cx, workspace, licence, &fault).await
        }
        Err(fault) if fault.target == Some("licence") && fault.code != Code::NotFound => {
            show(&cx, workspace, Some(licence), Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}

/// Asks once for all that is to be agreed to.
async fn confirm(
    cx: &Cx,
    workspace: WorkspaceId,
    licence: LicenceId,
    fault: &Fault,
) -> Result<Response, Fault> {
    let read = read(cx, workspace, Some(licence)).await?;
    let Some(plan) = read.plan.filter(|plan| plan.licence.id == licence) else {
        return show(cx, workspace, Some(licence), Some(fault)).await;
    };
    let page = Confirm {
        frame: Frame::within(cx, read.nav, Here::Workspaces),
        workspace,
        licence,
        title: plan.licence.product_name.clone(),
        number: plan.licence.number.clone(),
        warnings: warnings(cx.lang, &plan),
        leave: plan.elsewhere.is_some(),
        replace: plan.replaces.is_some(),
        fewer: plan.unseated() > 0,
    };
    Ok((fault.code.status(), render(&page)?).into_response())
}
