use crate::{
    base::db::{DbError, Tx},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{DeviceId, EventId, OrderId, Refusal, ScanId};

/// Notes that an event was delivered; whether this is the first time.
pub(in crate::device) fn first_time(
    tx: &mut Tx<'_>,
    device: DeviceId,
    event: EventId,
) -> Result<bool, DbError> {
    let now = tx.now();
    let touched = tx.execute(
        sql!(
            "insert into device_event (device, id, received_at) values ($1, $2, $3)
             on conflict (device, id) do nothing"
        ),
        params![device, event, now],
    )?;
    Ok(touched == 1)
}

/// An order was begun. What the device says wins over what was expected of it: it may have begun just in time.
pub(in crate::device) fn order_running(
    tx: &mut Tx<'_>,
    device: DeviceId,
    order: OrderId,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update device_order set state = 'running', updated_at = $1
             where id = $2 and device = $3 and state in ('queued', 'delivered', 'expired')"
        ),
        params![now, order, device],
    )?;
    Ok(())
}

/// An order was carried out, or was not.
pub(in crate::device) fn order_over(
    tx: &mut Tx<'_>,
    device: DeviceId,
    order: OrderId,
    failure: Option<&Refusal>,
) -> Result<(), DbError> {
    let now = tx.now();
    let state = if failure.is_some() { "failed" } else { "done" };
    tx.execute(
        sql!(
            "update device_order set state = $1, failure_code = $2, failure_text = $3, updated_at = $4
             where id = $5 and device = $6 and state in ('queued', 'delivered', 'running', 'expired')"
        ),
        params![
            state,
            failure.map(|failure| failure.code.as_str()),
            failure.map(|failure| failure.sentence.as_str()),
            now,
            order,
            device
        ],
    )?;
    Ok(())
}

/// A scan ended: the order for it ended so, and one to stop it is done.
pub(in crate::device) fn scan_over(
    tx: &mut Tx<'_>,
    device: DeviceId,
    scan: ScanId,
    state: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update device_order set state = case when kind = 'cancel_scan' then 'done' else $1 end, updated_at = $2
             where device = $3 and subject = $4 and kind in ('scan', 'cancel_scan')
               and state in ('queued', 'delivered', 'running', 'expired')"
        ),
        params![state, now, device, scan.0],
    )?;
    Ok(())
}

/// Forgets that events were delivered before; their devices do not tell them any more.
pub(in crate::device) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from device_event where received_at < $1"),
        params![before],
    )?;
    Ok(())
}
