//! `cargo xtask demo`: the real thing, from nothing. A portal with people, licences and a workspace in it, and an agent
//! of its own process that enrols, scans a folder made for it and quarantines what it finds.
//!
//! Always true: both programs are the real ones; nothing listens beyond this computer; everything is in one folder.

mod sample;
mod seed;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use signal_hook::consts::{SIGCHLD, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::process;
use crate::program::{self, Program};
use seed::Seed;

/// How the demo is run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The portal's port on 127.0.0.1.
    #[arg(long, default_value_t = 8420)]
    port: u16,
    /// Forget what an earlier demo left and start over.
    #[arg(long)]
    fresh: bool,
    /// Print one JSON object instead of four lines.
    #[arg(long)]
    json: bool,
    /// Keep everything in this folder, which is the demo's alone.
    #[arg(long, default_value = "demo-data", value_name = "FOLDER")]
    folder: PathBuf,
}

/// Where everything is.
struct Folders {
    /// The portal's data.
    portal: PathBuf,
    /// What the agent remembers.
    agent: PathBuf,
    /// What is scanned.
    sample: PathBuf,
    /// The programs' words.
    logs: PathBuf,
}

/// Builds, starts, tells how to sign in, and waits for Ctrl-C.
pub(crate) fn run(args: &Args) -> Result<()> {
    process::run(&mut process::cargo(&[
        "build",
        "-p",
        "rempart-portal",
        "-p",
        "rempart-agent",
        "--bins",
    ]))?;
    let start = Instant::now();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGCHLD]).context("signals cannot be watched")?;
    let free = TcpListener::bind(address);
    drop(free.with_context(|| format!("{address} cannot be listened on: choose another port with --port"))?);
    let folders = prepare(&process::root().join(&args.folder), args.fresh)?;
    let mut portal = start_portal(address, &folders)?;
    let seed = Seed::read(&folders.portal)?;
    let mut agent = start_agent(address, &seed, &folders)?;
    let url = format!("http://{address}");
    if args.json {
        println!("{}", seed.as_json(&url, &folders, portal.pid(), agent.pid())?);
    } else {
        println!("{}", seed.as_lines(&url, &folders));
    }
    eprintln!(
        "Ready in {:.1} s. Ctrl-C stops both programs.",
        start.elapsed().as_secs_f64()
    );
    let fault = wait(&mut signals, &mut portal, &mut agent)?;
    agent.stop();
    portal.stop();
    fault.map_or_else(
        || {
            eprintln!("Both have stopped. `cargo xtask demo` goes on from here, `--fresh` starts over.");
            Ok(())
        },
        |fault| bail!(fault),
    )
}

fn prepare(root: &Path, fresh: bool) -> Result<Folders> {
    let name = || root.display().to_string();
    if fresh && root.exists() {
        std::fs::remove_dir_all(root).with_context(name)?;
    }
    let folders = Folders {
        portal: root.join("portal"),
        agent: root.join("agent"),
        sample: root.join("sample"),
        logs: root.join("logs"),
    };
    std::fs::create_dir_all(&folders.logs).with_context(name)?;
    if !folders.sample.exists() {
        sample::make(&folders.sample)?;
    }
    Ok(folders)
}

fn start_portal(address: SocketAddr, folders: &Folders) -> Result<Program> {
    let mut command = program::command(&process::built("rempart"));
    command
        .args(["serve", "--demo", "--listen", &address.to_string(), "--data"])
        .arg(&folders.portal);
    let mut portal = Program::start("the portal", &mut command, &folders.logs.join("portal.log"))?;
    portal.wait_until(Duration::from_secs(20), || program::is_ready(address))?;
    Ok(portal)
}

/// Enrols the agent when it is new, or when the portal has moved to another port, then runs it, and lets it scan the
/// sample once.
fn start_agent(address: SocketAddr, seed: &Seed, folders: &Folders) -> Result<Program> {
    let agent = process::built("rempart-agent");
    let told = folders.logs.join("enrolled-with");
    let new = !folders.agent.exists();
    if new || std::fs::read_to_string(&told).ok() != Some(address.to_string()) {
        let mut enrol = program::command(&agent);
        enrol.args([
            "enrol",
            "--portal",
            &format!("http://{address}"),
            "--token",
            &seed.enrolment_token,
            "--state",
        ]);
        process::output(enrol.arg(&folders.agent)).context("the agent did not enrol")?;
        std::fs::write(&told, address.to_string()).with_context(|| told.display().to_string())?;
    }
    let mut run = program::command(&agent);
    let log = folders.logs.join("agent.log");
    let running = Program::start(
        "the agent",
        run.arg("run").arg("--state").arg(&folders.agent),
        &log,
    )?;
    if new {
        scan(folders)?;
    }
    Ok(running)
}

/// The agent's own command: it ends with 1 when it found something, as it should here.
fn scan(folders: &Folders) -> Result<()> {
    let mut scan = program::command(&process::built("rempart-agent"));
    scan.arg("scan")
        .arg(&folders.sample)
        .arg("--state")
        .arg(&folders.agent);
    let done = scan.output().context("the scan could not be started")?;
    if done.status.code() != Some(1) {
        let said = String::from_utf8_lossy(&done.stderr);
        bail!(
            "the scan of the sample folder found nothing ({}):\n{}",
            done.status,
            said.trim_end()
        );
    }
    Ok(())
}

/// Until we are told to stop, or one of the two ends by itself; then says which.
fn wait(signals: &mut Signals, portal: &mut Program, agent: &mut Program) -> Result<Option<String>> {
    for signal in signals.forever() {
        if signal != SIGCHLD {
            return Ok(None);
        }
        for (name, program) in [("portal", &mut *portal), ("agent", &mut *agent)] {
            if let Some(status) = program.ended()? {
                return Ok(Some(format!(
                    "the {name} ended by itself ({status}):\n{}",
                    program.last_words()
                )));
            }
        }
    }
    Ok(None)
}
