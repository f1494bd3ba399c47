use crate::{
    base::db::{DbError, Read, Tx},
    billing::{Base, Block, Currency, Money, Position, quote::Json},
    licence::Licence,
    params, sql,
};
use jiff::Timestamp;
use rempart_wire::{LedgerEntryId, LicenceId, PurchaseId};

/// How a licence stands with its owner, and whom its invoices are to; nothing when nobody kept accounts of it yet.
pub(in crate::billing) fn find(
    r: &mut impl Read,
    licence: &Licence,
) -> Result<Option<(Position, String)>, DbError> {
    let row = r.first(
        sql!(
            "select currency, value, credit, valued_at, blocks, base, bill_to from paid_position where licence = $1"
        ),
        params![licence.id],
    )?;
    let Some(row) = row else { return Ok(None) };
    let unread = || DbError::Decode {
        column: 0,
        sql: "paid_position".into(),
    };
    let currency = Currency::parse(&row.get::<String>(0)?).ok_or_else(unread)?;
    let position = Position {
        product: licence.product.as_str().to_owned(),
        seats: licence.seats,
        term: licence.term_months,
        period: licence.period,
        blocks: row.get::<Json<Vec<Block>>>(4)?.0,
        value: Money::new(row.get(1)?, currency),
        valued_at: row.get(3)?,
        credit: Money::new(row.get(2)?, currency),
        next: licence.next.clone(),
        base: row.get::<Option<Json<Base>>>(5)?.map(|base| base.0),
    };
    Ok(Some((position, row.get(6)?)))
}

pub(in crate::billing) fn save(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    position: &Position,
    bill_to: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into paid_position (licence, currency, value, credit, valued_at, blocks, base, bill_to)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (licence) do update set currency = excluded.currency, value = excluded.value,
                credit = excluded.credit, valued_at = excluded.valued_at, blocks = excluded.blocks, base = excluded.base,
                bill_to = excluded.bill_to"
        ),
        params![
            licence,
            position.value.currency.as_str(),
            position.value.amount,
            position.credit.amount,
            position.valued_at,
            Json(&position.blocks),
            position.base.as_ref().map(Json),
            bill_to
        ],
    )?;
    Ok(())
}

/// A movement of money on a licence.
pub(in crate::billing) struct Entry<'a> {
    pub licence: LicenceId,
    pub purchase: Option<PurchaseId>,
    pub kind: &'a str,
    pub charged: i64,
    pub brought: i64,
    pub consumed: i64,
}

/// Writes a movement, with how the licence stands after it.
pub(in crate::billing) fn enter(tx: &mut Tx<'_>, entry: &Entry<'_>, after: &Position) -> Result<(), DbError> {
    let (id, now): (LedgerEntryId, Timestamp) = (tx.id(), tx.now());
    tx.execute(
        sql!(
            "insert into ledger_entry (id, licence, purchase, at, kind, charged, brought, consumed, value, credit)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            id,
            entry.licence,
            entry.purchase,
            now,
            entry.kind,
            entry.charged,
            entry.brought,
            entry.consumed,
            after.value.amount,
            after.credit.amount
        ],
    )?;
    Ok(())
}

/// Nobody is named on the next invoice of a licence until somebody says who, unless it is one of renewals that somebody pays.
pub(in crate::billing) fn forget_addressee(tx: &mut Tx<'_>, licence: LicenceId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update paid_position set bill_to = '' where licence = $1
               and not exists (select 1 from renewal where renewal.licence = paid_position.licence and wanted = true)"
        ),
        params![licence],
    )?;
    Ok(())
}
