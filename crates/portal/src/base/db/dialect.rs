//! Everything the two engines say differently. Its size is watched: at most ten forks.

use super::DbError;

/// Fork 1: how the engine names a refused constraint. SQLite lists `table.column`s, or names a check; we name unique
/// indexes `<table>_<column>…_unique` so that the list gives the name.
pub(super) fn sqlite_error(error: &rusqlite::Error, sql: &str) -> DbError {
    use rusqlite::ffi;
    let text = error.to_string();
    let rusqlite::Error::SqliteFailure(code, detail) = error else {
        return DbError::Statement {
            sql: sql.to_owned(),
            detail: text,
        };
    };
    let detail = detail.as_deref().unwrap_or(&text);
    match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
            DbError::Unique(unique_name(detail))
        }
        ffi::SQLITE_CONSTRAINT_CHECK => {
            DbError::Constraint(detail.rsplit(": ").next().unwrap_or(detail).to_owned())
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => DbError::Constraint("foreign_key".into()),
        _ if matches!(
            code.code,
            rusqlite::ErrorCode::DiskFull
                | rusqlite::ErrorCode::CannotOpen
                | rusqlite::ErrorCode::ReadOnly
                | rusqlite::ErrorCode::SystemIoFailure
                | rusqlite::ErrorCode::DatabaseBusy
        ) =>
        {
            DbError::Unavailable(detail.to_owned())
        }
        _ => DbError::Statement {
            sql: sql.to_owned(),
            detail: detail.to_owned(),
        },
    }
}

fn unique_name(detail: &str) -> String {
    let columns = detail.rsplit(": ").next().unwrap_or(detail);
    let mut name = String::new();
    for column in columns.split(", ") {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if name.is_empty() {
            name.push_str(table);
        }
        name.push('_');
        name.push_str(column);
    }
    name + "_unique"
}

/// Fork 1, the other side.
pub(super) fn postgres_error(error: &postgres::Error, sql: &str) -> DbError {
    use postgres::error::SqlState;
    let Some(db) = error.as_db_error() else {
        return DbError::Unavailable(error.to_string());
    };
    let constraint = || db.constraint().unwrap_or_default().to_owned();
    match *db.code() {
        SqlState::UNIQUE_VIOLATION => DbError::Unique(constraint().replace("_pkey", "_id_unique")),
        SqlState::FOREIGN_KEY_VIOLATION => DbError::Constraint("foreign_key".into()),
        SqlState::CHECK_VIOLATION | SqlState::NOT_NULL_VIOLATION => DbError::Constraint(constraint()),
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::DISK_FULL
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::T_R_SERIALIZATION_FAILURE => DbError::Unavailable(db.message().to_owned()),
        _ => DbError::Statement {
            sql: sql.to_owned(),
            detail: db.message().to_owned(),
        },
    }
}

/// Fork 2: how a portal keeps a second one from migrating at the same moment. SQLite has one writer.
pub(super) const POSTGRES_MIGRATION_LOCK: &str = "select pg_advisory_xact_lock(7205759403792794)";
