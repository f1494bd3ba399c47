//! axum's extractors with our faults.

use crate::base::error::{Code, Fault};
use axum::{
    body::Bytes,
    extract::{
        FromRequest, FromRequestParts, Request,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::FormRejection;
use serde::Serialize;
use serde_json::json;

/// A JSON body, in and out.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

/// A form's fields: the body, or what stands after the `?` of a `GET`. A name that is there several times (ticked
/// boxes) fills a `Vec`.
#[derive(Debug, Clone, Copy)]
pub struct Form<T>(pub T);

/// What stands in the path. What does not parse is not there: `not_found`.
#[derive(Debug, Clone, Copy)]
pub struct Params<T>(pub T);

/// What stands after the `?`.
#[derive(Debug, Clone, Copy)]
pub struct Query<T>(pub T);

fn body_fault(status: StatusCode, text: String) -> Fault {
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => Code::BodyTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        StatusCode::UNPROCESSABLE_ENTITY => Code::InvalidField,
        _ => Code::MalformedBody,
    };
    told(code, text)
}

/// What is wrong and where, to the one who sent it. Not to the log: the words quote what was sent.
fn told(code: Code, text: String) -> Fault {
    Fault::new(code).facts(json!({ "detail": text }))
}

impl<S: Send + Sync, T: serde::de::DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let refused = |rejection: JsonRejection| body_fault(rejection.status(), rejection.body_text());
        let plain = request.headers().get(header::CONTENT_TYPE);
        if plain.is_none_or(|plain| plain != "application/json") {
            let body = axum::Json::<T>::from_request(request, state).await;
            return body.map(|body| Self(body.0)).map_err(refused);
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| refused(rejection.into()))?;
        // Where in the body something is wrong is followed only once something is: it costs as much as the reading.
        match serde_json::from_slice(&body) {
            Ok(value) => Ok(Self(value)),
            Err(_) => axum::Json::from_bytes(&body)
                .map(|body| Self(body.0))
                .map_err(refused),
        }
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<S: Send + Sync, T: serde::de::DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Fault;
    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        axum_extra::extract::Form::<T>::from_request(request, state)
            .await
            .map(|body| Self(body.0))
            .map_err(|rejection: FormRejection| body_fault(rejection.status(), rejection.body_text()))
    }
}

impl<S: Send + Sync, T: serde::de::DeserializeOwned + Send> FromRequestParts<S> for Params<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|path| Self(path.0))
            .map_err(|_: PathRejection| Fault::new(Code::NotFound))
    }
}

impl<S: Send + Sync, T: serde::de::DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        axum::extract::Query::<T>::from_request_parts(parts, state)
            .await
            .map(|query| Self(query.0))
            .map_err(|rejection: QueryRejection| told(Code::InvalidField, rejection.body_text()))
    }
}
