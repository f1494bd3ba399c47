//! Secrets of the server itself, made by the first who needs one and kept in the database, so that every portal on it
//! has the same.

use super::db::{DbError, Read, Tx};
use crate::{params, sql};

/// The 32 random bytes kept under `name`; made now when there are none.
///
/// # Errors
/// Whatever the engine says.
pub fn server_secret(tx: &mut Tx<'_>, name: &'static str) -> Result<[u8; 32], DbError> {
    let fresh = tx.chance().bytes32();
    tx.execute(
        sql!("insert into server_setting (name, value) values ($1, $2) on conflict (name) do nothing"),
        params![name, fresh],
    )?;
    let statement = sql!("select value from server_setting where name = $1");
    let row = tx.first(statement, params![name])?;
    let value = row.map_or(Ok(Vec::new()), |row| row.get::<Vec<u8>>(0))?;
    value.try_into().map_err(|_| DbError::Decode {
        column: 0,
        sql: statement.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use crate::base::{
        audit::Housekeeping,
        db::DbError,
        testing::{Scene, scenes},
    };

    async fn secret(scene: &Scene, name: &'static str) -> [u8; 32] {
        scene
            .app
            .db
            .write::<_, DbError, _>(move |mut tx| {
                let secret = super::server_secret(&mut tx, name)?;
                tx.tidy(Housekeeping::ServerSetting, secret)
            })
            .await
            .unwrap()
    }

    scenes! {
        async fn a_secret_is_made_once_and_is_another_under_another_name(scene: Scene) {
            let first = secret(&scene, "a").await;
            assert_eq!(first, secret(&scene, "a").await);
            assert_ne!(first, secret(&scene, "b").await);
        }
    }
}
