//! The provider's subscription is made what it should be. A subscription only charges: the first time at the expiry, then
//! every term. When anything of what it charges changes — seats, term, product, price, expiry, who pays — it is ended and
//! another is made; only whether it ends with its period is changed in place. Doing it again changes nothing, so it is
//! done after everything that could matter.

use super::{
    Client, Once, StripeError, Sum,
    look::{Job, failed},
    renewal::{Affairs, Known, Renewal, counted_alike, hindrance},
    store::{renewal, subscription},
};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        error::{Code, Fault},
    },
    billing::{
        Money, desk,
        renew::{self, Agreed},
    },
    licence::{self, Licence},
};
use jiff::Timestamp;
use rempart_wire::LicenceId;
use serde_json::{Value, json};

/// The kind of the job.
pub(super) const JOB: &str = "payment.align";

/// The job.
pub(super) fn run(app: App, payload: Value) -> Job {
    Box::pin(async move {
        let licence: LicenceId = serde_json::from_value(payload)?;
        at(&app, licence).await.map_err(failed)
    })
}

/// What there is, and what there should be.
struct Plan {
    licence: Licence,
    affairs: Affairs,
    agreed: Option<Agreed>,
}

async fn plan(app: &App, licence: LicenceId) -> Result<Option<Plan>, Fault> {
    let (sales, now) = (app.config.sales.clone(), app.clock.now());
    app.db
        .read(move |r| {
            let Some(licence) = licence::find(r, licence)? else {
                return Ok(None);
            };
            let affairs = Affairs::read(r, licence.id)?;
            let possible = affairs.wanted() && hindrance(&licence, affairs.payer.as_ref(), now).is_none();
            // A term that is not sold any more is not renewed; the owner sees why on the page.
            let agreed = if possible {
                renew::agree(r, &licence, &sales, now).ok()
            } else {
                None
            };
            let agreed = agreed.filter(|agreed| agreed.currency().is_ok_and(counted_alike));
            Ok(Some(Plan {
                licence,
                affairs,
                agreed,
            }))
        })
        .await
}

/// Makes it so.
///
/// # Errors
/// When the provider cannot be reached, or does not do as it is asked.
pub(super) async fn at(app: &App, licence: LicenceId) -> Result<(), Fault> {
    let Some(Plan {
        licence,
        affairs,
        agreed,
    }) = plan(app, licence).await?
    else {
        return Ok(());
    };
    let (Some(renewal), wanted) = (affairs.renewal.clone(), affairs.wanted()) else {
        return Ok(());
    };
    let client = app.payments.client()?;
    let running = licence
        .expires_at
        .is_some_and(|expires_at| expires_at > app.clock.now());
    match (affairs.live.clone(), agreed) {
        (None, None) => Ok(()),
        (None, Some(agreed)) => make(app, client, &licence, &affairs, agreed).await,
        (Some(live), Some(agreed)) if same(&live, &agreed, &renewal)? => {
            keep(app, client, live, agreed).await
        }
        (Some(live), Some(agreed)) => match refreshed(app, client, live).await? {
            // It had charged, and what followed was not noted yet.
            Some(live) if same(&live, &agreed, &renewal)? => keep(app, client, live, agreed).await,
            live => {
                if let Some(live) = live {
                    end(app, client, &live).await?;
                }
                make(app, client, &licence, &affairs, agreed).await
            }
        },
        // It charges right now, or tries again: what comes of it will be told.
        (Some(_), None) if wanted && !running && !licence.facts.revoked => Ok(()),
        (Some(live), None) if !wanted && running => set_ends(app, client, &live, true).await,
        (Some(live), None) => end(app, client, &live).await,
    }
}

/// The provider's name for an amount every few months.
fn plan_id(agreed: &Agreed) -> Result<(String, Money), Fault> {
    let (after, gross) = (agreed.after(), agreed.gross()?);
    let currency = gross.currency.as_str().to_lowercase();
    let id = format!(
        "rempart-{}-{}-{currency}-{}",
        after.product, after.term_months, gross.amount
    );
    Ok((id, gross))
}

fn same(live: &Known, agreed: &Agreed, renewal: &Renewal) -> Result<bool, Fault> {
    let at = |at: Timestamp| at.as_second();
    Ok(live.plan == plan_id(agreed)?.0
        && live.payer == renewal.payer
        && at(live.charges_at) == at(agreed.charge_at))
}

async fn make(
    app: &App,
    client: &Client,
    licence: &Licence,
    affairs: &Affairs,
    agreed: Agreed,
) -> Result<(), Fault> {
    let (Some(renewal), Some(payer)) = (&affairs.renewal, &affairs.payer) else {
        return Err(Code::Internal.into());
    };
    let (plan, gross) = plan_id(&agreed)?;
    let product = format!("rempart-{}", agreed.after().product);
    let name = format!("Rempart {}", agreed.after().product);
    client.ensure_product(&product, &name).await?;
    let currency = gross.currency.as_str().to_lowercase();
    let sum = Sum {
        amount: gross.amount,
        currency: &currency,
    };
    client
        .ensure_plan(&plan, &product, sum, agreed.after().term_months)
        .await?;
    let first = agreed.charge_at.as_second();
    // Made and lost, it is found again by this name; one that nobody finds is ended when the provider tells of it.
    let name = format!(
        "{}-{}-{}-{plan}-{first}",
        licence.id, renewal.made, payer.customer
    );
    let once = Once::new("subscription", name);
    let made = client
        .create_subscription(&once, &payer.customer, &plan, first, &licence.id.to_string())
        .await?;
    let known = Known {
        id: made.id,
        licence: licence.id,
        live: true,
        payer: renewal.payer,
        plan,
        charges_at: agreed.charge_at,
        ends: false,
        agreed,
    };
    let event = AuditEvent::new(AuditActor::Server, "payment.subscribe").with(json!({
        "subscription": known.id, "charges_at": known.charges_at, "amount": gross.amount, "currency": currency,
    }));
    let event = desk::about(event, licence);
    app.db
        .write(move |mut tx| {
            subscription::insert(&mut tx, &known)?;
            renewal::count_made(&mut tx, known.licence)?;
            Ok(tx.commit(event, ())?)
        })
        .await
}

/// The subscription as it is at the provider now; nothing when it is over.
async fn refreshed(app: &App, client: &Client, live: Known) -> Result<Option<Known>, Fault> {
    let told = match client.subscription(&live.id).await {
        Ok(told) if !told.status.over() => told,
        Ok(_) | Err(StripeError::Missing(_)) => {
            gone(app, &live.id).await?;
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    let seen = Timestamp::from_second(told.current_period_end).unwrap_or(live.charges_at);
    Ok(Some(Known {
        charges_at: seen,
        ends: told.cancel_at_period_end,
        ..live
    }))
}

/// It stays; what its next charge pays for is what was agreed now.
async fn keep(app: &App, client: &Client, live: Known, agreed: Agreed) -> Result<(), Fault> {
    if live.ends {
        set_ends(app, client, &live, false).await?;
    }
    let known = Known {
        agreed,
        ends: false,
        ..live.clone()
    };
    if known == live {
        return Ok(());
    }
    app.db
        .write(move |mut tx| {
            subscription::agree(&mut tx, &known)?;
            subscription::seen(&mut tx, &known.id, (known.charges_at, known.ends))?;
            Ok(tx.tidy(crate::base::audit::Housekeeping::ProviderEvent, ())?)
        })
        .await
}

async fn set_ends(app: &App, client: &Client, live: &Known, ends: bool) -> Result<(), Fault> {
    if live.ends == ends {
        return Ok(());
    }
    // Switched off and on again it is another call, and one made twice does the same.
    let once = Once::new("ends", app.chance.id::<uuid::Uuid>(app.clock.now()));
    match client.end_with_period(&once, &live.id, ends).await {
        Ok(_) => {}
        // It ended before it could be told: the next look notes that.
        Err(StripeError::Missing(_)) => return gone(app, &live.id).await,
        Err(StripeError::Refused { code, .. }) if code.as_deref() == Some("resource_missing") => {
            return gone(app, &live.id).await;
        }
        Err(error) => return Err(error.into()),
    }
    let (id, charges_at) = (live.id.clone(), live.charges_at);
    app.db
        .write(move |mut tx| {
            subscription::seen(&mut tx, &id, (charges_at, ends))?;
            Ok(tx.tidy(crate::base::audit::Housekeeping::ProviderEvent, ())?)
        })
        .await
}

async fn end(app: &App, client: &Client, live: &Known) -> Result<(), Fault> {
    match client.end_subscription(&live.id).await {
        Ok(_) | Err(StripeError::Missing(_)) => gone(app, &live.id).await,
        Err(error) => Err(error.into()),
    }
}

async fn gone(app: &App, id: &str) -> Result<(), Fault> {
    let id = id.to_owned();
    app.db
        .write(move |mut tx| {
            subscription::end(&mut tx, &id)?;
            Ok(tx.tidy(crate::base::audit::Housekeeping::ProviderEvent, ())?)
        })
        .await
}
