//! An order that waits is paid by card: exactly what it says, once. When the bank wants the person to prove that it is
//! they, the provider's script asks them on a page of its own. A card that is refused leaves the order waiting; money that
//! came for an order given up meanwhile goes back by itself.

use super::{
    IntentStatus, Once, PaymentIntent, StripeError, Sum,
    allowed::Allowed,
    back,
    payer::Payer,
    renewal::counted_alike,
    store::{charge, payer},
};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        error::{Code, Fault},
        web::{Cx, Json, Params, Problems},
    },
    billing::{Money, OrderState, Payment, Provider, Purchase, desk, orders, settle, store},
    licence,
};
use rempart_wire::{LicenceId, PurchaseId};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

/// How paying by card went.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CardPayment)]
pub(super) struct Outcome {
    /// `paid`, `processing`, or `challenge`: the bank wants the person to prove that it is they.
    pub state: &'static str,
    /// For the provider's script, with a challenge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// Which of the provider's accounts it is for, with a challenge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publishable_key: Option<String>,
}

/// What is to be paid, with what.
pub(super) struct Bill {
    pub order: Purchase,
    payer: Payer,
    /// Tries that went before.
    tries: u64,
    /// The last of them, when nobody knows yet what came of it.
    open: Option<String>,
}

pub(super) async fn bill(cx: &Cx, licence: LicenceId, order: PurchaseId) -> Result<Bill, Fault> {
    let caller = cx.caller()?;
    cx.app
        .db
        .read(move |r| {
            Allowed::new(r, caller, licence)?;
            let order = orders::of(r, licence, order)?;
            let payer = payer::of_account(r, caller.account)?.filter(|payer| payer.method.is_some());
            Ok(Bill {
                tries: charge::tries(r, order.id)?,
                open: charge::open_of(r, order.id)?,
                payer: payer.ok_or(Code::PaymentMethodMissing)?,
                order,
            })
        })
        .await
}

pub(super) async fn run(cx: &Cx, licence: LicenceId, order: PurchaseId) -> Result<Outcome, Fault> {
    let app = &cx.app;
    app.payments.client()?;
    let bill = bill(cx, licence, order).await?;
    match bill.order.state {
        OrderState::Waiting => {}
        OrderState::Paid => return Ok(outcome(app, "paid", None)),
        OrderState::Cancelled | OrderState::Refunded => return Err(Code::OrderOver.into()),
    }
    if !counted_alike(bill.order.gross.currency) {
        return Err(Code::CurrencyUnknown.into());
    }
    let begun = match &bill.open {
        Some(open) => Some(app.payments.client()?.payment(open).await?),
        None => None,
    };
    match begun {
        // The one begun before is looked at first, so that two tries never both charge.
        Some(begun) if begun.status != IntentStatus::RequiresPaymentMethod => pay(app, begun).await,
        Some(begun) => {
            refused(app, &begun).await?;
            let payment = begin(app, &bill).await?;
            pay(app, payment).await
        }
        None => {
            let payment = begin(app, &bill).await?;
            pay(app, payment).await
        }
    }
}

/// What came of the payment that was begun, as the provider says now. Nothing is charged.
pub(super) async fn look(cx: &Cx, licence: LicenceId, order: PurchaseId) -> Result<Outcome, Fault> {
    let (app, caller) = (&cx.app, cx.caller()?);
    let (open, paid) = app
        .db
        .read(move |r| {
            Allowed::new(r, caller, licence)?;
            let order = orders::of(r, licence, order)?;
            Ok::<_, Fault>((charge::open_of(r, order.id)?, order.state == OrderState::Paid))
        })
        .await?;
    let Some(open) = open else {
        return Ok(outcome(app, if paid { "paid" } else { "waiting" }, None));
    };
    let payment = app.payments.client()?.payment(&open).await?;
    match payment.status {
        IntentStatus::RequiresConfirmation => Ok(outcome(app, "waiting", None)),
        _ => pay(app, payment).await,
    }
}

async fn begin(app: &App, bill: &Bill) -> Result<PaymentIntent, Fault> {
    let (order, gross) = (bill.order.id, bill.order.gross);
    let currency = gross.currency.as_str().to_lowercase();
    let once = Once::new("pay", format!("{order}-{}-{}", bill.tries, bill.payer.customer));
    let payment = app
        .payments
        .client()?
        .create_payment(
            &once,
            &bill.payer.customer,
            bill.payer.method.as_deref(),
            Sum {
                amount: gross.amount,
                currency: &currency,
            },
            &order.to_string(),
        )
        .await?;
    let (id, payer) = (payment.id.clone(), bill.payer.account);
    app.db
        .write::<_, Fault, _>(move |mut tx| {
            charge::insert(&mut tx, &id, order, payer)?;
            Ok(tx.tidy(Housekeeping::ProviderEvent, ())?)
        })
        .await?;
    Ok(payment)
}

/// Charges what was begun, as far as it goes.
async fn pay(app: &App, payment: PaymentIntent) -> Result<Outcome, Fault> {
    let payment = if payment.status == IntentStatus::RequiresConfirmation {
        let once = Once::new("confirm", &payment.id);
        match app.payments.client()?.confirm_payment(&once, &payment.id).await {
            Ok(payment) => payment,
            Err(error @ StripeError::Declined(_)) => {
                refused(app, &payment).await?;
                return Err(error.into());
            }
            Err(error) => return Err(error.into()),
        }
    } else {
        payment
    };
    let secret = payment.client_secret.clone();
    match payment.status {
        IntentStatus::Succeeded => {
            came(app, payment).await?;
            Ok(outcome(app, "paid", None))
        }
        IntentStatus::RequiresAction => Ok(outcome(app, "challenge", Some(secret))),
        IntentStatus::RequiresPaymentMethod | IntentStatus::Canceled => {
            let decline = payment.last_payment_error.clone().map(|error| error.decline());
            refused(app, &payment).await?;
            let reason = decline.unwrap_or_default();
            Err(StripeError::Declined(reason).into())
        }
        _ => Ok(outcome(app, "processing", None)),
    }
}

fn outcome(app: &App, state: &'static str, client_secret: Option<String>) -> Outcome {
    Outcome {
        state,
        publishable_key: client_secret
            .as_ref()
            .map(|_| app.payments.publishable_key().to_owned()),
        client_secret,
    }
}

async fn refused(app: &App, payment: &PaymentIntent) -> Result<(), Fault> {
    let id = payment.id.clone();
    app.db
        .write(move |mut tx| {
            charge::close(&mut tx, &id, "refused")?;
            Ok(tx.tidy(Housekeeping::ProviderEvent, ())?)
        })
        .await
}

/// What a payment of an order came to.
pub(super) async fn payment(app: &App, told: PaymentIntent) -> Result<(), Fault> {
    match told.status {
        IntentStatus::Succeeded => came(app, told).await,
        IntentStatus::Canceled => refused(app, &told).await,
        _ => Ok(()),
    }
}

/// The money came: the order is paid. For an order that cannot be paid any more it goes back.
async fn came(app: &App, payment: PaymentIntent) -> Result<(), Fault> {
    let id = payment.id.clone();
    let known = app.db.read(move |r| charge::find(r, &id)).await?;
    let Some((purchase, state)) = known.filter(|(_, state)| state == "open" || state == "refused") else {
        return Ok(());
    };
    let told = payment.clone_sum();
    let settled = app
        .db
        .write::<_, Fault, _>(move |mut tx| {
            let (id, amount) = told;
            let order = store::order::find(&mut tx, purchase)?.ok_or(Code::NotFound)?;
            let paid = Payment {
                provider: Provider::Stripe,
                provider_id: Some(id.clone()),
                note: String::new(),
                amount: Money::new(amount, order.gross.currency),
            };
            let was = licence::lock(&mut tx, order.licence)?.ok_or(Code::NotFound)?;
            let settled = settle(&mut tx, purchase, &paid)?;
            if !settled.now && !store::order::recorded(&mut tx, Provider::Stripe, &id)? {
                return Err(Code::OrderOver.into());
            }
            charge::close(&mut tx, &id, "paid")?;
            if !settled.now {
                return Ok(tx.tidy(Housekeeping::ProviderEvent, ())?);
            }
            let detail = json!({
                "order": order.reference, "gross": order.gross.amount, "applied": settled.order.applied,
                "currency": order.gross.currency.as_str(),
            });
            let event = AuditEvent::new(AuditActor::Account(order.account), "payment.pay");
            let event = desk::changed(&mut tx, event, detail, &was)?;
            Ok(tx.commit(event, ())?)
        })
        .await;
    match settled {
        Err(fault) if matches!(fault.code, Code::OrderOver | Code::PaymentDiffers) => {
            tracing::warn!(payment = %payment.id, was = %state, "money came for an order that is over: it goes back");
            return_all(app, payment).await
        }
        settled => settled,
    }
}

async fn return_all(app: &App, payment: PaymentIntent) -> Result<(), Fault> {
    app.db
        .write(move |mut tx| {
            charge::close(&mut tx, &payment.id, "cancelled")?;
            tx.enqueue(back::JOB, &(&payment.id, payment.amount), None)?;
            let event = AuditEvent::new(AuditActor::Server, "payment.return")
                .with(json!({ "payment": payment.id, "amount": payment.amount }));
            Ok(tx.commit(event, ())?)
        })
        .await
}

impl PaymentIntent {
    fn clone_sum(&self) -> (String, i64) {
        (self.id.clone(), self.amount)
    }
}

/// Pay an order that waits, by the card you gave. Paid twice, it is paid once.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/orders/{order}/card",
    params(("licence" = uuid::Uuid, Path), ("order" = uuid::Uuid, Path)),
    responses((status = 200, description = "How it went.", body = Outcome),
              (status = 402, description = "The card was refused.", body = crate::base::web::Problem,
               content_type = "application/problem+json"), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params((licence, order)): Params<(LicenceId, PurchaseId)>,
) -> Result<Json<Outcome>, Fault> {
    Ok(Json(run(&cx, licence, order).await?))
}
