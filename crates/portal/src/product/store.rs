use super::{Entitlement, Heartbeat, Price, Product, ProductCode};
use crate::{
    base::{
        db::{DbError, Read, Row, Tx},
        money::{Currency, Money},
    },
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::PriceId;

fn product(row: &Row) -> Result<Product, DbError> {
    Ok(Product {
        code: row.get(0)?,
        name: row.get(1)?,
        edition: row.get(2)?,
        min_seats: row.get(3)?,
        max_seats: row.get(4)?,
        min_months: row.get(5)?,
        max_months: row.get(6)?,
        heartbeat: Heartbeat {
            required: row.get(7)?,
            seconds: row.get(8)?,
            frees_seat: row.get(9)?,
        },
        withdrawn_at: row.get(10)?,
        entitlements: Vec::new(),
    })
}

pub(super) fn find(r: &mut impl Read, code: &ProductCode) -> Result<Option<Product>, DbError> {
    let row = r.first(
        sql!(
            "select code, name, edition, min_seats, max_seats, min_months, max_months, heartbeat_required,
                    heartbeat_seconds, heartbeat_frees_seat, withdrawn_at
             from product where code_key = $1"
        ),
        params![code.key()],
    )?;
    let Some(row) = row else { return Ok(None) };
    let mut found = product(&row)?;
    let rows = r.rows(
        sql!("select code, name from entitlement where product = $1 order by code"),
        params![&found.code],
    )?;
    for row in rows {
        found.entitlements.push(Entitlement {
            code: row.get(0)?,
            name: row.get(1)?,
        });
    }
    Ok(Some(found))
}

pub(super) fn list(r: &mut impl Read) -> Result<Vec<Product>, DbError> {
    let rows = r.rows(
        sql!(
            "select code, name, edition, min_seats, max_seats, min_months, max_months, heartbeat_required,
                    heartbeat_seconds, heartbeat_frees_seat, withdrawn_at
             from product order by case when withdrawn_at is null then 0 else 1 end, rank, code"
        ),
        params![],
    )?;
    let mut all = rows.iter().map(product).collect::<Result<Vec<_>, _>>()?;
    let rows = r.rows(
        sql!("select product, code, name from entitlement order by product, code"),
        params![],
    )?;
    for row in rows {
        let of: ProductCode = row.get(0)?;
        if let Some(product) = all.iter_mut().find(|product| product.code == of) {
            product.entitlements.push(Entitlement {
                code: row.get(1)?,
                name: row.get(2)?,
            });
        }
    }
    Ok(all)
}

/// A new one, shown after those there are.
pub(super) fn insert(tx: &mut Tx<'_>, new: &Product) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into product
                (code, code_key, name, edition, rank, min_seats, max_seats, min_months, max_months, heartbeat_required,
                 heartbeat_seconds, heartbeat_frees_seat)
             values ($1, $2, $3, $4, (select coalesce(max(rank), 0) + 1 from product), $5, $6, $7, $8, $9, $10, $11)"
        ),
        params![
            &new.code,
            new.code.key(),
            &new.name,
            &new.edition,
            new.min_seats,
            new.max_seats,
            new.min_months,
            new.max_months,
            new.heartbeat.required,
            new.heartbeat.seconds,
            new.heartbeat.frees_seat
        ],
    )?;
    entitle(tx, new)
}

/// Makes whoever else changes this product wait.
pub(super) fn lock(tx: &mut Tx<'_>, code: &ProductCode) -> Result<(), DbError> {
    tx.execute(
        sql!("update product set rank = rank where code_key = $1"),
        params![code.key()],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, product: &Product) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update product set name = $1, edition = $2, min_seats = $3, max_seats = $4, min_months = $5,
                    max_months = $6, heartbeat_required = $7, heartbeat_seconds = $8, heartbeat_frees_seat = $9,
                    withdrawn_at = $10
             where code = $11"
        ),
        params![
            &product.name,
            &product.edition,
            product.min_seats,
            product.max_seats,
            product.min_months,
            product.max_months,
            product.heartbeat.required,
            product.heartbeat.seconds,
            product.heartbeat.frees_seat,
            product.withdrawn_at,
            &product.code
        ],
    )?;
    tx.execute(
        sql!("delete from entitlement where product = $1"),
        params![&product.code],
    )?;
    entitle(tx, product)
}

fn entitle(tx: &mut Tx<'_>, product: &Product) -> Result<(), DbError> {
    for entitlement in &product.entitlements {
        tx.execute(
            sql!("insert into entitlement (product, code, name) values ($1, $2, $3)"),
            params![&product.code, &entitlement.code, &entitlement.name],
        )?;
    }
    Ok(())
}

fn price(row: &Row) -> Result<Price, DbError> {
    let currency = Currency::parse(&row.get::<String>(4)?).ok_or_else(|| DbError::Decode {
        column: 4,
        sql: "price".into(),
    })?;
    Ok(Price {
        id: row.get(0)?,
        product: row.get(1)?,
        months: row.get(2)?,
        seats_from: row.get(3)?,
        unit: Money::new(row.get(5)?, currency),
        valid_from: row.get(6)?,
        valid_until: row.get(7)?,
    })
}

/// All prices a product has and had: those that end last first, so that what is in force is on top.
pub(super) fn prices(r: &mut impl Read, code: &ProductCode) -> Result<Vec<Price>, DbError> {
    let rows = r.rows(
        sql!(
            "select id, product, term_months, seats_from, currency, unit_amount, valid_from, valid_until
             from price where product = $1
             order by case when valid_until is null then 0 else 1 end, currency, term_months, seats_from,
                      valid_from desc, id desc"
        ),
        params![code],
    )?;
    rows.iter().map(price).collect()
}

/// Those in force at a moment, in any order.
pub(super) fn prices_at(r: &mut impl Read, code: &ProductCode, at: Timestamp) -> Result<Vec<Price>, DbError> {
    let rows = r.rows(
        sql!(
            "select id, product, term_months, seats_from, currency, unit_amount, valid_from, valid_until
             from price where product = $1 and valid_from <= $2 and (valid_until is null or valid_until > $2)"
        ),
        params![code, at],
    )?;
    rows.iter().map(price).collect()
}

pub(super) fn price_by_id(
    r: &mut impl Read,
    code: &ProductCode,
    id: PriceId,
) -> Result<Option<Price>, DbError> {
    let row = r.first(
        sql!(
            "select id, product, term_months, seats_from, currency, unit_amount, valid_from, valid_until
             from price where id = $1 and product = $2"
        ),
        params![id, code],
    )?;
    row.map(|row| price(&row)).transpose()
}

pub(super) fn insert_price(tx: &mut Tx<'_>, new: &Price) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into price
                (id, product, currency, term_months, seats_from, unit_amount, valid_from, valid_until)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        params![
            new.id,
            &new.product,
            new.unit.currency.as_str(),
            new.months,
            new.seats_from,
            new.unit.amount,
            new.valid_from,
            new.valid_until
        ],
    )?;
    Ok(())
}

/// Ends a price that has not ended at `now`, and would not before `end`; whether it worked.
pub(super) fn close(tx: &mut Tx<'_>, id: PriceId, end: Timestamp) -> Result<bool, DbError> {
    let closed = tx.execute(
        sql!("update price set valid_until = $1 where id = $2 and (valid_until is null or valid_until > $1)"),
        params![end, id],
    )?;
    Ok(closed == 1)
}
