use super::{
    Connection, DbError, Row, Value,
    signal::{Signal, Signals},
};
use crate::base::{
    audit::{self, AuditEvent, Housekeeping},
    clock::Chance,
    job,
};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// What reading needs; both [`Reader`] and [`Tx`] offer it, so that a slice's questions work in either.
pub trait Read {
    /// All rows.
    ///
    /// # Errors
    /// Whatever the engine says.
    fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError>;

    /// The first row, if there is one.
    ///
    /// # Errors
    /// Whatever the engine says.
    fn first(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>, DbError> {
        Ok(self.rows(sql, params)?.into_iter().next())
    }

    /// The number in the first column of the first row; 0 when there is none.
    ///
    /// # Errors
    /// Whatever the engine says.
    fn count(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        self.first(sql, params)?.map_or(Ok(0), |row| row.get(0))
    }
}

/// A connection for reading.
pub struct Reader<'a> {
    pub(super) connection: &'a mut dyn Connection,
}

impl Read for Reader<'_> {
    fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        self.connection.rows(sql, params)
    }
}

/// A transaction. It takes effect only through [`Tx::commit`] or [`Tx::tidy`].
pub struct Tx<'a> {
    connection: &'a mut dyn Connection,
    now: Timestamp,
    chance: Chance,
    signals: Signals,
    poisoned: bool,
    after: Vec<Box<dyn FnOnce() + Send>>,
}

/// Proof that a unit was closed properly, with what it answers. Only [`Tx`] makes it.
pub struct Committed<T> {
    value: T,
    after: Vec<Box<dyn FnOnce() + Send>>,
}

impl<T> Committed<T> {
    /// Runs what waits for the commit and hands the value over.
    pub(super) fn announce(self) -> T {
        for then in self.after {
            then();
        }
        self.value
    }
}

impl<'a> Tx<'a> {
    pub(super) fn begin(
        connection: &'a mut dyn Connection,
        now: Timestamp,
        chance: Chance,
        signals: Signals,
    ) -> Self {
        Self {
            connection,
            now,
            chance,
            signals,
            poisoned: false,
            after: Vec::new(),
        }
    }

    /// The time of this unit; the same for everything it writes.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id.
    #[must_use]
    pub fn id<T: From<Uuid>>(&self) -> T {
        self.chance.id(self.now)
    }

    /// Randomness.
    #[must_use]
    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// Runs a statement; the number of rows it touched.
    ///
    /// # Errors
    /// Whatever the engine says; the unit is then lost.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        self.guard(|connection| connection.execute(sql, params))
    }

    /// Writes a job to be run after the commit, at `run_at` or as soon as possible.
    ///
    /// # Errors
    /// Whatever the engine says.
    pub fn enqueue(
        &mut self,
        kind: &'static str,
        payload: &impl Serialize,
        run_at: Option<Timestamp>,
    ) -> Result<(), DbError> {
        if run_at.is_none_or(|at| at <= self.now) {
            self.signal(Signal::Job);
        }
        job::enqueue(self, kind, payload, run_at)
    }

    /// Tells the rest of this process, once everything is on disk.
    pub fn signal(&mut self, signal: Signal) {
        let signals = self.signals.clone();
        self.after_commit(move || signals.send(signal));
    }

    /// Writes a job that comes back by itself: at `run_at`, unless one of its kind is waiting already.
    ///
    /// # Errors
    /// Whatever the engine says.
    pub fn enqueue_once(&mut self, kind: &'static str, run_at: Timestamp) -> Result<(), DbError> {
        job::enqueue_once(self, kind, run_at)
    }

    /// Runs `then` once everything is on disk, and never otherwise. For waking what waits; nothing that must not be
    /// lost (that is a job).
    pub fn after_commit(&mut self, then: impl FnOnce() + Send + 'static) {
        self.after.push(Box::new(then));
    }

    /// Closes the unit with the audit event that says what was done and by whom.
    ///
    /// # Errors
    /// When the event cannot be written.
    pub fn commit<T>(mut self, event: AuditEvent, value: T) -> Result<Committed<T>, DbError> {
        audit::record(&mut self, event)?;
        Ok(Committed {
            value,
            after: self.after,
        })
    }

    /// As [`Tx::commit`], for what needs several events (one action seen from two workspaces, say); at least one.
    ///
    /// # Errors
    /// When an event cannot be written.
    pub fn commit_all<T>(
        mut self,
        first: AuditEvent,
        more: Vec<AuditEvent>,
        value: T,
    ) -> Result<Committed<T>, DbError> {
        audit::record(&mut self, first)?;
        for event in more {
            audit::record(&mut self, event)?;
        }
        Ok(Committed {
            value,
            after: self.after,
        })
    }

    /// Closes a unit that decides nothing for anybody: bookkeeping of a listed kind.
    ///
    /// # Errors
    /// None today; the signature is that of [`Tx::commit`].
    pub fn tidy<T>(self, _kind: Housekeeping, value: T) -> Result<Committed<T>, DbError> {
        if self.poisoned {
            return Err(DbError::Poisoned);
        }
        Ok(Committed {
            value,
            after: self.after,
        })
    }

    fn guard<T>(
        &mut self,
        run: impl FnOnce(&mut dyn Connection) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        if self.poisoned {
            return Err(DbError::Poisoned);
        }
        let result = run(self.connection);
        self.poisoned = result.is_err();
        result
    }
}

impl Read for Tx<'_> {
    fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        self.guard(|connection| connection.rows(sql, params))
    }
}
