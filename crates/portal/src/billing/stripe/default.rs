//! What the provider charges is made the card that the payer gave last; the one before is let go of. Jobs, because the
//! card is the payer's from the moment it was taken, whether or not the provider can be reached again.

use super::{
    Once, StripeError, charged,
    look::{Job, failed},
    store::{payer, renewal},
};
use crate::{app::App, base::error::Fault};
use rempart_wire::AccountId;
use serde_json::Value;

/// The kind of the job that makes a payer's card the one that is charged.
pub(super) const JOB: &str = "payment.set_default";
/// The kind of the job that has the provider forget somebody who is gone.
pub(super) const FORGET: &str = "payment.forget_customer";
/// The kind of the job that lets go of a card.
pub(super) const DETACH: &str = "payment.detach";

/// The job.
pub(super) fn run(app: App, payload: Value) -> Job {
    Box::pin(async move {
        let account: AccountId = serde_json::from_value(payload)?;
        let Some(known) = app.db.read(move |r| payer::of_account(r, account)).await? else {
            return Ok(());
        };
        let Some(method) = known.method else { return Ok(()) };
        let client = app.payments.client().map_err(failed)?;
        let there = client.payment_method(&method).await.map_err(failed)?;
        if there.customer.as_ref() != Some(&known.customer) {
            // The provider did it when the card was given; a stand-in may not have.
            let once = Once::new("attach", &method);
            client
                .attach(&once, &method, &known.customer)
                .await
                .map_err(failed)?;
        }
        let customer = client.customer(&known.customer).await.map_err(failed)?;
        if customer.invoice_settings.default_payment_method.as_ref() != Some(&method) {
            let once = Once::new("default", app.chance.id::<uuid::Uuid>(app.clock.now()));
            client
                .set_default(&once, &known.customer, &method)
                .await
                .map_err(failed)?;
        }
        retry(&app, account, &method).await.map_err(failed)
    })
}

/// The job. Whatever still ran at the provider for them ends with it; nothing of it was to charge any more.
pub(super) fn forget(app: App, payload: Value) -> Job {
    Box::pin(async move {
        let customer: String = serde_json::from_value(payload)?;
        let client = app.payments.client().map_err(failed)?;
        match client.delete_customer(&customer).await {
            Ok(_) | Err(StripeError::Missing(_)) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    })
}

/// What was refused with the card before is tried at once with this one.
async fn retry(app: &App, account: AccountId, method: &str) -> Result<(), Fault> {
    let client = app.payments.client()?;
    let failing = app.db.read(move |r| renewal::failing_of(r, account)).await?;
    for invoice in failing.into_iter().filter_map(|renewal| renewal.failed_invoice) {
        let once = Once::new("pay-invoice", format!("{invoice}-{method}"));
        match client.pay_invoice(&once, &invoice).await {
            // Whether it was paid, or refused again, or is no longer to be paid, is asked of the invoice.
            Ok(_) | Err(StripeError::Declined(_) | StripeError::Refused { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        charged::invoice(app, client.invoice(&invoice).await?).await?;
    }
    Ok(())
}

/// The job.
pub(super) fn detach(app: App, payload: Value) -> Job {
    Box::pin(async move {
        let method: String = serde_json::from_value(payload)?;
        let known = method.clone();
        // Given again meanwhile, it stays.
        if app.db.read(move |r| payer::by_method(r, &known)).await?.is_some() {
            return Ok(());
        }
        let client = app.payments.client().map_err(failed)?;
        match client.payment_method(&method).await {
            Ok(there) if there.customer.is_some() => {
                let once = Once::new("detach", &method);
                client.detach(&once, &method).await.map_err(failed)?;
            }
            Ok(_) | Err(StripeError::Missing(_)) => {}
            Err(error) => return Err(failed(error)),
        }
        Ok(())
    })
}
