//! The operator's side of orders that are paid by hand: an order was paid, its money goes back, or it is given up.

use super::{Back, OrderState, OrderView, Payment, Provider, Purchase, desk, refund, settle, store};
use crate::{
    base::{
        audit::AuditActor,
        authz,
        db::Tx,
        error::{Code, Fault},
        web::{Cx, Json, Params, Problems, Query},
    },
    licence,
};
use rempart_wire::PurchaseId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

/// Orders on one page.
const PAGE: u64 = 50;

/// Which orders.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(super) struct Which {
    /// `waiting`, `paid`, `cancelled` or `refunded`; all when absent.
    pub state: Option<String>,
    /// Those before this order.
    #[param(value_type = Option<uuid::Uuid>)]
    pub before: Option<PurchaseId>,
}

/// Orders, newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AllOrders)]
pub(super) struct Orders {
    /// At most 50.
    pub items: Vec<OrderView>,
    /// Ask with this `before` for more.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<PurchaseId>,
}

pub(super) async fn list(cx: &Cx, which: &Which) -> Result<(Vec<Purchase>, Option<PurchaseId>), Fault> {
    authz::operator(cx.caller()?)?;
    let state = which
        .state
        .as_deref()
        .filter(|text| !text.is_empty())
        .map(|text| OrderState::parse(text).ok_or(Fault::new(Code::OrderStateUnknown).at("state")));
    let (state, before) = (state.transpose()?, which.before);
    let read = cx
        .app
        .db
        .read(move |r| Ok::<_, Fault>(store::order::list(r, state, before, PAGE + 1)?));
    let mut orders = read.await?;
    let more = orders.len() as u64 > PAGE;
    orders.truncate(usize::try_from(PAGE).unwrap_or(50));
    let next = orders.last().filter(|_| more).map(|order| order.id);
    Ok((orders, next))
}

/// A note about a payment, and for a refund how much goes back.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = OrderNote)]
#[serde(default)]
pub(super) struct Input {
    /// What the bank statement says, or why; kept with the payment.
    pub note: String,
    /// Of a refund: how much goes back, in minor units; all that is left when absent.
    pub amount: Option<i64>,
}

impl Input {
    fn note(&self) -> Result<String, Fault> {
        let note: String = self.note.chars().filter(|c| !c.is_control()).collect();
        if note.chars().count() > 200 {
            return Err(Fault::new(Code::OrderNoteTooLong).at("note"));
        }
        Ok(note.trim().to_owned())
    }
}

/// What an operator does with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Paid,
    Refund,
    Cancel,
}

impl Act {
    const fn action(self) -> &'static str {
        match self {
            Self::Paid => "billing.mark_paid",
            Self::Refund => "billing.refund",
            Self::Cancel => "billing.cancel",
        }
    }

    fn run(self, tx: &mut Tx<'_>, id: PurchaseId, input: &Input) -> Result<Purchase, Fault> {
        let note = input.note()?;
        match self {
            Self::Paid => {
                let order = store::order::find(tx, id)?.ok_or(Code::NotFound)?;
                let payment = Payment {
                    provider: Provider::Manual,
                    provider_id: None,
                    note,
                    amount: order.gross,
                };
                Ok(settle::settle(tx, id, &payment)?.order)
            }
            Self::Refund => {
                let back = Back {
                    amount: input.amount,
                    provider_id: None,
                    note,
                };
                refund::refund(tx, id, &back)
            }
            Self::Cancel => refund::cancel(tx, id),
        }
    }
}

pub(super) async fn run(cx: &Cx, act: Act, id: PurchaseId, input: Input) -> Result<OrderView, Fault> {
    let (caller, event) = (cx.caller()?, cx.event(act.action()));
    cx.app
        .db
        .write(move |mut tx| {
            authz::operator(caller)?;
            let order = store::order::find(&mut tx, id)?.ok_or(Code::NotFound)?;
            if order.provider != Provider::Manual && act != Act::Cancel {
                return Err(Code::OrderNotManual.into());
            }
            let was = licence::lock(&mut tx, order.licence)?.ok_or(Code::NotFound)?;
            let order = act.run(&mut tx, id, &input)?;
            let detail = json!({
                "order": order.reference, "state": order.state.as_str(), "applied": order.applied,
                "gross": order.gross.amount, "amount": input.amount, "note": input.note,
            });
            let event = desk::changed(&mut tx, event, detail, &was)?;
            Ok(tx.commit(event, OrderView::new(&order))?)
        })
        .await
}

/// Gives back what was paid: to the card it came from when it was a card, else it is only noted.
pub(super) async fn give_back(cx: &Cx, id: PurchaseId, input: Input) -> Result<OrderView, Fault> {
    let caller = cx.caller()?;
    let by_card = cx
        .app
        .db
        .read(move |r| {
            authz::operator(caller)?;
            Ok::<_, Fault>(store::order::provider_payment(r, Provider::Stripe, id)?)
        })
        .await?;
    if by_card.is_none() {
        return run(cx, Act::Refund, id, input).await;
    }
    let back = Back {
        amount: input.amount,
        provider_id: None,
        note: input.note()?,
    };
    let actor = AuditActor::Account(caller.account);
    let order = super::stripe::give_back(&cx.app, actor, id, back).await?;
    Ok(OrderView::new(&order))
}

/// Everybody's orders, newest first. For operators.
#[utoipa::path(get, path = "/api/v1/operator/orders", params(Which),
    responses((status = 200, body = Orders), Problems))]
pub(super) async fn api_list(cx: Cx, Query(which): Query<Which>) -> Result<Json<Orders>, Fault> {
    let (orders, next) = list(&cx, &which).await?;
    let items = orders.iter().map(OrderView::new).collect();
    Ok(Json(Orders { items, next }))
}

/// An order was paid: its change is made. Said twice, nothing more happens. For operators.
#[utoipa::path(post, path = "/api/v1/operator/orders/{order}/paid", request_body = Input,
    params(("order" = uuid::Uuid, Path)), responses((status = 200, body = OrderView), Problems))]
pub(super) async fn api_paid(
    cx: Cx,
    Params(order): Params<PurchaseId>,
    Json(input): Json<Input>,
) -> Result<Json<OrderView>, Fault> {
    Ok(Json(run(&cx, Act::Paid, order, input).await?))
}

/// The money of an order goes back, all or part of it; the licence stays as it is. For operators.
#[utoipa::path(post, path = "/api/v1/operator/orders/{order}/refund", request_body = Input,
    params(("order" = uuid::Uuid, Path)), responses((status = 200, body = OrderView), Problems))]
pub(super) async fn api_refund(
    cx: Cx,
    Params(order): Params<PurchaseId>,
    Json(input): Json<Input>,
) -> Result<Json<OrderView>, Fault> {
    Ok(Json(give_back(&cx, order, input).await?))
}

/// An order that waits is given up. For operators.
#[utoipa::path(post, path = "/api/v1/operator/orders/{order}/cancel", request_body = Input,
    params(("order" = uuid::Uuid, Path)), responses((status = 200, body = OrderView), Problems))]
pub(super) async fn api_cancel(
    cx: Cx,
    Params(order): Params<PurchaseId>,
    Json(input): Json<Input>,
) -> Result<Json<OrderView>, Fault> {
    Ok(Json(run(&cx, Act::Cancel, order, input).await?))
}
