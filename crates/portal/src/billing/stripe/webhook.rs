//! Whether a webhook is the provider's: <https://docs.stripe.com/webhooks/signature>.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// How far a signature's time may be from ours.
pub const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// The header that carries the signature.
pub const HEADER: &str = "stripe-signature";

/// Why a webhook is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTheirs {
    /// The header is missing, or is no signature.
    #[error("the signature cannot be read")]
    Malformed,
    /// No signature is of any of our secrets.
    #[error("no signature matches")]
    NoMatch,
    /// It was signed too long ago, or will be: it may be an old one sent again.
    #[error("the signature's time is too far from ours")]
    Untimely,
}

/// Checks that `payload` was signed by who knows one of `secrets`, about `now`. While a secret is being replaced the
/// provider signs with both, and we know both. How long it takes does not depend on which part of a signature is wrong.
///
/// # Errors
/// See [`NotTheirs`].
pub fn verify(
    payload: &[u8],
    header: &str,
    secrets: &[SecretString],
    now: Timestamp,
    tolerance: SignedDuration,
) -> Result<(), NotTheirs> {
    let (signed_at, signatures) = read(header).ok_or(NotTheirs::Malformed)?;
    let mut matches = false;
    for secret in secrets {
        for signature in &signatures {
            matches |= signer(payload, signed_at, secret)
                .is_some_and(|signer| signer.verify_slice(signature).is_ok());
        }
    }
    if !matches {
        return Err(NotTheirs::NoMatch);
    }
    let at = Timestamp::from_second(signed_at).map_err(|_| NotTheirs::Untimely)?;
    if now.duration_since(at).abs() > tolerance {
        return Err(NotTheirs::Untimely);
    }
    Ok(())
}

/// The time and every signature of scheme `v1`; other schemes are passed over, as the documentation asks.
fn read(header: &str) -> Option<(i64, Vec<Vec<u8>>)> {
    let mut at = None;
    let mut signatures = Vec::new();
    for part in header.split(',') {
        let (name, value) = part.trim().split_once('=')?;
        match name {
            // Two times would leave open which one was signed.
            "t" if at.is_some() => return None,
            "t" => {
                at = Some(
                    value
                        .parse()
                        .ok()
                        .filter(|_| value.bytes().all(|b| b.is_ascii_digit()))?,
                )
            }
            "v1" => signatures.push(hex::decode(value).ok()?),
            _ => {}
        }
    }
    at.filter(|_| !signatures.is_empty()).map(|at| (at, signatures))
}

fn signer(payload: &[u8], at: i64, secret: &SecretString) -> Option<Hmac<Sha256>> {
    let mut signer = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
    signer.update(format!("{at}.").as_bytes());
    signer.update(payload);
    Some(signer)
}

/// Signs as the provider does, for tests and the double.
#[cfg(test)]
pub(crate) fn sign(payload: &[u8], at: i64, secrets: &[SecretString]) -> String {
    let signatures = secrets.iter().map(|secret| {
        let signature = signer(payload, at, secret).unwrap().finalize().into_bytes();
        format!(",v1={}", hex::encode(signature))
    });
    format!("t={at}{}", signatures.collect::<String>())
}

#[cfg(test)]
mod tests;
