use super::order::Listed;
use crate::{
    base::{
        error::{Code, Fault},
        lang::Lang,
        web::{Cx, Form, Frame, Here, Params, Query, Said, render},
    },
    billing::{
        Money, OrderState, Provider, Purchase,
        operator::{Act, Input, Which, list, run},
    },
};
use askama::Template;
use axum::response::{IntoResponse, Response};
use rempart_wire::PurchaseId;
use serde::Deserialize;

struct Row {
    order: Listed,
    by_hand: bool,
    waiting: bool,
    paid: bool,
    free: bool,
}

impl Row {
    fn new(l: Lang, order: &Purchase) -> Self {
        Self {
            by_hand: order.provider == Provider::Manual,
            waiting: order.state == OrderState::Waiting,
            paid: order.state == OrderState::Paid,
            free: order.gross.amount == 0,
            order: Listed::new(l, order),
        }
    }
}

#[derive(Template)]
#[template(path = "billing/screen/operator.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
    state: String,
    next: Option<PurchaseId>,
    said: Said,
}

impl Page {
    /// The states that can be asked for, with their words; the first is all of them.
    fn states(&self) -> Vec<(&'static str, String, bool)> {
        let l = self.frame.l;
        let mut out = vec![("", l.t("billing-state-all"), self.state.is_empty())];
        for state in OrderState::ALL {
            let word = l.t(&format!("billing-state-{}", state.as_str()));
            out.push((state.as_str(), word, self.state == state.as_str()));
        }
        out
    }
}

async fn show(cx: &Cx, which: Which, refused: Option<&Fault>) -> Result<Response, Fault> {
    let (orders, next) = list(cx, &which).await?;
    let page = render(&Page {
        frame: Frame::new(cx, Here::Operator),
        rows: orders.iter().map(|order| Row::new(cx.lang, order)).collect(),
        state: which.state.unwrap_or_default(),
        next,
        said: refused
            .map(|fault| Said::from_fault(fault, cx.lang))
            .unwrap_or_default(),
    })?;
    Ok(match refused {
        Some(fault) => (fault.code.status(), page).into_response(),
        None => page,
    })
}

pub(in crate::billing) async fn page(cx: Cx, Query(which): Query<Which>) -> Result<Response, Fault> {
    show(&cx, which, None).await
}

/// What is done with an order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::billing) struct Fields {
    act: String,
    note: String,
    amount: String,
}

pub(in crate::billing) async fn act(
    cx: Cx,
    Params(id): Params<PurchaseId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Fault> {
    let done = match fields.act.as_str() {
        "paid" => Act::Paid,
        "refund" => Act::Refund,
        _ => Act::Cancel,
    };
    let amount = fields.amount.trim();
    let amount = match amount.is_empty() {
        true => None,
        false => Some(cents(&cx, id, amount).await?),
    };
    let input = Input {
        note: fields.note,
        amount,
    };
    match run(&cx, done, id, input).await {
        Ok(order) => {
            let said = match done {
                Act::Paid if order.applied => "order-paid",
                Act::Paid => "order-credited",
                Act::Refund => "order-refunded",
                Act::Cancel => "order-cancelled",
            };
            Ok(crate::base::web::see_other(&format!(
                "/operator/orders?said={said}"
            )))
        }
        Err(fault) if fault.code != Code::NotFound => show(&cx, Which::default(), Some(&fault)).await,
        Err(fault) => Err(fault),
    }
}

/// An amount as it was typed, in the order's currency; what cannot be read is more than can be given back.
async fn cents(cx: &Cx, id: PurchaseId, typed: &str) -> Result<i64, Fault> {
    crate::base::authz::operator(cx.caller()?)?;
    let found = cx
        .app
        .db
        .read(move |r| Ok::<_, Fault>(super::store::order::find(r, id)?.ok_or(Code::NotFound)?));
    let currency = found.await?.gross.currency;
    Ok(Money::typed(typed, currency).map_or(0, |money| money.amount))
}
