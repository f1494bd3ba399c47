use crate::{
    base::db::{DbError, Read, Row, Tx},
    billing::{Currency, Money, Preview, quote::Json},
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::PreviewId;

pub(in crate::billing) fn insert(tx: &mut Tx<'_>, preview: &Preview) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into preview (id, licence, account, created_at, expires_at, revision, currency, net, quote)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            preview.id,
            preview.licence,
            preview.account,
            preview.created_at,
            preview.expires_at,
            preview.revision,
            preview.net.currency.as_str(),
            preview.net.amount,
            Json(&preview.quote)
        ],
    )?;
    Ok(())
}

pub(in crate::billing) fn find(r: &mut impl Read, id: PreviewId) -> Result<Option<Preview>, DbError> {
    let row = r.first(
        sql!(
            "select id, licence, account, created_at, expires_at, revision, currency, net, quote from preview where id = $1"
        ),
        params![id],
    )?;
    row.map(|row| preview(&row)).transpose()
}

fn preview(row: &Row) -> Result<Preview, DbError> {
    let currency = Currency::parse(&row.get::<String>(6)?).ok_or_else(|| DbError::Decode {
        column: 6,
        sql: "preview".into(),
    })?;
    Ok(Preview {
        id: row.get(0)?,
        licence: row.get(1)?,
        account: row.get(2)?,
        created_at: row.get(3)?,
        expires_at: row.get(4)?,
        revision: row.get(5)?,
        net: Money::new(row.get(7)?, currency),
        quote: row.get::<Json<_>>(8)?.0,
    })
}

/// Previews nobody accepted and nobody will.
pub(in crate::billing) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, DbError> {
    tx.execute(sql!("delete from preview where expires_at < $1"), params![before])
}
