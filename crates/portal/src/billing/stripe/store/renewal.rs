use crate::{
    base::db::{DbError, Tx},
    params, sql,
};
use rempart_wire::{AccountId, LicenceId};

/// Makes an account pay for a licence's renewals. Whether they are wanted stays as it was; at first they are not.
pub(in crate::billing::stripe) fn set_payer(
    tx: &mut Tx<'_>,
    licence: LicenceId,
    payer: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into renewal (licence, payer, wanted) values ($1, $2, $3)
             on conflict (licence) do update set payer = excluded.payer"
        ),
        params![licence, payer, false],
    )?;
    Ok(())
}
