//! How fast we look: the engine and the agent's whole command against bare boreal, on the same files and rules.
//!
//! The files are a sample of this computer's own, copied once: part as they are, part packed. Bare boreal opens no
//! archives, so on these the floor is bare boreal behind a loop that unpacks and limits nothing.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::figures::{Bar, Figure};
use super::{Scratch, released};
use crate::{process, program};

/// The least that both programs are worth beside bare boreal.
const BAR: Bar = Bar::RatioAtLeast(0.9);

#[derive(Deserialize)]
struct Sample {
    files: usize,
    bytes: u64,
    archives: usize,
    packed_bytes: u64,
}

#[derive(Deserialize)]
struct Round {
    threads: usize,
    bare_mb_s: f64,
    engine_mb_s: f64,
}

/// Scans a sample of `tree`, `runs` times.
pub(super) fn measure(tree: &Path, megabytes: u64, runs: usize) -> Result<Vec<Figure>> {
    process::run(&mut process::cargo(&[
        "build",
        "--release",
        "-p",
        "rempart-engine",
        "--example",
        "tree",
    ]))?;
    let scratch = Scratch::new("scan")?;
    let mut make = example();
    make.arg("sample").arg(tree).arg(&scratch.path);
    let said = process::output(make.arg(megabytes.to_string()))?;
    let sample: Sample = serde_json::from_str(&said).with_context(|| said.clone())?;
    eprintln!(
        "   {} files of {}, {:.0} MB; of these {:.0} MB again in {} archives",
        sample.files,
        tree.display(),
        sample.bytes as f64 / 1e6,
        sample.packed_bytes as f64 / 1e6,
        sample.archives
    );
    let plain = scratch.path.join("plain");
    let mut figures = engine(&plain, &[], runs, "engine")?;
    figures.extend(engine(
        &scratch.path.join("archives"),
        &["--unpack"],
        runs,
        "engine in archives",
    )?);
    let speed = |time: Duration| sample.bytes as f64 / 1e6 / time.as_secs_f64();
    let mut pairs = Vec::new();
    for _ in 0..runs {
        let floor = took(example().arg(&plain).args(["2", "--whole"]))?;
        pairs.push((speed(agent(&plain, &scratch.path.join("state"))?), speed(floor)));
    }
    figures.push(Figure::beside(
        "rempart-agent scan, the whole command",
        "MB/s",
        &pairs,
        BAR,
    ));
    Ok(figures)
}

/// The engine beside its floor, on one thread and on two.
fn engine(folder: &Path, flags: &[&str], runs: usize, what: &str) -> Result<Vec<Figure>> {
    let mut measure = example();
    measure.arg(folder).args(["1", "2", "--json"]).args(flags);
    let said = process::output(measure.arg(format!("--rounds={runs}")))?;
    let lines = said.lines();
    let rounds: Vec<Round> = lines
        .map(|line| serde_json::from_str(line).with_context(|| line.to_owned()))
        .collect::<Result<_>>()?;
    let on = |threads: usize, said: &str| {
        let fitting = rounds.iter().filter(|round| round.threads == threads);
        let pairs: Vec<_> = fitting
            .map(|round| (round.engine_mb_s, round.bare_mb_s))
            .collect();
        Figure::beside(&format!("{what}, {said}"), "MB/s", &pairs, BAR)
    };
    Ok(vec![on(1, "1 thread"), on(2, "2 threads")])
}

/// `rempart-agent scan`, from exec to exit.
fn agent(tree: &Path, state: &Path) -> Result<Duration> {
    let mut scan = program::command(&released("rempart-agent"));
    took(scan.arg("scan").arg(tree).arg("--state").arg(state))
}

fn example() -> std::process::Command {
    process::command(released("examples/tree"))
}

/// How long it ran. The agent ends with 1 when it found something: the tree was scanned all the same.
fn took(command: &mut std::process::Command) -> Result<Duration> {
    let start = Instant::now();
    let done = command.output().context("the scan could not be started")?;
    let took = start.elapsed();
    let said = || String::from_utf8_lossy(&done.stderr).into_owned();
    anyhow::ensure!(
        matches!(done.status.code(), Some(0 | 1)),
        "{}: {}",
        done.status,
        said()
    );
    Ok(took)
}
