//! The operator's pages about products: the list, a new one, and one with its prices.

use super::{
    PriceView, ProductView, change, close, create, list, price,
    sheet::{Fields, PriceFields},
};
use crate::base::{
    error::Fault,
    money::{Currency, Money},
    web::{Cx, Form, Frame, Here, Params, Said, render, see_other},
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::PriceId;

#[derive(Template)]
#[template(path = "product/list.html")]
struct ListPage {
    frame: Frame,
    products: Vec<ProductView>,
}

#[derive(Template)]
#[template(path = "product/form.html")]
struct NewPage {
    frame: Frame,
    said: Said,
    fields: Fields,
}

/// A price on the page.
struct Row {
    price: PriceView,
    amount: String,
}

#[derive(Template)]
#[template(path = "product/show.html")]
struct ShowPage {
    frame: Frame,
    product: ProductView,
    rows: Vec<Row>,
    /// What was refused of the product.
    said: Said,
    fields: Fields,
    /// What was refused of a price.
    price_said: Said,
    price: PriceFields,
}

impl ListPage {
    fn range(&self, from: impl Into<u64>, to: impl Into<u64>) -> String {
        let l = self.frame.l;
        l.t2(
            "product-range",
            ("from", l.number(from.into())),
            ("to", l.number(to.into())),
        )
    }
}

impl ShowPage {
    fn number(&self, number: &u64) -> String {
        self.frame.l.number(*number)
    }

    fn until(&self, price: &PriceView) -> String {
        let l = self.frame.l;
        price
            .valid_until
            .map_or_else(|| l.t("price-no-end"), |end| l.date_time(end))
    }

    /// Colour, icon and word of a price's state.
    fn state(&self, price: &PriceView) -> (&'static str, &'static str, String) {
        let (tone, icon) = match price.state {
            "applies" => ("ok", "ok"),
            "waiting" => ("plain", "clock"),
            _ => ("off", "off"),
        };
        (tone, icon, self.frame.l.t(&format!("price-{}", price.state)))
    }
}

pub(super) async fn list_page(cx: Cx) -> Result<Response, Fault> {
    let products = list::all(&cx).await?;
    render(&ListPage {
        frame: Frame::new(&cx, Here::Operator),
        products,
    })
}

pub(super) async fn form(cx: Cx) -> Result<Response, Fault> {
    std::future::ready(render(&NewPage {
        frame: Frame::new(&cx, Here::Operator),
        said: Said::default(),
        fields: Fields::proposed(),
    }))
    .await
}

pub(super) async fn create_page(cx: Cx, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let made = match fields.input() {
        Ok(rest) => {
            let code = fields.code.clone();
            create::run(&cx, create::Input { code, rest }).await
        }
        Err(fault) => Err(fault),
    };
    match made {
        Ok(code) => Ok(see_other(&format!("/operator/products/{code}?said=product-made"))),
        Err(fault) if fault.target.is_some() => {
            let page = render(&NewPage {
                frame: Frame::new(&cx, Here::Operator),
                said: Said::from_fault(&fault, cx.lang),
                fields,
            })?;
            Ok((fault.code.status(), page).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// What was typed into one of the two forms, and why it was refused.
#[derive(Default)]
struct Refused {
    product: Option<(Fields, Fault)>,
    price: Option<(PriceFields, Fault)>,
}

async fn page(cx: &Cx, code: &str, refused: Refused) -> Result<Response, Fault> {
    let product = list::one(cx, code).await?;
    let l = cx.lang;
    let said = |fault: &Fault| Said::from_fault(fault, l);
    let status = refused.product.as_ref().map(|(_, fault)| fault.code.status());
    let status = status.or(refused.price.as_ref().map(|(_, fault)| fault.code.status()));
    let rows = product.prices.iter().flatten().map(|price| Row {
        amount: Currency::parse(&price.currency).map_or_else(String::new, |currency| {
            Money::new(price.unit_amount, currency).show(l)
        }),
        price: price.clone(),
    });
    let (product_said, fields) = match refused.product {
        Some((fields, fault)) => (said(&fault), fields),
        None => (Said::default(), Fields::of(&product)),
    };
    let (price_said, price) = match refused.price {
        Some((fields, fault)) => (said(&fault), fields),
        None => (Said::default(), PriceFields::proposed()),
    };
    let page = render(&ShowPage {
        frame: Frame::new(cx, Here::Operator),
        rows: rows.collect(),
        said: product_said,
        fields,
        price_said,
        price,
        product,
    })?;
    Ok(match status {
        Some(status) => (status, page).into_response(),
        None => page,
    })
}

pub(super) async fn show(cx: Cx, Params(product): Params<String>) -> Result<Response, Fault> {
    page(&cx, &product, Refused::default()).await
}

pub(super) async fn change_page(
    cx: Cx,
    Params(product): Params<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let changed = match fields.input() {
        Ok(input) => change::run(&cx, &product, input).await,
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(()) => Ok(see_other(&format!(
            "/operator/products/{product}?said=product-changed"
        ))),
        Err(fault) if fault.target.is_some() => {
            let refused = Refused {
                product: Some((fields, fault)),
                price: None,
            };
            page(&cx, &product, refused).await
        }
        Err(fault) => Err(fault),
    }
}

async fn sell(cx: &Cx, product: &str, withdrawn: bool) -> Result<Response, Fault> {
    let input = change::Input {
        withdrawn: Some(withdrawn),
        ..change::Input::default()
    };
    change::run(cx, product, input).await?;
    let said = if withdrawn {
        "product-withdrawn"
    } else {
        "product-sold-again"
    };
    Ok(see_other(&format!("/operator/products/{product}?said={said}")))
}

pub(super) async fn withdraw(cx: Cx, Params(product): Params<String>) -> Result<Response, Fault> {
    sell(&cx, &product, true).await
}

pub(super) async fn relist(cx: Cx, Params(product): Params<String>) -> Result<Response, Fault> {
    sell(&cx, &product, false).await
}

pub(super) async fn add_price(
    cx: Cx,
    Params(product): Params<String>,
    Form(fields): Form<PriceFields>,
) -> Result<Response, Fault> {
    let added = match fields.input(cx.app.clock.now()) {
        Ok(input) => price::run(&cx, &product, input).await,
        Err(fault) => Err(fault),
    };
    match added {
        Ok(_) => Ok(see_other(&format!(
            "/operator/products/{product}?said=price-added"
        ))),
        Err(fault) if fault.target.is_some() => {
            let refused = Refused {
                product: None,
                price: Some((fields, fault)),
            };
            page(&cx, &product, refused).await
        }
        Err(fault) => Err(fault),
    }
}

pub(super) async fn close_price(
    cx: Cx,
    Params((product, price)): Params<(String, PriceId)>,
) -> Result<Response, Fault> {
    close::run(&cx, &product, price, None).await?;
    Ok(see_other(&format!(
        "/operator/products/{product}?said=price-closed"
    )))
}
