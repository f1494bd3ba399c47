use crate::{
    base::db::{DbError, Read, Tx},
    params, sql,
};
use rempart_wire::{AccountId, PurchaseId};

/// Payments of an order that were begun.
pub(in crate::billing::stripe) fn tries(r: &mut impl Read, purchase: PurchaseId) -> Result<u64, DbError> {
    r.count(
        sql!("select count(*) from charge where purchase = $1"),
        params![purchase],
    )
}

/// The payment of an order of which nobody knows yet what came.
pub(in crate::billing::stripe) fn open_of(
    r: &mut impl Read,
    purchase: PurchaseId,
) -> Result<Option<String>, DbError> {
    let row = r.first(
        sql!("select id from charge where purchase = $1 and state = 'open' order by made_at desc"),
        params![purchase],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// The order a payment is of, and how it stands.
pub(in crate::billing::stripe) fn find(
    r: &mut impl Read,
    id: &str,
) -> Result<Option<(PurchaseId, String)>, DbError> {
    let row = r.first(
        sql!("select purchase, state from charge where id = $1"),
        params![id],
    )?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

pub(in crate::billing::stripe) fn insert(
    tx: &mut Tx<'_>,
    id: &str,
    purchase: PurchaseId,
    payer: AccountId,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into charge (id, purchase, payer, state, made_at) values ($1, $2, $3, 'open', $4)
             on conflict (id) do nothing"
        ),
        params![id, purchase, payer, now],
    )?;
    Ok(())
}

/// It is known what came of it.
pub(in crate::billing::stripe) fn close(tx: &mut Tx<'_>, id: &str, state: &str) -> Result<(), DbError> {
    tx.execute(
        sql!("update charge set state = $1 where id = $2"),
        params![state, id],
    )?;
    Ok(())
}
