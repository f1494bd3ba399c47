//! A person types a key: the licence behind it is theirs from then on. Typing it again changes nothing. A key that was
//! typed by somebody else stays theirs; one that had to be typed before a date now past is refused.

use super::{LicenceView, key, store};
use crate::base::{
    error::{Code, Fault},
    web::{Cx, Json, Problems},
};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// The key.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicenceImport)]
pub(super) struct Input {
    /// Five groups of five symbols; case, spaces and dashes do not matter.
    #[serde(default)]
    pub key: String,
}

/// The licence, and whether it was theirs before.
pub(super) async fn run(cx: &Cx, input: Input) -> Result<(LicenceView, bool), Fault> {
    let account = cx.person()?.account;
    let key = key::parse(&input.key)?;
    let (event, lang) = (cx.event("licence.import"), cx.lang);
    let hash = key::hash(&cx.app.secrets, &key);
    cx.app
        .db
        .write(move |mut tx| {
            let fault = |code| Fault::new(code).at("key");
            let found = store::find::by_key(&mut tx, hash)?.ok_or_else(|| fault(Code::KeyUnknown))?;
            let taken = store::write::take(&mut tx, found.id, account)?;
            let licence = store::find::by_id(&mut tx, found.id)?.ok_or(Code::NotFound)?;
            match (licence.owner, licence.redeem_by) {
                (Some(owner), _) if owner == account => {}
                _ if licence.facts.revoked => return Err(fault(Code::LicenceUnusable)),
                (None, Some(date)) => return Err(fault(Code::KeyLapsed).arg("date", lang.date(date))),
                _ => return Err(fault(Code::KeyTaken)),
            }
            let view = LicenceView::new(&licence, tx.now());
            let event = event
                .on("licence", licence.id)
                .with(json!({ "number": licence.number, "again": !taken }));
            Ok(tx.commit(event, (view, !taken))?)
        })
        .await
}

/// Import a licence key. The licence is then one of your personal licences.
#[utoipa::path(post, path = "/api/v1/licences", request_body = Input,
    responses((status = 201, description = "Yours now.", body = LicenceView),
              (status = 200, description = "Yours already.", body = LicenceView), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<(StatusCode, Json<LicenceView>), Fault> {
    let (licence, again) = run(&cx, input).await?;
    let status = if again {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    Ok((status, Json(licence)))
}
