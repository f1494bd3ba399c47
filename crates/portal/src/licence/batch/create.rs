//! The operator orders a batch of keys. The order is checked and kept at once; a job writes the licences.

use super::{Batch, BatchView, part};
use crate::{
    base::{
        authz,
        db::Tx,
        error::{Code, Fault},
        secret::Secrets,
        web::{Cx, Json, List, Params, Problems},
    },
    licence::{
        issue::{self, settled},
        store,
    },
};
use axum::http::StatusCode;
use rempart_wire::LicenceBatchId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// More than this at once is several batches.
const MOST: u64 = 10_000;

/// A batch to be issued.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicenceBatchIssue)]
pub(in crate::licence) struct Input {
    /// How many: 1 to 10,000.
    pub count: u64,
    /// What each is. Without `owner`: each belongs to whoever types its key first.
    #[serde(flatten)]
    pub licence: issue::Input,
}

/// A number of keys that can be issued at once.
///
/// # Errors
/// `count_out_of_range`.
pub(in crate::licence) fn count(count: u64) -> Result<u64, Fault> {
    if (1..=MOST).contains(&count) {
        Ok(count)
    } else {
        Err(Fault::new(Code::CountOutOfRange).at("count"))
    }
}

/// Keeps the order, checked.
fn order(tx: &mut Tx<'_>, input: &issue::Input, total: u64) -> Result<Batch, Fault> {
    let total = count(total)?;
    if input
        .owner
        .as_deref()
        .is_some_and(|owner| !owner.trim().is_empty())
    {
        return Err(Fault::new(Code::BatchOwned).at("owner"));
    }
    let terms = settled(tx, &input.terms(None)?)?;
    let id = store::batch::insert(tx, &terms, total)?;
    Ok(store::batch::find(tx, id)?.ok_or(Code::Internal)?)
}

/// A key just issued, with its licence's number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IssuedKey {
    /// The licence's number.
    pub number: String,
    /// The key.
    pub key: String,
}

/// Issues a batch at once; its keys are in the answer and nowhere else.
///
/// # Errors
/// As for one licence, and `count_out_of_range` or `batch_owned`.
pub fn issue_batch(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    input: &issue::Input,
    total: u64,
) -> Result<(LicenceBatchId, Vec<IssuedKey>), Fault> {
    let batch = order(tx, input, total)?;
    let keys = part::issue_part(tx, secrets, &batch, total)?;
    store::batch::set_done(tx, batch.id, total)?;
    let now = tx.now();
    store::batch::set_written(tx, batch.id, now)?;
    store::batch::erase_keys(tx, batch.id)?;
    Ok((batch.id, keys))
}

pub(in crate::licence) async fn run(cx: &Cx, input: Input) -> Result<BatchView, Fault> {
    let caller = cx.caller()?;
    let event = cx.event("licence.issue_batch");
    cx.app
        .db
        .write(move |mut tx| {
            authz::operator(caller)?;
            let batch = order(&mut tx, &input.licence, input.count)?;
            part::plan(&mut tx, batch.id)?;
            let (id, view) = (batch.id, BatchView::new(batch, tx.now()));
            let event = event.on("licence_batch", id).with(json!({
                "count": view.count,
                "product": view.product,
                "seats": view.seats,
                "months": view.months,
                "reseller": view.reseller_name,
                "redeem_by": view.redeem_by,
            }));
            Ok(tx.commit(event, view)?)
        })
        .await
}

/// Order a batch of licences. They are written within seconds: ask for the batch to see how far it is. For operators.
#[utoipa::path(post, path = "/api/v1/operator/licence-batches", request_body = Input,
    responses((status = 202, description = "Ordered.", body = BatchView), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<(StatusCode, Json<BatchView>), Fault> {
    Ok((StatusCode::ACCEPTED, Json(run(&cx, input).await?)))
}

pub(super) async fn all(cx: &Cx) -> Result<Vec<BatchView>, Fault> {
    authz::operator(cx.caller()?)?;
    let now = cx.app.clock.now();
    let batches = cx.app.db.read(|r| store::batch::newest(r)).await?;
    Ok(batches.into_iter().map(|one| BatchView::new(one, now)).collect())
}

pub(super) async fn one(cx: &Cx, id: LicenceBatchId) -> Result<BatchView, Fault> {
    authz::operator(cx.caller()?)?;
    let now = cx.app.clock.now();
    let found = cx.app.db.read(move |r| store::batch::find(r, id)).await?;
    Ok(BatchView::new(found.ok_or(Code::NotFound)?, now))
}

/// List the batches of licences, the newest first. For operators.
#[utoipa::path(get, path = "/api/v1/operator/licence-batches",
    responses((status = 200, description = "At most 200.", body = List<BatchView>), Problems))]
pub(super) async fn list(cx: Cx) -> Result<Json<List<BatchView>>, Fault> {
    let items = all(&cx).await?;
    Ok(Json(List { items, next: None }))
}

/// Show a batch of licences and how far it is. For operators.
#[utoipa::path(get, path = "/api/v1/operator/licence-batches/{batch}", params(("batch" = uuid::Uuid, Path)),
    responses((status = 200, description = "It.", body = BatchView), Problems))]
pub(super) async fn show(cx: Cx, Params(batch): Params<LicenceBatchId>) -> Result<Json<BatchView>, Fault> {
    Ok(Json(one(&cx, batch).await?))
}
