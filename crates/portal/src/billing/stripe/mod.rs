//! The payment provider Stripe, through its HTTP API: cards, payments, renewals, refunds and signed webhooks.
//!
//! Always true: a call that changes something names itself, so that making it again does it once; card numbers never
//! pass through here, only the provider's names for them; a webhook is a hint, believed when its signature is right
//! and then only so far that the object it names is asked for. What a payer pays with is decided here, in one
//! transaction, and the provider is then made to agree by a job.

mod align;
mod allowed;
mod auto_renewal;
mod back;
mod calls;
mod card;
mod charge;
mod charged;
mod client;
mod default;
#[cfg(test)]
pub(crate) mod double;
mod error;
mod form;
mod hook;
mod look;
mod mails;
mod objects;
mod pay;
mod payer;
mod provider;
mod reconcile;
mod renewal;
mod show;
mod store;
#[cfg(test)]
mod tests;
pub mod webhook;

pub(super) use back::run as give_back;
pub use calls::Sum;
pub use client::{Client, Once, VERSION};
pub use error::{Decline, ErrorBody, StripeError};
pub use objects::*;
pub(super) use pay::{Offer, offer};
pub use payer::ShownCard;
pub use provider::Provider;

use crate::{
    app::App,
    base::{
        db::{DbError, Read, Tx},
        error::Fault,
        job::Jobs,
        web::{Access, Routes},
    },
    licence::{self, Licence},
};
use rempart_wire::{AccountId, LicenceId};
use utoipa_axum::routes;

/// Routes of the provider: its webhooks, and how a licence is paid for.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .post("/webhooks/stripe", Access::Anybody, hook::page)
        .api(Access::SignedIn, routes!(show::api))
        .api(Access::SignedIn, routes!(card::api))
        .api(Access::SignedIn, routes!(auto_renewal::api))
        .api(Access::SignedIn, routes!(charge::api))
        .post(
            "/licences/{licence}/payment/renewal",
            Access::SignedIn,
            auto_renewal::page,
        )
        .post(
            "/licences/{licence}/orders/{order}/card",
            Access::SignedIn,
            pay::page,
        )
        .get(
            "/licences/{licence}/orders/{order}/card",
            Access::SignedIn,
            pay::prove,
        )
        .get(
            "/licences/{licence}/orders/{order}/proved",
            Access::SignedIn,
            pay::proved,
        )
        .get("/licences/{licence}/payment", Access::SignedIn, show::page)
        .post(
            "/licences/{licence}/payment/card",
            Access::SignedIn,
            card::begin_page,
        )
        .get("/licences/{licence}/payment/card", Access::SignedIn, card::form)
        .get("/licences/{licence}/payment/given", Access::SignedIn, card::given)
}

/// Something that a renewal depends on was changed of a licence: its subscription will be made what it should be.
///
/// # Errors
/// Whatever the engine says.
pub fn changed(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    if store::renewal::find(tx, licence)?.is_some_and(|renewal| renewal.wanted) {
        tx.enqueue(align::JOB, &licence, None)?;
    }
    Ok(())
}

/// Licences that renew by themselves for somebody: those they pay for, and those of theirs that are attached to nothing.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn renewals_of(r: &mut impl Read, account: AccountId) -> Result<Vec<LicenceId>, DbError> {
    store::renewal::wanted_of(r, account)
}

/// Renewals of a licence are not wanted any more; the provider is made to agree.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn stop(tx: &mut Tx<'_>, licence: &Licence) -> Result<(), Fault> {
    charged::stop(tx, licence)?;
    Ok(tx.enqueue(align::JOB, &licence.id, None)?)
}

/// Somebody pays no more, ever: they and their card are forgotten, here and at the provider.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn let_go(tx: &mut Tx<'_>, account: AccountId) -> Result<(), DbError> {
    let payer = store::payer::of_account(tx, account)?;
    store::payer::forget(tx, account)?;
    match payer {
        Some(payer) => tx.enqueue(default::FORGET, &payer.customer, None),
        None => Ok(()),
    }
}

/// Jobs of the provider.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    jobs.on(look::JOB, look::run)
        .on(align::JOB, align::run)
        .on(licence::RULED, align::run)
        .on(back::JOB, back::job)
        .on(default::JOB, default::run)
        .on(default::DETACH, default::detach)
        .on(default::FORGET, default::forget)
        .on(reconcile::JOB, reconcile::daily)
        .on(reconcile::CATCH_UP, reconcile::at_start)
}

/// What is done at every start.
///
/// # Errors
/// When the database cannot be used, or the provider that is configured cannot be.
pub async fn prepare(app: &App) -> anyhow::Result<()> {
    if app.payments.is_configured() {
        app.payments
            .client()
            .map_err(|fault| anyhow::anyhow!("{fault}"))?;
    }
    Ok(reconcile::schedule(app, true).await?)
}
