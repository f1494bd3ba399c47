//! A card is given, or replaced. The form is the provider's own, drawn by its script on this one page, so that a card
//! number never passes through this server; what comes back is the provider's name for the card. Whoever gives a card
//! for a licence pays for its renewals from then on.

use super::{IntentStatus, Once, SetupIntent, allowed::Allowed, payer, show};
use crate::base::{
    error::{Code, Fault},
    web::{CardForm, Cx, Form, Frame, Json, Params, Problems, Query, Said, render, see_other},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use rempart_wire::{LicenceId, PurchaseId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What the provider's script needs to take a card.
#[derive(Serialize, ToSchema)]
#[schema(as = CardSetup)]
pub(super) struct Begun {
    /// The provider's name for this giving.
    setup: String,
    /// For the provider's script in the person's browser, and nobody else.
    client_secret: String,
    /// Which of the provider's accounts it is for.
    publishable_key: String,
}

pub(super) async fn run(cx: &Cx, licence: LicenceId) -> Result<Begun, Fault> {
    let (caller, app) = (cx.caller()?, &cx.app);
    let client = app.payments.client()?;
    app.db
        .read(move |r| Allowed::new(r, caller, licence).map(drop))
        .await?;
    let payer = payer::customer(app, caller.account).await?;
    let once = Once::new("setup", app.chance.id::<uuid::Uuid>(app.clock.now()));
    let setup = client
        .create_setup(&once, &payer.customer, &licence.to_string())
        .await?;
    Ok(Begun {
        setup: setup.id,
        client_secret: setup.client_secret,
        publishable_key: app.payments.publishable_key().to_owned(),
    })
}

/// Begin to give a card for a licence's renewals. The card goes from the person's browser to the payment provider, by
/// the provider's script and this secret.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/payment/card", params(("licence" = uuid::Uuid, Path)),
    responses((status = 201, description = "Begun.", body = Begun), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(licence): Params<LicenceId>,
) -> Result<(StatusCode, Json<Begun>), Fault> {
    Ok((StatusCode::CREATED, Json(run(&cx, licence).await?)))
}

/// What the card is given for besides.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct For {
    /// An order to be paid with it.
    order: Option<PurchaseId>,
}

/// An order in an address.
fn and(order: Option<PurchaseId>) -> String {
    order.map(|order| format!("&order={order}")).unwrap_or_default()
}

/// Where the person came from.
fn home(licence: LicenceId, order: Option<PurchaseId>) -> String {
    match order {
        Some(order) => format!("/licences/{licence}/orders/{order}"),
        None => format!("/licences/{licence}/payment"),
    }
}

pub(super) async fn begin_page(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Form(wanted): Form<For>,
) -> Result<Response, Fault> {
    match run(&cx, licence).await {
        Ok(begun) => Ok(see_other(&format!(
            "/licences/{licence}/payment/card?setup={}{}",
            begun.setup,
            and(wanted.order)
        ))),
        Err(fault) if matches!(fault.code, Code::PaymentNotConfigured | Code::PaymentUnavailable) => {
            show::again(&cx, licence, Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}

/// Which giving, as the provider's script names it when it leads back.
#[derive(Debug, Deserialize)]
pub(super) struct Which {
    #[serde(alias = "setup_intent")]
    setup: String,
    /// The order that is to be paid with the card.
    order: Option<PurchaseId>,
}

/// The person's own giving of a card for this licence.
async fn own(cx: &Cx, licence: LicenceId, setup: &str) -> Result<SetupIntent, Fault> {
    let (caller, account) = (cx.caller()?, cx.person()?.account);
    cx.app
        .db
        .read(move |r| Allowed::new(r, caller, licence).map(drop))
        .await?;
    let well_formed =
        setup.starts_with("seti_") && setup.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !well_formed {
        return Err(Code::NotFound.into());
    }
    let setup = cx.app.payments.client()?.setup(setup).await.map_err(not_found)?;
    let payer = payer::customer(&cx.app, account).await?;
    let same = setup.customer.as_ref() == Some(&payer.customer)
        && setup.metadata.get("licence") == Some(&licence.to_string());
    if same {
        Ok(setup)
    } else {
        Err(Code::NotFound.into())
    }
}

fn not_found(error: super::StripeError) -> Fault {
    match error {
        super::StripeError::Missing(_) => Code::NotFound.into(),
        error => error.into(),
    }
}

#[derive(Template)]
#[template(path = "billing/stripe/card.html")]
struct Page {
    frame: Frame,
    /// Where the person came from.
    back: String,
    publishable_key: String,
    client_secret: String,
    /// Where the provider's script leads back to.
    returns: String,
    said: Said,
}

async fn draw(
    cx: &Cx,
    (licence, order): (LicenceId, Option<PurchaseId>),
    setup: SetupIntent,
    refused: Option<&Fault>,
) -> Result<Response, Fault> {
    let read = show::run(cx, licence).await?;
    let (frame, _) = show::frame(cx, &read);
    let page = render(&Page {
        frame,
        back: home(licence, order),
        publishable_key: cx.app.payments.publishable_key().to_owned(),
        client_secret: setup.client_secret,
        returns: {
            let order = order.map(|order| format!("?order={order}")).unwrap_or_default();
            format!(
                "{}/licences/{licence}/payment/given{order}",
                cx.app.config.public_url
            )
        },
        said: refused
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
    })?;
    let mut page = match refused {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    };
    page.extensions_mut().insert(CardForm);
    Ok(page)
}

pub(super) async fn form(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    let setup = own(&cx, licence, &which.setup).await?;
    if setup.status == IntentStatus::Succeeded {
        return Ok(see_other(&home(licence, which.order)));
    }
    draw(&cx, (licence, which.order), setup, None).await
}

/// The provider's script leads here when it is done; whether a card was given is asked of the provider, not read off
/// the address.
pub(super) async fn given(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Query(which): Query<Which>,
) -> Result<Response, Fault> {
    let setup = own(&cx, licence, &which.setup).await?;
    if payer::take(&cx.app, &setup).await? {
        return Ok(see_other(&format!(
            "{}?said=card-set",
            home(licence, which.order)
        )));
    }
    if matches!(setup.status, IntentStatus::Succeeded | IntentStatus::Processing) {
        return Ok(see_other(&home(licence, which.order)));
    }
    let refused = Fault::new(Code::CardDeclined).arg("reason", "authentication");
    draw(&cx, (licence, which.order), setup, Some(&refused)).await
}
