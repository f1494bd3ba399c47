//! Orders: what the portal tells a device to do.
//!
//! Always true: an order is given, and taken back, in the transaction that decided it; it reaches the device at least
//! once while it has not expired; a device enrolled after it was given never gets it. Its state follows what the device
//! reports, which wins over what the portal expected.

use super::{
    inbox::Inbox,
    store::{self, order as sql},
};
use crate::{
    app::App,
    base::{
        audit::Housekeeping,
        authz::{Grant, may},
        db::{DbError, Read, Signal, Tx},
        error::{Code, Fault},
        job::JobError,
    },
};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{AccountId, DeviceId, ManagementMode, OrderBody, OrderId, WorkspaceId};
use serde::{Deserialize, Serialize};
use std::pin::Pin;
use utoipa::ToSchema;
use uuid::Uuid;

/// The kind of the job that ends orders nobody began in time.
pub(super) const EXPIRY: &str = "device.expire_order";

/// Where an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Waits for the device to connect.
    Queued,
    /// The device was told.
    Delivered,
    /// The device has begun.
    Running,
    /// The device has done it.
    Done,
    /// The device could not, or would not.
    Failed,
    /// It was taken back.
    Cancelled,
    /// The device did not begin in time.
    Expired,
}

impl OrderState {
    const ALL: [Self; 7] = [
        Self::Queued,
        Self::Delivered,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
        Self::Expired,
    ];

    /// As in SQL and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Delivered => "delivered",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The icon's name, and the tone of its pill.
    pub(super) const fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Queued | Self::Delivered => ("clock", "plain"),
            Self::Running => ("scan", "plain"),
            Self::Done => ("ok", "ok"),
            Self::Failed => ("warn", "warn"),
            Self::Cancelled => ("x", "plain"),
            Self::Expired => ("clock", "off"),
        }
    }

    /// Reads it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What an order does, and to what, as columns say it.
pub(super) fn kind(body: &OrderBody) -> (&'static str, Uuid) {
    match body {
        OrderBody::Scan { scan, .. } => ("scan", scan.0),
        OrderBody::CancelScan { scan } => ("cancel_scan", scan.0),
        OrderBody::Restore { item } => ("restore", item.0),
        OrderBody::Delete { item } => ("delete", item.0),
    }
}

/// A new order, as it is written down.
pub(super) struct NewOrder {
    pub id: OrderId,
    pub device: DeviceId,
    pub body: OrderBody,
    pub requested_by: AccountId,
    pub expires_at: Timestamp,
}

/// Gives an order; after the commit a connected device is told at once. It must begin within `lifetime`.
///
/// # Errors
/// `not_found`, when the workspace has no such device; `managed_locally`; `device_retired`.
pub fn give(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    device: DeviceId,
    body: OrderBody,
    lifetime: SignedDuration,
) -> Result<OrderId, Fault> {
    let standing = store::standing(tx, grant.workspace, device)?.ok_or(Code::NotFound)?;
    if !standing.mode.portal_steers() {
        return Err(Code::ManagedLocally.into());
    }
    if standing.retired {
        return Err(Code::DeviceRetired.into());
    }
    let expires_at = tx.now().saturating_add(lifetime).unwrap_or(Timestamp::MAX);
    let order = NewOrder {
        id: tx.id(),
        device,
        body,
        requested_by: grant.account,
        expires_at,
    };
    sql::insert(tx, grant, &order)?;
    tx.enqueue(EXPIRY, &Expiry { order: order.id }, Some(expires_at))?;
    tx.signal(Signal::Orders(device));
    Ok(order.id)
}

/// Takes an order back that its device has not been told yet; says whether it could be. One that was told has to be
/// countered by another order.
///
/// # Errors
/// Whatever the engine says.
pub fn withdraw(
    tx: &mut Tx<'_>,
    grant: &Grant<may::ManageProtection>,
    order: OrderId,
) -> Result<bool, DbError> {
    sql::withdraw(tx, grant, order)
}

/// The state of an order of a workspace.
///
/// # Errors
/// Whatever the engine says.
pub fn state(r: &mut impl Read, order: OrderId) -> Result<Option<OrderState>, DbError> {
    sql::state(r, order)
}

/// Ends every open order of a device, because it was retired or enrolled anew: it will never get them.
pub(super) fn cancel_open(tx: &mut Tx<'_>, inbox: &Inbox, device: DeviceId) -> Result<(), DbError> {
    for ended in sql::cancel_open(tx, device)? {
        inbox.ended(tx, &ended)?;
    }
    Ok(())
}

/// A workspace gets another mode. Managed on its computers from now on, it takes back what they have not begun.
///
/// # Errors
/// Whatever the engine says.
pub fn mode_changed(
    app: &App,
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mode: ManagementMode,
) -> Result<(), DbError> {
    if mode.portal_steers() {
        return Ok(());
    }
    for ended in sql::take_back(tx, workspace)? {
        app.devices.inbox().ended(tx, &ended)?;
    }
    Ok(())
}

#[derive(Debug, Serialize, Deserialize)]
struct Expiry {
    order: OrderId,
}

/// Ends an order that its device has not begun in time.
pub(super) fn expire(
    app: App,
    payload: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let Expiry { order } = serde_json::from_value(payload)?;
        let devices = app.devices.clone();
        app.db
            .write(move |mut tx| {
                if let Some(ended) = sql::expire(&mut tx, order)? {
                    devices.inbox().ended(&mut tx, &ended)?;
                }
                tx.tidy(Housekeeping::Expiry, ())
            })
            .await
            .map_err(|error: DbError| error.into())
    })
}
