//! `rempart`: the portal's commands.

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use rempart_portal::base::{
    authz,
    config::{self, Options},
    error::Code,
    lang::Lang,
};
use std::{path::PathBuf, process::ExitCode};

/// Prints results, here and below: the standard macros of these names panic when the reader has left.
macro_rules! print {
    ($($text:tt)+) => { $crate::out::result(format_args!($($text)+)) };
}

/// Prints results and ends the line.
macro_rules! println {
    ($($text:tt)+) => { $crate::out::result(format_args!("{}\n", format_args!($($text)+))) };
}

/// Prints a line of everything else.
macro_rules! eprintln {
    ($($text:tt)+) => { $crate::out::aside(format_args!($($text)+)) };
}

mod issue;
mod issuer_keys;
mod out;
mod serve;

/// Rempart's portal: workspaces, licences and the console, in one program.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the portal.
    Serve {
        /// A TOML file of options; see `rempart config-reference`.
        #[arg(long, env = "REMPART_CONFIG")]
        config: Option<PathBuf>,
        #[command(flatten)]
        options: Box<Options>,
    },
    /// Print a fresh link to make the server's operator, while there is none. Run it on the server, with its options.
    OperatorLink {
        /// A TOML file of options; see `rempart config-reference`.
        #[arg(long, env = "REMPART_CONFIG")]
        config: Option<PathBuf>,
        #[command(flatten)]
        options: Box<Options>,
    },
    /// Licences, on the server itself.
    #[command(subcommand)]
    Licence(LicenceCommand),
    /// The keys this server signs licence files with. Run it on the server, with its options.
    #[command(subcommand)]
    Issuer(IssuerCommand),
    /// Print the API's OpenAPI document.
    Openapi,
    /// Print who may do what.
    Roles,
    /// Print the table of error codes.
    Errors,
    /// Print the reference of all options.
    ConfigReference,
}

#[derive(Subcommand)]
enum LicenceCommand {
    /// Issue a licence and print its key. Run it on the server, with its options.
    Issue {
        #[command(flatten)]
        licence: issue::Args,
        /// A TOML file of options; see `rempart config-reference`.
        #[arg(long, env = "REMPART_CONFIG")]
        config: Option<PathBuf>,
        #[command(flatten)]
        options: Box<Options>,
    },
}

#[derive(Subcommand)]
enum IssuerCommand {
    /// List the keys, the current one first.
    List {
        /// Print one JSON object instead of text.
        #[arg(long)]
        json: bool,
        /// A TOML file of options; see `rempart config-reference`.
        #[arg(long, env = "REMPART_CONFIG")]
        config: Option<PathBuf>,
        #[command(flatten)]
        options: Box<Options>,
    },
    /// Replace the current key. The old one stays published, so that files already out stay good.
    Rotate {
        /// Print one JSON object instead of text.
        #[arg(long)]
        json: bool,
        /// A TOML file of options; see `rempart config-reference`.
        #[arg(long, env = "REMPART_CONFIG")]
        config: Option<PathBuf>,
        #[command(flatten)]
        options: Box<Options>,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().command).and_then(|()| out::end()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rempart: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve { config, options } => {
            let file = config.map_or(Ok(Options::default()), |path| Options::from_file(&path))?;
            serve::run(options.decide(file)?)
        }
        Command::OperatorLink { config, options } => {
            let file = config.map_or(Ok(Options::default()), |path| Options::from_file(&path))?;
            serve::operator_link(options.decide(file)?)
        }
        Command::Licence(LicenceCommand::Issue {
            licence,
            config,
            options,
        }) => {
            let file = config.map_or(Ok(Options::default()), |path| Options::from_file(&path))?;
            issue::run(options.decide(file)?, licence)
        }
        Command::Issuer(IssuerCommand::List {
            json,
            config,
            options,
        }) => {
            let file = config.map_or(Ok(Options::default()), |path| Options::from_file(&path))?;
            issuer_keys::list(options.decide(file)?, json)
        }
        Command::Issuer(IssuerCommand::Rotate {
            json,
            config,
            options,
        }) => {
            let file = config.map_or(Ok(Options::default()), |path| Options::from_file(&path))?;
            issuer_keys::rotate(options.decide(file)?, json)
        }
        Command::Openapi => {
            print!("{}", rempart_portal::app::openapi()?);
            Ok(())
        }
        Command::Roles => {
            print!("{}", authz::matrix());
            Ok(())
        }
        Command::Errors => {
            println!("# Error codes\n\nGenerated by `cargo xtask gen`; do not edit.\n");
            println!("| code | status | sentence |\n| --- | --- | --- |");
            for code in Code::ALL {
                let sentence = pattern(&code.sentence_key());
                println!(
                    "| `{}` | {} | {sentence} |",
                    code.as_str(),
                    code.status().as_u16()
                );
            }
            Ok(())
        }
        Command::ConfigReference => {
            print!("{}", config::reference());
            Ok(())
        }
    }
}

/// The English sentence with its arguments unfilled, as a table of all sentences wants it.
fn pattern(key: &str) -> String {
    let texts = include_str!("../lang/en/errors.ftl");
    let line = texts
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
    line.map_or_else(
        || Lang::En.t(key),
        |text| text.replace("{ $", "‹").replace(" }", "›"),
    )
}

/// Reads a PEM file's path back in errors.
fn readable(path: &std::path::Path) -> anyhow::Result<()> {
    if std::fs::metadata(path)
        .with_context(|| path.display().to_string())?
        .is_file()
    {
        return Ok(());
    }
    bail!("{} is not a file", path.display())
}
