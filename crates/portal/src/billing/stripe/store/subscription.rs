use crate::{
    base::db::{DbError, Read, Row, Tx},
    billing::stripe::renewal::Known,
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::LicenceId;

fn known(row: &Row) -> Result<Known, DbError> {
    let text: String = row.get(7)?;
    Ok(Known {
        id: row.get(0)?,
        licence: row.get(1)?,
        live: row.get::<Option<LicenceId>>(2)?.is_some(),
        payer: row.get(3)?,
        plan: row.get(4)?,
        charges_at: row.get(5)?,
        ends: row.get(6)?,
        agreed: serde_json::from_str(&text).map_err(|_| DbError::Decode {
            column: 7,
            sql: "subscription".into(),
        })?,
    })
}

/// The subscription that charges for a licence.
pub(in crate::billing::stripe) fn live(
    r: &mut impl Read,
    licence: LicenceId,
) -> Result<Option<Known>, DbError> {
    let row = r.first(
        sql!(
            "select id, licence, live_of, payer, plan, charges_at, ends, order_made
             from subscription where live_of = $1"
        ),
        params![licence],
    )?;
    row.map(|row| known(&row)).transpose()
}

pub(in crate::billing::stripe) fn find(r: &mut impl Read, id: &str) -> Result<Option<Known>, DbError> {
    let row = r.first(
        sql!(
            "select id, licence, live_of, payer, plan, charges_at, ends, order_made
             from subscription where id = $1"
        ),
        params![id],
    )?;
    row.map(|row| known(&row)).transpose()
}

/// All that charge.
pub(in crate::billing::stripe) fn all_live(r: &mut impl Read) -> Result<Vec<String>, DbError> {
    let rows = r.rows(
        sql!("select id from subscription where live_of is not null order by id"),
        params![],
    )?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Notes one that was made.
pub(in crate::billing::stripe) fn insert(tx: &mut Tx<'_>, made: &Known) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into subscription (id, licence, live_of, payer, plan, charges_at, ends, order_made, made_at)
             values ($1, $2, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing"
        ),
        params![
            &made.id,
            made.licence,
            made.payer,
            &made.plan,
            made.charges_at,
            made.ends,
            serde_json::to_string(&made.agreed).unwrap_or_default(),
            now
        ],
    )?;
    Ok(())
}

/// Notes how the provider says it stands.
pub(in crate::billing::stripe) fn seen(
    tx: &mut Tx<'_>,
    id: &str,
    (charges_at, ends): (Timestamp, bool),
) -> Result<(), DbError> {
    tx.execute(
        sql!("update subscription set charges_at = $1, ends = $2 where id = $3"),
        params![charges_at, ends, id],
    )?;
    Ok(())
}

/// Notes what its next charge pays for.
pub(in crate::billing::stripe) fn agree(tx: &mut Tx<'_>, known: &Known) -> Result<(), DbError> {
    tx.execute(
        sql!("update subscription set order_made = $1 where id = $2"),
        params![
            serde_json::to_string(&known.agreed).unwrap_or_default(),
            &known.id
        ],
    )?;
    Ok(())
}

/// It charges no more.
pub(in crate::billing::stripe) fn end(tx: &mut Tx<'_>, id: &str) -> Result<(), DbError> {
    tx.execute(
        sql!("update subscription set live_of = null where id = $1"),
        params![id],
    )?;
    Ok(())
}
