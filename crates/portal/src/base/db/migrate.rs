use super::{Connection, DbError, Value};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// One step of the schema. Immutable once landed: a portal refuses to start on a database whose recorded step differs.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Ordered from 1, without gaps.
    pub number: i64,
    /// The file's name.
    pub name: &'static str,
    /// The same text for both engines.
    pub sql: &'static str,
}

macro_rules! migrations {
    ($($number:literal $name:literal),* $(,)?) => {
        &[$(Migration { number: $number, name: $name, sql: include_str!(concat!("migrations/", $name, ".sql")) }),*]
    };
}

/// All steps, in order.
pub const MIGRATIONS: &[Migration] = migrations![
    1 "0001_base",
    2 "0002_account",
    3 "0003_workspace",
    4 "0004_licence",
    5 "0005_device",
    6 "0006_scan",
    7 "0007_licence_desk",
    8 "0008_issuer",
    9 "0009_product",
    10 "0010_payment",
    11 "0011_billing",
    12 "0012_activation",
    13 "0013_licence_batch",
    14 "0014_reminder",
    15 "0015_licence_ends",
    16 "0016_account_closure",
];

const TABLE: &str = "create table if not exists schema_migration (
    number bigint primary key, name text not null, digest bytea not null, applied_at bigint not null)";

/// Brings the schema up to date, all steps in one transaction.
pub(super) fn run(
    connection: &mut dyn Connection,
    lock: Option<&str>,
    now: Timestamp,
) -> Result<(), DbError> {
    let own_transaction = lock.is_none();
    if own_transaction {
        connection.script("begin immediate")?;
    }
    if let Some(lock) = lock {
        connection.script(lock)?;
    }
    connection.script(TABLE)?;
    let applied = connection.rows("select number, digest from schema_migration order by number", &[])?;
    let known = MIGRATIONS.len();
    if applied.len() > known {
        return Err(DbError::Unavailable(format!(
            "the database is at schema step {}, this program knows {known}: use the newer program",
            applied.len()
        )));
    }
    for (at, migration) in MIGRATIONS.iter().enumerate() {
        let digest: [u8; 32] = Sha256::digest(migration.sql).into();
        if let Some(row) = applied.get(at) {
            if row.get::<Vec<u8>>(1)? != digest {
                return Err(DbError::Unavailable(format!(
                    "schema step {} was changed after it was applied",
                    migration.name
                )));
            }
            continue;
        }
        connection.script(migration.sql)?;
        connection.execute(
            "insert into schema_migration (number, name, digest, applied_at) values ($1, $2, $3, $4)",
            &[
                Value::from(migration.number),
                Value::from(migration.name),
                Value::from(digest),
                Value::from(now),
            ],
        )?;
    }
    if own_transaction {
        connection.script("commit")?;
    }
    Ok(())
}
