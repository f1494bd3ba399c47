//! Fills a data folder with licences, and says the keys of some of them, for a bench.
//!
//! `licences FOLDER COUNT SAMPLE` issues licences until the folder's database holds COUNT, then prints SAMPLE lines, each
//! a request to validate one of the keys issued in this run, evenly spread; progress goes to the error output.

use anyhow::Context;
use rempart_portal::{
    base::{
        audit::{AuditActor, AuditEvent},
        clock::{Chance, Clock},
        db::{Db, DbError, Read},
        error::Fault,
        secret::Secrets,
    },
    licence::{self, IssueInput},
    params, sql,
};
use std::path::PathBuf;

/// Licences in one transaction.
const CHUNK: u64 = 1_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let usage = "usage: licences FOLDER COUNT SAMPLE";
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().context(usage)?);
    let mut number = || -> anyhow::Result<u64> { Ok(words.next().context(usage)?.parse()?) };
    let (count, sample) = (number()?, number()?.max(1));
    std::fs::create_dir_all(&folder)?;
    let (clock, chance) = (Clock::System, Chance::from_system());
    let db = Db::sqlite(&folder.join("rempart.db"), clock, chance.clone())?;
    let secrets = Secrets::open(&folder, &db, &chance).await?;
    let there = db.read::<_, DbError, _>(|r| r.count(sql!("select count(*) from licence"), params![]));
    let mut there = there.await?;
    let mut keys = Vec::new();
    while there < count {
        let (now, secrets) = (CHUNK.min(count - there), secrets.clone());
        let issued = db.write(move |mut tx| {
            let input = IssueInput {
                product: "Business".to_owned(),
                kind: "one_off".to_owned(),
                seats: 5,
                months: 12,
                ..IssueInput::default()
            };
            let mut keys = Vec::new();
            for _ in 0..now {
                keys.push(licence::issue_to(&mut tx, &secrets, &input)?.key);
            }
            let event = AuditEvent::new(AuditActor::Server, "licence.issue");
            Ok::<_, Fault>(tx.commit(event, keys)?)
        });
        keys.extend(issued.await?);
        there += now;
        if there.is_multiple_of(100_000) {
            eprintln!("   {there} licences");
        }
    }
    let step = (keys.len() as u64 / sample).max(1);
    for key in keys.iter().step_by(usize::try_from(step)?) {
        println!(r#"{{"key":"{key}"}}"#);
    }
    Ok(())
}
