//! Ten thousand programs claim a seat of a licence that has a thousand, and the portal is killed in the middle. Exactly a
//! thousand get one: as told, as counted, and as kept.

use crate::{database::Database, programs::Portal};
use anyhow::{Context, Result, bail};
use serde_json::{Value as Json, json};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::sync::{Notify, Semaphore, watch};

const CLAIMS: usize = 10_000;
const SEATS: u32 = 1_000;
/// Claims under way at once: connections to one process.
const AT_ONCE: usize = 1_000;
/// Seats granted when the portal is killed.
const KILLED_AT: u32 = 300;

/// What all claims share.
struct Rush {
    client: reqwest::Client,
    /// Where the portal is; it changes when the portal is started again.
    url: watch::Receiver<String>,
    workspace: String,
    licence: String,
    key: String,
    gate: Semaphore,
    granted: AtomicU32,
    enough: Notify,
}

impl Rush {
    /// One claim, asked again as long as nobody answers. A program that asks again may find that it had been granted.
    async fn claim(&self, number: usize) -> Result<String> {
        let body = json!({ "data": {
            "type": "machines",
            "attributes": { "fingerprint": format!("{number:064x}") },
            "relationships": { "license": { "data": { "type": "licenses", "id": self.licence } } },
        } });
        let mut url = self.url.clone();
        loop {
            let at = url.borrow_and_update().clone();
            let permit = self.gate.acquire().await?;
            let asked = self
                .client
                .post(format!("{at}/v1/accounts/{}/machines", self.workspace))
                .header("authorization", format!("License {}", self.key))
                .header("content-type", "application/vnd.api+json")
                .body(body.to_string())
                .send()
                .await;
            let answer = match asked {
                Ok(answer) => Some((answer.status().as_u16(), answer.text().await)),
                Err(_) => None,
            };
            drop(permit);
            let Some((status, Ok(text))) = answer else {
                // Nobody there: wait until the portal is somewhere else.
                if *url.borrow() == at {
                    url.changed().await?;
                }
                continue;
            };
            if status == 201 {
                if self.granted.fetch_add(1, Ordering::SeqCst) + 1 == KILLED_AT {
                    self.enough.notify_one();
                }
                return Ok("granted".to_owned());
            }
            let answer: Json = serde_json::from_str(&text).with_context(|| format!("{status}: {text}"))?;
            let code = answer["errors"][0]["code"].as_str();
            return match code {
                Some(code) => Ok(code.to_owned()),
                None => bail!("{status}: {text}"),
            };
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_of_ten_thousand_get_a_seat_also_when_the_portal_is_killed() -> Result<()> {
    for database in tokio::task::spawn_blocking(|| Database::both("seats")).await?? {
        rush(database).await?;
    }
    Ok(())
}

async fn rush(database: Database) -> Result<()> {
    let portal = tokio::task::spawn_blocking(move || Portal::start(database)).await??;
    let api = portal.api()?;
    let (licence, key) = portal.issue_with_key(SEATS)?;
    let workspace = api.workspace_with(&licence, "Rush").await?;
    let (told, url) = watch::channel(portal.url.clone());
    let rush = Arc::new(Rush {
        client: reqwest::Client::new(),
        url,
        workspace,
        licence: licence.clone(),
        key,
        gate: Semaphore::new(AT_ONCE),
        granted: AtomicU32::new(0),
        enough: Notify::new(),
    });
    let claims: Vec<_> = (0..CLAIMS)
        .map(|number| {
            let rush = Arc::clone(&rush);
            tokio::spawn(async move { rush.claim(number).await })
        })
        .collect();
    rush.enough.notified().await;
    let portal = tokio::task::spawn_blocking(move || -> Result<Portal> {
        let (data, database) = portal.kill()?;
        Portal::start_in(data, database, &[])
    })
    .await??;
    told.send_replace(portal.url.clone());
    let mut answers: BTreeMap<String, usize> = BTreeMap::new();
    for claim in claims {
        *answers.entry(claim.await??).or_default() += 1;
    }
    let of = |answer: &str| answers.get(answer).copied().unwrap_or(0);
    // Whoever asked again after the kill and had been granted is told that the machine is there.
    let granted = of("granted") + of("FINGERPRINT_TAKEN");
    let engine = portal.engine();
    assert_eq!(granted, SEATS as usize, "{answers:?} on {engine}");
    assert_eq!(
        of("MACHINE_LIMIT_EXCEEDED"),
        CLAIMS - SEATS as usize,
        "{answers:?} on {engine}"
    );
    for (what, sql) in [
        ("machines", "select count(*) from activation"),
        (
            "fingerprints",
            "select count(distinct fingerprint) from activation",
        ),
        (
            "seats",
            &format!("select seats_used from licence where seats = {SEATS}"),
        ),
    ] {
        assert_eq!(portal.number(sql)?, i64::from(SEATS), "{what} on {engine}");
    }
    eprintln!("{engine}: {answers:?}");
    Ok(())
}
