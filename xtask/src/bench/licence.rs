//! What a licence costs: a question about one among 1, 10,000 and a million, a file read without a network, a batch of
//! keys.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::figures::{Bar, Figure};
use super::http::{Answers, Floor};
use super::process_figures::Portal;
use super::{Scratch, released};
use crate::{process, program};

/// Licences in the database.
const SIZES: [u64; 3] = [1, 10_000, 1_000_000];
/// Keys that are asked about, evenly spread over the licences.
const SAMPLE: &str = "5000";
/// Keys of a batch.
const BATCH: &str = "10000";

#[derive(Deserialize)]
struct Round {
    plain: f64,
    encrypted: f64,
    bare: f64,
}

/// Everything about licences, `runs` times.
pub(super) fn measure(runs: usize) -> Result<Vec<Figure>> {
    process::run(&mut process::cargo(&[
        "build",
        "--release",
        "-p",
        "rempart-wire",
        "-p",
        "rempart-portal",
        "-p",
        "rempart-e2e",
        "--examples",
    ]))?;
    let mut figures = files(runs)?;
    figures.push(batch(runs)?);
    let scratch = Scratch::new("licences")?;
    for size in SIZES {
        figures.extend(questions(&scratch.path, size, runs)?);
    }
    Ok(figures)
}

/// Reading a file beside the signature in it.
fn files(runs: usize) -> Result<Vec<Figure>> {
    let mut verify = process::command(released("examples/verify"));
    let said = process::output(verify.args(["0.5", &runs.to_string()]))?;
    let rounds: Vec<Round> = said
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| line.to_owned()))
        .collect::<Result<_>>()?;
    let beside = |what: &str, of: fn(&Round) -> f64| {
        let pairs: Vec<_> = rounds.iter().map(|round| (of(round), round.bare)).collect();
        Figure::beside(what, "files/s", &pairs, Bar::RatioAtLeast(0.9))
    };
    Ok(vec![
        beside("licence file read offline, plain", |round| round.plain),
        beside("licence file read offline, encrypted", |round| round.encrypted),
    ])
}

/// A batch of keys, from exec to exit.
fn batch(runs: usize) -> Result<Figure> {
    let scratch = Scratch::new("batch")?;
    let mut seconds = Vec::new();
    for _ in 0..runs {
        let mut issue = program::command(&released("rempart"));
        issue
            .args(["licence", "issue", "--product", "Business", "--seats", "5"])
            .args(["--kind", "one-off", "--count", BATCH, "--json", "--data"])
            .arg(scratch.path.join("data"));
        let start = Instant::now();
        process::output(&mut issue)?;
        seconds.push(start.elapsed().as_secs_f64());
    }
    Ok(Figure::new(
        "a batch of 10,000 keys, the whole command",
        "s",
        seconds,
        Bar::AtMost(2.0),
    ))
}

/// Validations among `size` licences. The folder grows from one size to the next.
fn questions(folder: &Path, size: u64, runs: usize) -> Result<Vec<Figure>> {
    let data = folder.join("data");
    let mut fill = process::command(released("examples/licences"));
    let said = process::output(fill.arg(&data).args([&size.to_string(), SAMPLE]))?;
    let bodies = folder.join(format!("keys-{size}"));
    std::fs::write(&bodies, said)?;
    let portal = Portal::on_data(&data)?;
    let floor = Floor::start()?;
    let bodies = format!("@{}", bodies.display());
    let mut rounds = Vec::new();
    for _ in 0..runs {
        let ours = super::http::ask(portal.address, "/api/v1/licences/validate", Some(&bodies))?;
        rounds.push((ours, super::http::ask(floor.address, "/", Some(&bodies))?));
    }
    let pairs = |of: fn(&Answers) -> f64| {
        let rounds = rounds.iter();
        rounds
            .map(|(ours, floor)| (of(ours), of(floor)))
            .collect::<Vec<_>>()
    };
    let named = |of: &str| format!("validation among {size}, {of}");
    Ok(vec![
        Figure::beside(
            &named("rate"),
            "requests/s",
            &pairs(|a| a.per_second),
            Bar::RatioAtLeast(0.5),
        ),
        Figure::beside(&named("p50"), "ms", &pairs(|a| a.p50_us / 1e3), Bar::None),
        Figure::beside(&named("p99"), "ms", &pairs(|a| a.p99_us / 1e3), Bar::None),
    ])
}
