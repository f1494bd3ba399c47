use crate::{
    base::{
        db::{DbError, Tx},
        lang::Lang,
    },
    params, sql,
};
use rempart_wire::AccountId;

pub(super) fn set_language(tx: &mut Tx<'_>, account: AccountId, language: Lang) -> Result<(), DbError> {
    tx.execute(
        sql!("update account set language = $1 where id = $2"),
        params![language.as_str(), account],
    )?;
    Ok(())
}
