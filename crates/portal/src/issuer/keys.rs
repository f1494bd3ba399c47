//! The public keys, for anybody: with these, licence files are checked without a network. They may be kept for a while,
//! because keys only ever come in addition.

use super::store;
use crate::base::{
    db::{DbError, Read},
    error::Fault,
    web::{Cx, Json, Problems},
};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use rempart_wire::licence_file::IssuerKeys;
use serde::Serialize;
use utoipa::ToSchema;

/// How long an answer may be kept.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// A public key this server signs with, or signed with.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = IssuerKey)]
pub struct KeyView {
    /// 16 hexadecimal digits of the key's SHA-256.
    pub id: String,
    /// `ed25519`.
    pub algorithm: &'static str,
    /// 64 hexadecimal digits.
    pub public_key: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it was replaced; what it signed before stays good.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
}

impl From<store::Kept> for KeyView {
    fn from(kept: store::Kept) -> Self {
        Self {
            id: kept.id().as_str().to_owned(),
            algorithm: "ed25519",
            public_key: kept.key.to_hex(),
            created_at: kept.created_at,
            retired_at: kept.retired_at,
        }
    }
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IssuerKeys)]
pub(super) struct Keys {
    /// The current one first.
    keys: Vec<KeyView>,
}

/// All keys, the current one first.
///
/// # Errors
/// Whatever the engine says.
pub fn list(r: &mut impl Read) -> Result<Vec<KeyView>, DbError> {
    Ok(store::all(r)?.into_iter().map(KeyView::from).collect())
}

/// The same, for those who check with them.
///
/// # Errors
/// Whatever the engine says.
pub fn public(r: &mut impl Read) -> Result<IssuerKeys, DbError> {
    Ok(store::all(r)?.into_iter().map(|kept| kept.key).collect())
}

/// The public keys with which licence files and signed answers are checked. The first signs now; those that were replaced
/// stay, because files they signed are still out.
#[utoipa::path(get, path = "/.well-known/rempart/issuer-keys", security(()),
    responses((status = 200, description = "All of them.", body = Keys), Problems))]
pub(super) async fn api(cx: Cx) -> Result<Response, Fault> {
    let keys = cx.app.db.read(|r| list(r)).await?;
    let mut response = Json(Keys { keys }).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, CACHE);
    Ok(response)
}
