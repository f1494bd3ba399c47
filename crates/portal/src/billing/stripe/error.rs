use crate::base::error::{Code, Fault};
use serde::Deserialize;

/// Why the provider did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StripeError {
    /// The card was refused; nothing was charged.
    #[error("declined: {0}")]
    Declined(Decline),
    /// Asked too often.
    #[error("asked too often")]
    RateLimited,
    /// No answer, or one that says that it may be asked again: the outcome is not known.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    /// There is no such object.
    #[error("no such object: {0}")]
    Missing(String),
    /// Our key is not accepted.
    #[error("the key is refused: {0}")]
    Unauthorized(String),
    /// It does not accept what was asked; asking again would not help.
    #[error("refused ({status}): {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The provider's stable code, where there is one.
        code: Option<String>,
        /// The provider's words. For the log.
        message: String,
    },
    /// The answer is not what the documentation says.
    #[error("unreadable answer: {0}")]
    Unreadable(String),
}

/// A card that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decline {
    /// `card_declined`, `expired_card`, `authentication_required`, …
    pub code: String,
    /// The bank's reason, where it gave one.
    pub decline_code: Option<String>,
    /// The payment that was tried, where there was one.
    pub payment_intent: Option<String>,
}

impl std::fmt::Display for Decline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.reason())
    }
}

impl Decline {
    /// What can be told the person, as one of few words that the language files know. Why a bank suspects theft is not
    /// told to whoever holds the card (<https://docs.stripe.com/declines/codes>).
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self.decline_code.as_deref().unwrap_or(&self.code) {
            "insufficient_funds" | "withdrawal_count_limit_exceeded" | "card_velocity_exceeded" => "funds",
            "expired_card" | "invalid_expiry_month" | "invalid_expiry_year" => "expired",
            "incorrect_cvc" | "invalid_cvc" | "incorrect_number" | "invalid_number" | "incorrect_zip" => {
                "typed"
            }
            "authentication_required"
            | "payment_intent_authentication_failure"
            | "setup_intent_authentication_failure" => "authentication",
            "processing_error" | "try_again_later" | "issuer_not_available" | "reenter_transaction" => {
                "later"
            }
            "card_not_supported" | "currency_not_supported" | "transaction_not_allowed" => "unsupported",
            _ => "refused",
        }
    }
}

impl StripeError {
    /// Whether the same call, with the same idempotency key, may succeed later: it is left to a job.
    #[must_use]
    pub const fn again(&self) -> bool {
        matches!(self, Self::RateLimited | Self::Unreachable(_))
    }

    /// From an answer that is no success.
    pub(super) fn from_answer(status: u16, body: &[u8]) -> Self {
        #[derive(Deserialize, Default)]
        struct Answer {
            #[serde(default)]
            error: ErrorBody,
        }
        let error = serde_json::from_slice::<Answer>(body).unwrap_or_default().error;
        let message = error.message.clone().unwrap_or_default();
        match (status, error.code.as_deref()) {
            (402, _) => Self::Declined(error.decline()),
            (429, _) => Self::RateLimited,
            // A lock held by another call on the same object, or the same key still being worked on.
            (409, Some("lock_timeout" | "idempotency_key_in_use")) | (500.., _) => {
                Self::Unreachable(format!("status {status} {message}"))
            }
            (404, _) => Self::Missing(message),
            (401 | 403, _) => Self::Unauthorized(message),
            _ => Self::Refused {
                status,
                code: error.code,
                message,
            },
        }
    }
}

/// An error as the provider writes it (<https://docs.stripe.com/api/errors>).
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ErrorBody {
    code: Option<String>,
    decline_code: Option<String>,
    message: Option<String>,
    payment_intent: Option<Named>,
}

#[derive(Debug, Clone, Deserialize)]
struct Named {
    id: String,
}

impl ErrorBody {
    /// As a refused card.
    #[must_use]
    pub fn decline(self) -> Decline {
        Decline {
            code: self.code.unwrap_or_else(|| "card_declined".into()),
            decline_code: self.decline_code,
            payment_intent: self.payment_intent.map(|intent| intent.id),
        }
    }
}

impl From<StripeError> for Fault {
    fn from(error: StripeError) -> Self {
        let code = match &error {
            StripeError::Declined(decline) => {
                return Self::new(Code::CardDeclined)
                    .arg("reason", decline.reason())
                    .because(error.to_string());
            }
            StripeError::RateLimited | StripeError::Unreachable(_) => Code::PaymentUnavailable,
            _ => Code::Internal,
        };
        Self::new(code).because(format!("the payment provider: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, error: &str) -> StripeError {
        StripeError::from_answer(status, format!("{{\"error\":{{{error}}}}}").as_bytes())
    }

    #[test]
    fn a_refused_card_says_why_in_words_of_ours() {
        let error = answer(
            402,
            r#""type":"card_error","code":"card_declined","decline_code":"insufficient_funds","payment_intent":{"id":"pi_1"}"#,
        );
        let StripeError::Declined(decline) = error.clone() else {
            panic!("{error:?}")
        };
        assert_eq!(
            (decline.reason(), decline.payment_intent.as_deref()),
            ("funds", Some("pi_1"))
        );
        let stolen = answer(402, r#""code":"card_declined","decline_code":"stolen_card""#);
        assert_eq!(Fault::from(stolen).args, [("reason", "refused".to_owned())]);
    }

    #[test]
    fn only_what_may_pass_is_asked_again() {
        for (status, error, again) in [
            (429, "", true),
            (500, "", true),
            (503, "", true),
            (409, r#""code":"lock_timeout""#, true),
            (409, r#""code":"other""#, false),
            (400, r#""code":"parameter_unknown""#, false),
            (401, "", false),
            (402, "", false),
            (404, "", false),
        ] {
            assert_eq!(answer(status, error).again(), again, "{status} {error}");
        }
        assert!(StripeError::from_answer(502, b"<html>").again());
    }

    #[test]
    fn every_reason_has_its_sentence() {
        use crate::base::{lang::Lang, web::sentence};
        for lang in Lang::ALL {
            let said: std::collections::HashSet<String> = [
                "funds",
                "expired",
                "typed",
                "authentication",
                "later",
                "unsupported",
                "refused",
            ]
            .into_iter()
            .map(|reason| sentence(&Fault::new(Code::CardDeclined).arg("reason", reason), lang))
            .collect();
            assert_eq!(said.len(), 7, "{said:?}");
        }
    }
}
