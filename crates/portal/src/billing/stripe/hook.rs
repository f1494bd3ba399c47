//! The provider tells that something happened. Without its signature nothing is believed: `webhook_signature`, a line in
//! the log, and nothing changes. With it, the event is noted, once however often it arrives, and a job asks for the
//! object it names.

use super::{
    Event,
    look::{self, Object},
    store::event,
    webhook,
};
use crate::base::{
    audit::Housekeeping,
    db::{DbError, Tx},
    error::{Code, Fault},
    web::Cx,
};
use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode},
};

/// Notes an event; when it is new and matters, its object will be looked at. Whether it was new.
pub(super) fn note(tx: &mut Tx<'_>, told: &Event) -> Result<bool, DbError> {
    let new = event::note(tx, told)?;
    let object = Object {
        kind: told.data.object.object.clone(),
        id: told.data.object.id.clone().unwrap_or_default(),
    };
    if new && object.matters() {
        tx.enqueue(look::JOB, &object, None)?;
    }
    Ok(new)
}

pub(super) async fn run(cx: &Cx, signature: &str, body: &[u8]) -> Result<(), Fault> {
    let (secrets, now) = (cx.app.payments.webhook_secrets(), cx.app.clock.now());
    if let Err(why) = webhook::verify(body, signature, secrets, now, webhook::TOLERANCE) {
        // Neither body nor signature: whoever sent them chose what they say.
        tracing::warn!(request = %cx.request.id, from = %cx.request.address, %why, "a webhook is not the provider's");
        return Err(Fault::new(Code::WebhookSignature).because(why.to_string()));
    }
    let told: Event = serde_json::from_slice(body)
        .map_err(|error| Fault::new(Code::MalformedBody).because(format!("a webhook: {error}")))?;
    cx.app
        .db
        .write(move |mut tx| {
            note(&mut tx, &told)?;
            Ok(tx.tidy(Housekeeping::ProviderEvent, ())?)
        })
        .await
}

pub(super) async fn page(cx: Cx, headers: HeaderMap, body: Bytes) -> Result<StatusCode, Fault> {
    let signature = headers.get(webhook::HEADER).and_then(|value| value.to_str().ok());
    run(&cx, signature.unwrap_or_default(), &body).await?;
    Ok(StatusCode::OK)
}
