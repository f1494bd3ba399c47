//! The provider told of something: the object it named is asked for, and what it says is settled. What was told is never
//! believed, so that an event delivered late, twice or in the wrong order, or made up by somebody who has the secret,
//! comes to the same.

use super::{back, charge, charged, payer};
use crate::{
    app::App,
    base::{error::Fault, job::JobError},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{future::Future, pin::Pin};

/// The kind of the job.
pub(super) const JOB: &str = "payment.look";

/// A job under way.
pub(super) type Job = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Object {
    /// Its kind, in the provider's words.
    pub kind: String,
    /// Its id.
    pub id: String,
}

impl Object {
    /// Whether anything here depends on such an object.
    pub(super) fn matters(&self) -> bool {
        !self.id.is_empty()
            && matches!(
                self.kind.as_str(),
                "setup_intent" | "payment_method" | "invoice" | "subscription" | "payment_intent" | "refund"
            )
    }
}

/// A job's failure, for the log.
pub(super) fn failed(error: impl std::fmt::Display) -> JobError {
    JobError(error.to_string())
}

/// The job.
pub(super) fn run(app: App, payload: Value) -> Job {
    Box::pin(async move {
        let object: Object = serde_json::from_value(payload)?;
        at(&app, &object).await.map_err(failed)
    })
}

/// Asks for the object and settles what it says.
pub(super) async fn at(app: &App, object: &Object) -> Result<(), Fault> {
    let client = app.payments.client()?;
    match object.kind.as_str() {
        "setup_intent" => {
            let setup = client.setup(&object.id).await?;
            payer::take(app, &setup).await.map(drop)
        }
        "payment_method" => payer::refresh(app, &object.id).await,
        "invoice" => charged::invoice(app, client.invoice(&object.id).await?).await,
        "subscription" => charged::subscription(app, client.subscription(&object.id).await?).await,
        "payment_intent" => charge::payment(app, client.payment(&object.id).await?).await,
        "refund" => back::told(app, client.refund_made(&object.id).await?).await,
        _ => Ok(()),
    }
}
