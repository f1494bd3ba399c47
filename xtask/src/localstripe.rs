//! A payment provider's double that we did not write, for one run: on a free loopback port, gone afterwards.

use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::postgres::free_port;
use crate::{process, tools};

/// The line its scene leaves in the file of proofs.
pub(crate) const PROOF: &str = "localstripe";

const LAUNCHER: &str = include_str!("localstripe.py");

/// How long it may take to listen.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server. It ends with its input, which is ours: when this value goes, and also when we are killed.
pub(crate) struct Localstripe {
    /// How tests reach it.
    pub(crate) url: String,
    child: Child,
}

impl Localstripe {
    /// Installs it when it is not there, and starts it.
    pub(crate) fn start() -> Result<Self> {
        let port = free_port()?;
        let mut python = process::command(tools::localstripe()?);
        python.args(["-c", LAUNCHER, &port.to_string()]);
        python.stdin(Stdio::piped()).stdout(Stdio::null());
        let mut server = Self {
            url: format!("http://127.0.0.1:{port}"),
            child: python.spawn().context("localstripe could not be started")?,
        };
        let (address, begin) = (SocketAddr::from(([127, 0, 0, 1], port)), Instant::now());
        while TcpStream::connect(address).is_err() {
            if let Some(status) = server.child.try_wait()? {
                bail!("localstripe ended with {status}");
            }
            ensure!(
                begin.elapsed() < PATIENCE,
                "localstripe does not listen after {PATIENCE:?}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(server)
    }
}

impl Drop for Localstripe {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}
