//! Once an hour: which reminders are due, and to whom. Each is noted in the transaction that writes its mails, so that it
//! is sent once whatever happens meanwhile.

use super::{
    kind::Kind,
    mails,
    store::{self, Reader},
};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent, Housekeeping},
        db::{Committed, DbError, Tx},
        job::JobError,
        mail,
    },
    licence::{self, Licence},
};
use jiff::SignedDuration;
use rempart_wire::LicenceId;
use serde_json::json;
use std::{collections::HashSet, pin::Pin};

/// The kind of the job.
pub(super) const JOB: &str = "reminder.sweep";
/// Between two times.
const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Licences in one unit.
const AT_ONCE: u32 = 100;

/// Sees to it that the job is waiting for its time.
pub(super) async fn schedule(app: &App) -> Result<(), DbError> {
    app.db
        .write(|mut tx| {
            let next = tx.now().saturating_add(EVERY).unwrap_or(tx.now());
            tx.enqueue_once(JOB, next)?;
            tx.tidy(Housekeeping::Job, ())
        })
        .await
}

/// The job.
pub(super) fn run(
    app: App,
    _: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        app.db
            .write::<_, DbError, _>(|mut tx| {
                store::rearm(&mut tx)?;
                tx.tidy(Housekeeping::Expiry, ())
            })
            .await?;
        for kind in Kind::ALL {
            let mut found = AT_ONCE;
            while found == AT_ONCE {
                let portal = app.config.public_url.clone();
                found = app.db.write(move |tx| some(tx, kind, &portal)).await?;
            }
        }
        Ok(schedule(&app).await?)
    })
}

/// Deals with a hundred licences at most; how many there were.
fn some(mut tx: Tx<'_>, kind: Kind, portal: &str) -> Result<Committed<u32>, DbError> {
    let now = tx.now();
    let due: Vec<LicenceId> = match kind.ends(now) {
        Some(ends) => store::due(&mut tx, kind, ends, AT_ONCE)?,
        None => store::low(&mut tx, AT_ONCE)?,
    };
    let mut events = Vec::new();
    for id in &due {
        let Some(licence) = licence::find(&mut tx, *id)? else {
            continue;
        };
        if !store::note(&mut tx, &licence, kind)? || !kind.applies(&licence) {
            continue;
        }
        let readers = wanting(&mut tx, &licence, kind)?;
        for reader in &readers {
            let mail = mails::reminder(reader, kind, &licence, (portal, now));
            mail::post(&mut tx, &mail)?;
        }
        if !readers.is_empty() {
            let event = AuditEvent::new(AuditActor::Server, event(kind)).on("licence", licence.id);
            events.push(event.with(json!({ "kind": kind.as_str(), "readers": readers.len() })));
        }
    }
    let found = u32::try_from(due.len()).unwrap_or(u32::MAX);
    match events.pop() {
        Some(last) => tx.commit_all(last, events, found),
        None => tx.tidy(Housekeeping::Expiry, found),
    }
}

const fn event(kind: Kind) -> &'static str {
    match kind {
        Kind::Days30 => "reminder.days_30",
        Kind::Days14 => "reminder.days_14",
        Kind::Days3 => "reminder.days_3",
        Kind::Expired => "reminder.expired",
        Kind::GraceEnd => "reminder.grace_end",
        Kind::LowSeats => "reminder.low_seats",
    }
}

/// Who gets it.
fn wanting(tx: &mut Tx<'_>, licence: &Licence, kind: Kind) -> Result<Vec<Reader>, DbError> {
    let (owner, contacts) = store::readers(tx, licence)?;
    let sold = licence.reseller_name.is_some();
    let mut readers = if sold { contacts } else { Vec::new() };
    if readers.is_empty() || !kind.mutable() {
        readers.extend(owner);
    }
    let mut seen = HashSet::new();
    readers.retain(|reader| seen.insert(reader.account));
    let mut wanting = Vec::new();
    for reader in readers {
        if !kind.mutable() || !store::muted(tx, reader.account)?.contains(&kind) {
            wanting.push(reader);
        }
    }
    Ok(wanting)
}
