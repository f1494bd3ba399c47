//! Our two programs as processes: started with nothing of our own environment, their words kept in a file, asked
//! whether they are ready, and stopped as an operator would stop them.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

/// How long a program may take to end after it was asked to.
const PATIENCE: Duration = Duration::from_secs(12);

/// A program that runs until it is stopped; dropping it stops it.
pub(crate) struct Program {
    name: String,
    child: Child,
    log: PathBuf,
}

/// A command that inherits none of our `REMPART_*` variables.
pub(crate) fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    let ours = std::env::vars_os()
        .map(|(key, _)| key)
        .filter(|key| key.to_string_lossy().starts_with("REMPART_"));
    for key in ours {
        command.env_remove(key);
    }
    command
}

impl Program {
    /// Starts it; what it says is added to `log`. It gets a process group of its own, so that a terminal's Ctrl-C
    /// reaches us alone and we stop it in order.
    pub(crate) fn start(name: &str, command: &mut Command, log: &Path) -> Result<Self> {
        let file = File::options()
            .create(true)
            .append(true)
            .open(log)
            .with_context(|| log.display().to_string())?;
        let also = file.try_clone().with_context(|| log.display().to_string())?;
        let command = command
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(also)
            .process_group(0);
        let child = command
            .spawn()
            .with_context(|| format!("{name} could not be started"))?;
        Ok(Self {
            name: name.to_owned(),
            child,
            log: log.to_owned(),
        })
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended, and how.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().with_context(|| self.name.clone())
    }

    /// Asks until `ready`, and fails when the program ends first or `patience` does.
    pub(crate) fn wait_until(&mut self, patience: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
        let start = Instant::now();
        while !ready() {
            if let Some(status) = self.ended()? {
                bail!("{} ended ({status}):\n{}", self.name, self.last_words());
            }
            if start.elapsed() > patience {
                bail!(
                    "{} is not ready after {} s:\n{}",
                    self.name,
                    patience.as_secs(),
                    self.last_words()
                );
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// The end of its log.
    pub(crate) fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(15)..].join("\n")
    }

    /// Asks it to end, waits, and insists when it does not.
    pub(crate) fn stop(&mut self) {
        let Ok(None) = self.child.try_wait() else { return };
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let asked = pid.is_some_and(|pid| kill_process(pid, Signal::TERM).is_ok());
        let start = Instant::now();
        while asked && start.elapsed() < PATIENCE {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        eprintln!("{} did not end and is killed", self.name);
        if self.child.kill().is_ok() {
            drop(self.child.wait());
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Whether the portal says it is ready.
pub(crate) fn is_ready(address: SocketAddr) -> bool {
    get(address, "/readyz", &[]).is_ok_and(|(status, _)| status == 200)
}

/// Status and body of one plain `GET`.
pub(crate) fn get(address: SocketAddr, path: &str, headers: &[&str]) -> Result<(u16, String)> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n"
    )?;
    for header in headers {
        write!(stream, "{header}\r\n")?;
    }
    write!(stream, "\r\n")?;
    let mut answer = String::new();
    stream.take(1 << 20).read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("no HTTP answer")?;
    let status = head.split(' ').nth(1).context("no HTTP answer")?;
    Ok((status.parse()?, body.to_owned()))
}
