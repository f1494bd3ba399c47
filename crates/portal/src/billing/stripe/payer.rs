//! Who pays by card, and with which. A payer is an account; the card itself is at the provider.

use super::{
    IntentStatus, Once, PaymentMethod, SetupIntent, StripeError, align, default,
    store::{payer, renewal},
};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        error::{Code, Fault},
    },
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

/// Somebody who pays by card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Payer {
    /// Who.
    pub account: AccountId,
    /// The provider's name for them.
    pub customer: String,
    /// The provider's name for what they pay with.
    pub method: Option<String>,
    /// What may be shown of it.
    pub card: Option<ShownCard>,
}

/// A card that was given.
#[derive(Debug, Clone)]
pub(super) struct Taken {
    /// The licence it was given for.
    pub licence: Option<LicenceId>,
    /// The provider's name for the giving.
    pub setup: String,
    /// When that began.
    pub at: Timestamp,
    /// The provider's name for the card.
    pub method: String,
    /// What may be shown of it.
    pub card: ShownCard,
}

/// What may be shown of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PaymentCard)]
pub struct ShownCard {
    /// `visa`, `mastercard`, …
    pub brand: String,
    /// Its last four digits.
    pub last4: String,
    /// The month it is good until.
    pub month: u32,
    /// The year.
    pub year: u32,
}

impl ShownCard {
    fn of(method: &PaymentMethod) -> Result<Self, StripeError> {
        let card = method.card.as_ref();
        let card = card.ok_or_else(|| StripeError::Unreadable(format!("{} is no card", method.id)))?;
        Ok(Self {
            brand: card.brand.clone(),
            last4: card.last4.clone(),
            month: card.exp_month.into(),
            year: card.exp_year.into(),
        })
    }

    /// `Visa`, as people write it.
    #[must_use]
    pub fn name(&self) -> String {
        match self.brand.as_str() {
            "amex" => "American Express".into(),
            "cartes_bancaires" => "CB".into(),
            "diners" => "Diners Club".into(),
            "jcb" => "JCB".into(),
            "mastercard" => "Mastercard".into(),
            "unionpay" => "UnionPay".into(),
            other => {
                let mut letters = other.chars();
                let first = letters.next().map(|first| first.to_uppercase().to_string());
                first.unwrap_or_default() + letters.as_str()
            }
        }
    }

    /// `08/2034`.
    #[must_use]
    pub fn until(&self) -> String {
        format!("{:02}/{}", self.month, self.year)
    }
}

/// The provider's customer of an account, made when there is none.
pub(super) async fn customer(app: &App, account: AccountId) -> Result<Payer, Fault> {
    let known = app
        .db
        .read(move |r| {
            let reached = payer::reached(r, account)?.ok_or(Code::NotFound)?;
            Ok::<_, Fault>((payer::of_account(r, account)?, reached.0))
        })
        .await?;
    let email = match known {
        (Some(payer), _) => return Ok(payer),
        (None, email) => email,
    };
    // Made twice by two requests at once, it is made once: the call is named after the account.
    let once = Once::new("customer", account);
    let made = app
        .payments
        .client()?
        .create_customer(&once, &email, &account.to_string())
        .await?;
    app.db
        .write(move |mut tx| {
            payer::insert(&mut tx, account, &made.id)?;
            let known = payer::of_account(&mut tx, account)?.ok_or(Code::Internal)?;
            let event = AuditEvent::new(AuditActor::Account(account), "payment.make_payer");
            Ok(tx.commit(event.on("account", account), known)?)
        })
        .await
}

/// Takes the card that was given, when it was: from now on the payer pays with it, and pays for the licence it was given
/// for. Taking it again, or after a newer one, changes nothing. Whether the card given is the payer's now.
pub(super) async fn take(app: &App, setup: &SetupIntent) -> Result<bool, Fault> {
    let (IntentStatus::Succeeded, Some(customer), Some(method)) = (
        setup.status,
        setup.customer.clone(),
        setup.payment_method.as_ref(),
    ) else {
        return Ok(false);
    };
    let method = app.payments.client()?.payment_method(method).await?;
    let card = ShownCard::of(&method)?;
    let taken = Taken {
        licence: setup.metadata.get("licence").and_then(|id| id.parse().ok()),
        setup: setup.id.clone(),
        at: Timestamp::from_second(setup.created).unwrap_or_default(),
        method: method.id,
        card,
    };
    app.db
        .write(move |mut tx| {
            // A customer nobody here is belongs to another use of the same account at the provider.
            let Some(payer) = payer::by_customer(&mut tx, &customer)? else {
                return Ok(tx.tidy(Housekeeping::ProviderEvent, false)?);
            };
            if !payer::set_up(&mut tx, payer.account, &taken)? {
                let same = payer.method.as_ref() == Some(&taken.method);
                return Ok(tx.tidy(Housekeeping::ProviderEvent, same)?);
            }
            if let Some(licence) = taken.licence {
                renewal::set_payer(&mut tx, licence, payer.account)?;
            }
            tx.enqueue(default::JOB, &payer.account, None)?;
            if let Some(licence) = taken.licence {
                tx.enqueue(align::JOB, &licence, None)?;
            }
            if let Some(former) = payer.method.filter(|former| *former != taken.method) {
                tx.enqueue(default::DETACH, &former, None)?;
            }
            let event = AuditEvent::new(AuditActor::Account(payer.account), "payment.set_card")
                .on("account", payer.account)
                .with(
                    json!({ "brand": taken.card.brand, "last4": taken.card.last4, "licence": taken.licence }),
                );
            Ok(tx.commit(event, true)?)
        })
        .await
}

/// Looks again at a card: its bank may have given it a new date, or the provider lost it.
pub(super) async fn refresh(app: &App, method: &str) -> Result<(), Fault> {
    let now = app.payments.client()?.payment_method(method).await;
    let card = match now {
        Ok(method) if method.customer.is_some() => Some(ShownCard::of(&method)?),
        Ok(_) | Err(StripeError::Missing(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let id = method.to_owned();
    app.db
        .write(move |mut tx| {
            let payer = payer::by_method(&mut tx, &id)?;
            let Some(payer) = payer.filter(|payer| payer.card != card) else {
                return Ok(tx.tidy(Housekeeping::ProviderEvent, ())?);
            };
            payer::set_method(
                &mut tx,
                payer.account,
                card.as_ref().map(|card| (id.as_str(), card)),
            )?;
            let event = AuditEvent::new(AuditActor::Server, "payment.refresh_card")
                .on("account", payer.account)
                .with(json!({ "before": payer.card, "after": card }));
            Ok(tx.commit(event, ())?)
        })
        .await
}
