//! A PostgreSQL of our own for one run: a cluster in a temporary folder, on a free loopback port, gone afterwards.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::{process, tools};

/// What must be stopped if we are told to stop.
static RUNNING: Mutex<Option<Cluster>> = Mutex::new(None);

/// Nothing here outlives the run, so nothing need reach the disk.
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB -c log_min_messages=fatal";

/// A running server; dropping it stops it and removes its folder.
pub(crate) struct Postgres {
    /// How tests reach it.
    pub(crate) url: String,
}

struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    owner: Option<(u32, u32)>,
}

impl Postgres {
    /// Makes a cluster and starts it.
    pub(crate) fn start() -> Result<Self> {
        let programs = tools::postgres()?;
        let owner = owner()?;
        let folder = std::env::temp_dir().join(format!("rempart-pg-{}", std::process::id()));
        std::fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
        if let Some((uid, gid)) = owner {
            std::os::unix::fs::chown(&folder, Some(uid), Some(gid))
                .with_context(|| folder.display().to_string())?;
        }
        let cluster = Cluster {
            programs,
            folder,
            owner,
        };
        let port = free_port()?;
        stop_when_told()?;
        let started = cluster.start(port);
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = Some(cluster);
        let server = Self {
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        };
        started.map(|()| server)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        stop_running();
    }
}

impl Cluster {
    fn start(&self, port: u16) -> Result<()> {
        let data = self.folder.join("data");
        let mut initdb = self.program("initdb");
        initdb.args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        process::output(initdb.arg(&data))?;
        let mut start = self.program("pg_ctl");
        start.args(["start", "--wait", "--silent", "-D"]).arg(&data);
        start.arg("-l").arg(self.folder.join("log"));
        start
            .arg("-o")
            .arg(format!("{SETTINGS} -p {port} -k {}", self.folder.display()));
        process::run(&mut start)
    }

    fn stop(&self) {
        let mut stop = self.program("pg_ctl");
        stop.args(["stop", "--mode=immediate", "--silent", "-D"])
            .arg(self.folder.join("data"));
        process::works(&mut stop);
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("   {} is left behind: {error}", self.folder.display());
        }
    }

    /// PostgreSQL refuses to run as root, so root runs it as the account its package made.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(&self.folder).env("LC_ALL", "C");
        if let Some((uid, gid)) = self.owner {
            command.uid(uid).gid(gid);
        }
        command
    }
}

fn owner() -> Result<Option<(u32, u32)>> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    let id = |flag| -> Result<u32> {
        let said = process::output(process::command("id").args([flag, "postgres"]));
        let said =
            said.context("root cannot run PostgreSQL, and there is no `postgres` account to run it as")?;
        said.trim().parse().with_context(|| said.clone())
    };
    Ok(Some((id("-u")?, id("-g")?)))
}

/// A port nobody listens on right now.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

fn stop_running() {
    let cluster = RUNNING.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(cluster) = cluster {
        cluster.stop();
    }
}

/// The server is a daemon: without this, Ctrl-C would leave it running.
fn stop_when_told() -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM]).context("signals cannot be watched")?;
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            stop_running();
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

/// Where scenes that ran on PostgreSQL leave a line each.
pub(crate) fn proof_file(folder: &Path) -> PathBuf {
    folder.join("postgres-scenes.txt")
}
