//! What licences are for, what each may use, and what it costs.
//!
//! Always true: a product's code never changes and a product is never deleted; one that is withdrawn is no longer sold,
//! and its licences go on. A price is added and closed, never changed, and never for a time that is past: what something
//! cost at a moment can always be told, and an order already made keeps its own figures. Of the prices in force at a
//! moment for the same currency, term and step of seats, the one that began last applies; so an offer for a month is one
//! more price with an end, after which the one before applies again.

mod change;
mod close;
mod code;
mod create;
mod find;
mod list;
mod price;
mod record;
mod screen;
mod sheet;
mod store;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod view;

use crate::base::web::{Access, Routes};
use utoipa_axum::routes;

pub use change::{Input as ProductChange, change};
pub use close::close_price;
pub use code::ProductCode;
pub use create::{Input as ProductNew, create};
pub use find::{find, list, offers, price_at, sold};
pub use price::{Input as PriceNew, add_price};
pub use record::{Entitlement, Heartbeat, Price, Product};
pub use view::{PriceView, ProductView, view, views};

/// Routes of this slice.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    let operator = Access::Operator;
    routes
        .api(operator, routes!(list::api))
        .api(operator, routes!(list::show))
        .api(operator, routes!(create::api))
        .api(operator, routes!(change::api))
        .api(operator, routes!(price::api))
        .api(operator, routes!(close::api))
        .get("/operator/products", operator, screen::list_page)
        .post("/operator/products", operator, screen::create_page)
        .get("/operator/new-product", operator, screen::form)
        .get("/operator/products/{product}", operator, screen::show)
        .post("/operator/products/{product}", operator, screen::change_page)
        .post(
            "/operator/products/{product}/withdraw",
            operator,
            screen::withdraw,
        )
        .post("/operator/products/{product}/list", operator, screen::relist)
        .post("/operator/products/{product}/prices", operator, screen::add_price)
        .post(
            "/operator/products/{product}/prices/{price}/close",
            operator,
            screen::close_price,
        )
}
