use crate::base::{error::Fault, lang::Lang};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

/// An error as programs get it: a problem document (RFC 9457), `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: `code` says which problem it is.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// One sentence for a person, in the language asked for.
    pub title: String,
    /// The HTTP status again.
    pub status: u16,
    /// The stable code; see `docs/errors.md`.
    pub code: &'static str,
    /// The input field it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<&'static str>,
    /// The request's id, to be quoted to the operator.
    pub request: String,
    /// What a program can act on: free alternatives, seconds to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub facts: Option<serde_json::Value>,
}

impl Problem {
    /// Puts a fault into words.
    #[must_use]
    pub fn new(fault: &Fault, lang: Lang, request: &str) -> Self {
        Self {
            kind: "about:blank",
            title: sentence(fault, lang),
            status: fault.code.status().as_u16(),
            code: fault.code.as_str(),
            target: fault.target,
            request: request.to_owned(),
            facts: fault.facts.clone(),
        }
    }
}

/// The fault's sentence.
#[must_use]
pub fn sentence(fault: &Fault, lang: Lang) -> String {
    let key = fault.code.sentence_key();
    if fault.args.is_empty() {
        lang.t(&key)
    } else {
        lang.with_texts(&key, &fault.args)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = axum::http::StatusCode::from_u16(self.status).unwrap_or_default();
        let mut response = (status, axum::Json(self)).into_response();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        response
    }
}

/// A fault leaves a handler as its status alone, and is put into words on the way out, where language and door are
/// known.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The problems any call of the API may answer with.
#[derive(Debug, IntoResponses)]
pub enum Problems {
    /// The body is malformed.
    #[response(status = 400, content_type = "application/problem+json")]
    Malformed(#[to_schema] Problem),
    /// No valid bearer key.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorized(#[to_schema] Problem),
    /// Your role does not allow it.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(#[to_schema] Problem),
    /// Nothing there, or nothing you may see.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] Problem),
    /// The present state does not allow it.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(#[to_schema] Problem),
    /// The link or token is used up.
    #[response(status = 410, content_type = "application/problem+json")]
    Gone(#[to_schema] Problem),
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] Problem),
    /// The body is not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    UnsupportedMediaType(#[to_schema] Problem),
    /// A field is wrong; `target` names it.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(#[to_schema] Problem),
    /// Too many tries; `Retry-After` says how long to wait.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMany(#[to_schema] Problem),
    /// Something broke on our side.
    #[response(status = 500, content_type = "application/problem+json")]
    Internal(#[to_schema] Problem),
    /// The database cannot be used now.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(#[to_schema] Problem),
}
