//! Which crate of ours depends on which, for building, running and testing alike.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::Deserialize;

use super::plan::{self, Plan};
use crate::process;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    path: Option<String>,
}

/// A crate of ours, and those of ours it depends on.
pub(super) type Graph = BTreeMap<String, BTreeSet<String>>;

/// What the manifests say.
pub(super) fn read() -> Result<Graph> {
    let said = process::output(&mut process::cargo(&[
        "metadata",
        "--no-deps",
        "--locked",
        "--format-version",
        "1",
    ]))?;
    let metadata: Metadata = serde_json::from_str(&said)?;
    let ours = |package: Package| {
        let of_ours = package
            .dependencies
            .into_iter()
            .filter(|dependency| dependency.path.is_some());
        (package.name, of_ours.map(|dependency| dependency.name).collect())
    };
    Ok(metadata.packages.into_iter().map(ours).collect())
}

/// Where the manifests and the plan differ.
pub(super) fn faults(plan: &Plan, graph: &Graph) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, used) in graph {
        let Some(allowed) = plan.crates.get(name) else {
            faults.push(format!("crate {name} is not in ARCHITECTURE.md"));
            continue;
        };
        faults.extend(
            used.difference(allowed)
                .map(|other| format!("crate {name} uses {other}, and may not")),
        );
    }
    let gone = plan.crates.keys().filter(|name| !graph.contains_key(*name));
    faults.extend(gone.map(|name| format!("ARCHITECTURE.md names the crate {name}, which is not there")));
    if let Some(circle) = plan::circle(&plan.crates) {
        faults.push(format!(
            "ARCHITECTURE.md lets crates use each other in a circle: {}",
            circle.join(", ")
        ));
    }
    faults
}
