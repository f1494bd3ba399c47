//! The operator's pages about one licence: finding it, and what can be decided about it.

use super::{
    DeskView, Ruling,
    find::{self, changes, one},
    rule::{self, Input},
};
use crate::{
    base::{
        error::Fault,
        web::{Cursor, Cx, Form, Frame, Here, Params, Query, Said, render, see_other},
    },
    licence::{Licence, history::Change, words::Card},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::LicenceId;

#[derive(Template)]
#[template(path = "licence/desk/find.html")]
struct FindPage {
    frame: Frame,
    wanted: String,
    /// Nothing before something was looked for.
    found: Option<Vec<DeskView>>,
}

pub(super) async fn form(cx: Cx) -> Result<Response, Fault> {
    std::future::ready(render(&FindPage {
        frame: Frame::new(&cx, Here::Operator),
        wanted: String::new(),
        found: None,
    }))
    .await
}

pub(super) async fn find_page(cx: Cx, Form(input): Form<find::Input>) -> Result<Response, Fault> {
    let wanted = input.wanted.trim().to_owned();
    let found = find::run(&cx, input).await?;
    if let [only] = &found[..] {
        return Ok(see_other(&format!("/operator/licences/{}", only.licence.id)));
    }
    render(&FindPage {
        frame: Frame::new(&cx, Here::Operator),
        // A key that is known to nobody is still no text for a page that is kept.
        wanted: if wanted.contains('@') {
            wanted
        } else {
            String::new()
        },
        found: Some(found),
    })
}

#[derive(Template)]
#[template(path = "licence/desk/show.html")]
struct Page {
    frame: Frame,
    licence: Licence,
    view: DeskView,
    card: Card,
    history: Vec<Change>,
    next: Option<String>,
    reason: String,
    said: Said,
}

async fn show(
    cx: &Cx,
    id: LicenceId,
    cursor: &Cursor,
    refused: Option<(String, Fault)>,
) -> Result<Response, Fault> {
    let (licence, view) = one(cx, id).await?;
    let history = changes(cx, id, cursor).await?;
    let status = refused.as_ref().map(|(_, fault)| fault.code.status());
    let said = refused
        .as_ref()
        .map(|(_, fault)| Said::from_fault(fault, cx.lang));
    let page = render(&Page {
        frame: Frame::new(cx, Here::Operator),
        card: Card::new(cx.lang, &licence, cx.app.clock.now()),
        licence,
        view,
        history: history.items,
        next: history.next,
        said: said.unwrap_or_default(),
        reason: refused.map(|(reason, _)| reason).unwrap_or_default(),
    })?;
    Ok(match status {
        Some(status) => (status, page).into_response(),
        None => page,
    })
}

pub(super) async fn page(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Query(cursor): Query<Cursor>,
) -> Result<Response, Fault> {
    show(&cx, licence, &cursor, None).await
}

async fn decide(cx: &Cx, id: LicenceId, ruling: Ruling, input: Input, said: &str) -> Result<Response, Fault> {
    let reason = input.reason.clone();
    match rule::run(cx, id, ruling, input.reason, false).await {
        Ok(_) => Ok(see_other(&format!("/operator/licences/{id}?said={said}"))),
        Err(fault) if fault.code == crate::base::error::Code::NotFound => Err(fault),
        Err(fault) => show(cx, id, &Cursor::default(), Some((reason, fault))).await,
    }
}

pub(super) async fn suspend(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Form(input): Form<Input>,
) -> Result<Response, Fault> {
    decide(&cx, licence, Ruling::Suspend, input, "licence-suspended").await
}

pub(super) async fn reinstate(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Form(input): Form<Input>,
) -> Result<Response, Fault> {
    decide(&cx, licence, Ruling::Reinstate, input, "licence-reinstated").await
}
