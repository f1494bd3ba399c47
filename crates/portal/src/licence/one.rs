//! One licence on a page of its own: what it is, where it is, what can be done with it, and what happened to it.

use super::{
    Licence, LicenceView,
    history::{self, Change},
    managed, moves,
    permits::{self, Group},
    words::Card,
};
use crate::base::{
    error::Fault,
    lang::Lang,
    web::{Cursor, Cx, Frame, Here, Json, Params, Problems, Query, Said, render},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use rempart_wire::LicenceId;

pub(super) async fn run(cx: &Cx, licence: LicenceId) -> Result<Licence, Fault> {
    let caller = cx.caller()?;
    cx.app.db.read(move |r| managed(r, caller, licence)).await
}

/// One licence: yours, or that of a workspace whose licence you manage.
#[utoipa::path(get, path = "/api/v1/licences/{licence}",
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, description = "It.", body = LicenceView), Problems))]
pub(super) async fn api(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Json<LicenceView>, Fault> {
    let licence = run(&cx, licence).await?;
    Ok(Json(LicenceView::new(&licence, cx.app.clock.now())))
}

#[derive(Template)]
#[template(path = "licence/one.html")]
struct Page {
    frame: Frame,
    licence: Licence,
    card: Card,
    /// Whether it is the reader's own.
    own: bool,
    /// When its period ends, or how it begins.
    expiry: String,
    left: Option<String>,
    history: Vec<Change>,
    next: Option<String>,
    later: bool,
    groups: Vec<Group>,
    /// The threshold of low seats, as kept or as typed.
    low: String,
    /// From where it was moved last, and until when that can be undone.
    undo: Option<String>,
    said: Said,
}

impl Page {
    /// Whether it can be given to a workspace.
    const fn usable(&self) -> bool {
        self.own && self.card.usable
    }
}

fn left(l: Lang, licence: &Licence, now: Timestamp) -> Option<String> {
    let left = licence.expires_at?.duration_since(now);
    let days = super::days_up(left);
    (days >= 1).then(|| l.t1("in-days", "n", days))
}

async fn show(
    cx: &Cx,
    id: LicenceId,
    cursor: &Cursor,
    refused: Option<(String, &Fault)>,
) -> Result<Response, Fault> {
    let (l, now) = (cx.lang, cx.app.clock.now());
    let licence = run(cx, id).await?;
    let found = licence.clone();
    let undo = cx.app.db.read(move |r| moves::undoable(r, &found, now)).await?;
    let changes = history::run(cx, id, cursor).await?;
    let page = render(&Page {
        frame: Frame::new(cx, Here::Licences),
        card: Card::new(l, &licence, now),
        undo: undo
            .filter(|_| licence.owner == cx.person.as_ref().map(|person| person.account))
            .map(|one| {
                let until = l.date_time(one.until());
                l.t2(
                    "move-undo-text",
                    ("workspace", &one.source_name),
                    ("until", until),
                )
            }),
        own: licence.owner == Some(cx.person()?.account),
        expiry: super::words::until(l, &licence, now),
        left: left(l, &licence, now),
        history: changes.items,
        next: changes.next,
        later: cursor.cursor.is_some(),
        groups: permits::groups(Some(licence.state(now))),
        low: match &refused {
            Some((typed, _)) => typed.clone(),
            None => licence.low_seats.map(|low| low.to_string()).unwrap_or_default(),
        },
        said: refused
            .as_ref()
            .map(|(_, fault)| Said::from_fault(fault, l))
            .unwrap_or_default(),
        licence,
    })?;
    Ok(match refused {
        Some((_, fault)) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(super) async fn page(
    cx: Cx,
    Params(id): Params<LicenceId>,
    Query(cursor): Query<Cursor>,
) -> Result<Response, Fault> {
    show(&cx, id, &cursor, None).await
}

/// The page again, with what was typed and why it was refused.
pub(super) async fn refused(cx: &Cx, id: LicenceId, typed: String, fault: &Fault) -> Result<Response, Fault> {
    show(cx, id, &Cursor::default(), Some((typed, fault))).await
}

#[cfg(test)]
mod tests;
