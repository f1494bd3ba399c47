//! The operator finds licences: by number, by key, or all of an account by its address. A key is sent in a body, never in
//! an address, because addresses are written down.

use crate::{
    account::Email,
    base::{
        authz,
        db::{DbError, Read},
        error::{Code, Fault},
        secret::Secrets,
        web::{Cursor, Cx, Json, List, Params, Problems, Query},
    },
    licence::{Licence, LicenceView, history::Change, key, store},
};
use jiff::Timestamp;
use rempart_wire::{LicenceBatchId, LicenceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whose a licence is.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicenceOwner)]
pub struct Owner {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// A licence as the operator sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LicenceOnDesk)]
pub struct DeskView {
    /// The licence.
    #[serde(flatten)]
    pub licence: LicenceView,
    /// Whose it is; absent while nobody typed its key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    /// The batch it was issued in.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<LicenceBatchId>,
}

/// A licence with whose it is.
///
/// # Errors
/// Whatever the engine says.
pub fn desk(r: &mut impl Read, licence: &Licence, now: Timestamp) -> Result<DeskView, DbError> {
    let (issued_at, owner, batch) = store::desk::about(r, licence.id)?;
    Ok(DeskView {
        licence: LicenceView::new(licence, now),
        owner: owner.map(|(name, email)| Owner { name, email }),
        issued_at,
        batch,
    })
}

/// Licences by what was typed: a number, a key, an id, or the address of their owner. None when it is none of these.
///
/// # Errors
/// Whatever the engine says.
pub fn find(r: &mut impl Read, secrets: &Secrets, text: &str) -> Result<Vec<Licence>, DbError> {
    let text = text.trim();
    let one = if let Ok(key) = key::parse(text) {
        store::find::by_key(r, key::hash(secrets, &key))?
    } else if let Ok(id) = text.parse::<LicenceId>() {
        store::find::by_id(r, id)?
    } else if text.contains('@') {
        return match Email::parse(text).ok() {
            Some(email) => match store::find::account(r, &email)? {
                Some(account) => store::find::owned(r, account),
                None => Ok(Vec::new()),
            },
            None => Ok(Vec::new()),
        };
    } else {
        match store::desk::by_number(r, &text.to_uppercase())? {
            Some(id) => store::find::by_id(r, id)?,
            None => None,
        }
    };
    Ok(one.into_iter().collect())
}

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicenceSearch)]
pub(super) struct Input {
    /// A licence's number, key or id, or its owner's e-mail address.
    #[serde(default)]
    pub wanted: String,
}

pub(super) async fn run(cx: &Cx, input: Input) -> Result<Vec<DeskView>, Fault> {
    authz::operator(cx.caller()?)?;
    let (secrets, now) = (cx.app.secrets.clone(), cx.app.clock.now());
    cx.app
        .db
        .read(move |r| {
            let found = find(r, &secrets, &input.wanted)?;
            let views: Result<Vec<_>, DbError> = found.iter().map(|one| desk(r, one, now)).collect();
            Ok(views?)
        })
        .await
}

/// Find licences by number, key, id, or their owner's address. For operators.
#[utoipa::path(post, path = "/api/v1/operator/licences/find", request_body = Input,
    responses((status = 200, description = "Those found; none when there are none.", body = List<DeskView>), Problems))]
pub(super) async fn api(cx: Cx, Json(input): Json<Input>) -> Result<Json<List<DeskView>>, Fault> {
    let items = run(&cx, input).await?;
    Ok(Json(List { items, next: None }))
}

pub(super) async fn one(cx: &Cx, id: LicenceId) -> Result<(Licence, DeskView), Fault> {
    authz::operator(cx.caller()?)?;
    let now = cx.app.clock.now();
    cx.app
        .db
        .read(move |r| {
            let licence = store::find::by_id(r, id)?.ok_or(Code::NotFound)?;
            let view = desk(r, &licence, now)?;
            Ok((licence, view))
        })
        .await
}

/// Show a licence and whose it is. For operators.
#[utoipa::path(get, path = "/api/v1/operator/licences/{licence}", params(("licence" = uuid::Uuid, Path)),
    responses((status = 200, description = "It.", body = DeskView), Problems))]
pub(super) async fn show(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Json<DeskView>, Fault> {
    Ok(Json(one(&cx, licence).await?.1))
}

pub(super) async fn changes(cx: &Cx, id: LicenceId, cursor: &Cursor) -> Result<List<Change>, Fault> {
    authz::operator(cx.caller()?)?;
    let (before, limit) = (cursor.after_time()?, cursor.limit());
    let lines = cx
        .app
        .db
        .read(move |r| {
            store::find::by_id(r, id)?.ok_or(Code::NotFound)?;
            // Whoever had it before is no secret to the operator.
            Ok::<_, Fault>(store::history::lines(r, id, None, before, limit)?)
        })
        .await?;
    Ok(List::paged(lines, limit, |line| {
        (line.at.as_microsecond().to_string(), line.id)
    }))
}

/// What happened to a licence, the latest first, whoever had it then. For operators.
#[utoipa::path(get, path = "/api/v1/operator/licences/{licence}/history",
    params(("licence" = uuid::Uuid, Path), Cursor),
    responses((status = 200, description = "One page.", body = List<Change>), Problems))]
pub(super) async fn history(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Query(cursor): Query<Cursor>,
) -> Result<Json<List<Change>>, Fault> {
    Ok(Json(changes(&cx, licence, &cursor).await?))
}
