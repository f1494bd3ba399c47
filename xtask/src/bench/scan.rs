//! How fast we look: the engine against bare boreal on the same files and rules, and the agent's whole command.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::figures::{Bar, Figure};
use super::released;
use crate::{process, program};

#[derive(Deserialize)]
struct Round {
    threads: usize,
    bare_mb_s: f64,
    engine_mb_s: f64,
}

/// Scans `tree`, `runs` times.
pub(super) fn measure(tree: &Path, runs: usize) -> Result<Vec<Figure>> {
    process::run(&mut process::cargo(&[
        "build",
        "--release",
        "-p",
        "rempart-engine",
        "--example",
        "tree",
    ]))?;
    let mut rounds: Vec<Round> = Vec::new();
    for _ in 0..runs {
        let mut example = process::command(released("examples/tree"));
        let said = process::output(example.arg(tree).args(["1", "2", "--json"]))?;
        for line in said.lines() {
            rounds.push(serde_json::from_str(line).with_context(|| line.to_owned())?);
        }
    }
    let on = |threads: usize| -> Vec<(f64, f64)> {
        let fitting = rounds.iter().filter(|round| round.threads == threads);
        fitting
            .map(|round| (round.engine_mb_s, round.bare_mb_s))
            .collect()
    };
    Ok(vec![
        Figure::beside(
            "engine, 1 thread, floor bare boreal",
            "MB/s",
            &on(1),
            Bar::RatioAtLeast(0.9),
        ),
        Figure::beside(
            "engine, 2 threads, floor bare boreal",
            "MB/s",
            &on(2),
            Bar::RatioAtLeast(0.9),
        ),
        Figure::new(
            "agent's scan, the whole command",
            "MB/s",
            agent(tree, runs)?,
            Bar::None,
        ),
    ])
}

/// `rempart-agent scan` of the same tree, start-up and all, against the bytes that lie there.
fn agent(tree: &Path, runs: usize) -> Result<Vec<f64>> {
    let state = std::env::temp_dir().join(format!("rempart-bench-{}", std::process::id()));
    let megabytes = size_of_tree(tree)? as f64 / 1e6;
    let mut speeds = Vec::new();
    for _ in 0..runs {
        let start = Instant::now();
        let mut scan = program::command(&released("rempart-agent"));
        let done = scan
            .arg("scan")
            .arg(tree)
            .arg("--state")
            .arg(&state)
            .output()
            .context("rempart-agent scan")?;
        // 1 says that something was found, 2 that files could not be read: the tree was scanned all the same.
        done.status.code().context("the agent's scan was killed")?;
        speeds.push(megabytes / start.elapsed().as_secs_f64());
    }
    if state.exists() {
        std::fs::remove_dir_all(&state)?;
    }
    Ok(speeds)
}

fn size_of_tree(folder: &Path) -> Result<u64> {
    let mut total = 0;
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            total += size_of_tree(&entry.path()).unwrap_or(0);
        } else if kind.is_file() {
            total += entry.metadata()?.len();
        }
    }
    Ok(total)
}
