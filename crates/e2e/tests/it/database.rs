//! The database behind a portal: which one, and what is really in it.

use anyhow::{Context, Result, bail};
use std::{fs, io::Write, path::Path, thread, time::Duration};

/// Which database a portal uses.
#[derive(Clone, Debug)]
pub(crate) enum Database {
    Sqlite,
    /// A PostgreSQL URL, in a schema of the story's own.
    Postgres(String),
}

impl Database {
    /// Both, or SQLite alone (loudly) where no PostgreSQL was given.
    pub(crate) fn both(story: &str) -> Result<Vec<Self>> {
        let mut databases = vec![Self::Sqlite];
        match std::env::var("REMPART_TEST_POSTGRES") {
            Err(_) => eprintln!("NOT RUN on PostgreSQL: REMPART_TEST_POSTGRES is not set"),
            Ok(url) => {
                let schema = format!("story_{story}_{}", std::process::id());
                let mut client = postgres::Client::connect(&url, postgres::NoTls)?;
                client.batch_execute(&format!(
                    "drop schema if exists {schema} cascade; create schema {schema}"
                ))?;
                let joined = if url.contains('?') { '&' } else { '?' };
                databases.push(Self::Postgres(format!(
                    "{url}{joined}options=-csearch_path%3D{schema}"
                )));
                if let Ok(proof) = std::env::var("REMPART_TEST_PROOF") {
                    let mut file = fs::OpenOptions::new().create(true).append(true).open(proof)?;
                    writeln!(file, "e2e::{story}")?;
                }
            }
        }
        Ok(databases)
    }

    /// What a query gives, each value as text. Nothing is written.
    pub(crate) fn read(&self, data: &Path, sql: &str) -> Result<Vec<Vec<Option<String>>>> {
        match self {
            Self::Sqlite => sqlite(&data.join("rempart.db"), sql),
            // Its client brings a runtime of its own, which must not be started within a story's.
            Self::Postgres(url) => thread::scope(|scope| {
                let reader = scope.spawn(|| postgres(url, sql));
                reader.join().unwrap_or_else(|_| bail!("the reader panicked"))
            }),
        }
    }

    /// Runs one statement.
    pub(crate) fn write(&self, data: &Path, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite => {
                let connection = rusqlite::Connection::open(data.join("rempart.db"))?;
                connection.busy_timeout(Duration::from_secs(10))?;
                connection.execute(sql, [])?;
                Ok(())
            }
            Self::Postgres(url) => thread::scope(|scope| {
                let writer = scope.spawn(|| -> Result<()> {
                    postgres::Client::connect(url, postgres::NoTls)?.execute(sql, &[])?;
                    Ok(())
                });
                writer.join().unwrap_or_else(|_| bail!("the writer panicked"))
            }),
        }
    }

    /// How a column of ids is read as hexadecimal digits.
    pub(crate) fn digits(&self, column: &str) -> String {
        match self {
            Self::Sqlite => format!("nullif(lower(hex({column})), '')"),
            Self::Postgres(_) => format!("replace(cast({column} as text), '-', '')"),
        }
    }
}

fn sqlite(path: &Path, sql: &str) -> Result<Vec<Vec<Option<String>>>> {
    let database = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = database.prepare(sql).with_context(|| sql.to_owned())?;
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect())?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn postgres(url: &str, sql: &str) -> Result<Vec<Vec<Option<String>>>> {
    let mut client = postgres::Client::connect(url, postgres::NoTls)?;
    let rows = client.query(sql, &[]).with_context(|| sql.to_owned())?;
    let texts = |row: &postgres::Row| (0..row.len()).map(|at| row.try_get(at)).collect();
    Ok(rows.iter().map(texts).collect::<Result<_, _>>()?)
}
