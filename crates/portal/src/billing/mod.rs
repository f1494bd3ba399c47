//! What licences cost and how they are paid for.
//!
//! Always true: nothing outside this slice speaks to a payment provider.

pub mod stripe;
