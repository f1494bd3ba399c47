//! The portal is killed at random moments while fifty clients create workspaces and assign licences. After the restart
//! nothing it acknowledged is lost, no licence is in two workspaces, and no audit line is missing.

use crate::programs::{Api, Database, Portal};
use anyhow::{Context, Result};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::sync::Notify;

const ROUNDS: u32 = 20;
const CLIENTS: usize = 50;

/// What one client was told, and what it had asked when the portal fell silent.
#[derive(Default)]
struct Told {
    /// Workspaces acknowledged, by id.
    workspaces: Vec<(String, String)>,
    /// The last acknowledged place of its licence.
    placed: Option<String>,
    /// Where it had asked to move the licence without hearing back.
    asked: Option<String>,
}

/// Counts acknowledgements and says when enough were given.
struct Fuse {
    left: AtomicU32,
    burnt: Notify,
}

impl Fuse {
    fn burn(&self) {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.burnt.notify_one();
        }
    }
}

async fn client(api: Api, licence: String, name: String, fuse: Arc<Fuse>) -> Told {
    let mut told = Told::default();
    for number in 0u32.. {
        let name = format!("{name} ({number})");
        let body = json!({ "name": name, "mode": "local_and_remote" });
        let Ok((status, workspace)) = api.send("POST", "/api/v1/workspaces", Some(body)).await else {
            return told;
        };
        assert_eq!(status, 201, "{workspace}");
        let id = workspace["id"].as_str().unwrap_or_default().to_owned();
        told.workspaces.push((id.clone(), name));
        fuse.burn();
        told.asked = Some(id.clone());
        let body = json!({ "licence": licence, "confirm_move": true });
        let Ok((status, answer)) = api
            .send("PUT", &format!("/api/v1/workspaces/{id}/licence"), Some(body))
            .await
        else {
            return told;
        };
        assert_eq!(status, 200, "{answer}");
        told.placed = told.asked.take();
        fuse.burn();
    }
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_portal_is_killed() -> Result<()> {
    let seed = 42;
    let mut chance = StdRng::seed_from_u64(seed);
    let mut portal = Portal::start(Database::Sqlite)?;
    let owner = portal.demo()?["email"]
        .as_str()
        .context("the demo's person")?
        .to_owned();
    let mut licences = Vec::new();
    for _ in 0..CLIENTS {
        let issued = portal.command(&[
            "licence",
            "issue",
            "--product",
            "Business",
            "--seats",
            "5",
            "--kind",
            "one-off",
            "--months",
            "12",
            "--owner",
            &owner,
        ])?;
        licences.push(
            issued["licence"]["id"]
                .as_str()
                .context("the licence's id")?
                .to_owned(),
        );
    }
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    let mut acknowledged = 0;
    for round in 0..ROUNDS {
        let api = portal.api()?;
        let fuse = Arc::new(Fuse {
            left: AtomicU32::new(chance.random_range(1..400)),
            burnt: Notify::new(),
        });
        let clients: Vec<_> = licences
            .iter()
            .enumerate()
            .map(|(number, licence)| {
                let name = format!("Round {round} client {number}");
                tokio::spawn(client(api.apart(), licence.clone(), name, Arc::clone(&fuse)))
            })
            .collect();
        fuse.burnt.notified().await;
        let (data, database) = portal.kill()?;
        let mut told = Vec::new();
        for client in clients {
            told.push(client.await?);
        }
        portal = Portal::start_in(data, database, &[])?;
        acknowledged += told.iter().map(|told| told.workspaces.len()).sum::<usize>();
        check(&portal, &licences, &told, &mut places)
            .with_context(|| format!("round {round} of seed {seed}"))?;
    }
    assert!(
        acknowledged > 500,
        "only {acknowledged} workspaces in {ROUNDS} rounds: the portal was hardly used"
    );
    Ok(())
}

/// Reads the database itself: what the portal would say is derived from it.
fn check(
    portal: &Portal,
    licences: &[String],
    told: &[Told],
    places: &mut BTreeMap<String, String>,
) -> Result<()> {
    let path = portal.data.path().join("rempart.db");
    let database = rusqlite::Connection::open_with_flags(&path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, i64>(0));
    for (id, name) in told.iter().flat_map(|told| &told.workspaces) {
        let id = uuid(id)?;
        let found: String = database
            .query_row(
                "select name from workspace where id = ?1",
                [id.as_slice()],
                |row| row.get(0),
            )
            .with_context(|| format!("the acknowledged workspace {name} is lost"))?;
        assert_eq!(&found, name);
    }
    for (licence, told) in licences.iter().zip(told) {
        let now: Option<Vec<u8>> = database.query_row(
            "select workspace from licence where id = ?1",
            [uuid(licence)?.as_slice()],
            |row| row.get(0),
        )?;
        let now = now.map(|bytes| hex(&bytes));
        let kept = told.placed.clone().or_else(|| places.get(licence).cloned());
        let allowed = [kept.clone(), told.asked.clone()];
        let in_words = now.as_deref();
        assert!(
            allowed
                .iter()
                .any(|allowed| allowed.as_deref().map(plain) == in_words.map(str::to_owned)),
            "licence {licence} is at {now:?}; acknowledged {kept:?}, asked {:?}",
            told.asked
        );
        match now {
            Some(now) => places.insert(licence.clone(), now),
            None => places.remove(licence),
        };
    }
    assert_eq!(
        count(
            "select count(*) from (select workspace from licence where workspace is not null
               group by workspace having count(*) > 1)"
        )?,
        0,
        "a workspace with two licences"
    );
    assert_eq!(
        count(
            "select count(*) from workspace where not exists (select 1 from audit_event
               where action = 'workspace.create' and audit_event.target = workspace.id)
               and name like 'Round%'"
        )?,
        0,
        "a workspace without its audit line"
    );
    assert_eq!(
        count("select count(*) from licence where workspace is not null and trial_of is null
               and not exists (select 1 from audit_event where action = 'licence.assign'
               and audit_event.target = licence.id and audit_event.workspace = licence.workspace)
               and exists (select 1 from workspace where workspace.id = licence.workspace and name like 'Round%')")?,
        0,
        "an assignment without its audit line"
    );
    Ok(())
}

fn uuid(text: &str) -> Result<Vec<u8>> {
    let digits = plain(text);
    (0..digits.len() / 2)
        .map(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).context("an id"))
        .collect()
}

fn plain(text: &str) -> String {
    text.replace('-', "")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
