//! What is needed to take cards: all of it or none.

use super::{ConfigError, Options};
use secrecy::{ExposeSecret, SecretString};
use std::{fs, path::Path};

/// Where the provider answers.
const API: &str = "https://api.stripe.com";

/// How the payment provider is reached. Its secrets show as `[REDACTED]`.
#[derive(Debug, Clone)]
pub struct Stripe {
    /// For calls to the provider, `sk_…`.
    pub secret_key: SecretString,
    /// For the card form in a browser, `pk_…`.
    pub publishable_key: String,
    /// What webhooks are signed with: the present one, and the former while it is being replaced.
    pub webhook_secrets: Vec<SecretString>,
    /// Where the provider answers.
    pub api: String,
}

impl Stripe {
    /// `None` when nothing is said of it.
    pub(super) fn decide(said: &Options) -> Result<Option<Self>, ConfigError> {
        let secret_key = secret(
            said.stripe_secret_key.as_ref(),
            said.stripe_secret_key_file.as_deref(),
        )?;
        let webhook_secret = secret(
            said.stripe_webhook_secret.as_ref(),
            said.stripe_webhook_secret_file.as_deref(),
        )?;
        let (secret_key, publishable_key, webhook_secret) =
            match (secret_key, said.stripe_publishable_key.clone(), webhook_secret) {
                (None, None, None) => return Ok(None),
                (Some(secret), Some(publishable), Some(webhook)) => (secret, publishable, webhook),
                _ => return Err(ConfigError::HalfStripe),
            };
        let starts = |key: &str, kinds: &[&str]| kinds.iter().any(|kind| key.starts_with(kind));
        if !starts(secret_key.expose_secret(), &["sk_", "rk_"]) || !starts(&publishable_key, &["pk_"]) {
            return Err(ConfigError::StripeKeys);
        }
        let api = said.stripe_api.clone().unwrap_or_else(|| API.into());
        if !api.starts_with("https://") && !api.starts_with("http://127.0.0.1:") {
            return Err(ConfigError::StripeApi(api));
        }
        Ok(Some(Self {
            secret_key,
            publishable_key,
            webhook_secrets: webhook_secret
                .expose_secret()
                .split(',')
                .map(str::trim)
                .filter(|secret| !secret.is_empty())
                .map(SecretString::from)
                .collect(),
            api: api.trim_end_matches('/').to_owned(),
        }))
    }
}

fn secret(said: Option<&SecretString>, file: Option<&Path>) -> Result<Option<SecretString>, ConfigError> {
    let said = match (said, file) {
        (Some(said), _) => Some(said.clone()),
        (None, Some(path)) => {
            let text =
                fs::read_to_string(path).map_err(|error| ConfigError::Unreadable(path.into(), error))?;
            Some(SecretString::from(text.trim()))
        }
        (None, None) => None,
    };
    Ok(said.filter(|secret| !secret.expose_secret().trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;

    fn options() -> Options {
        Options {
            stripe_secret_key: Some("sk_test_abcdef".into()),
            stripe_publishable_key: Some("pk_test_abcdef".into()),
            stripe_webhook_secret: Some("whsec_new, whsec_old".into()),
            ..Options::default()
        }
    }

    #[test]
    fn nothing_said_is_no_provider_and_half_is_refused() {
        assert!(Stripe::decide(&Options::default()).unwrap().is_none());
        let half = Options {
            stripe_webhook_secret: None,
            ..options()
        };
        assert!(matches!(Stripe::decide(&half), Err(ConfigError::HalfStripe)));
    }

    #[test]
    fn two_webhook_secrets_are_two() {
        let stripe = Stripe::decide(&options()).unwrap().unwrap();
        let secrets: Vec<&str> = stripe
            .webhook_secrets
            .iter()
            .map(ExposeSecret::expose_secret)
            .collect();
        assert_eq!(
            (secrets, stripe.api.as_str()),
            (vec!["whsec_new", "whsec_old"], API)
        );
    }

    #[test]
    fn a_secret_is_read_from_a_file_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(&path, "sk_test_fromfile\n").unwrap();
        let said = Options {
            stripe_secret_key: None,
            stripe_secret_key_file: Some(path),
            ..options()
        };
        let stripe = Stripe::decide(&said).unwrap().unwrap();
        assert_eq!(stripe.secret_key.expose_secret(), "sk_test_fromfile");
        let shown = format!("{said:?} {stripe:?}");
        for secret in ["fromfile", "whsec"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }

    #[test]
    fn keys_are_not_sent_in_the_clear_nor_mixed_up() {
        let open = Options {
            stripe_api: Some("http://payments.example".into()),
            ..options()
        };
        assert!(matches!(Stripe::decide(&open), Err(ConfigError::StripeApi(_))));
        let mixed = Options {
            stripe_publishable_key: Some("sk_test_abcdef".into()),
            ..options()
        };
        assert!(matches!(Stripe::decide(&mixed), Err(ConfigError::StripeKeys)));
    }
}
