use super::{CommandLine, fail, refuse, screen};
use crate::{
    agent::Agent,
    lang::shown,
    quarantine::{Contents, Item},
};
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use rempart_wire::{Origin, QuarantineId, exit};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Files taken out of harm's way
#[derive(Debug, Args)]
pub struct Quarantine {
    /// What to do
    #[command(subcommand)]
    pub verb: Verb,
}

/// What can be done with the quarantine
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Shows what is held
    List {
        /// One JSON object instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Puts files back exactly as they were
    Restore {
        /// The id, or enough of its beginning or end
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// Restore here instead: a new name, or a folder
        #[arg(long, value_name = "PATH")]
        to: Option<PathBuf>,
        /// One JSON object instead of sentences
        #[arg(long)]
        json: bool,
    },
    /// Destroys held files for good
    Delete {
        /// The id, or enough of its beginning or end
        #[arg(required = true, value_name = "ID")]
        ids: Vec<String>,
        /// One JSON object instead of sentences
        #[arg(long)]
        json: bool,
    },
}

impl Quarantine {
    pub(super) fn run(&self, line: &CommandLine) -> u8 {
        let agent = match line.agent() {
            Ok(agent) => agent,
            Err(error) => return fail(&error.sentence(line.language())),
        };
        match &self.verb {
            Verb::List { json } => list(&agent, *json),
            Verb::Restore { ids, to: Some(_), .. } if ids.len() > 1 => {
                fail(&agent.language.say("to-needs-one", &[]))
            }
            Verb::Restore { ids, to, json } => {
                each(&agent, ids, *json, |item| restore(&agent, item, to.as_deref()))
            }
            Verb::Delete { ids, json } => each(&agent, ids, *json, |item| delete(&agent, item)),
        }
    }
}

/// What was done: the sentence and the same for programs.
type Done = Result<(String, Value), rempart_wire::Refusal>;

/// Does the same with each item, stopping at the first that it cannot be done with.
fn each(agent: &Agent, ids: &[String], json: bool, deed: impl Fn(QuarantineId) -> Done) -> u8 {
    let mut done = Vec::new();
    for typed in ids {
        // Who manages this computer comes first: it is the answer whatever was typed.
        let permitted = agent.permit(Origin::Device);
        let found = permitted.and_then(|()| {
            agent
                .quarantine
                .find(typed)
                .map_err(|error| rempart_wire::Refusal::new(error.code(), error.sentence(agent.language)))
        });
        match found.and_then(&deed) {
            Ok((sentence, value)) => {
                done.push(value);
                if !json {
                    println!("{sentence}");
                }
            }
            Err(refusal) => {
                if json {
                    println!("{}", json!({ "done": done, "error": refusal }));
                }
                return refuse(&refusal);
            }
        }
    }
    if json {
        println!("{}", json!({ "done": done }));
    }
    exit::OK
}

fn restore(agent: &Agent, item: QuarantineId, to: Option<&Path>) -> Done {
    let to = to.map(|to| destination(agent, item, to));
    let path = agent.restore(item, to.as_deref(), Origin::Device)?;
    let sentence = agent.language.say("restored", &[("path", shown(&path).into())]);
    Ok((
        sentence,
        json!({ "item": item, "path": rempart_wire::WirePath::new(&path) }),
    ))
}

fn delete(agent: &Agent, item: QuarantineId) -> Done {
    agent.delete(item, Origin::Device)?;
    let sentence = agent
        .language
        .say("deleted", &[("item", item.to_string().into())]);
    Ok((sentence, json!({ "item": item })))
}

/// The full path a person means: of a folder, the file's old name in it.
fn destination(agent: &Agent, item: QuarantineId, to: &Path) -> PathBuf {
    let here = std::path::absolute(to).unwrap_or_else(|_| to.to_path_buf());
    let held = agent.quarantine.list().unwrap_or_default();
    let old = held
        .into_iter()
        .find(|held| held.report.item == item)
        .and_then(|held| held.report.path.to_path());
    let name = old.as_deref().and_then(Path::file_name);
    match (here.is_dir(), name) {
        (true, Some(name)) => here.canonicalize().unwrap_or(here).join(name),
        _ => match (
            here.parent().and_then(|parent| parent.canonicalize().ok()),
            here.file_name(),
        ) {
            (Some(parent), Some(name)) => parent.join(name),
            _ => here,
        },
    }
}

fn list(agent: &Agent, json: bool) -> u8 {
    let contents = match agent.quarantine.contents() {
        Ok(contents) => contents,
        Err(error) => return fail(&error.sentence(agent.language)),
    };
    if json {
        println!("{}", as_json(&contents));
    } else if screen::is_watched() {
        table(agent, &contents);
    } else {
        contents.items.iter().for_each(|item| println!("{}", plain(item)));
    }
    damaged(agent, &contents);
    exit::OK
}

fn as_json(contents: &Contents) -> Value {
    let items: Vec<Value> = contents
        .items
        .iter()
        .map(|item| {
            let mut value = json!(item.report);
            value["taken_at"] = json!(item.taken_at);
            value
        })
        .collect();
    let damaged: Vec<String> = contents.damaged.iter().map(|path| shown(path)).collect();
    json!({ "items": items, "damaged": damaged })
}

/// One line for programs that cut at tabs: id, time, size, rules, path.
fn plain(item: &Item) -> String {
    let report = &item.report;
    let rules = report.rules.join(",");
    let path = report.path.to_path().unwrap_or_default();
    format!(
        "{}\t{}\t{}\t{rules}\t{}",
        report.item,
        item.taken_at,
        report.size,
        shown(&path)
    )
}

fn table(agent: &Agent, contents: &Contents) {
    let say = |key| agent.language.say(key, &[]);
    if contents.items.is_empty() {
        println!("{}", screen::Mark::Well.line(&say("quarantine-empty")));
        return;
    }
    let zone = TimeZone::system();
    println!(
        "{}",
        screen::quiet(&format!(
            "{}  {}  {}  {}",
            screen::pad(&say("quarantine-id"), 8),
            screen::pad(&say("quarantine-taken"), 16),
            screen::pad(&say("quarantine-size"), 8),
            say("quarantine-file"),
        ))
    );
    for item in &contents.items {
        let report = &item.report;
        println!(
            "{}  {}  {}  {}",
            screen::ember(&short(report.item)),
            agent.language.moment(item.taken_at, &zone),
            screen::pad(&agent.language.bytes(report.size), 8),
            shown(&report.path.to_path().unwrap_or_default()),
        );
        println!("{}{}", " ".repeat(38), screen::quiet(&report.rules.join(", ")));
    }
}

fn damaged(agent: &Agent, contents: &Contents) {
    let count = contents.damaged.len() as u64;
    if count == 0 {
        return;
    }
    let arguments = [
        ("damaged", count.into()),
        ("shown", agent.language.count(count).into()),
    ];
    eprintln!("{}", agent.language.say("quarantine-damaged", &arguments));
    contents
        .damaged
        .iter()
        .for_each(|path| eprintln!("  {}", shown(path)));
}

/// The end of an id: its beginning is the time, the same for all that was taken together.
pub(super) fn short(item: QuarantineId) -> String {
    let digits = item.0.simple().to_string();
    digits[digits.len() - 8..].to_owned()
}
