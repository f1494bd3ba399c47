//! What the programs cost as processes: time to be ready, memory at rest, size on disk.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::figures::{Bar, Figure};
use super::{Scratch, released};
use crate::postgres::free_port;
use crate::process;
use crate::program::{self, Program};

/// How long both are left alone before they are said to be at rest.
const REST: Duration = Duration::from_secs(3);

/// A released portal on a folder of its own, which is gone afterwards.
pub(super) struct Portal {
    program: Program,
    pub(super) address: SocketAddr,
    scratch: Scratch,
    took: Duration,
}

impl Portal {
    /// Starts one on a new folder, with the demo's people in it.
    pub(super) fn with_people() -> Result<Self> {
        Self::on(Scratch::new("portal")?, &["--demo"])
    }

    /// Starts one on a data folder that is there.
    pub(super) fn on_data(data: &Path) -> Result<Self> {
        Self::start(Scratch::new("portal")?, data, &[])
    }

    fn on(scratch: Scratch, flags: &[&str]) -> Result<Self> {
        let data = scratch.path.join("data");
        Self::start(scratch, &data, flags)
    }

    fn start(scratch: Scratch, data: &Path, flags: &[&str]) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
        let mut command = program::command(&released("rempart"));
        command
            .args(["serve", "--listen", &address.to_string(), "--data"])
            .arg(data)
            .args(flags);
        let start = Instant::now();
        let mut program = Program::start("the portal", &mut command, &scratch.path.join("log"))?;
        program.wait_until(Duration::from_secs(20), || program::is_ready(address))?;
        Ok(Self {
            program,
            address,
            scratch,
            took: start.elapsed(),
        })
    }

    /// What the demo wrote about itself.
    pub(super) fn seed(&self) -> Result<Seed> {
        let text = std::fs::read_to_string(self.scratch.path.join("data/demo.json")).context("demo.json")?;
        serde_json::from_str(&text).context("demo.json")
    }

    /// MiB of memory it occupies now.
    pub(super) fn resident(&self) -> Result<f64> {
        resident(self.program.pid())
    }
}

/// What of the demo's `demo.json` is used here.
#[derive(serde::Deserialize)]
pub(super) struct Seed {
    pub(super) email: String,
    pub(super) password: String,
    pub(super) api_key: String,
    pub(super) workspace: Place,
    enrolment_token: String,
}

/// The demo's workspace.
#[derive(serde::Deserialize)]
pub(super) struct Place {
    pub(super) id: String,
}

/// From exec to the first answered `/readyz`, on a new folder and on a kept one.
pub(super) fn start(runs: usize) -> Result<Vec<Figure>> {
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let mut portal = Portal::on(Scratch::new("portal")?, &[])?;
        first.push(portal.took.as_secs_f64() * 1e3);
        portal.program.stop();
        let second = Portal::on(portal.scratch, &[])?;
        again.push(second.took.as_secs_f64() * 1e3);
    }
    Ok(vec![
        Figure::new("portal ready, first start on a folder", "ms", first, Bar::None),
        Figure::new("portal ready, later starts", "ms", again, Bar::AtMost(100.0)),
    ])
}

/// Resident memory of both programs, a moment after they are connected to each other.
pub(super) fn memory(runs: usize) -> Result<Vec<Figure>> {
    let (mut portals, mut agents) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let portal = Portal::with_people()?;
        let agent = connected(&portal)?;
        std::thread::sleep(REST);
        portals.push(portal.resident()?);
        agents.push(resident(agent.pid())?);
    }
    Ok(vec![
        Figure::new("portal at rest, resident", "MiB", portals, Bar::AtMost(30.0)),
        Figure::new(
            "agent at rest, resident, rules and all",
            "MiB",
            agents,
            Bar::AtMost(25.0),
        ),
    ])
}

/// An agent that has enrolled and is connected, as the portal's own log tells.
fn connected(portal: &Portal) -> Result<Program> {
    let state = portal.scratch.path.join("agent");
    let url = format!("http://{}", portal.address);
    let mut enrol = program::command(&released("rempart-agent"));
    enrol
        .args([
            "enrol",
            "--portal",
            &url,
            "--token",
            &portal.seed()?.enrolment_token,
        ])
        .arg("--state")
        .arg(&state);
    process::output(&mut enrol)?;
    let mut run = program::command(&released("rempart-agent"));
    let log = portal.scratch.path.join("agent.log");
    let mut agent = Program::start("the agent", run.arg("run").arg("--state").arg(&state), &log)?;
    agent.wait_until(Duration::from_secs(20), || says(&log, " connected portal="))?;
    Ok(agent)
}

fn says(log: &Path, word: &str) -> bool {
    std::fs::read_to_string(log).is_ok_and(|said| said.contains(word))
}

fn resident(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).context("the program is gone")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .context("no VmRSS")?;
    let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().context("VmRSS")?;
    Ok(kibibytes / 1024.0)
}

/// The programs as they are shipped.
pub(super) fn size() -> Result<Vec<Figure>> {
    process::run(&mut process::cargo(&[
        "build",
        "--profile",
        "dist",
        "-p",
        "rempart-portal",
        "-p",
        "rempart-agent",
        "--bins",
    ]))?;
    let megabytes = |name: &str| -> Result<Vec<f64>> {
        let file = process::target().join("dist").join(name);
        Ok(vec![
            std::fs::metadata(&file)
                .with_context(|| file.display().to_string())?
                .len() as f64
                / 1e6,
        ])
    };
    Ok(vec![
        Figure::new(
            "rempart, one file",
            "MB",
            megabytes("rempart")?,
            Bar::AtMost(25.0),
        ),
        Figure::new(
            "rempart-agent, one file",
            "MB",
            megabytes("rempart-agent")?,
            Bar::AtMost(12.0),
        ),
    ])
}
