use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Nothing inline, nothing from elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The same with the payment provider's card form, on the one page that has it
/// (<https://docs.stripe.com/security/guide#content-security-policy>).
const WITH_CARD_FORM: &str = "default-src 'none'; style-src 'self'; script-src 'self' https://js.stripe.com \
     https://*.js.stripe.com; frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com; \
     img-src 'self'; connect-src 'self' https://api.stripe.com; form-action 'self'; frame-ancestors 'none'; \
     base-uri 'none'";

/// Put into an answer's extensions: the page has the payment provider's card form.
#[derive(Debug, Clone, Copy)]
pub struct CardForm;

/// What the headers depend on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SecurityHeaders {
    /// Whether visitors come by TLS, so that browsers may be told to insist on it.
    pub secure: bool,
}

/// Adds the security headers to every answer.
pub(crate) async fn secure(
    State(settings): State<SecurityHeaders>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let policy = match response.extensions().get::<CardForm>() {
        Some(CardForm) => WITH_CARD_FORM,
        None => CONTENT_SECURITY_POLICY,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            header::HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            header::HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            header::HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if settings.secure {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    response
}
