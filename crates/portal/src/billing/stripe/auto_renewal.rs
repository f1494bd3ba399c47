//! Renewal by itself is switched off and on. Off: protection runs until the expiry, and the page says so. On: only where
//! it can be charged, and the page says why not — `auto_renewal_unavailable`, with the reason.

use super::{
    align,
    allowed::Allowed,
    renewal::{Affairs, counted_alike, hindrance},
    show, stop,
    store::renewal,
};
use crate::{
    base::{
        error::{Code, Fault},
        web::{Cx, Form, Json, Params, Problems, see_other},
    },
    billing::{desk, renew},
    licence,
};
use axum::{http::StatusCode, response::Response};
use rempart_wire::LicenceId;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// On or off.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[schema(as = AutoRenewal)]
pub(super) struct Input {
    /// Whether the licence is to renew by itself.
    on: bool,
}

/// Why not, as a fault.
pub(super) fn unavailable(reason: &'static str) -> Fault {
    Fault::new(Code::AutoRenewalUnavailable)
        .arg("reason", reason)
        .facts(json!({ "reason": reason }))
}

pub(super) async fn run(cx: &Cx, licence: LicenceId, input: Input) -> Result<(), Fault> {
    let (caller, sales) = (cx.caller()?, cx.app.config.sales.clone());
    let configured = cx.app.payments.is_configured();
    let event = cx.event(if input.on {
        "payment.renew_on"
    } else {
        "payment.renew_off"
    });
    cx.app
        .db
        .write(move |mut tx| {
            Allowed::new(&mut tx, caller, licence)?;
            let licence = licence::lock(&mut tx, licence)?.ok_or(Code::NotFound)?;
            Allowed::new(&mut tx, caller, licence.id)?;
            let (affairs, now) = (Affairs::read(&mut tx, licence.id)?, tx.now());
            if !input.on {
                stop(&mut tx, &licence)?;
                let event = desk::changed(&mut tx, event, json!({}), &licence)?;
                return Ok(tx.commit(event, ())?);
            }
            if !configured {
                return Err(Code::PaymentNotConfigured.into());
            }
            if let Some(reason) = hindrance(&licence, affairs.payer.as_ref(), now) {
                return Err(unavailable(reason));
            }
            let agreed = renew::agree(&mut tx, &licence, &sales, now)?;
            if !counted_alike(agreed.currency()?) {
                return Err(unavailable("currency"));
            }
            renewal::set_wanted(&mut tx, licence.id, true)?;
            licence::set_auto_renew(&mut tx, licence.id, true)?;
            tx.enqueue(align::JOB, &licence.id, None)?;
            let event = desk::changed(&mut tx, event, json!({}), &licence)?;
            Ok(tx.commit(event, ())?)
        })
        .await
}

/// Switch renewal by itself off or on. It is on only where it can be charged; `facts.reason` says why not.
#[utoipa::path(put, path = "/api/v1/licences/{licence}/auto-renewal", request_body = Input,
    params(("licence" = uuid::Uuid, Path)), responses((status = 204, description = "So it is."), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Json(input): Json<Input>,
) -> Result<StatusCode, Fault> {
    run(&cx, licence, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn page(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Form(input): Form<Input>,
) -> Result<Response, Fault> {
    let said = if input.on { "renewal-on" } else { "renewal-off" };
    match run(&cx, licence, input).await {
        Ok(()) => Ok(see_other(&format!("/licences/{licence}/payment?said={said}"))),
        Err(fault) if matches!(fault.code, Code::NotFound | Code::Forbidden | Code::Internal) => Err(fault),
        Err(fault) => show::again(&cx, licence, Some(&fault)).await,
    }
}
