//! The owner of a licence chooses with how few free seats to be told; nobody is told when nothing was chosen.

use super::{change::told, store};
use crate::base::{
    error::{Code, Fault},
    web::{Cx, Form, Json, Params, Problems, see_other},
};
use axum::{http::StatusCode, response::Response};
use rempart_wire::LicenceId;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// The most that can be chosen: as many as a licence has.
const MOST: u64 = 1_000_000;

/// With how few free seats to be told.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LowSeats)]
pub(super) struct Input {
    /// 0 to 1,000,000; `null` for never.
    low_seats: Option<u64>,
}

pub(super) async fn run(cx: &Cx, id: LicenceId, input: Input) -> Result<(), Fault> {
    let account = cx.person()?.account;
    if input.low_seats.is_some_and(|low| low > MOST) {
        return Err(Fault::new(Code::LowSeatsOutOfRange).at("low_seats"));
    }
    let event = cx.event("licence.set_low_seats").on("licence", id);
    cx.app
        .db
        .write(move |mut tx| {
            let found = store::find::by_id(&mut tx, id)?.filter(|found| found.owner == Some(account));
            let before = found.ok_or(Code::NotFound)?;
            store::write::set_low_seats(&mut tx, id, input.low_seats)?;
            let after = store::find::by_id(&mut tx, id)?.ok_or(Code::NotFound)?;
            Ok(tx.commit(event.with(told(json!({}), &before, &after)), ())?)
        })
        .await
}

/// Choose with how few free seats of your licence to be told by mail.
#[utoipa::path(put, path = "/api/v1/licences/{licence}/low-seats", request_body = Input,
    params(("licence" = uuid::Uuid, Path)),
    responses((status = 204, description = "Chosen."), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Json(input): Json<Input>,
) -> Result<StatusCode, Fault> {
    run(&cx, licence, input).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The field, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    low_seats: String,
}

pub(super) async fn page(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let typed = fields.low_seats.trim();
    let low_seats = match typed {
        "" => Ok(None),
        typed => typed.parse().map(Some),
    };
    let input = low_seats.map(|low_seats| Input { low_seats });
    let written = match input {
        Ok(input) => run(&cx, licence, input).await,
        Err(_) => Err(Fault::new(Code::LowSeatsOutOfRange).at("low_seats")),
    };
    match written {
        Ok(()) => Ok(see_other(&format!("/licences/{licence}?said=low-seats-set"))),
        Err(fault) if fault.code == Code::LowSeatsOutOfRange => {
            super::one::refused(&cx, licence, typed.to_owned(), &fault).await
        }
        Err(fault) => Err(fault),
    }
}
