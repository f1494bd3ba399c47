use super::{CommandLine, enrol::code, fail, runtime};
use crate::{
    link::{Daemon, LinkError, Machine, RunOptions, Timing},
    scan::RuleSources,
    state::StateError,
};
use clap::Args;
use rempart_wire::exit;
use std::{io::IsTerminal, path::PathBuf, sync::Arc};
use tokio::signal::unix::{SignalKind, signal};
use tracing::{Level, Metadata};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, filter_fn},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// Environment variable that says what to log, as in `info` or `rempart_agent=debug`.
const LOG_VARIABLE: &str = "REMPART_AGENT_LOG";

/// Protects this computer until stopped, and keeps the portal informed
#[derive(Debug, Args)]
pub struct Run {
    /// Connect, tell and fetch what there is, carry out what is ordered, and end
    #[arg(long)]
    pub once: bool,
    /// Folder with more rules (*.yar)
    #[arg(long, value_name = "DIR", env = "REMPART_AGENT_RULES")]
    pub rules: Option<PathBuf>,
    /// File with known-bad SHA-256 sums, one a line
    #[arg(long, value_name = "FILE", env = "REMPART_AGENT_KNOWN_BAD")]
    pub known_bad: Option<PathBuf>,
}

impl Run {
    /// Runs the daemon. Ends with [`exit::REFUSED`] when only enrolling again helps: what restarts services should leave
    /// it alone then.
    pub(super) fn run(&self, line: &CommandLine) -> u8 {
        start_log();
        let language = line.language();
        let agent = match line.agent() {
            Ok(agent) => Arc::new(agent),
            Err(error) => return fail(&error.sentence(language)),
        };
        let options = RunOptions {
            rules: RuleSources {
                folder: self.rules.clone(),
                known_bad: self.known_bad.clone(),
            }
            .or_of(&agent.state),
            once: self.once,
            timing: Timing::default(),
        };
        let machine = Machine::this(agent.world.id());
        let ended = runtime().and_then(|runtime| {
            runtime.block_on(async {
                let mut terminate = signal(SignalKind::terminate()).map_err(unsignalled)?;
                let mut interrupt = signal(SignalKind::interrupt()).map_err(unsignalled)?;
                let daemon = Daemon::open(agent, machine, options)?;
                let stop = async {
                    tokio::select! {
                        _ = terminate.recv() => {}
                        _ = interrupt.recv() => {}
                    }
                };
                daemon.run(stop).await
            })
        });
        match ended {
            Ok(_) => exit::OK,
            Err(error) => {
                eprintln!("{}", error.sentence(language));
                if matches!(error, LinkError::Refused(_)) {
                    eprintln!("{}", language.say("connection-ended", &[]));
                }
                code(&error)
            }
        }
    }
}

/// Logs to standard error.
fn start_log() {
    let asked = EnvFilter::try_from_env(LOG_VARIABLE).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt::layer()
        // A line nobody can read is no reason to panic, which is how the library would tell us.
        .log_internal_errors(false)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_filter(asked.and(filter_fn(keeps_secrets)));
    // Only a second logger in one process could fail here.
    let _ = tracing_subscriber::registry().with(lines).try_init();
}

/// The WebSocket library writes whole requests into its finest log, credentials included: never shown, whoever asks.
fn keeps_secrets(line: &Metadata<'_>) -> bool {
    *line.level() <= Level::INFO || !line.target().contains("tungstenite")
}

fn unsignalled(source: std::io::Error) -> LinkError {
    StateError::Io {
        path: "signal".into(),
        source,
    }
    .into()
}
