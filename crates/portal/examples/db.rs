//! What the database's closure design carries: units (one upsert and its audit line, committed) and reads by key, for
//! 1, 8, 64 and 512 callers at once, on SQLite and, when `REMPART_TEST_POSTGRES` names one, on PostgreSQL.
//!
//! `cargo run --release -p rempart-portal --example db`. The floor is one bare rusqlite connection in the same run:
//! the same two statements, a transaction for each.

use rempart_portal::{
    base::{
        audit::{AuditActor, AuditEvent},
        clock::{Chance, Clock},
        db::{Db, DbError, Read},
    },
    params, sql,
};
use std::time::{Duration, Instant};

const MEASURE: Duration = Duration::from_secs(2);
const RUNS: usize = 3;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("rempart-db-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (clock, chance) = (Clock::System, Chance::from_system());
    println!(
        "floor, bare rusqlite, one transaction a unit: {:.0} units/s",
        floor(&folder)?
    );
    let sqlite = Db::sqlite(&folder.join("bench.db"), clock.clone(), chance.clone())?;
    measure("sqlite", &sqlite).await?;
    if let Ok(url) = std::env::var("REMPART_TEST_POSTGRES") {
        let postgres = tokio::task::spawn_blocking(move || Db::postgres(&url, 16, clock, chance)).await??;
        measure("postgres", &postgres).await?;
    }
    std::fs::remove_dir_all(&folder)?;
    std::process::exit(0)
}

fn floor(folder: &std::path::Path) -> anyhow::Result<f64> {
    let mut connection = rusqlite::Connection::open(folder.join("floor.db"))?;
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full;
         create table server_setting (name text primary key, value blob not null);
         create table audit_event (id blob primary key, at bigint not null, action text not null);",
    )?;
    let began = Instant::now();
    let mut units = 0u32;
    while began.elapsed() < MEASURE {
        let tx = connection.transaction()?;
        tx.prepare_cached("insert into server_setting (name, value) values (?1, ?2) on conflict (name) do update set value = excluded.value")?
            .execute((format!("key {}", units % 1000), [7u8; 32]))?;
        tx.prepare_cached("insert into audit_event (id, at, action) values (?1, ?2, 'bench.write')")?
            .execute((units.to_be_bytes(), units))?;
        tx.commit()?;
        units += 1;
    }
    Ok(f64::from(units) / began.elapsed().as_secs_f64())
}

async fn measure(name: &str, db: &Db) -> anyhow::Result<()> {
    for callers in [1, 8, 64, 512] {
        let mut writes = Vec::new();
        let mut reads = Vec::new();
        for _ in 0..RUNS {
            writes.push(rate(db, callers, Kind::Write).await?);
            reads.push(rate(db, callers, Kind::Read).await?);
        }
        writes.sort_by(f64::total_cmp);
        reads.sort_by(f64::total_cmp);
        println!(
            "{name}, {callers} callers: {:.0} units/s, {:.0} reads/s (medians of {RUNS})",
            writes[RUNS / 2],
            reads[RUNS / 2]
        );
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Kind {
    Read,
    Write,
}

async fn rate(db: &Db, callers: u32, kind: Kind) -> anyhow::Result<f64> {
    let began = Instant::now();
    let callers: Vec<_> = (0..callers)
        .map(|caller| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut done = 0u32;
                while began.elapsed() < MEASURE {
                    let key = format!("key {}", (caller * 7919 + done) % 1000);
                    match kind {
                        Kind::Read => read(&db, key).await?,
                        Kind::Write => write(&db, key).await?,
                    }
                    done += 1;
                }
                Ok::<_, DbError>(done)
            })
        })
        .collect();
    let mut units = 0;
    for caller in callers {
        units += caller.await??;
    }
    Ok(f64::from(units) / began.elapsed().as_secs_f64())
}

async fn write(db: &Db, key: String) -> Result<(), DbError> {
    db.write(move |mut tx| {
        tx.execute(
            sql!(
                "insert into server_setting (name, value) values ($1, $2)
                 on conflict (name) do update set value = excluded.value"
            ),
            params![key, vec![7u8; 32]],
        )?;
        tx.commit(AuditEvent::new(AuditActor::Server, "bench.write"), ())
    })
    .await
}

async fn read(db: &Db, key: String) -> Result<(), DbError> {
    db.read(move |r| {
        r.first(
            sql!("select value from server_setting where name = $1"),
            params![key],
        )
        .map(drop)
    })
    .await
}
