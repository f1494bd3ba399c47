//! Every answer under `/v1/accounts/` is signed as clients of Keygen's API check it: over method and address as asked, the
//! host as asked, the date, and the digest of the body. A client checks this before it looks at the status.

use crate::{app::App, issuer};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Where all of it is.
pub(crate) const PREFIX: &str = "/v1/accounts/";
/// The header with the signature; an answer that has it is not compressed.
pub(crate) const SIGNATURE: HeaderName = HeaderName::from_static("keygen-signature");

/// Answers here are smaller by far.
const LARGEST: usize = 16 * 1024 * 1024;

/// What of a request is signed.
pub(crate) struct Asked {
    target: String,
    host: String,
    account: String,
}

impl Asked {
    /// Of a request whose answer is to be signed.
    pub(crate) fn of(app: &App, request: &Request) -> Option<Self> {
        let (uri, headers) = (request.uri(), request.headers());
        if !uri.path().starts_with(PREFIX) {
            return None;
        }
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        Some(Self {
            target: format!("{} {path}", request.method().as_str().to_lowercase()),
            host: host(app, headers, uri),
            account: account(uri.path()),
        })
    }
}

/// As the client wrote it: from the proxy in front when there is one, otherwise from the request.
fn host(app: &App, headers: &HeaderMap, uri: &Uri) -> String {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let forwarded = app
        .config
        .behind_proxy
        .then(|| text(HeaderName::from_static("x-forwarded-host")))
        .flatten()
        .and_then(|hosts| hosts.rsplit(',').next())
        .map(str::trim);
    forwarded
        .or_else(|| text(header::HOST))
        .or_else(|| uri.authority().map(|authority| authority.as_str()))
        .unwrap_or_default()
        .to_owned()
}

/// The account in the path; what is no id is not repeated.
fn account(path: &str) -> String {
    let account = path.strip_prefix(PREFIX).and_then(|rest| rest.split('/').next());
    account
        .and_then(|account| account.parse::<Uuid>().ok())
        .map_or_else(|| "unknown".to_owned(), |account| account.to_string())
}

/// Signs the answer to what was asked: after faults were put into words, before compression.
pub(crate) async fn sign(app: &App, asked: &Asked, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = Response::from_parts(parts, Body::from(body.clone()));
    match issuer::signer(app).await {
        Ok(signer) => stamp(response.headers_mut(), asked, &body, app.clock.now(), &signer),
        // The answer goes out unsigned: a client that checks does not believe it, and that is right.
        Err(fault) => tracing::error!(detail = %fault.detail, "an answer cannot be signed"),
    }
    response
}

fn stamp(headers: &mut HeaderMap, asked: &Asked, body: &[u8], now: Timestamp, signer: &issuer::Signer) {
    let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let digest = format!("sha-256={}", BASE64.encode(Sha256::digest(body)));
    let Asked {
        target,
        host,
        account,
    } = asked;
    let text = format!("(request-target): {target}\nhost: {host}\ndate: {date}\ndigest: {digest}");
    let signature = BASE64.encode(signer.sign(text.as_bytes()));
    let signature = format!(
        "keyid=\"{account}\", algorithm=\"ed25519\", signature=\"{signature}\", \
         headers=\"(request-target) host date digest\""
    );
    for (name, value) in [
        (header::DATE, &date),
        (HeaderName::from_static("keygen-date"), &date),
        (HeaderName::from_static("digest"), &digest),
        (HeaderName::from_static("keygen-digest"), &digest),
        (SIGNATURE, &signature),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
}
