//! *Fermer mon compte*: what it does, with names and dates, then the password. Once it is closed, the same address offers to
//! open it again and nothing else.

use super::{
    gone_at,
    preview::{self, View},
};
use crate::base::{
    error::{Code, Fault},
    lang::Lang,
    web::{Cx, Frame, Here, Said, render},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::{LicenceId, WorkspaceId};

/// A licence as the page shows it.
struct Line {
    id: LicenceId,
    title: String,
    number: String,
    workspace: Option<String>,
    /// `3 ordinateurs`.
    held: String,
    expiry: String,
    fate: String,
    tone: &'static str,
    icon: &'static str,
    /// Whether it can be handed over before.
    keep: bool,
}

#[derive(Template)]
#[template(path = "closure/show.html")]
struct Page {
    frame: Frame,
    said: Said,
    view: View,
    lines: Vec<Line>,
    until: String,
    renewals: String,
    orders: String,
    offers: String,
}

#[derive(Template)]
#[template(path = "closure/closed.html")]
struct ClosedPage {
    frame: Frame,
    lead: String,
}

fn line(l: Lang, one: &preview::Licence, own: bool) -> Line {
    let (tone, icon) = match one.fate {
        _ if own => ("warn", "warn"),
        "stays" => ("ok", "ok"),
        "ends" => ("bad", "bad"),
        _ => ("off", "off"),
    };
    let fate = if own { "own" } else { one.fate };
    Line {
        id: one.id,
        title: one.product_name.clone(),
        number: one.number.clone(),
        workspace: one.workspace.as_ref().map(|place| place.name.clone()),
        held: l.t1("closure-held", "n", one.devices + one.machines),
        expiry: one
            .expires_at
            .map_or_else(|| l.t("closure-unstarted"), |end| l.date(end)),
        fate: l.t(&format!("closure-fate-{fate}")),
        tone,
        icon,
        keep: one.fate == "ends",
    }
}

async fn show(cx: &Cx, fault: Option<&Fault>) -> Result<Response, Fault> {
    let l = cx.lang;
    let view = preview::run(cx).await?;
    let own: Vec<WorkspaceId> = view.own_workspaces.iter().map(|place| place.id).collect();
    let is_own = |one: &preview::Licence| {
        one.workspace
            .as_ref()
            .is_some_and(|place| own.contains(&place.id))
    };
    let page = render(&Page {
        frame: Frame::new(cx, Here::Account),
        said: fault.map(|fault| Said::from_fault(fault, l)).unwrap_or_default(),
        lines: view
            .licences
            .iter()
            .map(|one| line(l, one, is_own(one)))
            .collect(),
        until: l.date_time(view.erased_at),
        renewals: view.renewals_stopped.join(", "),
        orders: view.orders_cancelled.join(", "),
        offers: view.offers_withdrawn.join(", "),
        view,
    })?;
    Ok(match fault {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(super) async fn page(cx: Cx) -> Result<Response, Fault> {
    let person = cx.person()?;
    let Some(closed_at) = person.closed_at else {
        return show(&cx, None).await;
    };
    render(&ClosedPage {
        frame: Frame::new(&cx, Here::Nowhere),
        lead: cx.lang.t2(
            "closed-lead",
            ("email", &person.email),
            ("date", cx.lang.date_time(gone_at(closed_at))),
        ),
    })
}

/// The page again, with why it was refused.
pub(super) async fn again(cx: &Cx, fault: &Fault) -> Result<Response, Fault> {
    if fault.code == Code::AccountClosed {
        return Err(Fault::new(Code::AccountClosed));
    }
    show(cx, Some(fault)).await
}
