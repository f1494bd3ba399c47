//! What the programs cost as processes: time to be ready, memory at rest, size on disk.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::figures::{Bar, Figure};
use super::released;
use crate::postgres::free_port;
use crate::process;
use crate::program::{self, Program};

/// A released portal on a folder of its own, which is gone afterwards.
pub(super) struct Portal {
    program: Program,
    pub(super) address: SocketAddr,
    folder: PathBuf,
    took: Duration,
}

impl Portal {
    /// Starts one on a new folder.
    pub(super) fn start(demo: bool) -> Result<Self> {
        let port = free_port()?;
        let folder = std::env::temp_dir().join(format!("rempart-bench-{}-{port}", std::process::id()));
        std::fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
        Self::on(folder, demo, port)
    }

    fn on(folder: PathBuf, demo: bool, port: u16) -> Result<Self> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut command = program::command(&released("rempart"));
        command
            .args(["serve", "--listen", &address.to_string(), "--data"])
            .arg(folder.join("data"));
        if demo {
            command.arg("--demo");
        }
        let start = Instant::now();
        let mut program = Program::start("the portal", &mut command, &folder.join("log"))?;
        program.wait_until(Duration::from_secs(20), || program::is_ready(address))?;
        Ok(Self {
            program,
            address,
            folder,
            took: start.elapsed(),
        })
    }

    /// A value of what the demo seeded.
    fn seeded(&self, key: &str) -> Result<String> {
        let text = std::fs::read_to_string(self.folder.join("data/demo.json")).context("demo.json")?;
        let seed: serde_json::Value = serde_json::from_str(&text)?;
        Ok(seed
            .get(key)
            .and_then(serde_json::Value::as_str)
            .with_context(|| key.to_owned())?
            .to_owned())
    }

    /// The seeded API key.
    pub(super) fn api_key(&self) -> Result<String> {
        self.seeded("api_key")
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.program.stop();
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{} is left behind: {error}", self.folder.display());
        }
    }
}

/// From exec to the first answered `/readyz`, on a new folder and on a kept one.
pub(super) fn start(runs: usize) -> Result<Vec<Figure>> {
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let mut portal = Portal::start(false)?;
        first.push(portal.took.as_secs_f64() * 1e3);
        portal.program.stop();
        let kept = portal.folder.join("kept");
        std::fs::create_dir(&kept)?;
        std::fs::rename(portal.folder.join("data"), kept.join("data"))?;
        let second = Portal::on(kept, false, free_port()?)?;
        again.push(second.took.as_secs_f64() * 1e3);
    }
    Ok(vec![
        Figure::new("portal ready, first start", "ms", first, Bar::None),
        Figure::new("portal ready, later starts", "ms", again, Bar::AtMost(100.0)),
    ])
}

/// Resident memory of both programs, a moment after they are connected to each other.
pub(super) fn memory(runs: usize) -> Result<Vec<Figure>> {
    let (mut portals, mut agents) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let portal = Portal::start(true)?;
        let state = portal.folder.join("agent");
        let mut enrol = program::command(&released("rempart-agent"));
        let url = format!("http://{}", portal.address);
        enrol.args([
            "enrol",
            "--portal",
            &url,
            "--token",
            &portal.seeded("enrolment_token")?,
            "--state",
        ]);
        process::output(enrol.arg(&state))?;
        let mut run = program::command(&released("rempart-agent"));
        let agent = Program::start(
            "the agent",
            run.arg("run").arg("--state").arg(&state),
            &portal.folder.join("agent.log"),
        )?;
        std::thread::sleep(Duration::from_secs(3));
        portals.push(resident(portal.program.pid())?);
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
