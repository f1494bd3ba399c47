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
use jiff::Timestamp;
use rempart_wire::{LicenceId, WorkspaceId};

/// A licence as the page shows it.
struct Line {
    id: LicenceId,
    title: String,
    number: String,
    /// `Associée à « Atelier »`.
    place: String,
    /// `3 ordinateurs s’en servent`.
    held: String,
    expiry: String,
    tone: &'static str,
    icon: &'static str,
    /// What becomes of it, in a word or two and in a sentence.
    word: String,
    fate: String,
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

/// One licence; `own` when it is attached to a workspace that is to be deleted first.
fn line(l: Lang, one: &preview::Licence, own: bool, (now, gone): (Timestamp, Timestamp)) -> Line {
    let (tone, icon, fate) = match one.fate {
        _ if own => ("warn", "warn", "own"),
        "stays" => ("ok", "ok", "stays"),
        "ends" => ("bad", "bad", "ends"),
        _ => ("off", "off", "over"),
    };
    let name = one.workspace.as_ref().map(|place| place.name.clone());
    let args = [
        ("workspace", name.clone().unwrap_or_default()),
        ("date", l.date(gone)),
    ];
    Line {
        id: one.id,
        title: one.product_name.clone(),
        number: one.number.clone(),
        place: name.map_or_else(
            || l.t("closure-nowhere"),
            |name| l.t1("closure-at", "workspace", name),
        ),
        held: l.t1("closure-held", "n", one.devices + one.machines),
        expiry: match one.expires_at {
            None => l.t("closure-unstarted"),
            Some(end) if end > now => l.t1("licence-expires", "date", l.date(end)),
            Some(end) => l.t1("licence-expired-on", "date", l.date(end)),
        },
        tone,
        icon,
        word: l.t(&format!("closure-fate-{fate}")),
        fate: l.with_texts(&format!("closure-fate-{fate}-text"), &args),
        keep: fate == "ends",
    }
}

async fn show(cx: &Cx, fault: Option<&Fault>) -> Result<Response, Fault> {
    let (l, now) = (cx.lang, cx.app.clock.now());
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
            .map(|one| line(l, one, is_own(one), (now, view.erased_at)))
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
