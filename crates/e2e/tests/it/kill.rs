//! The portal is killed at random moments while fifty clients create workspaces and assign licences. After the restart
//! nothing it acknowledged is lost, no licence is in two workspaces, and no audit line is missing.

use crate::{
    database::Database,
    programs::{Api, Portal},
};
use anyhow::{Context, Result};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Instant,
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
    for database in tokio::task::spawn_blocking(|| Database::both("kill")).await?? {
        rounds(database).await?;
    }
    Ok(())
}

async fn rounds(database: Database) -> Result<()> {
    let (seed, began) = (42, Instant::now());
    let mut chance = StdRng::seed_from_u64(seed);
    let mut portal = Portal::start(database.clone())?;
    let owner = portal.demo()?["email"]
        .as_str()
        .context("the demo's person")?
        .to_owned();
    let licences = (0..CLIENTS)
        .map(|_| portal.issue(&owner, 5))
        .collect::<Result<Vec<_>>>()?;
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
            .with_context(|| format!("round {round} of seed {seed} on {}", portal.engine()))?;
    }
    eprintln!(
        "{}: {acknowledged} workspaces in {ROUNDS} rounds, {:.1} s",
        portal.engine(),
        began.elapsed().as_secs_f64()
    );
    assert!(
        acknowledged > 500,
        "only {acknowledged} workspaces in {ROUNDS} rounds: the portal was hardly used"
    );
    Ok(())
}

/// What was acknowledged is there, and nothing is twice or without its audit line.
fn check(
    portal: &Portal,
    licences: &[String],
    told: &[Told],
    places: &mut BTreeMap<String, String>,
) -> Result<()> {
    let pairs = |table: &str, column: &str| -> Result<BTreeMap<String, Option<String>>> {
        let id = portal.digits("id");
        let rows = portal.read(&format!("select {id}, {column} from {table}"))?;
        let pair = |row: Vec<Option<String>>| {
            let mut row = row.into_iter();
            Some((row.next()??, row.next()?))
        };
        Ok(rows.into_iter().filter_map(pair).collect())
    };
    let names = pairs("workspace", "name")?;
    for (id, name) in told.iter().flat_map(|told| &told.workspaces) {
        let found = names.get(&plain(id));
        assert_eq!(
            found,
            Some(&Some(name.clone())),
            "an acknowledged workspace is lost"
        );
    }
    let at = pairs("licence", &portal.digits("workspace"))?;
    for (licence, told) in licences.iter().zip(told) {
        let now = at
            .get(&plain(licence))
            .context("an issued licence is lost")?
            .clone();
        let kept = told
            .placed
            .as_deref()
            .map(plain)
            .or_else(|| places.get(licence).cloned());
        let asked = told.asked.as_deref().map(plain);
        assert!(
            now == kept || (asked.is_some() && now == asked),
            "licence {licence} is at {now:?}; acknowledged {kept:?}, asked {asked:?}",
        );
        match now {
            Some(now) => places.insert(licence.clone(), now),
            None => places.remove(licence),
        };
    }
    for (fault, sql) in FAULTS {
        assert_eq!(portal.number(sql)?, 0, "{fault}");
    }
    Ok(())
}

/// What there must be none of.
const FAULTS: &[(&str, &str)] = &[
    (
        "a workspace with two licences",
        "select count(*) from (select workspace from licence where workspace is not null
           group by workspace having count(*) > 1) as twice",
    ),
    (
        "a workspace without its audit line",
        "select count(*) from workspace where not exists (select 1 from audit_event
           where action = 'workspace.create' and audit_event.target = workspace.id)
           and name like 'Round%'",
    ),
    (
        "an assignment without its audit line",
        "select count(*) from licence where workspace is not null and trial_of is null
           and not exists (select 1 from audit_event where action = 'licence.assign'
           and audit_event.target = licence.id and audit_event.workspace = licence.workspace)
           and exists (select 1 from workspace where workspace.id = licence.workspace and name like 'Round%')",
    ),
];

fn plain(text: &str) -> String {
    text.replace('-', "")
}
