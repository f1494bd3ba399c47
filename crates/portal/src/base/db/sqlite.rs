use super::{Connection, DbError, Finish, Row, Threads, Unit, Value, dialect, migrate};
use jiff::Timestamp;
use rusqlite::{OpenFlags, config::DbConfig, types::ValueRef};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex, PoisonError, TryLockError, mpsc},
    thread,
};

/// Units committed together at most: beyond this the gain is nothing and the wait is felt.
const GROUP: usize = 512;
/// Reading threads: two cores' worth; a reader holds some 100 KiB of page cache.
const READERS: usize = 2;
/// Bytes of the file that readers look at in memory; more than that is read.
const MAPPED: u64 = 1 << 30;

pub(super) struct Sqlite {
    writer: mpsc::Sender<Unit>,
    readers: mpsc::Sender<Unit>,
    /// The connections of the reading threads, for what is over before a thread would have woken.
    shared: Vec<Arc<Mutex<SqliteConnection>>>,
}

impl Sqlite {
    pub(super) fn open(path: &Path, now: Timestamp) -> Result<Self, DbError> {
        let mut writer = open(path, false)?;
        migrate::run(&mut writer, None, now)?;
        let (to_writer, from_callers) = mpsc::channel();
        spawn("db-writer", move || write_loop(&mut writer, &from_callers))?;
        let (to_readers, from_callers) = mpsc::channel();
        let callers = Arc::new(Mutex::new(from_callers));
        let mut shared = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            let reader = Arc::new(Mutex::new(open(path, true)?));
            shared.push(Arc::clone(&reader));
            let callers = Arc::clone(&callers);
            spawn("db-reader", move || read_loop(&reader, &callers))?;
        }
        Ok(Self {
            writer: to_writer,
            readers: to_readers,
            shared,
        })
    }
}

impl Threads for Sqlite {
    // A unit that cannot be sent is dropped, and with it the caller's end of the answer: it hears that it was lost.
    fn read(&self, unit: Unit) {
        drop(self.readers.send(unit));
    }
    fn write(&self, unit: Unit) {
        drop(self.writer.send(unit));
    }
    fn here(&self, run: &mut dyn FnMut(&mut dyn Connection)) -> bool {
        let free = self.shared.iter().find_map(|reader| match reader.try_lock() {
            Ok(connection) => Some(connection),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        });
        free.is_some_and(|mut connection| {
            run(&mut *connection);
            true
        })
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<(), DbError> {
    thread::Builder::new()
        .name(name.into())
        .spawn(body)
        .map(drop)
        .map_err(|error| DbError::Unavailable(format!("no thread for the database: {error}")))
}

struct SqliteConnection(rusqlite::Connection);

fn open(path: &Path, read_only: bool) -> Result<SqliteConnection, DbError> {
    let flags = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    let named = |error: rusqlite::Error| DbError::Unavailable(format!("{}: {error}", path.display()));
    let connection = rusqlite::Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(named)?;
    if !read_only {
        // WAL and FULL together: an acknowledged unit survives the loss of power, at one fsync a group.
        connection
            .execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;")
            .map_err(named)?;
    }
    connection
        .execute_batch("pragma busy_timeout = 10000; pragma temp_store = memory; pragma cache_size = -2000;")
        .map_err(named)?;
    if read_only {
        // A page of the file is then looked at where the system keeps it, instead of being copied for each reader.
        let mapped = format!("pragma mmap_size = {MAPPED};");
        connection.execute_batch(&mapped).map_err(named)?;
    }
    // Without it a statement whose plan could depend on what is bound is planned again every time.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(named)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(SqliteConnection(connection))
}

impl SqliteConnection {
    fn with<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        run: impl FnOnce(&mut rusqlite::CachedStatement<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, DbError> {
        let error = |error: rusqlite::Error| dialect::sqlite_error(&error, sql);
        let mut statement = self.0.prepare_cached(sql).map_err(error)?;
        let mut name = String::with_capacity(4);
        for (at, value) in params.iter().enumerate() {
            use std::fmt::Write;
            name.clear();
            let _ = write!(name, "${}", at + 1);
            // To SQLite `$1` is a name: bound by name, so that both engines mean the same value.
            if let Some(index) = statement.parameter_index(&name).map_err(error)? {
                bind(&mut statement, index, value).map_err(error)?;
            }
        }
        run(&mut statement).map_err(error)
    }
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, index: usize, value: &Value) -> rusqlite::Result<()> {
    match value {
        Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null),
        Value::Bool(value) => statement.raw_bind_parameter(index, value),
        Value::Int(value) => statement.raw_bind_parameter(index, value),
        Value::Text(value) => statement.raw_bind_parameter(index, value.as_str()),
        Value::Bytes(value) => statement.raw_bind_parameter(index, value.as_slice()),
        Value::Uuid(value) => statement.raw_bind_parameter(index, value.as_bytes().as_slice()),
    }
}

impl Connection for SqliteConnection {
    fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        let shared: Arc<str> = sql.into();
        self.with(sql, params, |statement| {
            let columns = statement.column_count();
            let mut rows = statement.raw_query();
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                let values = (0..columns)
                    .map(|at| {
                        Ok(match row.get_ref(at)? {
                            ValueRef::Null => Value::Null,
                            ValueRef::Integer(value) => Value::Int(value),
                            ValueRef::Real(value) => Value::Text(value.to_string()),
                            ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                            ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
                        })
                    })
                    .collect::<rusqlite::Result<_>>()?;
                out.push(Row {
                    values,
                    sql: Arc::clone(&shared),
                });
            }
            Ok(out)
        })
    }

    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        self.with(sql, params, |statement| statement.raw_execute())
            .map(|count| count as u64)
    }

    fn script(&mut self, sql: &str) -> Result<(), DbError> {
        self.0
            .execute_batch(sql)
            .map_err(|error| dialect::sqlite_error(&error, sql))
    }

    fn prepare(&mut self, sql: &str) -> Result<(), DbError> {
        self.with(sql, &[], |_| Ok(()))
    }
}

fn read_loop(reader: &Mutex<SqliteConnection>, callers: &Mutex<mpsc::Receiver<Unit>>) {
    loop {
        let next = callers.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(unit) = next else { return };
        let mut connection = reader.lock().unwrap_or_else(PoisonError::into_inner);
        let finish = catch_unwind(AssertUnwindSafe(|| unit(&mut *connection)));
        drop(connection);
        if let Ok(finish) = finish {
            (finish.reply)(Ok(()));
        }
    }
}

fn write_loop(connection: &mut SqliteConnection, callers: &mpsc::Receiver<Unit>) {
    hold_the_present(connection);
    while let Ok(first) = callers.recv() {
        drop(connection.script("rollback"));
        let begun = connection.script("begin immediate");
        let mut group: Vec<Finish> = Vec::new();
        let mut next = Some(first);
        while let Some(unit) = next {
            group.extend(run_one(connection, unit));
            next = if group.len() < GROUP {
                callers.try_recv().ok()
            } else {
                None
            };
        }
        let outcome = begun.and_then(|()| connection.script("commit"));
        if outcome.is_err() {
            drop(connection.script("rollback"));
        }
        hold_the_present(connection);
        for finish in group {
            (finish.reply)(outcome.clone());
        }
    }
}

/// Begins to read, and goes on until the next write. While one connection of a process reads the present, the others find
/// its lock taken and only count themselves in; without it each read asks the system for the lock and gives it back, and
/// threads that read at once wait for one another. Let go before a write, so that the log of writes can be emptied.
fn hold_the_present(connection: &mut SqliteConnection) {
    let held = connection.script("begin; select 1 from sqlite_schema limit 1");
    if let Err(error) = held {
        tracing::warn!(%error, "each read takes its own lock");
    }
}

/// Runs one unit in a savepoint. `None` when it panicked: its caller hears that it was lost.
fn run_one(connection: &mut SqliteConnection, unit: Unit) -> Option<Finish> {
    if let Err(error) = connection.script("savepoint unit") {
        tracing::error!(%error, "no savepoint for a unit of work");
        return None;
    }
    let finish = catch_unwind(AssertUnwindSafe(|| unit(connection))).ok();
    let keep = finish.as_ref().is_some_and(|finish| finish.keep);
    let end = if keep {
        "release unit"
    } else {
        "rollback to unit; release unit"
    };
    if let Err(error) = connection.script(end) {
        tracing::error!(%error, "a savepoint could not be closed");
        return None;
    }
    finish
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::StatementStatus;

    #[test]
    fn a_statement_is_planned_once_whatever_is_bound() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = open(&folder.path().join("db"), false).unwrap();
        let tables = "create table thing (id integer primary key, name text, gone integer);
                      create unique index thing_name_unique on thing (name) where gone = 0;";
        connection.script(tables).unwrap();
        let sql = "select id from thing where name like $1 and gone = $2 limit $3";
        for round in 0..3 {
            let bound = [
                Value::Text(format!("{round}%")),
                Value::Int(round),
                Value::Int(round + 10),
            ];
            assert!(connection.rows(sql, &bound).unwrap().is_empty());
        }
        let again = connection.with(sql, &[], |statement| {
            Ok(statement.get_status(StatementStatus::RePrepare))
        });
        assert_eq!(again, Ok(0));
    }

    /// A folder with a database of one table, the thread that writes to it, and the way to that thread.
    fn written() -> (tempfile::TempDir, mpsc::Sender<Unit>) {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = open(&folder.path().join("db"), false).unwrap();
        writer
            .script("create table thing (id integer primary key, name text)")
            .unwrap();
        let (to_writer, from_callers) = mpsc::channel();
        spawn("db-writer", move || write_loop(&mut writer, &from_callers)).unwrap();
        (folder, to_writer)
    }

    /// Has a thing written and waits until it is on disk.
    fn write(to_writer: &mpsc::Sender<Unit>, name: String) {
        let (told, outcome) = mpsc::channel();
        let unit: Unit = Box::new(move |connection| {
            let written = connection.execute("insert into thing (name) values ($1)", &[Value::Text(name)]);
            Finish {
                keep: written.is_ok(),
                reply: Box::new(move |on_disk| told.send(on_disk).unwrap()),
            }
        });
        drop(to_writer.send(unit));
        outcome.recv().unwrap().unwrap();
    }

    fn count(reader: &mut SqliteConnection) -> i64 {
        let rows = reader.rows("select count(*) from thing", &[]).unwrap();
        rows[0].get(0).unwrap()
    }

    #[test]
    fn the_log_of_writes_is_emptied_while_a_reader_holds_the_present() {
        let (folder, to_writer) = written();
        for round in 0..600 {
            write(&to_writer, format!("{round}").repeat(5_000));
        }
        let log = std::fs::metadata(folder.path().join("db-wal")).unwrap().len();
        assert!(log < 8 << 20, "{log} bytes of some 12 MB of pages");
    }

    #[test]
    fn what_another_program_writes_is_seen_at_once() {
        let (folder, to_writer) = written();
        let path = folder.path().join("db");
        let (mut reader, mut other) = (open(&path, true).unwrap(), open(&path, false).unwrap());
        for round in 1..=20 {
            if round % 2 == 0 {
                write(&to_writer, "ours".to_owned());
            } else {
                other
                    .script("insert into thing (name) values ('theirs')")
                    .unwrap();
            }
            assert_eq!(count(&mut reader), round);
        }
    }
}
