//! The invoice of an order, as a PDF. It is drawn from what the order keeps and from nothing else, so it is the same file
//! whenever it is asked for. An order that is paid by transfer has its number from the moment it is ordered, one that is
//! paid by card from the moment it is paid; numbers of a year have no gaps, and an order that is given up keeps its own.

mod fonts;
mod sheet;
#[cfg(test)]
mod tests;

use self::sheet::{BODY, SMALL, STRONG, Sheet, TITLE};
use super::{
    OrderState, Paper, Purchase, orders,
    words::{self, Names},
};
use crate::base::{
    authz,
    config::Sales,
    error::{Code, Fault},
    lang::Lang,
    web::{Cx, Params, Problems},
};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use jiff::tz::TimeZone;
use rempart_wire::{LicenceId, PurchaseId};

/// Where the second column begins.
const HALF: f32 = 270.0;

/// Draws the invoice of an order; nothing when it has none. `server` stands for what an order does not keep.
fn draw(order: &Purchase, server: &Sales) -> Option<Vec<u8>> {
    let number = order.invoice.as_deref()?;
    let at = order.invoiced_at.unwrap_or(order.created_at);
    let paper = order.quote.paper.clone();
    let paper = paper.unwrap_or_else(|| Paper::of(server));
    let l = Lang::parse(&order.lang).unwrap_or_default();
    let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
    let title = l.t1("invoice-title", "number", number);
    let mut sheet = Sheet::new();
    sheet.columns(&[(0.0, TITLE, vec![title.clone()])]);
    sheet.skip(14.0);
    let facts = vec![
        l.t1("invoice-date", "date", l.date(at)),
        l.t1("invoice-order", "reference", &order.reference),
        l.t1("invoice-licence", "number", &paper.licence),
        told(l, order),
    ];
    sheet.columns(&[(0.0, BODY, lines(&paper.seller)), (HALF, BODY, facts)]);
    sheet.skip(16.0);
    sheet.text(SMALL, &l.t("billing-bill-to"));
    sheet.columns(&[(0.0, BODY, lines(&order.bill_to))]);
    sheet.skip(20.0);
    figures(
        &mut sheet,
        l,
        order,
        &Names::kept(paper.products),
        paper.tax_name.as_deref(),
    );
    if let Some(text) = &paper.tax_text {
        sheet.skip(4.0);
        for line in text.lines() {
            sheet.text(SMALL, line);
        }
    }
    if order.state == OrderState::Waiting {
        sheet.skip(20.0);
        sheet.text(STRONG, &l.t1("billing-to-pay", "total", order.gross.show(l)));
        sheet.text(BODY, &l.t1("invoice-pay", "reference", &order.reference));
        sheet.columns(&[(0.0, BODY, lines(&paper.bank_text))]);
    }
    let day = at.to_zoned(TimeZone::UTC).date();
    let year = u16::try_from(day.year()).ok()?;
    let date = (
        year,
        u8::try_from(day.month()).ok()?,
        u8::try_from(day.day()).ok()?,
    );
    sheet.finish(&title, l.as_str(), date)
}

/// How the order stands, in a few words.
fn told(l: Lang, order: &Purchase) -> String {
    let dated = |key, at: Option<jiff::Timestamp>| {
        let at = at.unwrap_or(order.created_at);
        l.t1(key, "date", l.date(at))
    };
    match order.state {
        OrderState::Waiting => l.t("invoice-waiting"),
        OrderState::Paid => dated("invoice-paid", order.paid_at),
        OrderState::Cancelled => dated("invoice-cancelled", order.closed_at),
        OrderState::Refunded => dated("invoice-refunded", order.closed_at),
    }
}

/// What was bought, the tax and the total.
fn figures(sheet: &mut Sheet, l: Lang, order: &Purchase, names: &Names, tax_name: Option<&str>) {
    let amount = |amount: i64| words::money(l, amount, order.net);
    sheet.row(SMALL, &l.t("billing-item"), &l.t("invoice-before-tax"));
    sheet.rule(0.5);
    for line in &order.quote.lines {
        sheet.row(BODY, &words::line(l, names, line), &amount(line.amount));
    }
    if order.credit_used.amount > 0 {
        let used = amount(-order.credit_used.amount);
        sheet.row(BODY, &l.t("billing-credit-used"), &used);
    }
    sheet.rule(0.5);
    if order.quote.tax_rate > 0 {
        sheet.row(BODY, &l.t("invoice-net"), &order.net.show(l));
        let tax = words::tax(l, tax_name, order.quote.tax_rate);
        sheet.row(BODY, &tax, &order.tax.show(l));
    }
    sheet.row(STRONG, &l.t("billing-total"), &order.gross.show(l));
}

fn answer(cx: &Cx, order: &Purchase) -> Result<Response, Fault> {
    let number = order.invoice.clone().ok_or(Code::NotFound)?;
    let file = draw(order, &cx.app.config.sales)
        .ok_or(Fault::new(Code::Internal).because("the invoice could not be drawn"))?;
    let name = format!("inline; filename=\"{number}.pdf\"");
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, file).into_response())
}

/// The invoice of an order, as a PDF.
#[utoipa::path(get, path = "/api/v1/licences/{licence}/orders/{order}/invoice",
    params(("licence" = uuid::Uuid, Path), ("order" = uuid::Uuid, Path)),
    responses((status = 200, description = "The invoice.", body = Vec<u8>, content_type = "application/pdf"), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params((licence, order)): Params<(LicenceId, PurchaseId)>,
) -> Result<Response, Fault> {
    answer(&cx, &orders::show(&cx, licence, order).await?)
}

pub(super) async fn page(
    cx: Cx,
    Params((licence, order)): Params<(LicenceId, PurchaseId)>,
) -> Result<Response, Fault> {
    answer(&cx, &orders::show(&cx, licence, order).await?)
}

/// The same for the operator, of any licence.
pub(super) async fn operator(cx: Cx, Params(order): Params<PurchaseId>) -> Result<Response, Fault> {
    authz::operator(cx.caller()?)?;
    let found = cx
        .app
        .db
        .read(move |r| Ok::<_, Fault>(super::store::order::find(r, order)?.ok_or(Code::NotFound)?));
    answer(&cx, &found.await?)
}
