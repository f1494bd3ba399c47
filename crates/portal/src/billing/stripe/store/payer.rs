use crate::{
    base::{
        db::{DbError, Read, Row, Tx},
        lang::Lang,
    },
    billing::stripe::payer::{Payer, ShownCard, Taken},
    params, sql,
};
use rempart_wire::{AccountId, LicenceId};

fn payer(row: &Row) -> Result<Payer, DbError> {
    let brand: Option<String> = row.get(3)?;
    let card = match brand {
        None => None,
        Some(brand) => Some(ShownCard {
            brand,
            last4: row.get(4)?,
            month: row.get(5)?,
            year: row.get(6)?,
        }),
    };
    Ok(Payer {
        account: row.get(0)?,
        customer: row.get(1)?,
        method: row.get(2)?,
        card,
    })
}

pub(in crate::billing::stripe) fn of_account(
    r: &mut impl Read,
    account: AccountId,
) -> Result<Option<Payer>, DbError> {
    let row = r.first(
        sql!(
            "select account, customer, method, card_brand, card_last4, card_month, card_year
             from payer where account = $1"
        ),
        params![account],
    )?;
    row.map(|row| payer(&row)).transpose()
}

pub(in crate::billing::stripe) fn by_customer(
    r: &mut impl Read,
    customer: &str,
) -> Result<Option<Payer>, DbError> {
    let row = r.first(
        sql!(
            "select account, customer, method, card_brand, card_last4, card_month, card_year
             from payer where customer = $1"
        ),
        params![customer],
    )?;
    row.map(|row| payer(&row)).transpose()
}

/// Whose payment method this is.
pub(in crate::billing::stripe) fn by_method(
    r: &mut impl Read,
    method: &str,
) -> Result<Option<Payer>, DbError> {
    let row = r.first(
        sql!(
            "select account, customer, method, card_brand, card_last4, card_month, card_year
             from payer where method = $1"
        ),
        params![method],
    )?;
    row.map(|row| payer(&row)).transpose()
}

/// Who pays for a licence's renewals.
pub(in crate::billing::stripe) fn of_licence(
    r: &mut impl Read,
    licence: LicenceId,
) -> Result<Option<Payer>, DbError> {
    let row = r.first(
        sql!(
            "select payer.account, customer, method, card_brand, card_last4, card_month, card_year
             from renewal join payer on payer.account = renewal.payer where renewal.licence = $1"
        ),
        params![licence],
    )?;
    row.map(|row| payer(&row)).transpose()
}

/// Notes a customer, unless the account has one already.
pub(in crate::billing::stripe) fn insert(
    tx: &mut Tx<'_>,
    account: AccountId,
    customer: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into payer (account, customer, changed_at) values ($1, $2, $3)
             on conflict (account) do nothing"
        ),
        params![account, customer, now],
    )?;
    Ok(())
}

/// Notes a card that was given, unless that or a later one was noted already; whether it was.
pub(in crate::billing::stripe) fn set_up(
    tx: &mut Tx<'_>,
    account: AccountId,
    taken: &Taken,
) -> Result<bool, DbError> {
    let noted = tx.execute(
        sql!(
            "update payer set set_up = $1, set_up_at = $2
             where account = $3 and (set_up_at is null or set_up_at < $2)"
        ),
        params![&taken.setup, taken.at, account],
    )?;
    if noted == 1 {
        set_method(tx, account, Some((&taken.method, &taken.card)))?;
    }
    Ok(noted == 1)
}

/// Notes what the payer pays with now.
pub(in crate::billing::stripe) fn set_method(
    tx: &mut Tx<'_>,
    account: AccountId,
    method: Option<(&str, &ShownCard)>,
) -> Result<(), DbError> {
    let now = tx.now();
    let (id, card) = (method.map(|(id, _)| id), method.map(|(_, card)| card));
    tx.execute(
        sql!(
            "update payer set method = $1, card_brand = $2, card_last4 = $3, card_month = $4, card_year = $5,
                    changed_at = $6
             where account = $7"
        ),
        params![
            id,
            card.map(|card| &card.brand),
            card.map(|card| &card.last4),
            card.map(|card| i64::from(card.month)),
            card.map(|card| i64::from(card.year)),
            now,
            account
        ],
    )?;
    Ok(())
}

/// Whoever paid is gone.
pub(in crate::billing::stripe) fn forget(tx: &mut Tx<'_>, account: AccountId) -> Result<(), DbError> {
    tx.execute(sql!("delete from payer where account = $1"), params![account])?;
    Ok(())
}

/// The address and the language of an account that is open.
pub(in crate::billing::stripe) fn reached(
    r: &mut impl Read,
    account: AccountId,
) -> Result<Option<(String, Lang)>, DbError> {
    let row = r.first(
        sql!("select email, language from account where id = $1 and closed_at is null"),
        params![account],
    )?;
    row.map(|row| {
        let lang = Lang::parse(&row.get::<String>(1)?).unwrap_or_default();
        Ok((row.get(0)?, lang))
    })
    .transpose()
}
