//! Two hundred clients want the same thing at once. Exactly one gets it; the others get the code that says why not.

use crate::{database::Database, programs::Portal};
use anyhow::{Context, Result};
use rempart_agent::{
    agent::Agent,
    lang::Language,
    link::{self, EnrolRequest, LinkError, Machine, Timing},
    world::World,
};
use serde_json::json;
use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};
use tokio::sync::Barrier;
use zeroize::Zeroizing;

const CLIENTS: usize = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_two_hundred_gets_the_name() -> Result<()> {
    for database in tokio::task::spawn_blocking(|| Database::both("race_name")).await?? {
        let portal = tokio::task::spawn_blocking(move || Portal::start(database)).await??;
        let api = portal.api()?;
        // Same name to people, never the same bytes.
        let spellings = [
            "Zinc & Cie",
            "zinc & cie",
            "ZINC  &  CIE",
            "Ｚinc & Cié",
            " zinc & ciè ",
        ];
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (api, name) = (api.apart(), spellings[client % spellings.len()]);
                tokio::spawn(async move {
                    let body = json!({ "name": name, "mode": "local_and_remote" });
                    api.send("POST", "/api/v1/workspaces", Some(body)).await
                })
            })
            .collect();
        let mut answers: BTreeMap<(u16, String), usize> = BTreeMap::new();
        for client in clients {
            let (status, body) = client.await??;
            *answers
                .entry((status, body["code"].as_str().unwrap_or("").to_owned()))
                .or_default() += 1;
            if status == 409 {
                let free = body["facts"]["alternatives"]
                    .as_array()
                    .context("free alternatives")?;
                assert_eq!(free.len(), 3, "{body}");
            }
        }
        let wanted = BTreeMap::from([
            ((201, String::new()), 1),
            ((409, "workspace_name_taken".to_owned()), CLIENTS - 1),
        ]);
        assert_eq!(answers, wanted);
    }
    Ok(())
}

/// The agent's own enrolment, on a computer whose state is in `folder`.
async fn enrol(folder: &Path, number: usize, portal: &str, token: &str) -> Result<Result<(), LinkError>> {
    let agent = Agent::open(folder, World::real(), Language::English)?;
    let machine = Machine {
        fingerprint: format!("{number:064x}"),
        host: format!("racer-{number}"),
        system: "Debian GNU/Linux 12".to_owned(),
        run: format!("race of {number}"),
    };
    let request = EnrolRequest {
        portal: portal.to_owned(),
        token: Zeroizing::new(token.to_owned()),
        name: None,
        authorities: None,
        insecure_http: false,
    };
    // Two hundred at once on a small machine: nobody is to be lost to impatience.
    let timing = Timing {
        connect: Duration::from_secs(60),
        answer: Duration::from_secs(60),
        ..Timing::default()
    };
    let enrolled = link::enrol(&agent, &machine, &timing, &request).await;
    let kept = agent.state.enrolment()?.is_some();
    assert_eq!(
        kept,
        enrolled.is_ok(),
        "an enrolment is kept exactly when there is one"
    );
    assert!(
        agent.state.candidate_credential()?.is_none(),
        "half an enrolment on disk"
    );
    Ok(enrolled.map(drop))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_two_hundred_gets_the_last_seat() -> Result<()> {
    for database in tokio::task::spawn_blocking(|| Database::both("race_seat")).await?? {
        let portal = tokio::task::spawn_blocking(move || Portal::start(database)).await??;
        let api = portal.api()?;
        let workspace = api.workspace(&portal, "Last Seat", 2).await?;
        let token = api.token(&workspace).await?;
        let folders = tempfile::tempdir()?;
        enrol(&folders.path().join("first"), CLIENTS, &portal.url, &token).await??;
        let start = Arc::new(Barrier::new(CLIENTS));
        let racers: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (start, folder) = (Arc::clone(&start), folders.path().join(number.to_string()));
                let (url, token) = (portal.url.clone(), token.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    enrol(&folder, number, &url, &token).await
                })
            })
            .collect();
        let mut answers: BTreeMap<String, usize> = BTreeMap::new();
        for racer in racers {
            let answer = match racer.await?? {
                Ok(()) => "enrolled".to_owned(),
                Err(LinkError::Refused(refusal)) => {
                    assert_eq!(refusal.workspace.as_deref(), Some("Last Seat"), "{refusal}");
                    refusal.code
                }
                Err(other) => other.to_string(),
            };
            *answers.entry(answer).or_default() += 1;
        }
        let wanted = BTreeMap::from([
            ("enrolled".to_owned(), 1),
            ("seats_exhausted".to_owned(), CLIENTS - 1),
        ]);
        assert_eq!(answers, wanted, "{}", portal.engine());
        let licence = api
            .ok("GET", &format!("/api/v1/workspaces/{workspace}/licence"), None)
            .await?;
        assert_eq!(
            (&licence["seats_used"], &licence["seats"]),
            (&json!(2), &json!(2))
        );
        let devices = api
            .ok("GET", &format!("/api/v1/workspaces/{workspace}/devices"), None)
            .await?;
        assert_eq!(devices["items"].as_array().map(Vec::len), Some(2), "{devices}");
        for (what, sql) in [
            ("devices", "select count(*) from device"),
            ("seats", "select count(*) from device where licence is not null"),
            ("credentials", "select count(*) from device_credential"),
            ("uses of the token", "select sum(used) from enrolment_token"),
            (
                "audit lines",
                "select count(*) from audit_event where action = 'device.enrol'",
            ),
        ] {
            assert_eq!(portal.number(sql)?, 2, "{what} on {}", portal.engine());
        }
    }
    Ok(())
}
