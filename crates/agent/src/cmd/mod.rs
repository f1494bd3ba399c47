//! The command line, one file per command.
//!
//! Always true: exit codes are those of [`rempart_wire::exit`]; results go to standard output, everything else to standard
//! error; every sentence is in the language asked for.

/// Prints results, as everywhere below: the standard macro of this name panics when the reader has left.
macro_rules! println {
    () => { $crate::cmd::out::result(format_args!("")) };
    ($($text:tt)+) => { $crate::cmd::out::result(format_args!($($text)+)) };
}

/// Prints everything else, in the same way.
macro_rules! eprintln {
    () => { $crate::cmd::out::aside(format_args!("")) };
    ($($text:tt)+) => { $crate::cmd::out::aside(format_args!($($text)+)) };
}

mod enrol;
mod help;
mod licence;
mod out;
mod quarantine;
mod run;
mod scan;
mod screen;
mod status;

use crate::{
    agent::{Agent, AgentError},
    lang::Language,
    link::LinkError,
    state::{DEFAULT_FOLDER, FOLDER_VARIABLE, StateError},
    world::World,
};
use clap::{FromArgMatches, Parser, Subcommand};
use rempart_wire::{Refusal, exit};
use std::{ffi::OsString, path::PathBuf, process::ExitCode};

/// Protects this computer
#[derive(Debug, Parser)]
#[command(name = "rempart-agent", version, propagate_version = true)]
pub struct CommandLine {
    /// The agent's data folder
    #[arg(long, global = true, env = FOLDER_VARIABLE, default_value = DEFAULT_FOLDER, value_name = "DIR")]
    pub state: PathBuf,
    /// Language: fr or en; otherwise that of the environment
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Language>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes this computer a device of a workspace
    Enrol(enrol::Enrol),
    /// Protects this computer until stopped, and keeps the portal informed
    Run(run::Run),
    /// Looks for threats, and takes what it finds out of harm's way
    Scan(scan::Scan),
    /// Files taken out of harm's way
    Quarantine(quarantine::Quarantine),
    /// The licence of this computer
    Licence(licence::Licence),
    /// Shows what this agent is, who manages it and how it is
    Status(status::Status),
}

impl CommandLine {
    /// The language to speak.
    #[must_use]
    pub fn language(&self) -> Language {
        self.lang
            .unwrap_or_else(|| Language::of_environment(|name| std::env::var(name).ok()))
    }

    /// The agent whose data folder was named.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn agent(&self) -> Result<Agent, AgentError> {
        Agent::open(&self.state, World::real(), self.language())
    }
}

/// Reads the command line and does what it says.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let language = help::asked_for(&arguments)
        .unwrap_or_else(|| Language::of_environment(|name| std::env::var(name).ok()));
    let read = help::command(language)
        .try_get_matches_from(arguments)
        .and_then(|matches| CommandLine::from_arg_matches(&matches));
    let line = match read {
        Ok(line) => line,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { exit::ERROR } else { exit::OK });
        }
    };
    ExitCode::from(out::end(dispatch(&line), line.language()))
}

fn dispatch(line: &CommandLine) -> u8 {
    match &line.command {
        Command::Enrol(enrol) => enrol.run(line),
        Command::Run(run) => run.run(line),
        Command::Scan(scan) => scan.run(line),
        Command::Quarantine(quarantine) => quarantine.run(line),
        Command::Licence(licence) => licence.run(line),
        Command::Status(status) => status.run(line),
    }
}

/// Says why it could not be done.
fn fail(sentence: &str) -> u8 {
    eprintln!("{sentence}");
    exit::ERROR
}

/// Says who or what does not allow it.
fn refuse(refusal: &Refusal) -> u8 {
    eprintln!("{}", refusal.sentence);
    match refusal.code.as_str() {
        "managed_remotely" => exit::MANAGED_ELSEWHERE,
        _ => exit::ERROR,
    }
}

/// What connections run on: one thread is plenty for one connection.
fn runtime() -> Result<tokio::runtime::Runtime, LinkError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|source| {
        StateError::Io {
            path: "runtime".into(),
            source,
        }
        .into()
    })
}
