use crate::{
    base::db::{DbError, Read, Row, Tx},
    licence::{
        Kind, Terms,
        batch::{Batch, Progress},
    },
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::LicenceBatchId;

fn batch(row: &Row) -> Result<Batch, DbError> {
    let kind = Kind::parse(&row.get::<String>(3)?).ok_or_else(|| DbError::Decode {
        column: 3,
        sql: "licence_batch".into(),
    })?;
    Ok(Batch {
        id: row.get(0)?,
        terms: Terms {
            product: row.get(1)?,
            kind,
            seats: row.get(4)?,
            months: row.get(5)?,
            reseller_name: row.get(6)?,
            reseller_contact: row.get(7)?,
            owner: None,
            redeem_by: row.get(8)?,
        },
        product_name: row.get(2)?,
        created_at: row.get(9)?,
        progress: Progress {
            total: row.get(10)?,
            done: row.get(11)?,
            downloaded_at: row.get(12)?,
            erase_at: row.get(13)?,
            erased_at: row.get(14)?,
        },
    })
}

pub(in crate::licence) fn insert(
    tx: &mut Tx<'_>,
    terms: &Terms,
    total: u64,
) -> Result<LicenceBatchId, DbError> {
    let (id, now): (LicenceBatchId, _) = (tx.id(), tx.now());
    tx.execute(
        sql!(
            "insert into licence_batch
                (id, product, kind, seats, term_months, reseller_name, reseller_contact, redeem_by, total, done, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)"
        ),
        params![
            id,
            &terms.product,
            terms.kind.as_str(),
            terms.seats,
            terms.months,
            terms.reseller_name.as_ref(),
            terms.reseller_contact.as_ref(),
            terms.redeem_by,
            total,
            now
        ],
    )?;
    Ok(id)
}

/// Makes whoever else writes this batch or takes its keys wait.
pub(in crate::licence) fn lock(tx: &mut Tx<'_>, id: LicenceBatchId) -> Result<(), DbError> {
    tx.execute(
        sql!("update licence_batch set done = done where id = $1"),
        params![id],
    )?;
    Ok(())
}

pub(in crate::licence) fn find(r: &mut impl Read, id: LicenceBatchId) -> Result<Option<Batch>, DbError> {
    let row = r.first(
        sql!(
            "select licence_batch.id, licence_batch.product, coalesce(product.name, licence_batch.product), kind, seats,
                    term_months, reseller_name, reseller_contact, redeem_by, created_at, total, done, downloaded_at,
                    erase_at, erased_at
             from licence_batch left join product on product.code = licence_batch.product
             where licence_batch.id = $1"
        ),
        params![id],
    )?;
    row.map(|row| batch(&row)).transpose()
}

/// The newest.
pub(in crate::licence) fn newest(r: &mut impl Read) -> Result<Vec<Batch>, DbError> {
    let rows = r.rows(
        sql!(
            "select licence_batch.id, licence_batch.product, coalesce(product.name, licence_batch.product), kind, seats,
                    term_months, reseller_name, reseller_contact, redeem_by, created_at, total, done, downloaded_at,
                    erase_at, erased_at
             from licence_batch left join product on product.code = licence_batch.product
             order by licence_batch.id desc limit 200"
        ),
        params![],
    )?;
    rows.iter().map(batch).collect()
}

/// So many licences of the batch are there.
pub(in crate::licence) fn set_done(tx: &mut Tx<'_>, id: LicenceBatchId, done: u64) -> Result<(), DbError> {
    tx.execute(
        sql!("update licence_batch set done = $1 where id = $2"),
        params![done, id],
    )?;
    Ok(())
}

/// All of it is there; its keys are kept until then.
pub(in crate::licence) fn set_written(
    tx: &mut Tx<'_>,
    id: LicenceBatchId,
    erase_at: Timestamp,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("update licence_batch set written_at = $1, erase_at = $2 where id = $3"),
        params![now, erase_at, id],
    )?;
    Ok(())
}

/// The keys are taken away now, and go at `erase_at`.
pub(in crate::licence) fn set_downloaded(
    tx: &mut Tx<'_>,
    id: LicenceBatchId,
    erase_at: Timestamp,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("update licence_batch set downloaded_at = coalesce(downloaded_at, $1), erase_at = $2 where id = $3"),
        params![now, erase_at, id],
    )?;
    Ok(())
}

pub(in crate::licence) fn insert_keys(
    tx: &mut Tx<'_>,
    id: LicenceBatchId,
    part: u64,
    sealed: Vec<u8>,
) -> Result<(), DbError> {
    tx.execute(
        sql!("insert into licence_batch_keys (batch, part, sealed) values ($1, $2, $3)"),
        params![id, part, sealed],
    )?;
    Ok(())
}

/// The sealed parts, each with its number.
pub(in crate::licence) fn keys(
    r: &mut impl Read,
    id: LicenceBatchId,
) -> Result<Vec<(u64, Vec<u8>)>, DbError> {
    let rows = r.rows(
        sql!("select part, sealed from licence_batch_keys where batch = $1 order by part"),
        params![id],
    )?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The keys go for good.
pub(in crate::licence) fn erase_keys(tx: &mut Tx<'_>, id: LicenceBatchId) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!("delete from licence_batch_keys where batch = $1"),
        params![id],
    )?;
    tx.execute(
        sql!("update licence_batch set erased_at = $1 where id = $2 and erased_at is null"),
        params![now, id],
    )?;
    Ok(())
}
