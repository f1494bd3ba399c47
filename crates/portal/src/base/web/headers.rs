use super::context::Door;
use axum::{
    http::{HeaderValue, header},
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

/// An answer to a program: nothing in it is ever shown, whatever opens it.
const OF_DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// Put into an answer's extensions: the page has the payment provider's card form.
#[derive(Debug, Clone, Copy)]
pub struct CardForm;

/// What the headers depend on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SecurityHeaders {
    /// Whether visitors come by TLS, so that browsers may be told to insist on it.
    pub secure: bool,
}

/// Adds the security headers to every answer: all that browsers know to pages, what has a meaning for data to the rest.
pub(crate) fn secure(settings: SecurityHeaders, door: Door, response: &mut Response) {
    let policy = match response.extensions().get::<CardForm>() {
        Some(CardForm) => WITH_CARD_FORM,
        None => CONTENT_SECURITY_POLICY,
    };
    let headers = response.headers_mut();
    let page = [
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
    ];
    let data = [
        (header::CONTENT_SECURITY_POLICY, OF_DATA),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let wanted = match door {
        Door::Page => &page[..],
        _ => &data[..],
    };
    for (name, value) in wanted {
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
}
