//! Money goes back to the card it came from. The provider is asked first, and what it did is recorded; done there by hand,
//! it is recorded all the same.

use super::{
    Once, Refund,
    look::{Job, failed},
    mails,
    store::payer,
};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        error::{Code, Fault},
        mail,
    },
    billing::{Back, Provider, Purchase, desk, refund, store},
    licence,
};
use rempart_wire::PurchaseId;
use serde_json::{Value, json};

/// The kind of the job that returns what came for an order that was over.
pub(super) const JOB: &str = "payment.return";

/// Gives back all or part of what was paid for an order by card.
///
/// # Errors
/// `order_over` for one that was not paid by card, `refund_too_large`, and what the provider says.
pub(in crate::billing) async fn run(
    app: &App,
    actor: AuditActor,
    purchase: PurchaseId,
    wanted: Back,
) -> Result<Purchase, Fault> {
    let (payment, left) = app
        .db
        .read(move |r| {
            let payment = store::order::provider_payment(r, Provider::Stripe, purchase)?;
            let payment = payment
                .filter(|id| id.starts_with("pi_"))
                .ok_or(Code::OrderOver)?;
            Ok::<_, Fault>((payment, store::order::paid(r, purchase)?))
        })
        .await?;
    let amount = wanted.amount.unwrap_or(left);
    if amount <= 0 || amount > left {
        return Err(Fault::new(Code::RefundTooLarge)
            .at("amount")
            .facts(json!({ "most": left })));
    }
    // Named after what was left before: asked again after a lost answer it goes back once.
    let once = Once::new("refund", format!("{purchase}-{left}-{amount}"));
    let made = app.payments.client()?.refund(&once, &payment, amount).await?;
    record(app, actor, purchase, &made, wanted.note).await?;
    let order = app.db.read(move |r| store::order::find(r, purchase)).await?;
    Ok(order.ok_or(Code::NotFound)?)
}

/// Records a refund, once.
async fn record(
    app: &App,
    actor: AuditActor,
    purchase: PurchaseId,
    made: &Refund,
    note: String,
) -> Result<(), Fault> {
    let (id, amount) = (made.id.clone(), made.amount);
    app.db
        .write(move |mut tx| {
            let found = store::order::find(&mut tx, purchase)?.ok_or(Code::NotFound)?;
            licence::lock(&mut tx, found.licence)?;
            if store::order::recorded(&mut tx, Provider::Stripe, &id)? {
                return Ok(tx.tidy(Housekeeping::ProviderEvent, ())?);
            }
            let back = Back {
                amount: Some(amount),
                provider_id: Some(id),
                note: note.clone(),
            };
            let order = refund(&mut tx, purchase, &back)?;
            let licence = licence::find(&mut tx, order.licence)?.ok_or(Code::NotFound)?;
            if let Some((to, lang)) = payer::reached(&mut tx, order.account)? {
                let sum = crate::billing::Money::new(amount, order.gross.currency);
                mail::post(&mut tx, &mails::refunded(&to, lang, &licence, &order, sum))?;
            }
            let event = AuditEvent::new(actor, "payment.refund").with(json!({
                "order": order.reference, "amount": amount, "currency": order.gross.currency.as_str(), "note": note,
            }));
            Ok(tx.commit(desk::about(event, &licence), ())?)
        })
        .await
}

/// A refund was made at the provider, perhaps by hand.
pub(super) async fn told(app: &App, made: Refund) -> Result<(), Fault> {
    let Some(payment) = made.payment_intent.clone().filter(|_| made.status == "succeeded") else {
        return Ok(());
    };
    let purchase = app
        .db
        .read(move |r| store::order::paid_by(r, Provider::Stripe, &payment))
        .await?;
    match purchase {
        Some(purchase) => record(app, AuditActor::Server, purchase, &made, String::new()).await,
        None => Ok(()),
    }
}

/// The job that returns what came for an order that was over.
pub(super) fn job(app: App, payload: Value) -> Job {
    Box::pin(async move {
        let (payment, amount): (String, i64) = serde_json::from_value(payload)?;
        let once = Once::new("return", &payment);
        let client = app.payments.client().map_err(failed)?;
        client.refund(&once, &payment, amount).await.map_err(failed)?;
        Ok(())
    })
}
