//! What holds of the provider's side, whichever server stands in for it.
//!
//! Always true: nothing here reaches beyond loopback.

mod calls;
mod cards;
mod closure;
mod disorder;
mod life;
mod localstripe;
mod orders;
mod renewals;
mod scene;
mod webhooks;
