//! A preview is accepted: it becomes an order, of what was previewed and nothing else. Accepted twice, it is the same
//! order. It is refused when it is older than 15 minutes, when the licence was changed since, and while another order of
//! the licence waits to be paid. What costs nothing is done at once; what costs something waits for its payment, and credit
//! that is part of it is put aside. An order to be paid by transfer has its invoice from this moment.

use super::{
    Money, OrderState, OrderView, Payment, Preview, Provider, Purchase, Quote, desk, list::List,
    quote::Paper, settle, store,
};
use crate::{
    base::{
        config::Sales,
        db::Tx,
        error::{Code, Fault},
        lang::Lang,
        mail::{self, Mail},
        web::{Cx, Json, Params, Problems},
    },
    licence::{self, Licence},
};
use axum::http::StatusCode;
use jiff::{Timestamp, tz::TimeZone};
use rempart_wire::{AccountId, LicenceId, PreviewId};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// Whom the invoice is to.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = LicencePreviewAccept)]
pub(super) struct Input {
    /// Name and address, in lines; as on the last invoice of this licence when absent.
    #[serde(default)]
    pub bill_to: Option<String>,
}

/// Lines of text, without what a page or an invoice cannot hold.
fn lines(text: &str) -> Result<String, Fault> {
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.chars().filter(|c| !c.is_control()).collect::<String>())
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let text = lines.join("\n");
    if lines.len() > 8 || text.chars().count() > 500 {
        return Err(Fault::new(Code::BillToTooLong).at("bill_to"));
    }
    Ok(text)
}

/// The next number of a series of this year: `C-2027-000042`.
pub(in crate::billing) fn number(tx: &mut Tx<'_>, series: char) -> Result<String, Fault> {
    let year = tx.now().to_zoned(TimeZone::UTC).year();
    let series = format!("{series}-{year}");
    Ok(format!("{series}-{:06}", store::order::number(tx, &series)?))
}

/// Who accepts, and how they are to be paid and written to.
pub(super) struct Buyer {
    pub account: AccountId,
    pub bill_to: Option<String>,
    pub lang: Lang,
    pub provider: Provider,
    /// Who sells, for the invoice.
    pub sales: Sales,
}

/// The order of a preview; made by the first who asks.
///
/// # Errors
/// `preview_over`, `preview_stale`, `order_open`, or what refuses the change now.
pub(super) fn order(
    tx: &mut Tx<'_>,
    licence: &Licence,
    preview: &Preview,
    buyer: &Buyer,
) -> Result<(Purchase, bool), Fault> {
    if let Some(made) = store::order::of_preview(tx, preview.id)? {
        return Ok((made, false));
    }
    let now = tx.now();
    if preview.expires_at <= now {
        return Err(Code::PreviewOver.into());
    }
    if preview.revision != licence.revision {
        return Err(Code::PreviewStale.into());
    }
    if let Some(open) = store::order::open(tx, licence.id)? {
        return Err(desk::already(&open));
    }
    let bill_to = put_aside(tx, licence, preview, buyer.bill_to.as_deref(), now)?;
    let currency = preview.net.currency;
    let tax = Money::new(preview.quote.tax, currency);
    let free = preview.net.amount == 0;
    let paper = Paper::new(tx, &buyer.sales, licence, &preview.quote)?;
    let invoiced = !free && buyer.provider == Provider::Manual;
    let order = Purchase {
        id: tx.id(),
        preview: preview.id,
        reference: number(tx, 'C')?,
        invoice: invoiced.then(|| number(tx, 'F')).transpose()?,
        licence: licence.id,
        workspace: licence.workspace,
        account: buyer.account,
        provider: buyer.provider,
        state: OrderState::Waiting,
        applied: false,
        net: preview.net,
        tax,
        gross: preview.net.plus(tax).ok_or(Code::AmountTooLarge)?,
        credit_used: Money::new(preview.quote.credit_used, currency),
        quote: Quote {
            paper: Some(paper),
            ..preview.quote.clone()
        },
        priced_at: preview.created_at,
        revision: preview.revision,
        bill_to,
        lang: buyer.lang.as_str().to_owned(),
        created_at: now,
        invoiced_at: invoiced.then_some(now),
        paid_at: None,
        closed_at: None,
    };
    store::order::insert(tx, &order, true)?;
    if !free {
        return Ok((order, true));
    }
    let nothing = Payment {
        provider: buyer.provider,
        provider_id: None,
        note: String::new(),
        amount: Money::zero(currency),
    };
    let settled = settle::settle(tx, order.id, &nothing)?;
    if !settled.order.applied {
        return Err(Code::PreviewStale.into());
    }
    Ok((settled.order, true))
}

/// Takes the credit that is part of an order out of what there is to spend, and keeps whom invoices are to.
fn put_aside(
    tx: &mut Tx<'_>,
    licence: &Licence,
    preview: &Preview,
    bill_to: Option<&str>,
    now: Timestamp,
) -> Result<String, Fault> {
    let list = List::read(
        tx,
        super::preview::products(licence, &preview.quote.wish),
        preview.net.currency,
        preview.created_at,
    )?;
    let (mut position, known) = desk::position(tx, licence, &list, preview.created_at)?;
    if known.is_none() {
        desk::open(tx, licence, &position)?;
    }
    position.credit.amount -= preview.quote.credit_used;
    if position.credit.amount < 0 || now < preview.created_at {
        return Err(Code::PreviewStale.into());
    }
    let bill_to = bill_to.map_or_else(|| Ok(known.unwrap_or_default()), lines)?;
    store::position::save(tx, licence.id, &position, &bill_to)?;
    Ok(bill_to)
}

/// What whoever ordered is written.
fn written(order: &Purchase, l: Lang, page: &str, to: String) -> Mail {
    let args = [
        ("reference", order.reference.clone()),
        ("total", order.gross.show(l)),
        ("url", page.to_owned()),
    ];
    Mail {
        to,
        subject: l.t1("billing-mail-subject", "reference", &order.reference),
        text: l.with_texts("billing-mail", &args),
    }
}

pub(super) async fn run(
    cx: &Cx,
    licence: LicenceId,
    preview: PreviewId,
    input: Input,
) -> Result<(OrderView, bool), Fault> {
    let (caller, event) = (cx.caller()?, cx.event("billing.order"));
    let buyer = Buyer {
        account: caller.account,
        bill_to: input.bill_to,
        lang: cx.lang,
        provider: Provider::Manual,
        sales: cx.app.config.sales.clone(),
    };
    let (url, to) = (cx.app.config.public_url.clone(), cx.person()?.email.clone());
    cx.app
        .db
        .write(move |mut tx| {
            desk::may(&mut tx, caller, licence)?;
            licence::lock(&mut tx, licence)?;
            let found = desk::may(&mut tx, caller, licence)?;
            let preview = store::preview::find(&mut tx, preview)?
                .filter(|preview| preview.licence == licence)
                .ok_or(Code::NotFound)?;
            let (order, new) = order(&mut tx, &found, &preview, &buyer)?;
            if new && order.state == OrderState::Waiting {
                let page = format!("{url}/licences/{licence}/orders/{}", order.id);
                mail::post(&mut tx, &written(&order, buyer.lang, &page, to))?;
            }
            let detail = json!({
                "order": order.reference, "change": order.quote.wish, "gross": order.gross.amount,
                "currency": order.net.currency.as_str(), "again": !new,
            });
            // What costs nothing is done at once.
            let event = desk::changed(&mut tx, event, detail, &found)?;
            Ok(tx.commit(event, (OrderView::new(&order), new))?)
        })
        .await
}

/// Accept a preview. It is an order then, and the same one however often it is accepted.
#[utoipa::path(post, path = "/api/v1/licences/{licence}/previews/{preview}/accept", request_body = Input,
    params(("licence" = uuid::Uuid, Path), ("preview" = uuid::Uuid, Path)),
    responses((status = 201, description = "Ordered.", body = OrderView),
              (status = 200, description = "Ordered before.", body = OrderView), Problems))]
pub(super) async fn api(
    cx: Cx,
    Params((licence, preview)): Params<(LicenceId, PreviewId)>,
    Json(input): Json<Input>,
) -> Result<(StatusCode, Json<OrderView>), Fault> {
    let (order, new) = run(&cx, licence, preview, input).await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(order)))
}
