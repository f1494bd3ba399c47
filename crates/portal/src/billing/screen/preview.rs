use super::{Read, read};
use crate::{
    base::{
        error::{Code, Fault},
        web::{Cx, Form, Frame, Params, Said, render, see_other},
    },
    billing::{OrderState, Preview, accept, store, words},
    licence::words::Card,
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::{LicenceId, PreviewId};

/// A line with its amount.
pub(super) struct Charged {
    pub text: String,
    pub amount: String,
}

#[derive(Template)]
#[template(path = "billing/screen/preview.html")]
struct Page {
    frame: Frame,
    licence: LicenceId,
    preview: PreviewId,
    back: String,
    card: Card,
    rows: Vec<words::Row>,
    lines: Vec<Charged>,
    /// What a key brings.
    brought: Option<String>,
    credit_used: Option<String>,
    credit_given: Option<String>,
    tax: Option<(String, String)>,
    total: String,
    free: bool,
    later: Option<String>,
    noticed: String,
    until: String,
    bill_to: String,
    /// Over or stale: it is shown, but cannot be accepted.
    dead: bool,
    said: Said,
}

impl Page {
    fn new(cx: &Cx, read: &Read, preview: &Preview, bill_to: Option<String>) -> Self {
        let (l, quote, like) = (cx.lang, &preview.quote, preview.net);
        let (frame, back) = read.frame(cx);
        let amount = |amount: i64| words::money(l, amount, like);
        let some = |minor: i64| (minor != 0).then(|| amount(minor));
        Self {
            frame,
            licence: read.licence.id,
            preview: preview.id,
            back,
            card: read.card(cx),
            rows: words::compare(l, &read.names, quote),
            lines: quote
                .lines
                .iter()
                .map(|line| Charged {
                    text: words::line(l, &read.names, line),
                    amount: amount(line.amount),
                })
                .collect(),
            brought: some(quote.brought),
            credit_used: some(-quote.credit_used),
            credit_given: some(quote.credit_given),
            tax: (quote.tax_rate > 0).then(|| {
                let name = cx.app.config.sales.tax_name.as_deref();
                (words::tax(l, name, quote.tax_rate), amount(quote.tax))
            }),
            total: amount(like.amount + quote.tax),
            free: like.amount == 0,
            later: quote.price_later.map(amount),
            noticed: words::noticed(l, quote),
            until: l.date_time(preview.expires_at),
            bill_to: bill_to.or_else(|| read.bill_to.clone()).unwrap_or_default(),
            dead: preview.expires_at <= cx.app.clock.now() || preview.revision != read.licence.revision,
            said: Said::default(),
        }
    }
}

async fn show(
    cx: &Cx,
    (licence, id): (LicenceId, PreviewId),
    refused: Option<(Option<String>, &Fault)>,
) -> Result<Response, Fault> {
    let read = read(cx, licence).await?;
    let found = cx.app.db.read(move |r| {
        let found = store::preview::find(r, id)?.filter(|one| one.licence == licence);
        Ok::<_, Fault>(found.ok_or(Code::NotFound)?)
    });
    let preview = found.await?;
    let (bill_to, fault) = refused.map_or((None, None), |(typed, fault)| (typed, Some(fault)));
    let mut page = Page::new(cx, &read, &preview, bill_to);
    if page.bill_to.is_empty() {
        page.bill_to = cx.person()?.name.clone();
    }
    page.said = fault
        .map(|fault| Said::from_fault(fault, cx.lang))
        .unwrap_or_default();
    let page = render(&page)?;
    Ok(match fault {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(in crate::billing) async fn form(
    cx: Cx,
    Params(ids): Params<(LicenceId, PreviewId)>,
) -> Result<Response, Fault> {
    show(&cx, ids, None).await
}

pub(in crate::billing) async fn page(
    cx: Cx,
    Params((licence, preview)): Params<(LicenceId, PreviewId)>,
    Form(input): Form<accept::Input>,
) -> Result<Response, Fault> {
    let typed = input.bill_to.clone();
    match accept::run(&cx, licence, preview, input).await {
        Ok((order, _)) => {
            // What costs nothing is done at once.
            let said = if order.state == OrderState::Paid.as_str() {
                "?said=change-done"
            } else {
                ""
            };
            Ok(see_other(&format!(
                "/licences/{licence}/orders/{}{said}",
                order.id
            )))
        }
        Err(fault)
            if fault.target == Some("bill_to")
                || matches!(
                    fault.code,
                    Code::PreviewOver | Code::PreviewStale | Code::OrderOpen
                ) =>
        {
            show(&cx, (licence, preview), Some((typed, &fault))).await
        }
        Err(fault) => Err(fault),
    }
}
