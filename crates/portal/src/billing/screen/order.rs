use super::{preview::Charged, read};
use crate::{
    base::{
        error::{Code, Fault},
        web::{Cx, Frame, Params, Said, render, see_other},
    },
    billing::{OrderState, Purchase, orders, stripe, words},
    licence::words::Card,
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::{LicenceId, PurchaseId};

#[derive(Template)]
#[template(path = "billing/screen/order.html")]
struct Page {
    frame: Frame,
    licence: LicenceId,
    order: PurchaseId,
    back: String,
    card: Card,
    reference: String,
    invoice: Option<String>,
    state: (&'static str, &'static str, String),
    waiting: bool,
    by_transfer: bool,
    /// Paid, but what was ordered was not possible any more.
    credited: bool,
    rows: Vec<words::Row>,
    lines: Vec<Charged>,
    /// What a key brought.
    brought: Option<String>,
    credit_used: Option<String>,
    tax: Option<(String, String)>,
    total: String,
    ordered: String,
    paid: Option<String>,
    bill_to: Vec<String>,
    bank: Vec<String>,
    /// Where it can be paid by card, with which.
    by_card: Option<stripe::Offer>,
    said: Said,
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

pub(in crate::billing) async fn page(
    cx: Cx,
    Params(ids): Params<(LicenceId, PurchaseId)>,
) -> Result<Response, Fault> {
    show(&cx, ids, None).await
}

/// The order, with what was refused.
pub(in crate::billing) async fn show(
    cx: &Cx,
    (licence, id): (LicenceId, PurchaseId),
    refused: Option<&Fault>,
) -> Result<Response, Fault> {
    let (read, order) = (read(cx, licence).await?, orders::show(cx, licence, id).await?);
    let (l, sales, like) = (cx.lang, &cx.app.config.sales, order.net);
    let (frame, back) = read.frame(cx);
    let amount = |amount: i64| words::money(l, amount, like);
    let page = render(&Page {
        frame,
        licence,
        order: id,
        back,
        by_card: stripe::offer(cx, &order).await?,
        card: read.card(cx),
        state: words::state(l, &order),
        waiting: order.state == OrderState::Waiting,
        by_transfer: order.provider == super::super::Provider::Manual,
        credited: order.state == OrderState::Paid && !order.applied,
        rows: words::compare(l, &read.names, &order.quote),
        lines: order
            .quote
            .lines
            .iter()
            .map(|line| Charged {
                text: words::line(l, &read.names, line),
                amount: amount(line.amount),
            })
            .collect(),
        brought: (order.quote.brought > 0).then(|| amount(order.quote.brought)),
        credit_used: (order.credit_used.amount > 0).then(|| amount(-order.credit_used.amount)),
        tax: (order.quote.tax_rate > 0).then(|| {
            let name = words::tax(l, sales.tax_name.as_deref(), order.quote.tax_rate);
            (name, amount(order.tax.amount))
        }),
        total: amount(order.gross.amount),
        ordered: l.date_time(order.created_at),
        paid: order.paid_at.map(|at| l.date(at)),
        bill_to: lines(&order.bill_to),
        bank: lines(&sales.bank_text),
        reference: order.reference,
        invoice: order.invoice,
        said: refused
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
    })?;
    Ok(match refused {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

/// An order in a list.
pub(super) struct Listed {
    pub id: PurchaseId,
    pub licence: LicenceId,
    pub reference: String,
    pub invoice: Option<String>,
    pub date: String,
    pub total: String,
    pub state: (&'static str, &'static str, String),
    /// The licence's number, and the first line of whom it is billed to.
    pub about: String,
}

impl Listed {
    pub(super) fn new(l: crate::base::lang::Lang, order: &Purchase) -> Self {
        Self {
            id: order.id,
            licence: order.licence,
            reference: order.reference.clone(),
            invoice: order.invoice.clone(),
            date: l.date(order.created_at),
            total: order.gross.show(l),
            state: words::state(l, order),
            about: order
                .quote
                .paper
                .iter()
                .map(|paper| paper.licence.as_str())
                .chain(order.bill_to.lines().next())
                .collect::<Vec<_>>()
                .join(" · "),
        }
    }
}

#[derive(Template)]
#[template(path = "billing/screen/orders.html")]
struct List {
    frame: Frame,
    back: String,
    card: Card,
    orders: Vec<Listed>,
}

pub(in crate::billing) async fn list(cx: Cx, Params(licence): Params<LicenceId>) -> Result<Response, Fault> {
    let (read, orders) = (read(&cx, licence).await?, orders::list(&cx, licence).await?);
    let (frame, back) = read.frame(&cx);
    render(&List {
        frame,
        back,
        card: read.card(&cx),
        orders: orders.iter().map(|order| Listed::new(cx.lang, order)).collect(),
    })
}

pub(in crate::billing) async fn cancel(
    cx: Cx,
    Params((licence, id)): Params<(LicenceId, PurchaseId)>,
) -> Result<Response, Fault> {
    let said = match orders::cancel(&cx, licence, id).await {
        Ok(_) => "?said=order-cancelled",
        // Paid or given up meanwhile: the page says so.
        Err(fault) if fault.code == Code::OrderOver => "",
        Err(fault) => return Err(fault),
    };
    Ok(see_other(&format!("/licences/{licence}/orders/{id}{said}")))
}
