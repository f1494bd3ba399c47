//! `rempart issuer list` and `rotate`: the keys of licence files, on the server itself.

use super::Server;
use clap::Subcommand;
use rempart_portal::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        error::Fault,
    },
    issuer::{self, KeyView},
};
use serde::Serialize;

/// What is to be done with them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the keys, the current one first.
    List {
        #[command(flatten)]
        server: Server,
    },
    /// Replace the current key. The old one stays published, so that files already out stay good.
    Rotate {
        #[command(flatten)]
        server: Server,
    },
}

#[derive(Serialize)]
struct Keys {
    keys: Vec<KeyView>,
}

/// Does what was said.
pub(crate) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List { server } => server.run(list, |all| all.keys.iter().for_each(line)),
        Command::Rotate { server } => server.run(rotate, |key| {
            line(key);
            println!("The key before it stays published: files already out stay good.");
        }),
    }
}

fn line(key: &KeyView) {
    let state = key
        .retired_at
        .map_or_else(|| "current".to_owned(), |at| format!("replaced {at}"));
    println!(
        "{}  {}  since {}  {state}",
        key.id, key.public_key, key.created_at
    );
}

async fn list(app: App) -> Result<Keys, Fault> {
    issuer::prepare(&app).await?;
    let keys = app.db.read(|r| issuer::list(r)).await?;
    Ok(Keys { keys })
}

async fn rotate(app: App) -> Result<KeyView, Fault> {
    issuer::prepare(&app).await?;
    issuer::rotate(&app, AuditEvent::new(AuditActor::Server, "issuer.rotate")).await
}
