use super::super::{
    inbox::{Ended, How},
    order::{NewOrder, OrderState, kind},
    orders::OrderView,
};
use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        authz::{Grant, may},
        db::{DbError, Question, Read, Row, Tx},
    },
    params, sql,
};
use rempart_wire::{DeviceId, Order, OrderId, WorkspaceId};

pub(in crate::device) fn insert(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    order: &NewOrder,
) -> Result<(), DbError> {
    let now = tx.now();
    let (kind, subject) = kind(&order.body);
    let body = serde_json::to_string(&order.body).map_err(|error| DbError::Statement {
        sql: "device_order.body".into(),
        detail: error.to_string(),
    })?;
    tx.execute(
        sql!(
            "insert into device_order (id, workspace, device, kind, subject, body, state, priority, requested_by,
                                       created_at, expires_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, 'queued', 0, $7, $8, $9, $10)"
        ),
        params![
            order.id,
            grant.workspace,
            order.device,
            kind,
            subject,
            body,
            order.requested_by,
            now,
            order.expires_at,
            now
        ],
    )?;
    Ok(())
}

pub(in crate::device) fn withdraw(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    order: OrderId,
) -> Result<bool, DbError> {
    let now = tx.now();
    let touched = tx.execute(
        sql!(
            "update device_order set state = 'cancelled', updated_at = $1
             where id = $2 and workspace = $3 and state = 'queued'"
        ),
        params![now, order, grant.workspace],
    )?;
    Ok(touched == 1)
}

pub(in crate::device) fn state(r: &mut impl Read, order: OrderId) -> Result<Option<OrderState>, DbError> {
    let row = r.first(
        sql!("select state from device_order where id = $1"),
        params![order],
    )?;
    let text: Option<String> = row.map(|row| row.get(0)).transpose()?;
    Ok(text.and_then(|text| OrderState::parse(&text)))
}

/// Ends all orders of a device that are not over; says which.
pub(in crate::device) fn cancel_open(tx: &mut Tx<'_>, device: DeviceId) -> Result<Vec<Ended>, DbError> {
    let now = tx.now();
    let rows = tx.rows(
        sql!(
            "update device_order set state = 'cancelled', updated_at = $1
             where device = $2 and state in ('queued', 'delivered', 'running') returning id"
        ),
        params![now, device],
    )?;
    let ended = |order| Ended {
        device,
        order,
        how: How::Cancelled,
    };
    rows.iter().map(|row| row.get(0).map(ended)).collect()
}

/// Ends the orders of a workspace that no device has begun; says which.
pub(in crate::device) fn take_back(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Ended>, DbError> {
    let now = tx.now();
    let rows = tx.rows(
        sql!(
            "update device_order set state = 'cancelled', updated_at = $1
             where workspace = $2 and state in ('queued', 'delivered') returning device, id"
        ),
        params![now, workspace],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Ended {
                device: row.get(0)?,
                order: row.get(1)?,
                how: How::ManagedLocally,
            })
        })
        .collect()
}

/// Ends an order that was not begun in time; nothing when it was.
pub(in crate::device) fn expire(tx: &mut Tx<'_>, order: OrderId) -> Result<Option<Ended>, DbError> {
    let now = tx.now();
    let row = tx.first(
        sql!(
            "update device_order set state = 'expired', updated_at = $1
             where id = $2 and state in ('queued', 'delivered') and expires_at <= $3 returning device"
        ),
        params![now, order, now],
    )?;
    row.map(|row| {
        Ok(Ended {
            device: row.get(0)?,
            order,
            how: How::Expired,
        })
    })
    .transpose()
}

/// Orders to tell a device now, oldest first: those it has not been told, and on a new connection (`again`) those it
/// was told and has not begun, for they may be lost. None while its workspace is managed on the computers.
pub(in crate::device) fn due(
    r: &mut impl Read,
    device: DeviceId,
    now: jiff::Timestamp,
    again: bool,
) -> Result<Vec<Order>, DbError> {
    let delivered = if again { "delivered" } else { "queued" };
    let rows = r.rows(
        sql!(
            "select device_order.id, device_order.expires_at, device_order.body from device_order
             join workspace on workspace.id = device_order.workspace
             where device_order.device = $1 and device_order.state in ('queued', $2)
               and device_order.expires_at > $3 and workspace.mode <> 'local_only'
             order by device_order.priority desc, device_order.id limit 100"
        ),
        params![device, delivered, now],
    )?;
    rows.iter()
        .map(|row| {
            let body: String = row.get(2)?;
            Ok(Order {
                id: row.get(0)?,
                expires_at: row.get(1)?,
                body: serde_json::from_str(&body).map_err(|_| DbError::Decode {
                    column: 2,
                    sql: "device_order.body".into(),
                })?,
            })
        })
        .collect()
}

/// Orders of one device, newest first.
pub(in crate::device) fn list(
    r: &mut impl Read,
    workspace: WorkspaceId,
    device: DeviceId,
    before: Option<OrderId>,
    limit: u32,
) -> Result<Vec<OrderView>, DbError> {
    let mut question =
        Question::new(ORDER, params![workspace]).with("and device_order.device = ?", params![device]);
    question = question.with_some("and device_order.id < ?", before);
    let rows = question
        .with("order by device_order.id desc limit ?", params![limit])
        .rows(r)?;
    rows.iter().map(view).collect()
}

pub(in crate::device) fn find(
    r: &mut impl Read,
    workspace: WorkspaceId,
    order: OrderId,
) -> Result<Option<OrderView>, DbError> {
    let rows = Question::new(ORDER, params![workspace])
        .with("and device_order.id = ?", params![order])
        .rows(r)?;
    rows.first().map(view).transpose()
}

const ORDER: &str = sql!(
    "select device_order.id, device_order.device, device_order.kind, device_order.subject, device_order.state,
            account.name, device_order.created_at, device_order.expires_at, device_order.updated_at,
            device_order.failure_code, device_order.failure_text
     from device_order left join account on account.id = device_order.requested_by
     where device_order.workspace = $1"
);

fn view(row: &Row) -> Result<OrderView, DbError> {
    Ok(OrderView {
        id: row.get(0)?,
        device: row.get(1)?,
        kind: row.get(2)?,
        subject: row.get(3)?,
        state: OrderState::parse(&row.get::<String>(4)?).unwrap_or(OrderState::Failed),
        requested_by: row.get(5)?,
        created_at: row.get(6)?,
        expires_at: row.get(7)?,
        updated_at: row.get(8)?,
        failure_code: row.get(9)?,
        failure: row.get(10)?,
    })
}

/// Notes that a device was told these.
pub(in crate::device) async fn note_delivered(app: &App, orders: Vec<OrderId>) -> Result<(), DbError> {
    app.db
        .write(move |mut tx| {
            let now = tx.now();
            for order in &orders {
                tx.execute(
                    sql!(
                        "update device_order set state = 'delivered', updated_at = $1
                         where id = $2 and state = 'queued'"
                    ),
                    params![now, *order],
                )?;
            }
            tx.tidy(Housekeeping::DeviceReport, ())
        })
        .await
}
