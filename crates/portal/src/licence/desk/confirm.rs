//! Revoking, asked once more: what it takes from whom, and why it is done.

use super::{
    Ruling,
    find::one,
    rule::{self, Input},
};
use crate::base::{
    error::Fault,
    web::{Cx, Form, Frame, Here, Params, Said, render, see_other},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::LicenceId;

#[derive(Template)]
#[template(path = "licence/desk/revoke.html")]
struct Page {
    frame: Frame,
    licence: LicenceId,
    title: String,
    number: String,
    consequences: Vec<String>,
    reason: String,
    said: Said,
}

async fn show(cx: &Cx, id: LicenceId, refused: Option<(String, Fault)>) -> Result<Response, Fault> {
    let (licence, view) = one(cx, id).await?;
    let l = cx.lang;
    let mut consequences = Vec::new();
    if let Some(name) = licence.workspace.and(licence.workspace_name.as_ref()) {
        consequences.push(l.t2(
            "desk-revoke-workspace",
            ("workspace", name),
            ("n", licence.seats_used),
        ));
        consequences.push(l.t("desk-revoke-devices"));
    }
    if let Some(owner) = &view.owner {
        consequences.push(l.t2(
            "desk-revoke-owner",
            ("name", &owner.name),
            ("email", &owner.email),
        ));
    }
    consequences.push(l.t("desk-revoke-final"));
    let status = refused.as_ref().map(|(_, fault)| fault.code.status());
    let said = refused.as_ref().map(|(_, fault)| Said::from_fault(fault, l));
    let page = render(&Page {
        frame: Frame::new(cx, Here::Operator),
        licence: id,
        title: licence.product_name,
        number: licence.number,
        consequences,
        said: said.unwrap_or_default(),
        reason: refused.map(|(reason, _)| reason).unwrap_or_default(),
    })?;
    Ok(match status {
        Some(status) => (status, page).into_response(),
        None => page,
    })
}

pub(super) async fn form(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Response, Fault> {
    show(&cx, licence, None).await
}

pub(super) async fn page(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Form(input): Form<Input>,
) -> Result<Response, Fault> {
    let reason = input.reason.clone();
    match rule::run(&cx, licence, Ruling::Revoke, input.reason, true).await {
        Ok(_) => Ok(see_other(&format!(
            "/operator/licences/{licence}?said=licence-revoked"
        ))),
        Err(fault) if fault.code == crate::base::error::Code::NotFound => Err(fault),
        Err(fault) => show(&cx, licence, Some((reason, fault))).await,
    }
}
