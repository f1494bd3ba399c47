//! The operator takes the keys of a batch away, as a table or as JSON. They are erased a quarter of an hour later, or at
//! once when the operator says so, and a day after they were written whatever happens.

use super::{BatchView, IssuedKey, create, part::Payload};
use crate::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        authz,
        clock::Chance,
        csv,
        db::{DbError, Tx},
        error::{Code, Fault},
        job::JobError,
        secret::Secrets,
        web::{Cx, Form, Json, Params, Problems, Query, see_other},
    },
    licence::store,
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::LicenceBatchId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::pin::Pin;
use utoipa::{IntoParams, ToSchema};

pub(super) const JOB: &str = "licence.erase_batch";

const CONTEXT: &str = "rempart 2026 licence batch keys";
/// A download that broke off can be done again for so long.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);

/// The keys are to be erased then.
pub(super) fn plan(tx: &mut Tx<'_>, batch: LicenceBatchId, at: Timestamp) -> Result<(), DbError> {
    tx.enqueue(JOB, &Payload { batch }, Some(at))
}

/// What a seal belongs to: one part of one batch.
fn about((batch, part): (LicenceBatchId, u64)) -> Vec<u8> {
    [batch.0.as_bytes().as_slice(), &part.to_be_bytes()].concat()
}

/// Seals the keys of a part.
pub(super) fn seal(
    chance: &Chance,
    secrets: &Secrets,
    part: (LicenceBatchId, u64),
    keys: &[IssuedKey],
) -> Result<Vec<u8>, Fault> {
    let lines: Vec<String> = keys
        .iter()
        .map(|one| format!("{} {}\n", one.number, one.key))
        .collect();
    let plain = zeroize::Zeroizing::new(lines.concat());
    Ok(secrets.seal(chance, (CONTEXT, &about(part)), plain.as_bytes())?)
}

fn unseal(secrets: &Secrets, part: (LicenceBatchId, u64), sealed: &[u8]) -> Result<Vec<IssuedKey>, Fault> {
    let plain = secrets.unseal((CONTEXT, &about(part)), sealed)?;
    let text = str::from_utf8(&plain).map_err(|_| Code::Internal)?;
    let keys = text.lines().filter_map(|line| line.split_once(' '));
    Ok(keys
        .map(|(number, key)| IssuedKey {
            number: number.to_owned(),
            key: key.to_owned(),
        })
        .collect())
}

/// The keys of a batch.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LicenceBatchKeys)]
pub(super) struct Keys {
    /// The batch as it is now; `keys_until` says when its keys are erased.
    batch: BatchView,
    /// One for each licence.
    keys: Vec<IssuedKey>,
}

pub(super) async fn run(cx: &Cx, id: LicenceBatchId) -> Result<Keys, Fault> {
    let caller = cx.caller()?;
    let (secrets, event) = (cx.app.secrets.clone(), cx.event("licence.download_batch"));
    cx.app
        .db
        .write(move |mut tx| {
            authz::operator(caller)?;
            store::batch::lock(&mut tx, id)?;
            let batch = store::batch::find(&mut tx, id)?.ok_or(Code::NotFound)?;
            let (now, progress) = (tx.now(), batch.progress);
            if progress.erased_at.is_some() || progress.erase_at.is_some_and(|at| at <= now) {
                return Err(Code::BatchKeysGone.into());
            }
            let Some(kept_until) = progress.erase_at else {
                return Err(Code::BatchUnfinished.into());
            };
            let mut keys = Vec::new();
            for (part, sealed) in store::batch::keys(&mut tx, id)? {
                keys.extend(unseal(&secrets, (id, part), &sealed)?);
            }
            if progress.downloaded_at.is_none() {
                let erase_at = now.saturating_add(AGAIN).unwrap_or(now).min(kept_until);
                store::batch::set_downloaded(&mut tx, id, erase_at)?;
                plan(&mut tx, id, erase_at)?;
            }
            let batch = store::batch::find(&mut tx, id)?.ok_or(Code::Internal)?;
            let event = event.on("licence_batch", id).with(json!({ "count": keys.len() }));
            let batch = BatchView::new(batch, now);
            Ok(tx.commit(event, Keys { batch, keys })?)
        })
        .await
}

/// As what.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Format {
    /// `csv` for a table; JSON otherwise.
    #[serde(default)]
    format: String,
}

fn table(keys: &Keys) -> String {
    let batch = &keys.batch;
    let head = [
        "number",
        "key",
        "product",
        "kind",
        "seats",
        "months",
        "reseller_name",
        "redeem_by",
    ];
    let (seats, months) = (batch.seats.to_string(), batch.months.to_string());
    let redeem_by = batch.redeem_by.map(|at| at.to_string()).unwrap_or_default();
    let rows = keys.keys.iter().map(|one| {
        csv::line([
            &one.number,
            &one.key,
            &*batch.product,
            batch.kind,
            &*seats,
            &*months,
            batch.reseller_name.as_deref().unwrap_or_default(),
            &*redeem_by,
        ])
    });
    std::iter::once(csv::line(head)).chain(rows).collect()
}

/// Keys as a file that is kept nowhere on its way.
fn file(keys: &Keys, format: &str) -> Result<Response, Fault> {
    let (kind, end, body) = if format == "csv" {
        ("text/csv; charset=utf-8", "csv", table(keys))
    } else {
        let body = serde_json::to_string(keys).map_err(|_| Code::Internal)?;
        ("application/json", "json", body)
    };
    let name = format!("attachment; filename=\"rempart-keys-{}.{end}\"", keys.batch.id);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}

/// Take the keys of a batch away. A quarter of an hour after the first time they are erased from this server, and a day
/// after they were written in any case. For operators.
#[utoipa::path(post, path = "/api/v1/operator/licence-batches/{batch}/keys",
    params(("batch" = uuid::Uuid, Path), Format),
    responses((status = 200, description = "All of them, with their licences' numbers.", body = Keys), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(batch): Params<LicenceBatchId>,
    Query(format): Query<Format>,
) -> Result<Response, Fault> {
    file(&run(&cx, batch).await?, &format.format)
}

pub(super) async fn page(
    cx: Cx,
    Params(batch): Params<LicenceBatchId>,
    Form(format): Form<Format>,
) -> Result<Response, Fault> {
    file(&run(&cx, batch).await?, &format.format)
}

async fn erase(cx: &Cx, id: LicenceBatchId) -> Result<(), Fault> {
    let caller = cx.caller()?;
    let event = cx.event("licence.erase_batch").on("licence_batch", id);
    cx.app
        .db
        .write(move |mut tx| {
            authz::operator(caller)?;
            store::batch::lock(&mut tx, id)?;
            let batch = store::batch::find(&mut tx, id)?.ok_or(Code::NotFound)?;
            if batch.progress.done < batch.progress.total {
                return Err(Code::BatchUnfinished.into());
            }
            store::batch::erase_keys(&mut tx, id)?;
            Ok(tx.commit(event, ())?)
        })
        .await
}

/// Erase the keys of a batch now. Nobody has them then but whoever took them away. For operators.
#[utoipa::path(delete, path = "/api/v1/operator/licence-batches/{batch}/keys", params(("batch" = uuid::Uuid, Path)),
    responses((status = 200, description = "Erased.", body = BatchView), Problems))]
pub(super) async fn erase_api(
    cx: Cx,
    Params(batch): Params<LicenceBatchId>,
) -> Result<Json<BatchView>, Fault> {
    erase(&cx, batch).await?;
    Ok(Json(create::one(&cx, batch).await?))
}

pub(super) async fn erase_page(cx: Cx, Params(batch): Params<LicenceBatchId>) -> Result<Response, Fault> {
    erase(&cx, batch).await?;
    Ok(see_other(&format!("/operator/batches/{batch}?said=keys-erased")))
}

pub(super) fn erase_job(
    app: App,
    payload: Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let Payload { batch } = serde_json::from_value(payload)?;
        app.db
            .write::<_, JobError, _>(move |mut tx| {
                store::batch::lock(&mut tx, batch)?;
                store::batch::erase_keys(&mut tx, batch)?;
                let event = AuditEvent::new(AuditActor::Server, "licence.erase_batch");
                Ok(tx.commit(event.on("licence_batch", batch), ())?)
            })
            .await
    })
}
