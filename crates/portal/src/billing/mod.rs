//! Money for licences: what a change costs, what was paid, and what is owed for it.
//!
//! Always true: money is whole minor units of one currency, computed with 128 bits and rounded half up once per line,
//! never floating point. For every licence, after every change, what was charged and what keys brought is exactly what
//! was consumed plus what is still paid for plus its credit: no sequence of changes creates or loses a cent or a day.
//! What a change costs depends only on how the licence stands before and after it, not on the way there. Nothing outside
//! this slice speaks to a payment provider.

mod accept;
mod change;
mod desk;
pub mod ending;
mod forget;
mod invoice;
mod list;
mod operator;
mod orders;
mod preview;
mod quote;
mod record;
mod refund;
mod renew;
mod screen;
mod settle;
mod store;
pub mod stripe;
mod summary;
mod terms;
#[cfg(test)]
mod tests;
mod view;
mod wish;
mod words;

pub use crate::base::money::{Currency, Money, share};
use crate::{
    app::App,
    base::{
        job::Jobs,
        web::{Access, Routes},
    },
};
pub use ending::handed_over;
use utoipa_axum::routes;

use list::List;

pub use change::{Change, Desk, Line, Prices, Refusal, What};
pub use orders::open as open_order;
pub use quote::{Paper, Quote, QuoteLine, Standing};
pub use record::{OrderState, Payment, Preview, Provider, Purchase};
pub use refund::{Back, cancel, refund};
pub use settle::{Settled, settle};
pub use summary::{Summary, summary};
pub use terms::{Base, Block, Left, Position};
pub use view::{OrderView, PreviewView, PriceView};
pub use wish::{Kept, Key, When, Wish};

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let routes = stripe::routes(routes);
    routes
        .api(Access::SignedIn, routes!(preview::api))
        .api(Access::SignedIn, routes!(accept::api))
        .api(Access::SignedIn, routes!(orders::api_list))
        .api(Access::SignedIn, routes!(orders::api_show))
        .api(Access::SignedIn, routes!(orders::api_cancel))
        .api(Access::SignedIn, routes!(invoice::api))
        .api(Access::Operator, routes!(operator::api_list))
        .api(Access::Operator, routes!(operator::api_paid))
        .api(Access::Operator, routes!(operator::api_refund))
        .api(Access::Operator, routes!(operator::api_cancel))
        .get(
            "/licences/{licence}/change",
            Access::SignedIn,
            screen::change::form,
        )
        .post(
            "/licences/{licence}/change",
            Access::SignedIn,
            screen::change::page,
        )
        .get(
            "/licences/{licence}/previews/{preview}",
            Access::SignedIn,
            screen::preview::form,
        )
        .post(
            "/licences/{licence}/previews/{preview}",
            Access::SignedIn,
            screen::preview::page,
        )
        .get(
            "/licences/{licence}/orders",
            Access::SignedIn,
            screen::order::list,
        )
        .get(
            "/licences/{licence}/orders/{order}",
            Access::SignedIn,
            screen::order::page,
        )
        .post(
            "/licences/{licence}/orders/{order}/cancel",
            Access::SignedIn,
            screen::order::cancel,
        )
        .get(
            "/licences/{licence}/orders/{order}/invoice.pdf",
            Access::SignedIn,
            invoice::page,
        )
        .get(
            "/operator/orders/{order}/invoice.pdf",
            Access::Operator,
            invoice::operator,
        )
        .get("/operator/orders", Access::Operator, screen::operator::page)
        .post(
            "/operator/orders/{order}",
            Access::Operator,
            screen::operator::act,
        )
}

/// Jobs of this slice.
#[must_use]
pub fn jobs(jobs: Jobs) -> Jobs {
    let jobs = stripe::jobs(jobs);
    jobs.on(forget::JOB, forget::run)
}

/// What is done at every start.
///
/// # Errors
/// When the database cannot be used, or the payment provider that is configured cannot be.
pub async fn prepare(app: &App) -> anyhow::Result<()> {
    stripe::prepare(app).await
}
