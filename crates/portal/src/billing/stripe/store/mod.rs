//! The tables of the payment provider's side: payers, renewals, subscriptions, events.
//!
//! Always true: no statement here decides who may; callers do.

pub(super) mod charge;
pub(super) mod event;
pub(super) mod payer;
pub(super) mod renewal;
pub(super) mod subscription;
