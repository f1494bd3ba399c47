use super::{Connection, DbError, Finish, Row, Threads, Unit, Value, dialect, migrate};
use jiff::Timestamp;
use postgres::{
    Client, Config, NoTls, Statement,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};
use std::{
    collections::HashMap,
    error::Error,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};
use uuid::Uuid;

pub(super) struct Postgres {
    callers: mpsc::Sender<(Unit, Purpose)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
}

impl Postgres {
    pub(super) fn open(url: &str, threads: usize, now: Timestamp) -> Result<Self, DbError> {
        // The URL holds a password: errors name the host only.
        let config: Config = url
            .parse()
            .map_err(|_| DbError::Unavailable("the database URL is not a valid PostgreSQL URL".into()))?;
        let mut first = PostgresConnection::open(&config)?;
        first.script("begin")?;
        migrate::run(&mut first, Some(dialect::POSTGRES_MIGRATION_LOCK), now)?;
        first.script("commit")?;
        let (callers, queue) = mpsc::channel();
        let queue = Arc::new(Mutex::new(queue));
        let mut ready = Some(first);
        for _ in 0..threads.max(1) {
            let (queue, config, connection) = (Arc::clone(&queue), config.clone(), ready.take());
            thread::Builder::new()
                .name("db-postgres".into())
                .spawn(move || serve(connection, &config, &queue))
                .map_err(|error| DbError::Unavailable(format!("no thread for the database: {error}")))?;
        }
        Ok(Self { callers })
    }
}

impl Threads for Postgres {
    fn read(&self, unit: Unit) {
        drop(self.callers.send((unit, Purpose::Read)));
    }
    fn write(&self, unit: Unit) {
        drop(self.callers.send((unit, Purpose::Write)));
    }
}

fn serve(
    mut connection: Option<PostgresConnection>,
    config: &Config,
    queue: &Mutex<mpsc::Receiver<(Unit, Purpose)>>,
) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((unit, purpose)) = next else { return };
        if connection
            .as_ref()
            .is_none_or(|connection| connection.client.is_closed())
        {
            connection = PostgresConnection::open(config)
                .inspect_err(|error| tracing::error!(%error, "cannot reach PostgreSQL"))
                .ok();
        }
        // Without a connection the unit is dropped and its caller hears that it was lost.
        let Some(open) = connection.as_mut() else { continue };
        let outcome = catch_unwind(AssertUnwindSafe(|| match purpose {
            Purpose::Read => {
                let finish = unit(open);
                (finish.reply)(Ok(()));
            }
            Purpose::Write => write_one(open, unit),
        }));
        if outcome.is_err() {
            connection = None;
        }
    }
}

fn write_one(connection: &mut PostgresConnection, unit: Unit) {
    let begun = connection.script("begin");
    let Finish { keep, reply } = unit(connection);
    let outcome = begun.and_then(|()| connection.script(if keep { "commit" } else { "rollback" }));
    reply(outcome);
}

struct PostgresConnection {
    client: Client,
    statements: HashMap<String, Statement>,
}

impl PostgresConnection {
    fn open(config: &Config) -> Result<Self, DbError> {
        let client = config
            .connect(NoTls)
            .map_err(|error| DbError::Unavailable(error.to_string()))?;
        Ok(Self {
            client,
            statements: HashMap::new(),
        })
    }

    fn statement(&mut self, sql: &str) -> Result<Statement, DbError> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(known.clone());
        }
        let statement = self
            .client
            .prepare(sql)
            .map_err(|error| dialect::postgres_error(&error, sql))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn bound(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl Connection for PostgresConnection {
    fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        let statement = self.statement(sql)?;
        let rows = self
            .client
            .query(&statement, &bound(params))
            .map_err(|error| dialect::postgres_error(&error, sql))?;
        let shared: Arc<str> = sql.into();
        rows.iter().map(|row| decode(row, &shared)).collect()
    }

    fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        let statement = self.statement(sql)?;
        self.client
            .execute(&statement, &bound(params))
            .map_err(|error| dialect::postgres_error(&error, sql))
    }

    fn script(&mut self, sql: &str) -> Result<(), DbError> {
        self.client
            .batch_execute(sql)
            .map_err(|error| dialect::postgres_error(&error, sql))
    }

    fn prepare(&mut self, sql: &str) -> Result<(), DbError> {
        self.statement(sql).map(drop)
    }
}

fn decode(row: &postgres::Row, sql: &Arc<str>) -> Result<Row, DbError> {
    let values = row
        .columns()
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let value = match *column.type_() {
                Type::BOOL => row
                    .try_get::<_, Option<bool>>(at)
                    .map(|value| value.map(Value::Bool)),
                Type::INT8 => row
                    .try_get::<_, Option<i64>>(at)
                    .map(|value| value.map(Value::Int)),
                Type::INT4 => row
                    .try_get::<_, Option<i32>>(at)
                    .map(|value| value.map(|int| Value::Int(int.into()))),
                Type::UUID => row
                    .try_get::<_, Option<Uuid>>(at)
                    .map(|value| value.map(Value::Uuid)),
                Type::BYTEA => row
                    .try_get::<_, Option<Vec<u8>>>(at)
                    .map(|value| value.map(Value::Bytes)),
                _ => row
                    .try_get::<_, Option<String>>(at)
                    .map(|value| value.map(Value::Text)),
            };
            value
                .map(|value| value.unwrap_or(Value::Null))
                .map_err(|_| DbError::Decode {
                    column: at,
                    sql: sql.to_string(),
                })
        })
        .collect::<Result<_, _>>()?;
    Ok(Row {
        values,
        sql: Arc::clone(sql),
    })
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Bool(value) => value.to_sql(ty, out),
            Self::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Self::Int(value) => value.to_sql(ty, out),
            Self::Text(value) => value.to_sql(ty, out),
            Self::Bytes(value) => value.to_sql(ty, out),
            Self::Uuid(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
