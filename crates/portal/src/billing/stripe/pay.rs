//! An order is paid by card from its page. When the bank wants the person to prove that it is they, the provider's script
//! asks them on a page that has it; it leads back to the order's page, and what came of it is asked of the provider, never
//! read off the address.

use super::{
    charge::{self, Outcome},
    payer::ShownCard,
    renewal::counted_alike,
    store::payer,
};
use crate::{
    base::{
        error::{Code, Fault},
        web::{CardForm, Cx, Frame, Params, render, see_other},
    },
    billing::{OrderState, Purchase, orders, screen},
};
use askama::Template;
use axum::response::Response;
use rempart_wire::{LicenceId, PurchaseId};

/// That an order can be paid by card.
pub(in crate::billing) struct Offer {
    /// The person's card; nothing when they gave none yet.
    pub card: Option<ShownCard>,
}

/// Whether an order can be paid by card, by the person who looks at it.
pub(in crate::billing) async fn offer(cx: &Cx, order: &Purchase) -> Result<Option<Offer>, Fault> {
    let can = order.state == OrderState::Waiting
        && cx.app.payments.is_configured()
        && counted_alike(order.gross.currency);
    if !can {
        return Ok(None);
    }
    let account = cx.person()?.account;
    let known = cx.app.db.read(move |r| payer::of_account(r, account)).await?;
    let known = known.filter(|payer| payer.method.is_some());
    Ok(Some(Offer {
        card: known.and_then(|payer| payer.card),
    }))
}

/// Where the order is.
fn at((licence, order): (LicenceId, PurchaseId)) -> String {
    format!("/licences/{licence}/orders/{order}")
}

/// The order's page, with what came of it.
async fn back(
    cx: &Cx,
    ids: (LicenceId, PurchaseId),
    outcome: Result<Outcome, Fault>,
) -> Result<Response, Fault> {
    match outcome {
        Ok(outcome) => Ok(see_other(&match outcome.state {
            "paid" => format!("{}?said=order-paid-by-card", at(ids)),
            "processing" => format!("{}?said=order-processing", at(ids)),
            "challenge" => format!("{}/card", at(ids)),
            _ => at(ids),
        })),
        Err(fault)
            if matches!(
                fault.code,
                Code::CardDeclined
                    | Code::PaymentUnavailable
                    | Code::PaymentMethodMissing
                    | Code::PaymentNotConfigured
                    | Code::CurrencyUnknown
                    | Code::OrderOver
            ) =>
        {
            screen::order::show(cx, ids, Some(&fault)).await
        }
        Err(fault) => Err(fault),
    }
}

pub(super) async fn page(cx: Cx, Params(ids): Params<(LicenceId, PurchaseId)>) -> Result<Response, Fault> {
    let outcome = charge::run(&cx, ids.0, ids.1).await;
    back(&cx, ids, outcome).await
}

#[derive(Template)]
#[template(path = "billing/stripe/prove.html")]
struct Page {
    frame: Frame,
    /// The order's page.
    order: String,
    reference: String,
    total: String,
    publishable_key: String,
    client_secret: String,
    /// Where the provider's script leads back to.
    returns: String,
}

pub(super) async fn prove(cx: Cx, Params(ids): Params<(LicenceId, PurchaseId)>) -> Result<Response, Fault> {
    let outcome = charge::look(&cx, ids.0, ids.1).await;
    let client_secret = match outcome {
        Ok(Outcome {
            client_secret: Some(secret),
            ..
        }) => secret,
        outcome => return back(&cx, ids, outcome).await,
    };
    let order = orders::show(&cx, ids.0, ids.1).await?;
    let mut page = render(&Page {
        frame: screen::frame(&cx, ids.0).await?,
        order: at(ids),
        reference: order.reference,
        total: order.gross.show(cx.lang),
        publishable_key: cx.app.payments.publishable_key().to_owned(),
        client_secret,
        returns: format!("{}{}/proved", cx.app.config.public_url, at(ids)),
    })?;
    page.extensions_mut().insert(CardForm);
    Ok(page)
}

/// The provider's script leads here when it is done.
pub(super) async fn proved(cx: Cx, Params(ids): Params<(LicenceId, PurchaseId)>) -> Result<Response, Fault> {
    let outcome = charge::look(&cx, ids.0, ids.1).await;
    let outcome = outcome.and_then(|outcome| match outcome.state {
        // Left without an answer: it can be tried again.
        "challenge" => Err(Fault::new(Code::CardDeclined).arg("reason", "authentication")),
        _ => Ok(outcome),
    });
    back(&cx, ids, outcome).await
}
