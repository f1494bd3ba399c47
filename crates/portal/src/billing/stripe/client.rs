use super::{error::StripeError, form::Form};
use crate::base::config;
use reqwest::{
    Method,
    header::{AUTHORIZATION, HeaderValue},
    redirect,
};
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// The provider's interface as it was on this day: the last in which a subscription has its period and an invoice its
/// payment (<https://docs.stripe.com/api/versioning>).
pub const VERSION: &str = "2025-02-24.acacia";

/// Names a call, so that making it twice does it once (<https://docs.stripe.com/api/idempotent_requests>). The provider
/// remembers it for a day at least: made of ids of ours, never of chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once(String);

impl Once {
    /// From what the call is and what it is for.
    #[must_use]
    pub fn new(call: &str, of: impl std::fmt::Display) -> Self {
        Self(format!("rempart-{call}-{of}"))
    }
}

/// Speaks to the provider. Clones share the connections.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    api: String,
    key: HeaderValue,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({})", self.api)
    }
}

impl Client {
    /// As configured.
    ///
    /// # Errors
    /// When the key is no header's value, or the system has no trusted issuers.
    pub fn new(settings: &config::Stripe) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(20))
            .redirect(redirect::Policy::none())
            .user_agent(concat!("Rempart/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let bearer = format!("Bearer {}", settings.secret_key.expose_secret());
        // The error would not repeat the key, but neither does it say what is wrong.
        let mut key = HeaderValue::from_str(&bearer)
            .map_err(|_| anyhow::anyhow!("stripe_secret_key has a character that no key has"))?;
        key.set_sensitive(true);
        Ok(Self {
            http,
            api: settings.api.clone(),
            key,
        })
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, query: Form) -> Result<T, StripeError> {
        let mut address = format!("{}{path}", self.api);
        for (at, (name, value)) in query.pairs().iter().enumerate() {
            address.push(if at == 0 { '?' } else { '&' });
            address.push_str(&escape(name));
            address.push('=');
            address.push_str(&escape(value));
        }
        self.send(self.http.request(Method::GET, address), path).await
    }

    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        once: &Once,
        form: Form,
    ) -> Result<T, StripeError> {
        let request = self
            .http
            .request(Method::POST, format!("{}{path}", self.api))
            .header("idempotency-key", &once.0)
            .form(form.pairs());
        self.send(request, path).await
    }

    /// Without an idempotency key: deleting twice deletes once.
    pub(super) async fn delete<T: DeserializeOwned>(&self, path: &str) -> Result<T, StripeError> {
        let request = self.http.request(Method::DELETE, format!("{}{path}", self.api));
        self.send(request, path).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        request: reqwest::RequestBuilder,
        path: &str,
    ) -> Result<T, StripeError> {
        // `without_url`: an address may hold ids, and the log has the path already.
        let lost = |error: reqwest::Error| StripeError::Unreachable(error.without_url().to_string());
        let request = request
            .header(AUTHORIZATION, self.key.clone())
            .header("stripe-version", VERSION);
        let answer = request.send().await.map_err(lost)?;
        let status = answer.status().as_u16();
        let named = answer.headers().get("request-id").and_then(|id| id.to_str().ok());
        tracing::debug!(
            path,
            status,
            request = named.unwrap_or_default(),
            "asked the payment provider"
        );
        let success = answer.status().is_success();
        let body = answer.bytes().await.map_err(lost)?;
        if !success {
            return Err(StripeError::from_answer(status, &body));
        }
        // Not the body: it may hold a client secret.
        serde_json::from_slice(&body).map_err(|error| StripeError::Unreadable(format!("{path}: {error}")))
    }
}

/// The system's trusted issuers, and the cryptography everything else here uses.
fn tls() -> anyhow::Result<rustls::ClientConfig> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    Ok(rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

fn escape(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
