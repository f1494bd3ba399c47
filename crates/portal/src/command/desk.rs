//! `rempart licence show`, `suspend`, `reinstate` and `revoke`: what the operator's desk does, on the server itself.

use super::{Server, told};
use anyhow::{Context, bail};
use clap::Args;
use rempart_portal::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        error::{Code, Fault},
        lang::Lang,
    },
    licence::{self, Change, DeskView, Licence, Ruling},
};
use serde::Serialize;
use std::io::{BufRead, IsTerminal};

/// Which licence.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// Its number, key or id, or its owner's e-mail address.
    licence: String,
}

/// What is decided about it.
#[derive(Debug, Args)]
pub(crate) struct Decision {
    /// Its number, key or id.
    licence: String,
    /// Why: 1 to 500 characters, kept in its history.
    #[arg(long)]
    reason: String,
    /// Do not ask before revoking.
    #[arg(long)]
    yes: bool,
}

/// A licence with what happened to it.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    licence: DeskView,
    history: Vec<Change>,
}

#[derive(Serialize)]
struct Found {
    licences: Vec<Shown>,
}

pub(super) fn show(server: Server, which: Which) -> anyhow::Result<()> {
    server.run(
        |app| find(app, which.licence),
        |found| found.licences.iter().for_each(print),
    )
}

async fn find(app: App, wanted: String) -> Result<Found, Fault> {
    let (secrets, now) = (app.secrets.clone(), app.clock.now());
    app.db
        .read(move |r| {
            let mut licences = Vec::new();
            for one in licence::find_typed(r, &secrets, &wanted)? {
                licences.push(Shown {
                    licence: licence::desk(r, &one, now)?,
                    history: licence::history(r, one.id, None, 100)?,
                });
            }
            if licences.is_empty() {
                return Err(Code::LicenceUnknown.into());
            }
            Ok(Found { licences })
        })
        .await
}

fn print(shown: &Shown) {
    let DeskView {
        licence,
        owner,
        issued_at,
        ..
    } = &shown.licence;
    println!("Licence   {} {}", licence.number, licence.product_name);
    println!("State     {}", licence.state);
    println!("Seats     {} of {} used", licence.seats_used, licence.seats);
    let nobody = || "nobody yet".to_owned();
    println!(
        "Owner     {}",
        owner
            .as_ref()
            .map_or_else(nobody, |owner| format!("{} <{}>", owner.name, owner.email))
    );
    println!(
        "Workspace {}",
        licence.workspace.as_ref().map_or("none", |at| &at.name)
    );
    println!("Issued    {issued_at}");
    if let Some(end) = licence.expires_at {
        println!("Expires   {end}");
    }
    for change in &shown.history {
        let reason = change
            .reason
            .as_ref()
            .map_or_else(String::new, |reason| format!(": {reason}"));
        println!(
            "{}  {} by {}{reason}",
            change.at,
            change.action,
            change.name.as_ref().unwrap_or(&change.by)
        );
    }
    println!("");
}

/// The one licence that was meant.
async fn the_one(app: &App, wanted: String) -> Result<Licence, Fault> {
    let secrets = app.secrets.clone();
    let mut found = app
        .db
        .read(move |r| licence::find_typed(r, &secrets, &wanted))
        .await?;
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        _ => Err(Code::LicenceUnknown.into()),
    }
}

pub(super) fn decide(server: Server, ruling: Ruling, decision: Decision) -> anyhow::Result<()> {
    let json = server.json;
    let view = server.open(async |app| {
        let licence = the_one(&app, decision.licence)
            .await
            .map_err(|fault| told(&fault))?;
        if ruling == Ruling::Revoke && !decision.yes {
            confirm(&licence)?;
        }
        write(app, licence, ruling, decision.reason)
            .await
            .map_err(|fault| told(&fault))
    })?;
    if json {
        println!("{}", serde_json::to_string(&view)?);
    } else {
        println!("Licence {} is {}.", view.licence.number, view.licence.state);
    }
    Ok(())
}

async fn write(app: App, licence: Licence, ruling: Ruling, reason: String) -> Result<DeskView, Fault> {
    app.db
        .write(move |mut tx| {
            let (after, detail) = licence::rule(&mut tx, licence.id, ruling, &reason, true)?;
            licence::tell_later(&mut tx, &after)?;
            let now = tx.now();
            let view = licence::desk(&mut tx, &after, now)?;
            let mut event = AuditEvent::new(AuditActor::Server, ruling.action())
                .on("licence", after.id)
                .with(detail);
            if let Some(workspace) = after.workspace {
                event = event.in_workspace(workspace);
            }
            Ok(tx.commit(event, view)?)
        })
        .await
}

/// Says what revoking does, and asks.
fn confirm(licence: &Licence) -> anyhow::Result<()> {
    eprintln!(
        "Licence {} ({}) will never work again.",
        licence.number, licence.product_name
    );
    if let Some(name) = licence.workspace.and(licence.workspace_name.as_ref()) {
        let l = Lang::En;
        eprintln!(
            "{}",
            l.t2(
                "desk-revoke-workspace",
                ("workspace", name),
                ("n", licence.seats_used)
            )
        );
        eprintln!("{}", l.t("desk-revoke-devices"));
    }
    if !std::io::stdin().is_terminal() {
        bail!("say --yes to revoke it");
    }
    eprintln!("Revoke it? Type yes.");
    let mut answer = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut answer)
        .context("no answer")?;
    if answer.trim() != "yes" {
        bail!("nothing was changed");
    }
    Ok(())
}
