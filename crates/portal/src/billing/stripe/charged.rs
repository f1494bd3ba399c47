//! A renewal was charged, or could not be. What was paid is settled, once; what was not is said to the payer, with when it
//! is tried again and where to give another card. A charge that is given up ends the renewals; protection goes on as for
//! any licence that expires.

use super::{
    Invoice, InvoiceStatus, StripeError, Subscription, SubscriptionStatus, align, mails,
    renewal::Known,
    store::{payer, renewal, subscription},
};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        db::{Committed, Tx},
        error::{Code, Fault},
        mail,
    },
    billing::{Money, Payment, Provider, desk, renew, store as billing_store},
    licence::{self, Licence},
};
use jiff::Timestamp;
use rempart_wire::LicenceId;
use serde_json::json;

/// What an invoice came to.
pub(super) async fn invoice(app: &App, invoice: Invoice) -> Result<(), Fault> {
    let Some(of) = invoice.subscription.clone() else {
        return Ok(());
    };
    let nothing = invoice.amount_due == 0 && invoice.billing_reason.as_deref() != Some("subscription_cycle");
    if nothing {
        // Of the time until the first charge.
        return Ok(());
    }
    let known = app.db.read(move |r| subscription::find(r, &of)).await?;
    let Some(known) = known else { return Ok(()) };
    match invoice.status {
        InvoiceStatus::Paid => paid(app, known, invoice).await,
        InvoiceStatus::Open if invoice.attempt_count > 0 && known.live => refused(app, known, invoice).await,
        _ => Ok(()),
    }
}

async fn paid(app: &App, known: Known, invoice: Invoice) -> Result<(), Fault> {
    let (url, sales) = (app.config.public_url.clone(), app.config.sales.clone());
    app.db
        .write(move |mut tx| {
            let payment = Payment {
                provider: Provider::Stripe,
                provider_id: Some(invoice.payment_intent.unwrap_or(invoice.id)),
                note: String::new(),
                amount: Money::new(invoice.amount_paid, known.agreed.currency()?),
            };
            let licence = licence::lock(&mut tx, known.licence)?.ok_or(Code::NotFound)?;
            // Read again under the lock: what is agreed for the next charge may be newer.
            let known = subscription::find(&mut tx, &known.id)?.ok_or(Code::NotFound)?;
            let id = payment.provider_id.as_deref().unwrap_or_default();
            if billing_store::order::recorded(&mut tx, Provider::Stripe, id)? {
                return Ok(tx.tidy(Housekeeping::ProviderEvent, ())?);
            }
            let reached = payer::reached(&mut tx, known.payer)?;
            let lang = reached.as_ref().map(|(_, lang)| *lang).unwrap_or_default();
            let settled = renew::renewed(
                &mut tx,
                &licence,
                &known.agreed,
                (known.payer, lang),
                &payment,
                &sales,
            )?;
            renewal::clear_failing(&mut tx, licence.id)?;
            tx.enqueue(align::JOB, &licence.id, None)?;
            let now = licence::find(&mut tx, licence.id)?.ok_or(Code::NotFound)?;
            if let Some((to, lang)) = reached {
                let page = format!("{url}/licences/{}/payment", licence.id);
                mail::post(&mut tx, &mails::renewed(&to, lang, &now, &settled.order, &page))?;
            }
            let detail = json!({
                "order": settled.order.reference, "gross": settled.order.gross.amount,
                "currency": settled.order.gross.currency.as_str(),
            });
            let event = AuditEvent::new(AuditActor::Server, "payment.renew");
            let event = desk::about(event, &licence).with(licence::told(detail, &licence, &now));
            Ok(tx.commit(event, ())?)
        })
        .await
}

async fn refused(app: &App, known: Known, invoice: Invoice) -> Result<(), Fault> {
    let reason = match &invoice.payment_intent {
        Some(payment) => match app.payments.client()?.payment(payment).await {
            Ok(payment) => payment.last_payment_error.map(|error| error.decline().reason()),
            Err(StripeError::Missing(_)) => None,
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    let url = app.config.public_url.clone();
    app.db
        .write(move |mut tx| {
            let Some(renewal) = renewal::find(&mut tx, known.licence)? else {
                return Ok(tx.tidy(Housekeeping::ProviderEvent, ())?);
            };
            let next = invoice
                .next_payment_attempt
                .and_then(|second| Timestamp::from_second(second).ok());
            let before = (renewal.failed_invoice.as_deref() == Some(&invoice.id)).then_some(renewal.failures);
            renewal::set_failing(&mut tx, known.licence, (&invoice.id, invoice.attempt_count), next)?;
            // Each failed try is said once; the last one is said with the end of the renewals.
            let new = before.is_none_or(|before| before < invoice.attempt_count);
            let Some(next) = next.filter(|_| new) else {
                return Ok(tx.tidy(Housekeeping::ProviderEvent, ())?);
            };
            let licence = licence::find(&mut tx, known.licence)?.ok_or(Code::NotFound)?;
            if let Some((to, lang)) = payer::reached(&mut tx, known.payer)? {
                let page = format!("{url}/licences/{}/payment", licence.id);
                let said = mails::refused(&to, lang, &licence, (reason.unwrap_or("refused"), next), &page);
                mail::post(&mut tx, &said)?;
            }
            let event = AuditEvent::new(AuditActor::Server, "payment.renew_refused").with(json!({
                "tries": invoice.attempt_count, "reason": reason, "next_try_at": next,
            }));
            Ok(tx.commit(desk::about(event, &licence), ())?)
        })
        .await
}

/// How a subscription stands: what it charged first, then whether it goes on.
pub(super) async fn subscription(app: &App, told: Subscription) -> Result<(), Fault> {
    let client = app.payments.client()?;
    let id = told.id.clone();
    let known = app.db.read(move |r| subscription::find(r, &id)).await?;
    let Some(known) = known else {
        return stray(app, told).await;
    };
    let mut invoices = client.invoices(&told.customer, &told.id).await?.data;
    invoices.sort_by_key(|one| one.created);
    for one in invoices {
        invoice(app, one).await?;
    }
    app.db
        .write(move |mut tx| {
            let at = Timestamp::from_second(told.current_period_end).unwrap_or(known.charges_at);
            subscription::seen(&mut tx, &told.id, (at, told.cancel_at_period_end))?;
            if !known.live || !told.status.over() {
                return Ok(tx.tidy(Housekeeping::ProviderEvent, ())?);
            }
            subscription::end(&mut tx, &told.id)?;
            over(tx, known.licence)
        })
        .await?;
    Ok(())
}

/// A subscription ended at the provider. When renewals were still wanted they are not any more, and the payer is told.
fn over(mut tx: Tx<'_>, licence: LicenceId) -> Result<Committed<()>, Fault> {
    let found = renewal::find(&mut tx, licence)?;
    let (Some(renewal), Some(licence)) = (found, licence::find(&mut tx, licence)?) else {
        return Ok(tx.tidy(Housekeeping::ProviderEvent, ())?);
    };
    if !renewal.wanted {
        return Ok(tx.tidy(Housekeeping::ProviderEvent, ())?);
    }
    stop(&mut tx, &licence)?;
    if let Some((to, lang)) = payer::reached(&mut tx, renewal.payer)? {
        mail::post(&mut tx, &mails::stopped(&to, lang, &licence))?;
    }
    let event = AuditEvent::new(AuditActor::Server, "payment.renew_stopped")
        .with(json!({ "tries": renewal.failures, "invoice": renewal.failed_invoice }));
    Ok(tx.commit(desk::about(event, &licence), ())?)
}

/// Renewals are not wanted any more.
pub(super) fn stop(tx: &mut Tx<'_>, licence: &Licence) -> Result<(), Fault> {
    renewal::set_wanted(tx, licence.id, false)?;
    renewal::clear_failing(tx, licence.id)?;
    licence::set_auto_renew(tx, licence.id, false)?;
    Ok(())
}

/// One that was made for a licence of ours and never noted, because the answer was lost, must not charge.
async fn stray(app: &App, told: Subscription) -> Result<(), Fault> {
    let licence = told.metadata.get("licence").and_then(|id| id.parse().ok());
    let Some(licence) = licence else { return Ok(()) };
    let ours = app.db.read(move |r| renewal::find(r, licence)).await?.is_some();
    if !ours || told.status.over() || told.status == SubscriptionStatus::Other {
        return Ok(());
    }
    match app.payments.client()?.end_subscription(&told.id).await {
        Ok(_) | Err(StripeError::Missing(_)) => {
            tracing::warn!(subscription = %told.id, "a subscription that nobody noted was ended");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
