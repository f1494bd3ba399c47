//! Money for licences: what a change costs, what was paid, and what is owed for it.
//!
//! Always true: money is whole minor units of one currency, computed with 128 bits and rounded half up once per line,
//! never floating point. For every licence, after every change, what was charged and what keys brought is exactly what
//! was consumed plus what is still paid for plus its credit: no sequence of changes creates or loses a cent or a day.
//! What a change costs depends only on how the licence stands before and after it, not on the way there. Nothing outside
//! this slice speaks to a payment provider.

mod change;
pub mod stripe;
mod terms;
#[cfg(test)]
mod tests;
mod wish;

pub use crate::base::money::{Currency, Money, share};
pub use change::{Change, Desk, Line, Prices, Refusal, What};
pub use terms::{Block, Left, Next, Period, Position};
pub use wish::{Kept, Key, When, Wish};

use crate::{
    app::App,
    base::{job::Jobs, web::Routes},
};

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    stripe::routes(routes)
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    stripe::jobs(jobs)
}

/// What is done at every start.
///
/// # Errors
/// When the database cannot be used, or the payment provider that is configured cannot be.
pub async fn prepare(app: &App) -> anyhow::Result<()> {
    stripe::prepare(app).await
}
