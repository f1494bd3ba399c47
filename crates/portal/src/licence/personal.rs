//! *Licences personnelles*: what is attached to nothing, a key to be typed in, and where one's other licences are.

use super::{
    import, list,
    permits::{self, Group},
    screen::personal,
    store,
    transfer::Offer,
    words::{Card, Pill, pill},
};
use crate::{
    account::Email,
    base::{
        error::Fault,
        web::{Cx, Form, Frame, Here, Said, render, see_other},
    },
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::WorkspaceId;

/// A licence that is somewhere.
struct Placed {
    card: Card,
    state: Pill,
    workspace: WorkspaceId,
    name: String,
}

#[derive(Template)]
#[template(path = "licence/personal.html")]
struct Page {
    frame: Frame,
    personal: Vec<Card>,
    placed: Vec<Placed>,
    groups: Vec<Group>,
    /// What others offer to hand over to the reader.
    offers: Vec<Offer>,
    typed: String,
    said: Said,
}

async fn show(cx: &Cx, refused: Option<(String, &Fault)>) -> Result<Response, Fault> {
    let (l, now) = (cx.lang, cx.app.clock.now());
    let owned = list::run(cx).await?;
    let own = Email::parse(&cx.person()?.email)?;
    let offers = cx
        .app
        .db
        .read(move |r| store::transfer::offers_to(r, &own, now))
        .await?;
    let placed = owned.iter().filter_map(|one| {
        Some(Placed {
            workspace: one.workspace?,
            name: one.workspace_name.clone().unwrap_or_default(),
            card: Card::new(l, one, now),
            state: pill(l, one, now),
        })
    });
    let page = Page {
        frame: Frame::new(cx, Here::Licences),
        personal: personal(l, &owned, now),
        placed: placed.collect(),
        offers,
        groups: permits::groups(None),
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

pub(super) async fn page(cx: Cx) -> Result<Response, Fault> {
    show(&cx, None).await
}

pub(super) async fn import_page(cx: Cx, Form(input): Form<import::Input>) -> Result<Response, Fault> {
    let typed = input.key.clone();
    match import::run(&cx, input).await {
        Ok(_) => Ok(see_other("/licences?said=key-imported")),
        Err(fault) if fault.target == Some("key") => show(&cx, Some((typed, &fault))).await,
        Err(fault) => Err(fault),
    }
}
