//! Deferred work: mail, purges, expiries. A job is a row written in the transaction that decided it, and run after.
//!
//! Always true: a job runs at least once after its transaction committed and never if it did not, so handlers are
//! idempotent. A job that keeps failing is retried with growing pauses and then kept, dead, for the operator to see.

mod runner;
mod store;

pub use runner::{Handler, JobError, Jobs};
pub(crate) use store::{enqueue, enqueue_once};
