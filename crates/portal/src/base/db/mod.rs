//! The database: units of work as closures on database threads, the same SQL on two engines.
//!
//! `db.read(|r| …)` runs a closure on a thread that holds a connection; `db.write(|tx| …)` runs it inside a
//! transaction. Inside, slices are plain synchronous functions. On SQLite there is one writer, which commits queued
//! units together (each in a savepoint, one fsync for all); on PostgreSQL a pool of threads with a connection each.
//!
//! Always true: a write is kept only if its closure returned what [`Tx::commit`] gave it, and `commit` takes the audit
//! event; its caller hears of success only once it is on disk. After an error inside a unit nothing more can be done
//! with it: it is rolled back whole, on both engines.

mod dialect;
mod many;
mod migrate;
mod postgres;
mod question;
mod signal;
mod sqlite;
#[cfg(test)]
mod tests;
mod unit;
mod value;

pub use many::insert_rows;
pub use migrate::{MIGRATIONS, Migration};
pub use question::Question;
pub use signal::Signal;
pub use unit::{Committed, Read, Reader, Tx};
pub use value::{FromValue, Row, Value, storable};

use super::clock::{Chance, Clock};
use std::{path::Path, sync::Arc};
use tokio::sync::oneshot;

/// Binds values to a statement's `$1`, `$2`, … in order.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::base::db::Value::from($value)),*] };
}

/// Marks a statement, so that the test that prepares every statement on both engines finds it.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $text
    };
}

/// What can go wrong in a database. Constraint names are part of the contract: slices match on them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// A unique index refused; named `<table>_<column>…_unique` on both engines.
    #[error("unique: {0}")]
    Unique(String),
    /// A check or foreign key refused.
    #[error("constraint: {0}")]
    Constraint(String),
    /// A column did not hold what the code expects.
    #[error("column {column} is not what was expected in: {sql}")]
    Decode {
        /// Counted from 0.
        column: usize,
        /// The statement.
        sql: String,
    },
    /// The engine refused the statement.
    #[error("{detail} in: {sql}")]
    Statement {
        /// The statement.
        sql: String,
        /// The engine's words.
        detail: String,
    },
    /// The engine cannot be reached or cannot write: disk full, connection lost, shutting down.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// An earlier statement of the same unit failed.
    #[error("the unit of work already failed")]
    Poisoned,
}

/// A connection as one unit of work sees it.
pub(crate) trait Connection {
    fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError>;
    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError>;
    fn script(&mut self, sql: &str) -> Result<(), DbError>;
    /// Checks a statement without running it.
    fn prepare(&mut self, sql: &str) -> Result<(), DbError>;
}

/// Told whether what the unit wrote is on disk.
type Reply = Box<dyn FnOnce(Result<(), DbError>) + Send>;

/// A unit as the engines see it: it runs, says whether to keep what it wrote, and wants to be told.
type Unit = Box<dyn FnOnce(&mut dyn Connection) -> Finish + Send>;

struct Finish {
    keep: bool,
    reply: Reply,
}

/// Which engine answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one writer.
    Sqlite,
    /// A server, when there is more than one portal.
    Postgres,
}

/// A handle on the database; clones share it.
#[derive(Clone)]
pub struct Db {
    engine: Arc<dyn Threads>,
    kind: Engine,
    clock: Clock,
    chance: Chance,
    signals: signal::Signals,
}

/// The threads of one engine.
trait Threads: Send + Sync {
    fn read(&self, unit: Unit);
    fn write(&self, unit: Unit);
    /// Runs something on a connection for reading right away, on the caller's own thread; whether there was one.
    fn here(&self, _run: &mut dyn FnMut(&mut dyn Connection)) -> bool {
        false
    }
}

impl Db {
    /// Opens or makes the SQLite database at `path` and brings its schema up to date.
    ///
    /// # Errors
    /// When the file cannot be opened or written, or was migrated by a newer program.
    pub fn sqlite(path: &Path, clock: Clock, chance: Chance) -> Result<Self, DbError> {
        let engine = Arc::new(sqlite::Sqlite::open(path, clock.now())?);
        Ok(Self {
            engine,
            kind: Engine::Sqlite,
            clock,
            chance,
            signals: signal::Signals::default(),
        })
    }

    /// Connects to PostgreSQL and brings its schema up to date. `threads` connections are held.
    ///
    /// # Errors
    /// When the server cannot be reached or the schema is newer than this program.
    pub fn postgres(url: &str, threads: usize, clock: Clock, chance: Chance) -> Result<Self, DbError> {
        let engine = Arc::new(postgres::Postgres::open(url, threads, clock.now())?);
        Ok(Self {
            engine,
            kind: Engine::Postgres,
            clock,
            chance,
            signals: signal::Signals::default(),
        })
    }

    /// Which engine answers.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.kind
    }

    /// Runs `unit` with a connection that only reads.
    ///
    /// # Errors
    /// What `unit` returned, or [`DbError::Unavailable`].
    pub async fn read<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnOnce(&mut Reader<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.engine.read(Box::new(move |connection| {
            let result = unit(&mut Reader { connection });
            Finish {
                keep: false,
                reply: Box::new(move |_| drop(answer.send(result))),
            }
        }));
        answered.await.unwrap_or_else(|_| Err(lost().into()))
    }

    /// As [`Db::read`], for a few rows found by an index: where the database is in this process, that is over before
    /// another thread would have woken, so it is done right here. Anything longer would keep other requests waiting.
    ///
    /// # Errors
    /// What `unit` returned, or [`DbError::Unavailable`].
    pub async fn lookup<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnOnce(&mut Reader<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (mut unit, mut found) = (Some(unit), None);
        self.engine.here(&mut |connection| {
            found = unit.take().map(|unit| unit(&mut Reader { connection }));
        });
        match (found, unit) {
            (Some(found), _) => found,
            (None, Some(unit)) => self.read(unit).await,
            (None, None) => Err(lost().into()),
        }
    }

    /// Runs `unit` in a transaction and answers once it is on disk. A unit that fails leaves no trace.
    ///
    /// # Errors
    /// What `unit` returned, or [`DbError::Unavailable`] when the commit failed.
    pub async fn write<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: FnOnce(Tx<'_>) -> Result<Committed<T>, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let (clock, chance, signals) = (self.clock.clone(), self.chance.clone(), self.signals.clone());
        self.engine.write(Box::new(move |connection| {
            let result = unit(Tx::begin(connection, clock.now(), chance, signals));
            let keep = result.is_ok();
            let reply = Box::new(move |on_disk: Result<(), DbError>| {
                drop(answer.send(match (result, on_disk) {
                    (Ok(committed), Ok(())) => Ok(committed.announce()),
                    (Ok(_), Err(error)) => Err(error.into()),
                    (Err(error), _) => Err(error),
                }));
            });
            Finish { keep, reply }
        }));
        answered.await.unwrap_or_else(|_| Err(lost().into()))
    }

    /// Calls `listener` with every [`Signal`] of a unit that is on disk, on a thread that must not be kept waiting.
    pub fn listen(&self, listener: impl Fn(Signal) + Send + Sync + 'static) {
        self.signals.listen(Box::new(listener));
    }

    /// Checks that the database answers.
    ///
    /// # Errors
    /// [`DbError::Unavailable`] and its kin.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.read(|r| r.rows(sql!("select 1"), params![]).map(drop)).await
    }

    /// Prepares a statement without running it.
    ///
    /// # Errors
    /// The engine's words when it does not understand the statement.
    pub async fn prepare(&self, sql: String) -> Result<(), DbError> {
        self.read(move |r| r.connection.prepare(&sql)).await
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Db({:?})", self.kind)
    }
}

fn lost() -> DbError {
    DbError::Unavailable("the unit of work was lost: it panicked or the database is closing".into())
}
