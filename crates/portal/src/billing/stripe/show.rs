//! *Actualiser les informations de paiement*: with which card a licence's renewals are paid, as far as it may be shown —
//! brand, last four digits, expiry.

use super::{allowed::Allowed, payer::ShownCard, store::payer};
use crate::{
    base::{
        authz,
        error::Fault,
        web::{Cx, Frame, Here, Json, Params, Problems, Said, WorkspaceNav, render},
    },
    licence::words::Card,
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::LicenceId;
use serde::Serialize;
use utoipa::ToSchema;

/// How a licence is paid for.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicencePayment)]
pub(super) struct View {
    /// Whether this server takes cards at all.
    takes_cards: bool,
    /// The card renewals are paid with; absent when there is none.
    card: Option<ShownCard>,
    /// Whether the card is yours: another person's is only replaced by one of yours.
    yours: bool,
}

/// What a page needs besides.
pub(super) struct Read {
    pub allowed: Allowed,
    pub nav: Option<WorkspaceNav>,
    pub view: View,
}

pub(super) async fn run(cx: &Cx, licence: LicenceId) -> Result<Read, Fault> {
    let (caller, takes_cards) = (cx.caller()?, cx.app.payments.is_configured());
    cx.app
        .db
        .read(move |r| {
            let allowed = Allowed::new(r, caller, licence)?;
            let nav = allowed
                .workspace()
                .map(|workspace| authz::nav(r, caller, workspace));
            let nav = nav.transpose()?;
            let payer = payer::of_licence(r, licence)?;
            let view = View {
                takes_cards,
                yours: payer.as_ref().is_none_or(|payer| payer.account == caller.account),
                card: payer.and_then(|payer| payer.card),
            };
            Ok(Read { allowed, nav, view })
        })
        .await
}

/// How a licence is paid for: the card, as far as it may be shown.
#[utoipa::path(get, path = "/api/v1/licences/{licence}/payment", params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, description = "How it is paid for.", body = View), Problems))]
pub(super) async fn api(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Json<View>, Fault> {
    Ok(Json(run(&cx, licence).await?.view))
}

#[derive(Template)]
#[template(path = "billing/stripe/show.html")]
struct Page {
    frame: Frame,
    licence: LicenceId,
    title: Card,
    back: String,
    view: View,
    said: Said,
}

/// The frame of a page about a licence, and where its other settings are.
pub(super) fn frame(cx: &Cx, read: &Read) -> (Frame, String) {
    match &read.nav {
        Some(nav) => (
            Frame::within(cx, nav.clone(), Here::Settings),
            format!("/workspaces/{}/settings", nav.id),
        ),
        None => (Frame::new(cx, Here::Licences), "/licences".into()),
    }
}

/// The page, with what was refused.
pub(super) async fn again(cx: &Cx, licence: LicenceId, refused: Option<&Fault>) -> Result<Response, Fault> {
    let read = run(cx, licence).await?;
    let (frame, back) = frame(cx, &read);
    let page = render(&Page {
        frame,
        licence,
        back,
        title: Card::new(cx.lang, &read.allowed.licence, cx.app.clock.now()),
        view: read.view,
        said: refused
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
    })?;
    Ok(match refused {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(super) async fn page(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Response, Fault> {
    again(&cx, licence, None).await
}
