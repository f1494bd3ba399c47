//! The demo as somebody new runs it: what it says is there is there, what it finds is out of harm's way, and Ctrl-C ends
//! all of it.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use serde::Deserialize;
use serde_json::Value;

use crate::postgres::free_port;
use crate::{process, program};

/// How long what the agent found may take to be in the console.
const PATIENCE: Duration = Duration::from_secs(20);

/// The object that `--json` promises; a key that is missing fails to be read.
#[derive(Deserialize)]
struct Told {
    url: String,
    email: String,
    password: String,
    operator_email: String,
    operator_password: String,
    api_key: String,
    data_folder: PathBuf,
    sample_folder: PathBuf,
    portal_pid: i32,
    agent_pid: i32,
}

/// The demo, ended with the value.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        if let Ok(None) = self.0.try_wait() {
            // Asked, not killed: its two programs would be left behind.
            interrupt(&self.0).ok();
            drop(self.0.wait());
        }
    }
}

/// Runs the demo on a folder of its own and ends it.
pub(super) fn check() -> Result<()> {
    let folder = process::target().join("demo-check");
    let port = free_port()?;
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let mut command = process::command(process::built("xtask"));
    command
        .args([
            "demo",
            "--json",
            "--fresh",
            "--port",
            &port.to_string(),
            "--folder",
        ])
        .arg(&folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut demo = Demo(command.spawn()?);
    let mut line = String::new();
    BufReader::new(demo.0.stdout.take().context("the demo says nothing")?).read_line(&mut line)?;
    let told: Told = serde_json::from_str(&line).with_context(|| format!("the demo said: {line}"))?;
    is_true(&told, address, &folder)?;
    found_and_held(&told, address)?;
    interrupt(&demo.0)?;
    let status = demo.0.wait()?;
    ensure!(status.success(), "Ctrl-C ended the demo with {status}");
    for pid in [told.portal_pid, told.agent_pid] {
        ensure!(!lives(pid), "process {pid} outlives the demo");
    }
    std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())
}

fn is_true(told: &Told, address: SocketAddr, folder: &Path) -> Result<()> {
    ensure!(told.url == format!("http://{address}"), "{}", told.url);
    for word in [
        &told.email,
        &told.password,
        &told.operator_email,
        &told.operator_password,
    ] {
        ensure!(!word.is_empty(), "nobody can sign in with an empty word");
    }
    ensure!(
        told.data_folder.starts_with(folder),
        "{}",
        told.data_folder.display()
    );
    ensure!(
        told.data_folder.join("rempart.db").is_file(),
        "there is no database"
    );
    for pid in [told.portal_pid, told.agent_pid] {
        ensure!(lives(pid), "process {pid} does not live");
    }
    Ok(())
}

/// The agent is protected in the console, and what it found is in quarantine there and gone from the sample.
fn found_and_held(told: &Told, address: SocketAddr) -> Result<()> {
    let key = format!("authorization: Bearer {}", told.api_key);
    let ask = |path: &str| -> Result<Vec<Value>> {
        let (status, body) = program::get(address, path, &[&key])?;
        ensure!(status == 200, "{path}: {status} {body}");
        let list: Value = serde_json::from_str(&body)?;
        Ok(list["items"].as_array().context("items")?.clone())
    };
    let workspaces = ask("/api/v1/workspaces")?;
    let id = workspaces.first().context("no workspace")?["id"]
        .as_str()
        .context("id")?;
    let start = Instant::now();
    let held = loop {
        let held = ask(&format!("/api/v1/workspaces/{id}/quarantine"))?;
        if held.len() >= 2 || start.elapsed() > PATIENCE {
            break held;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    for name in ["eicar.com", "facture.zip"] {
        let item = held
            .iter()
            .find(|item| item["path"].as_str().is_some_and(|path| path.ends_with(name)))
            .with_context(|| format!("{name} is not in quarantine: {held:?}"))?;
        let path = Path::new(item["path"].as_str().unwrap_or_default());
        ensure!(path.starts_with(&told.sample_folder), "{}", path.display());
        ensure!(!path.exists(), "{} is still there", path.display());
    }
    ensure!(held.len() == 2, "harmless files are in quarantine: {held:?}");
    ensure!(
        ask(&format!("/api/v1/workspaces/{id}/devices"))?.len() == 1,
        "one device"
    );
    ensure!(
        ask(&format!("/api/v1/workspaces/{id}/detections"))?.len() == 2,
        "two detections"
    );
    Ok(())
}

fn interrupt(demo: &Child) -> Result<()> {
    let pid = i32::try_from(demo.id()).ok().and_then(Pid::from_raw);
    Ok(kill_process(pid.context("the demo's process")?, Signal::INT)?)
}

fn lives(pid: i32) -> bool {
    Pid::from_raw(pid).is_some_and(|pid| test_kill_process(pid).is_ok())
}
