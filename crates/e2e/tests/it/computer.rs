//! A computer with the real agent on it, as a process.

use crate::programs::program;
use anyhow::Result;
use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// Its agent's folder.
pub(crate) struct Computer {
    state: PathBuf,
    _folder: TempDir,
}

impl Computer {
    pub(crate) fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().canonicalize()?;
        Ok(Self {
            state: path.join("state"),
            _folder: folder,
        })
    }

    fn command(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(program("rempart-agent")?);
        command
            .env_clear()
            .args(["--lang", "en", "--state"])
            .arg(&self.state)
            .args(arguments)
            .stdin(Stdio::null());
        Ok(command)
    }

    /// Runs a command of the agent to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Output> {
        Ok(self.command(arguments)?.output()?)
    }

    pub(crate) fn enrol(&self, portal: &str, token: &str, more: &[&str]) -> Result<Output> {
        let mut command = self.command(&[&["enrol", "--portal", portal], more].concat())?;
        Ok(command.env("REMPART_AGENT_TOKEN", token).output()?)
    }

    /// What a command said on standard error.
    pub(crate) fn said(output: &Output) -> String {
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}
