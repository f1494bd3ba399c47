//! JSON:API as the validation API speaks it: documents in and out, and faults as `errors` with the codes that clients of
//! Keygen's API know.

use super::sentence;
use crate::base::{
    error::{Code, Fault},
    lang::Lang,
};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::borrow::Cow;

const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/vnd.api+json");

/// A document on its way out.
#[derive(Debug, Clone)]
pub struct JsonApi(pub Value);

impl IntoResponse for JsonApi {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, CONTENT_TYPE)], self.0.to_string()).into_response()
    }
}

/// A JSON body whatever its content type says, or none at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lenient<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for Lenient<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let body =
            Bytes::from_request(request, state)
                .await
                .map_err(|rejection| match rejection.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => Code::BodyTooLarge,
                    _ => Code::MalformedBody,
                })?;
        if body.trim_ascii().is_empty() {
            return Ok(Self::default());
        }
        let read = serde_json::from_slice(&body).map(Self);
        read.map_err(|error| {
            let code = if error.is_data() {
                Code::InvalidField
            } else {
                Code::MalformedBody
            };
            Fault::new(code).facts(json!({ "detail": error.to_string() }))
        })
    }
}

/// The code and the status such clients know a fault by. What they have no word for keeps ours, in capitals.
fn known_as(code: Code) -> (Cow<'static, str>, StatusCode) {
    let status = code.status();
    let (name, status) = match code {
        Code::SignInRequired => ("TOKEN_MISSING", status),
        Code::KeyLength | Code::KeySymbol | Code::KeyGroup | Code::KeyUnknown => {
            ("LICENSE_INVALID", StatusCode::UNAUTHORIZED)
        }
        Code::LicenceExpired => ("LICENSE_EXPIRED", StatusCode::FORBIDDEN),
        Code::LicenceSuspended => ("LICENSE_SUSPENDED", status),
        Code::LicenceRevoked => ("LICENSE_BANNED", status),
        Code::SeatsExhausted => ("MACHINE_LIMIT_EXCEEDED", StatusCode::UNPROCESSABLE_ENTITY),
        Code::TooManyAttempts => ("TOO_MANY_REQUESTS", status),
        other => return (other.as_str().to_uppercase().into(), status),
    };
    (name.into(), status)
}

/// A fault's `source`: where in the body, which parameter, which header.
fn source(fault: &Fault) -> Option<Value> {
    let target = fault.target?;
    let kind = match target {
        "Authorization" => "header",
        pointer if pointer.starts_with('/') => "pointer",
        _ => "parameter",
    };
    Some(json!({ kind: target }))
}

/// A fault in words.
pub(super) fn errors(fault: &Fault, lang: Lang) -> Response {
    let (code, status) = known_as(fault.code);
    let mut error = json!({
        "title": status.canonical_reason().unwrap_or("Error"),
        "detail": sentence(fault, lang),
        "code": code,
        "status": status.as_u16().to_string(),
    });
    if let Some(source) = source(fault) {
        error["source"] = source;
    }
    if let Some(facts) = &fault.facts {
        error["meta"] = facts.clone();
    }
    (status, JsonApi(json!({ "errors": [error] }))).into_response()
}
