//! `rempart licence`: licences on the server itself.

use super::{Server, desk, issue, told};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use rempart_portal::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        csv,
        error::Fault,
        lang::Lang,
        web,
    },
    licence::{self, BadLine, Defaults, Record, Ruling},
};
use serde_json::json;
use std::{io::Read, path::PathBuf};

/// What is to be done with licences.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Issue a licence, or many, and print the keys. Run it on the server, with its options.
    Issue {
        #[command(flatten)]
        licence: issue::Args,
        #[command(flatten)]
        server: Server,
    },
    /// Show a licence, or all of an owner: whose it is, where it is, what happened to it.
    Show {
        #[command(flatten)]
        which: desk::Which,
        #[command(flatten)]
        server: Server,
    },
    /// Suspend a licence: nothing it is for works until it is reinstated; its period goes on.
    Suspend {
        #[command(flatten)]
        decision: desk::Decision,
        #[command(flatten)]
        server: Server,
    },
    /// Reinstate a suspended licence.
    Reinstate {
        #[command(flatten)]
        decision: desk::Decision,
        #[command(flatten)]
        server: Server,
    },
    /// Revoke a licence for good. Says first what that does, and asks.
    Revoke {
        #[command(flatten)]
        decision: desk::Decision,
        #[command(flatten)]
        server: Server,
    },
    /// Print all licences as a table (CSV), without their keys, which are not kept.
    Export {
        #[command(flatten)]
        server: Server,
    },
    /// Import licences with their keys from a table (CSV): all of them, or none and every line that is wrong.
    Import {
        #[command(flatten)]
        from: From,
        #[command(flatten)]
        server: Server,
    },
}

/// A table of keys.
#[derive(Debug, Args)]
pub(crate) struct From {
    /// A file whose first line names the columns: `key`, and any of product, kind, seats, months, reseller_name,
    /// reseller_contact, owner, redeem_by. `-` is standard input.
    file: PathBuf,
    /// The product of lines that name none.
    #[arg(long, default_value = "Business")]
    product: String,
    /// The kind of lines that name none: `one-off` or `subscription`.
    #[arg(long, default_value = "one-off")]
    kind: String,
    /// The seats of lines that name none.
    #[arg(long, default_value_t = 1)]
    seats: u64,
    /// The months of lines that name none.
    #[arg(long, default_value_t = 12)]
    months: u32,
    /// Say what would happen, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Does what was said.
pub(crate) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Issue { licence, server } => issue::run(server, licence),
        Command::Show { which, server } => desk::show(server, which),
        Command::Suspend { decision, server } => desk::decide(server, Ruling::Suspend, decision),
        Command::Reinstate { decision, server } => desk::decide(server, Ruling::Reinstate, decision),
        Command::Revoke { decision, server } => desk::decide(server, Ruling::Revoke, decision),
        Command::Export { server } => {
            let json = server.json;
            server.open(|app| export(app, json))
        }
        Command::Import { from, server } => import(server, from),
    }
}

async fn export(app: App, json: bool) -> anyhow::Result<()> {
    let (mut after, now, mut first) = (None, app.clock.now(), true);
    if json {
        print!("{{\"licences\":[");
    } else {
        print!("{}", csv::line(Record::COLUMNS));
    }
    loop {
        let page = app.db.read(move |r| licence::export(r, after, now)).await;
        let (records, next) = page.map_err(|error| told(&error.into()))?;
        for record in records {
            if json {
                let comma = if first { "" } else { "," };
                print!("{comma}\n{}", serde_json::to_string(&record)?);
            } else {
                print!("{}", csv::line(record.cells().iter().map(String::as_str)));
            }
            first = false;
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    if json {
        println!("\n]}}");
    }
    Ok(())
}

fn import(server: Server, from: From) -> anyhow::Result<()> {
    let text = if from.file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(&from.file)
    };
    let text = text.with_context(|| from.file.display().to_string())?;
    let defaults = Defaults {
        product: from.product,
        kind: from.kind,
        seats: from.seats,
        months: from.months,
    };
    let (json, dry) = (server.json, from.dry_run);
    let done = server.open(|app| write(app, text, defaults, dry))?;
    match done {
        Ok(count) if json => println!(
            "{}",
            json!({ "imported": if dry { 0 } else { count }, "good": count })
        ),
        Ok(count) if dry => println!("{count} licences could be imported. Nothing was written."),
        Ok(count) => println!("{count} licences imported."),
        Err(bad) => {
            refuse(&bad, json);
            bail!("nothing was imported; lines that are wrong: {}", bad.len());
        }
    }
    Ok(())
}

async fn write(
    app: App,
    text: String,
    defaults: Defaults,
    dry: bool,
) -> anyhow::Result<Result<u64, Vec<BadLine>>> {
    /// Ends a unit that is to leave nothing.
    enum End {
        Answer(Result<u64, Vec<BadLine>>),
        Fault(Fault),
    }
    impl std::convert::From<rempart_portal::base::db::DbError> for End {
        fn from(error: rempart_portal::base::db::DbError) -> Self {
            Self::Fault(error.into())
        }
    }
    let secrets = app.secrets.clone();
    let done = app.db.write(move |mut tx| {
        match licence::import_file(&mut tx, &secrets, &text, &defaults).map_err(End::Fault)? {
            Ok(count) if !dry => {
                let event = AuditEvent::new(AuditActor::Server, "licence.import_file");
                Ok(tx.commit(event.with(json!({ "count": count })), Ok(count))?)
            }
            answer => Err(End::Answer(answer)),
        }
    });
    match done.await {
        Ok(answer) | Err(End::Answer(answer)) => Ok(answer),
        Err(End::Fault(fault)) => Err(told(&fault)),
    }
}

fn refuse(bad: &[BadLine], json: bool) {
    let sentence = |one: &BadLine| web::sentence(&one.fault, Lang::En);
    if json {
        let lines: Vec<_> = bad
            .iter()
            .map(|one| {
                json!({ "line": one.line, "code": one.fault.code.as_str(), "target": one.fault.target,
                    "title": sentence(one) })
            })
            .collect();
        println!("{}", json!({ "refused": lines }));
    } else {
        for one in bad {
            println!(
                "line {}: {} ({})",
                one.line,
                sentence(one),
                one.fault.code.as_str()
            );
        }
    }
}
