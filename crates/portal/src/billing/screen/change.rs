use super::{Read, read};
use crate::{
    base::{
        error::Fault,
        web::{Cx, Form, Frame, Params, Query, Said, render, see_other},
    },
    billing::{Money, Prices, preview, words},
    licence::words::Card,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use rempart_wire::LicenceId;
use serde::Deserialize;

/// The four ways, as in the address and in the words.
const WAYS: [&str; 4] = ["extend", "seats", "term", "product"];

/// Something that can be chosen, with its price.
struct Offer {
    value: String,
    name: String,
    price: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "billing/screen/change.html")]
struct Page {
    frame: Frame,
    licence: LicenceId,
    back: String,
    card: Card,
    way: &'static str,
    offers: Vec<Offer>,
    seats: u64,
    used: u64,
    trial: bool,
    renewal: Option<String>,
    waits: Vec<String>,
    credit: Option<String>,
    open: Option<(String, String)>,
    fields: Fields,
    said: Said,
}

impl Page {
    fn ways(&self) -> Vec<(&'static str, String, bool)> {
        let ways = WAYS.iter().filter(|way| !self.trial || **way == "extend");
        ways.map(|way| {
            (
                *way,
                self.frame.l.t(&format!("billing-way-{way}")),
                *way == self.way,
            )
        })
        .collect()
    }

    fn title(&self) -> &'static str {
        match self.way {
            "seats" => "billing-way-seats",
            "term" => "billing-way-term",
            "product" => "billing-way-product",
            _ => "billing-buy",
        }
    }

    fn legend(&self) -> &'static str {
        match self.way {
            "term" => "billing-terms",
            "product" => "billing-products",
            _ => "billing-how-long",
        }
    }

    fn seats_today(&self) -> String {
        self.frame
            .l
            .t2("billing-seats-today", ("seats", self.seats), ("used", self.used))
    }

    /// The field that is chosen.
    fn name(&self) -> &'static str {
        if self.way == "product" {
            "product"
        } else {
            "months"
        }
    }
}

/// Which way.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::billing) struct Of {
    of: String,
}

/// A form as it is sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::billing) struct Fields {
    change: String,
    months: String,
    seats: String,
    when: String,
    product: String,
    key: String,
    into: String,
}

impl Fields {
    fn input(&self) -> preview::Input {
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let number = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
        preview::Input {
            change: self.change.clone(),
            months: number(&self.months).parse().ok(),
            seats: number(&self.seats).parse().ok(),
            when: said(&self.when),
            product: said(&self.product),
            key: said(&self.key),
            into: said(&self.into),
            currency: None,
        }
    }

    /// The way the form belongs to.
    fn way(&self) -> &str {
        match self.change.as_str() {
            "key" | "renew" => "extend",
            way => way,
        }
    }
}

fn way(text: &str) -> &'static str {
    WAYS.into_iter().find(|way| *way == text).unwrap_or("extend")
}

fn offers(cx: &Cx, read: &Read, way: &str, fields: &Fields) -> Vec<Offer> {
    let (l, licence) = (cx.lang, &read.licence);
    let priced = |product: &str, months: u32| read.list.term(product, months, licence.seats);
    let show = |price: Money| price.show(l);
    if way == "product" {
        let sold = read
            .list
            .products()
            .filter(|code| *code != licence.product.as_str());
        let sold = sold.filter_map(|code| Some((code, priced(code, licence.term_months)?)));
        return sold
            .enumerate()
            .map(|(at, (code, price))| Offer {
                value: code.to_owned(),
                name: read.names.of(code),
                price: l.t2(
                    "billing-price-for",
                    ("price", show(price)),
                    ("term", words::term(l, licence.term_months)),
                ),
                chosen: if fields.product.is_empty() {
                    at == 0
                } else {
                    fields.product == code
                },
            })
            .collect();
    }
    let product = licence.next.product.as_deref().filter(|_| way == "term");
    let product = product.unwrap_or(licence.product.as_str());
    let terms = read.list.terms(product);
    let proposed = match terms.contains(&licence.term_months) {
        true => licence.term_months,
        false => terms.first().copied().unwrap_or(0),
    };
    let offer = |months: u32| {
        Some(Offer {
            value: months.to_string(),
            name: words::term(l, months),
            price: show(priced(product, months)?),
            chosen: if fields.months.is_empty() {
                months == proposed
            } else {
                fields.months == months.to_string()
            },
        })
    };
    terms.into_iter().filter_map(offer).collect()
}

async fn show(
    cx: &Cx,
    licence: LicenceId,
    way: &'static str,
    refused: Option<(Fields, &Fault)>,
) -> Result<Response, Fault> {
    let read = read(cx, licence).await?;
    let (frame, back) = read.frame(cx);
    let (fields, fault) = refused.map_or((Fields::default(), None), |(fields, fault)| (fields, Some(fault)));
    let credit = Money::new(read.credit, read.list.currency());
    let page = Page {
        frame,
        licence,
        back,
        card: read.card(cx),
        way,
        offers: offers(cx, &read, way, &fields),
        seats: read.licence.seats,
        used: read.licence.seats_used,
        trial: read.licence.facts.trial,
        renewal: read.licence.expires_at.map(|at| cx.lang.date(at)),
        waits: read.waits(cx),
        credit: (credit.amount > 0).then(|| credit.show(cx.lang)),
        open: read.open.map(|open| {
            let path = format!("/licences/{licence}/orders/{}", open.id);
            (open.reference, path)
        }),
        fields,
        said: fault
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
    };
    let page = render(&page)?;
    Ok(match fault {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(in crate::billing) async fn form(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Query(of): Query<Of>,
) -> Result<Response, Fault> {
    show(&cx, licence, way(&of.of), None).await
}

pub(in crate::billing) async fn page(
    cx: Cx,
    Params(licence): Params<LicenceId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    match preview::run(&cx, licence, fields.input()).await {
        Ok(preview) => Ok(see_other(&format!("/licences/{licence}/previews/{}", preview.id))),
        Err(fault) if about_the_form(&fault) => {
            let way = way(fields.way());
            show(&cx, licence, way, Some((fields, &fault))).await
        }
        Err(fault) => Err(fault),
    }
}

/// Whether a fault is told beside what was typed: not what says who may.
fn about_the_form(fault: &Fault) -> bool {
    let status = fault.code.status();
    fault.target.is_some() || matches!(status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY)
}
