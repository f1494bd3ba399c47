//! How soon we answer: pages and an API call against an axum handler that does nothing, in turn, in the same run.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::figures::{Bar, Figure};
use super::process_figures::{Portal, Seed};
use super::released;
use crate::process;

/// Connections at once: what two cores can serve while two clients ask.
const CONNECTIONS: &str = "4";
/// How long one turn lasts.
const SECONDS: &str = "0.7";
/// Turns a run.
const TURNS: usize = 3;

#[derive(Deserialize)]
pub(super) struct Answers {
    pub(super) per_second: f64,
    pub(super) p50_us: f64,
    pub(super) p99_us: f64,
}

/// What is asked of the portal, and how the floor beside it answered.
struct Subject {
    what: &'static str,
    path: String,
    header: Option<String>,
    rounds: Vec<(Answers, Answers)>,
}

impl Subject {
    fn new(what: &'static str, path: String, header: Option<String>) -> Self {
        Self {
            what,
            path,
            header,
            rounds: Vec::new(),
        }
    }

    fn figures(&self) -> [Figure; 3] {
        let pairs = |of: fn(&Answers) -> f64| {
            let rounds = self.rounds.iter();
            rounds
                .map(|(ours, floor)| (of(ours), of(floor)))
                .collect::<Vec<_>>()
        };
        let named = |of: &str| format!("{}, {of}", self.what);
        [
            Figure::beside(&named("p50"), "ms", &pairs(|a| a.p50_us / 1e3), Bar::AtMost(3.0)),
            Figure::beside(&named("p99"), "ms", &pairs(|a| a.p99_us / 1e3), Bar::None),
            Figure::beside(&named("rate"), "requests/s", &pairs(|a| a.per_second), Bar::None),
        ]
    }
}

/// The floor, stopped when dropped.
pub(super) struct Floor {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Drop for Floor {
    fn drop(&mut self) {
        if self.child.kill().is_ok() {
            drop(self.child.wait());
        }
    }
}

/// Asks the portal and the floor in turn, then looks at what the portal still holds of all that.
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
    let floor = Floor::start()?;
    let portal = Portal::with_people()?;
    let seed = portal.seed()?;
    let key = format!("authorization: Bearer {}", seed.api_key);
    let session = format!("cookie: {}", sign_in(portal.address, &seed)?);
    let workspace = format!("/workspaces/{}", seed.workspace.id);
    let mut subjects = [
        Subject::new("page, nobody signed in (/sign-in)", "/sign-in".to_owned(), None),
        Subject::new("page, signed in (the overview)", workspace, Some(session)),
        Subject::new(
            "API, by key (/api/v1/workspaces)",
            "/api/v1/workspaces".to_owned(),
            Some(key),
        ),
    ];
    for _ in 0..runs * TURNS {
        for subject in &mut subjects {
            let ours = ask(portal.address, &subject.path, subject.header.as_deref())?;
            let theirs = ask(floor.address, "/", None)?;
            subject.rounds.push((ours, theirs));
        }
    }
    let mut figures: Vec<Figure> = subjects.iter().flat_map(Subject::figures).collect();
    figures.push(Figure::new(
        "portal after all that, resident",
        "MiB",
        vec![portal.resident()?],
        Bar::None,
    ));
    Ok(figures)
}

impl Floor {
    /// Starts it.
    pub(super) fn start() -> Result<Self> {
        let mut command = process::command(released("examples/empty_handler"));
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("the floor could not be started")?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("the floor says nothing")?;
        BufReader::new(stdout).read_line(&mut line)?;
        Ok(Self {
            child,
            address: line.trim().parse().with_context(|| line.clone())?,
        })
    }
}

/// Signs the demo's person in, as the form does; the session's cookie.
fn sign_in(address: SocketAddr, seed: &Seed) -> Result<String> {
    // Neither holds anything that a form would have to write otherwise but the one sign.
    let form = format!(
        "email={}&password={}",
        seed.email.replace('@', "%40"),
        seed.password
    );
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "POST /sign-in HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let cookies = answer
        .lines()
        .filter_map(|line| line.strip_prefix("set-cookie: "));
    let session = cookies.filter_map(|cookie| cookie.split(';').next());
    let session = session
        .into_iter()
        .find(|cookie| cookie.starts_with("rempart_session="));
    Ok(session
        .with_context(|| format!("nobody could be signed in: {answer}"))?
        .to_owned())
}

pub(super) fn ask(address: SocketAddr, path: &str, header: Option<&str>) -> Result<Answers> {
    let mut load = process::command(released("examples/load"));
    load.args([&address.to_string(), path, CONNECTIONS, SECONDS]);
    let said = process::output(load.args(header))?;
    serde_json::from_str(&said).with_context(|| said.clone())
}
