use super::Client;
use crate::base::{
    config,
    error::{Code, Fault},
};
use secrecy::SecretString;
use std::sync::Arc;

/// The payment provider, where one is configured; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Provider(Option<Arc<Configured>>);

#[derive(Debug)]
struct Configured {
    settings: config::Stripe,
    client: Result<Client, String>,
}

impl Provider {
    /// As configured.
    #[must_use]
    pub fn new(settings: Option<&config::Stripe>) -> Self {
        Self(settings.map(|settings| {
            Arc::new(Configured {
                settings: settings.clone(),
                client: Client::new(settings).map_err(|error| error.to_string()),
            })
        }))
    }

    /// Whether one is configured.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        self.0.is_some()
    }

    /// What speaks to it.
    ///
    /// # Errors
    /// `payment_not_configured`; `internal`, when what is configured cannot be used.
    pub fn client(&self) -> Result<&Client, Fault> {
        let configured = self.0.as_deref().ok_or(Code::PaymentNotConfigured)?;
        configured
            .client
            .as_ref()
            .map_err(|error| Fault::new(Code::Internal).because(error.clone()))
    }

    /// What a browser needs to show the provider's card form.
    #[must_use]
    pub fn publishable_key(&self) -> &str {
        self.0
            .as_deref()
            .map_or("", |configured| &configured.settings.publishable_key)
    }

    /// What webhooks are signed with; none when no provider is configured, so that none is believed.
    #[must_use]
    pub fn webhook_secrets(&self) -> &[SecretString] {
        self.0
            .as_deref()
            .map_or(&[], |configured| &configured.settings.webhook_secrets)
    }
}
