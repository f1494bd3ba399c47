use super::{CommandLine, enrol::Secret, fail};
use crate::{
    agent::Agent,
    lang::Language,
    licence::{self, Source},
};
use clap::{Args, Subcommand};
use jiff::{Timestamp, tz::TimeZone};
use rempart_wire::{exit, licence as stand, licence_file::IssuerKeys};
use serde_json::json;
use std::{fs, path::PathBuf};

/// The licence of this computer
#[derive(Debug, Args)]
pub struct Licence {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Takes in a licence file, for a computer without a network
    Import(Import),
    /// Shows the licence that counts, and where that is known from
    Show(Show),
}

/// Takes in a licence file, for a computer without a network
#[derive(Debug, Args)]
pub struct Import {
    /// The file, as the portal gave it
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Licence key, for an encrypted file; better given in the environment
    #[arg(
        long,
        value_name = "KEY",
        env = "REMPART_AGENT_LICENCE_KEY",
        hide_env_values = true
    )]
    pub key: Option<Secret>,
    /// File with the portal's issuer keys, as at /.well-known/rempart/issuer-keys; enrolled computers know them
    #[arg(long, value_name = "FILE")]
    pub issuer_keys: Option<PathBuf>,
}

/// Shows the licence that counts, and where that is known from
#[derive(Debug, Args)]
pub struct Show {
    /// One JSON object instead of words
    #[arg(long)]
    pub json: bool,
}

impl Licence {
    pub(super) fn run(&self, line: &CommandLine) -> u8 {
        let language = line.language();
        let agent = match line.agent() {
            Ok(agent) => agent,
            Err(error) => return fail(&error.sentence(language)),
        };
        match &self.command {
            Command::Import(import) => import.run(&agent, language),
            Command::Show(show) => show.run(&agent, language),
        }
    }
}

fn day(language: Language, at: Timestamp) -> String {
    language.day(at, &TimeZone::system())
}

fn read(path: &PathBuf, language: Language) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| {
        let (path, reason) = (path.display().to_string(), error.to_string());
        language.say("unusable", &[("path", path.into()), ("reason", reason.into())])
    })
}

impl Import {
    fn run(&self, agent: &Agent, language: Language) -> u8 {
        let text = match read(&self.file, language) {
            Ok(text) => text,
            Err(sentence) => return fail(&sentence),
        };
        let given = match self
            .issuer_keys
            .as_ref()
            .map(|path| read(path, language))
            .transpose()
        {
            Ok(given) => given,
            Err(sentence) => return fail(&sentence),
        };
        let given: IssuerKeys = match given.as_deref().map(serde_json::from_str).transpose() {
            Ok(given) => given.unwrap_or_default(),
            Err(error) => {
                return fail(
                    &language.say("licence-keys-unreadable", &[("reason", error.to_string().into())]),
                );
            }
        };
        let key = self.key.as_ref().map(Secret::expose);
        match licence::import(&agent.state, &agent.world, (text, key), given) {
            Ok(held) => {
                println!(
                    "{}",
                    language.say(
                        "licence-imported",
                        &[("number", held.terms.number.as_str().into())]
                    )
                );
                println!("{}", licence::terms(&held.terms, language, agent.world.now()));
                if let Some(end) = held.period.expiry {
                    println!(
                        "{}",
                        language.say("licence-file-until", &[("day", day(language, end).into())])
                    );
                }
                exit::OK
            }
            Err(error) => {
                eprintln!("{}", error.sentence(language));
                eprintln!("{}", language.say("enrol-nothing-changed", &[]));
                exit::ERROR
            }
        }
    }
}

impl Show {
    fn run(&self, agent: &Agent, language: Language) -> u8 {
        let standing = match licence::standing(&agent.state, &agent.world) {
            Ok(standing) => standing,
            Err(error) => return fail(&error.sentence(language)),
        };
        let now = agent.world.now();
        if self.json {
            let state = standing
                .terms
                .as_ref()
                .map(|terms| stand::state(&terms.facts, now));
            println!(
                "{}",
                json!({
                    "licence": standing.terms,
                    "state": state.map(stand::State::as_str),
                    "source": standing.source.as_ref().map(|source| match source {
                        Source::Portal => "portal",
                        Source::File(_) => "file",
                    }),
                    "file_until": match &standing.source {
                        Some(Source::File(until)) => *until,
                        _ => None,
                    },
                    "file_refused": standing.refused.as_ref().map(ToString::to_string),
                })
            );
            return exit::OK;
        }
        match &standing.terms {
            Some(terms) => {
                println!("{}", licence::terms(terms, language, now));
                println!(
                    "{}",
                    language.say("licence-number", &[("number", terms.number.as_str().into())])
                );
            }
            None => println!("{}", language.say("licence-none", &[])),
        }
        match &standing.source {
            Some(Source::Portal) => println!("{}", language.say("licence-from-portal", &[])),
            Some(Source::File(Some(end))) => {
                println!(
                    "{}",
                    language.say("licence-file-until", &[("day", day(language, *end).into())])
                );
            }
            Some(Source::File(None)) | None => {}
        }
        if let Some(refused) = &standing.refused {
            println!("{}", licence::refused(refused, language));
        }
        exit::OK
    }
}
