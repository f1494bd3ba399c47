//! Seven days after an account was closed its person is forgotten: name, address, password, memberships and card. What they
//! left in workspaces is inherited there, and their other licences end. Orders, invoices and the audit log stay, and name
//! nobody. One that was opened again stays as it is, also when it was closed again since: that closing has its own date.

use super::mails;
use crate::{
    account,
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        db::{Committed, DbError, Tx},
        job::JobError,
        mail,
    },
    billing, licence, workspace,
};
use jiff::Timestamp;
use rempart_wire::{AccountId, LicenceId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::pin::Pin;

/// The kind of the job.
pub(super) const JOB: &str = "account.purge";

/// Which closing.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    pub account: AccountId,
    /// Microseconds since 1970.
    pub closed_at: i64,
}

/// Runs the job.
pub(super) fn run(
    app: App,
    payload: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let Payload { account, closed_at } = serde_json::from_value(payload)?;
        let closed_at =
            Timestamp::from_microsecond(closed_at).map_err(|error| JobError(error.to_string()))?;
        app.db
            .write::<_, DbError, _>(move |tx| purge(tx, account, closed_at))
            .await?;
        Ok(())
    })
}

fn purge(mut tx: Tx<'_>, account: AccountId, closed_at: Timestamp) -> Result<Committed<()>, DbError> {
    if !account::closed_since(&mut tx, account, closed_at)? {
        return tx.tidy(Housekeeping::Expiry, ());
    }
    let now = tx.now();
    let owned: Vec<LicenceId> = licence::left(&mut tx, account, now)?
        .iter()
        .map(|one| one.licence.id)
        .collect();
    let (inherited, more) = licence::pass_on(&mut tx, account)?;
    billing::ending::forget(&mut tx, account, &owned)?;
    workspace::ending::leave_all(&mut tx, account)?;
    if let Some(person) = account::person(&mut tx, account)? {
        mail::post(&mut tx, &mails::erased(&person))?;
    }
    account::erase(&mut tx, account)?;
    let event = AuditEvent::new(AuditActor::Server, "account.purge")
        .on("account", account)
        .with(json!({
            "licences_inherited": inherited.len(), "licences_ended": owned.len() - inherited.len(),
        }));
    tx.commit_all(event, more, ())
}
