//! The payment provider Stripe, through its HTTP API: cards, payments, renewals, refunds and signed webhooks.
//!
//! Always true: a call that changes something names itself, so that making it again does it once; card numbers never
//! pass through here, only the provider's names for them; a webhook is a hint, believed when its signature is right
//! and then only so far that the object it names is asked for.

mod calls;
mod client;
#[cfg(test)]
pub(crate) mod double;
mod error;
mod form;
mod objects;
#[cfg(test)]
mod tests;
pub mod webhook;

pub use calls::Sum;
pub use client::{Client, Once, VERSION};
pub use error::{Decline, ErrorBody, StripeError};
pub use objects::*;
