//! Two hundred clients want the same thing at once. Exactly one gets it; the others get the code that says why not.

use crate::programs::{Database, Portal};
use anyhow::{Context, Result};
use serde_json::json;
use std::collections::BTreeMap;

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
