//! The operator's page for issuing keys. A key is on the page that answers the form and nowhere after.

use super::{Issued, batch, issue};
use crate::base::{
    error::{Code, Fault},
    web::{Cx, Form, Frame, Here, Said, render, see_other},
};
use crate::product::{self, Product, ProductCode};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::Deserialize;

/// The form's fields, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    product: String,
    kind: String,
    seats: String,
    months: String,
    reseller_name: String,
    reseller_contact: String,
    owner: String,
    count: String,
    /// A day, UTC, whole.
    redeem_by: String,
}

impl Fields {
    /// What a new form proposes.
    fn proposed() -> Self {
        Self {
            product: ProductCode::BUSINESS.to_string(),
            kind: "one_off".to_owned(),
            seats: "5".to_owned(),
            months: "12".to_owned(),
            count: "1".to_owned(),
            ..Self::default()
        }
    }

    /// How many; one when not said.
    fn count(&self) -> Result<u64, Fault> {
        match number(&self.count).as_str() {
            "" => Ok(1),
            text => batch::count(text.parse().unwrap_or(0)),
        }
    }

    fn input(&self) -> Result<issue::Input, Fault> {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
        Ok(issue::Input {
            product: self.product.clone(),
            kind: self.kind.clone(),
            seats: number(&self.seats)
                .parse()
                .map_err(|_| Fault::new(Code::SeatsOutOfRange).at("seats"))?,
            months: number(&self.months)
                .parse()
                .map_err(|_| Fault::new(Code::MonthsOutOfRange).at("months"))?,
            reseller_name: some(&self.reseller_name),
            reseller_contact: some(&self.reseller_contact),
            owner: some(&self.owner),
            redeem_by: day_end(&self.redeem_by)?,
        })
    }
}

fn number(text: &str) -> String {
    text.trim().replace(['\u{a0}', '\u{202f}', ' ', ','], "")
}

/// The end of a day, when one was typed.
fn day_end(text: &str) -> Result<Option<Timestamp>, Fault> {
    let wrong = || Fault::new(Code::RedeemByPast).at("redeem_by");
    if text.trim().is_empty() {
        return Ok(None);
    }
    let day: Date = text.trim().parse().map_err(|_| wrong())?;
    let next = day.tomorrow().map_err(|_| wrong())?;
    let end = next.to_zoned(TimeZone::UTC).map_err(|_| wrong())?;
    Ok(Some(end.timestamp()))
}

#[derive(Template)]
#[template(path = "licence/operator.html")]
struct Page {
    frame: Frame,
    said: Said,
    fields: Fields,
    issued: Option<Issued>,
    /// Those that are sold.
    products: Vec<Product>,
}

/// Those a licence can be issued of.
async fn products(cx: &Cx) -> Result<Vec<Product>, Fault> {
    let all = cx.app.db.read(|r| product::list(r)).await?;
    Ok(all.into_iter().filter(|one| one.withdrawn_at.is_none()).collect())
}

impl Page {
    /// Whether a field was refused.
    fn wrong(&self, field: &str) -> bool {
        self.said.at(field).is_some()
    }
}

pub(super) async fn form(cx: Cx) -> Result<Response, Fault> {
    let page = Page {
        frame: Frame::new(&cx, Here::Operator),
        said: Said::default(),
        fields: Fields::proposed(),
        issued: None,
        products: products(&cx).await?,
    };
    render(&page)
}

pub(super) async fn page(cx: Cx, Form(fields): Form<Fields>) -> Result<Response, Fault> {
    let issued = match fields.input().and_then(|input| Ok((input, fields.count()?))) {
        Ok((input, 1)) => issue::run(&cx, input).await,
        Ok((licence, count)) => match batch::run(&cx, batch::Input { count, licence }).await {
            Ok(batch) => return Ok(see_other(&format!("/operator/batches/{}", batch.id))),
            Err(fault) => Err(fault),
        },
        Err(fault) => Err(fault),
    };
    let frame = Frame::new(&cx, Here::Operator);
    let (status, said, issued) = match issued {
        Ok(issued) => (StatusCode::CREATED, Said::default(), Some(issued)),
        Err(fault) if fault.target.is_some() => {
            (fault.code.status(), Said::from_fault(&fault, cx.lang), None)
        }
        Err(fault) => return Err(fault),
    };
    let page = render(&Page {
        frame,
        said,
        fields,
        issued,
        products: products(&cx).await?,
    })?;
    Ok((status, page).into_response())
}
