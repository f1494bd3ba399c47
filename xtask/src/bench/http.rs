//! How soon we answer: a page and an API call against an axum handler that does nothing, in turn, in the same run.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::figures::{Bar, Figure};
use super::process_figures::Portal;
use super::released;
use crate::process;

/// Connections at once: what two cores can serve while two clients ask.
const CONNECTIONS: &str = "4";
const SECONDS: &str = "2";

#[derive(Deserialize)]
struct Answers {
    per_second: f64,
    p50_us: f64,
    p99_us: f64,
}

/// The floor, stopped when dropped.
struct Floor {
    child: Child,
    address: SocketAddr,
}

impl Drop for Floor {
    fn drop(&mut self) {
        if self.child.kill().is_ok() {
            drop(self.child.wait());
        }
    }
}

/// Asks the floor, a page, a signed-in page's API, `runs` times in turn.
pub(super) fn measure(runs: usize) -> Result<Vec<Figure>> {
    let examples = [
        "build",
        "--release",
        "-p",
        "rempart-e2e",
        "--example",
        "empty_handler",
        "--example",
        "load",
    ];
    process::run(&mut process::cargo(&examples))?;
    let floor = start_floor()?;
    let portal = Portal::start(true)?;
    let key = format!("authorization: Bearer {}", portal.api_key()?);
    let subjects: [(&str, &str, &[&str]); 2] = [
        ("page /sign-in", "/sign-in", &[]),
        ("API /api/v1/workspaces", "/api/v1/workspaces", &[&key]),
    ];
    let mut rounds: [Vec<(Answers, Answers)>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..runs {
        for ((_, path, headers), rounds) in subjects.iter().zip(&mut rounds) {
            rounds.push((ask(portal.address, path, headers)?, ask(floor.address, "/", &[])?));
        }
    }
    let mut figures = Vec::new();
    for ((what, ..), rounds) in subjects.iter().zip(&rounds) {
        let pairs = |of: fn(&Answers) -> f64| {
            rounds
                .iter()
                .map(|(ours, floor)| (of(ours), of(floor)))
                .collect::<Vec<_>>()
        };
        let milliseconds = |of: fn(&Answers) -> f64| {
            pairs(of)
                .iter()
                .map(|(a, b)| (a / 1e3, b / 1e3))
                .collect::<Vec<_>>()
        };
        figures.push(Figure::beside(
            &format!("{what}, p50"),
            "ms",
            &milliseconds(|a| a.p50_us),
            Bar::AtMost(3.0),
        ));
        figures.push(Figure::beside(
            &format!("{what}, p99"),
            "ms",
            &milliseconds(|a| a.p99_us),
            Bar::None,
        ));
        figures.push(Figure::beside(
            what,
            "requests/s",
            &pairs(|a| a.per_second),
            Bar::None,
        ));
    }
    Ok(figures)
}

fn start_floor() -> Result<Floor> {
    let mut command = process::command(released("examples/empty_handler"));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("the floor could not be started")?;
    let mut line = String::new();
    let stdout = child.stdout.take().context("the floor says nothing")?;
    BufReader::new(stdout).read_line(&mut line)?;
    Ok(Floor {
        child,
        address: line.trim().parse().with_context(|| line.clone())?,
    })
}

fn ask(address: SocketAddr, path: &str, headers: &[&str]) -> Result<Answers> {
    let mut load = process::command(released("examples/load"));
    let said = process::output(
        load.args([&address.to_string(), path, CONNECTIONS, SECONDS])
            .args(headers),
    )?;
    serde_json::from_str(&said).with_context(|| said.clone())
}
