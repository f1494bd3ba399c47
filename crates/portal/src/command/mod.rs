//! What the commands share: they run on the server itself, with its options, beside a portal
//! or without one, and print text or one JSON document.

mod desk;
pub(super) mod issue;
pub(super) mod issuer;
pub(super) mod licence;
pub(super) mod product;

use clap::Args;
use rempart_portal::{
    app::App,
    base::{
        config::{Config, Options},
        error::Fault,
        lang::Lang,
        web,
    },
};
use serde::Serialize;
use std::{future::Future, path::PathBuf};

/// Which server.
#[derive(Debug, Args)]
pub(super) struct Server {
    /// A TOML file of options; see `rempart config-reference`.
    #[arg(long, env = "REMPART_CONFIG")]
    config: Option<PathBuf>,
    #[command(flatten)]
    options: Box<Options>,
    /// Print one JSON document instead of text.
    #[arg(long)]
    json: bool,
}

impl Server {
    fn config(self) -> anyhow::Result<Config> {
        let file = self
            .config
            .map_or(Ok(Options::default()), |path| Options::from_file(&path))?;
        Ok(self.options.decide(file)?)
    }

    /// Opens the server's database and does something there.
    fn open<T, F: Future<Output = anyhow::Result<T>>>(self, job: impl FnOnce(App) -> F) -> anyhow::Result<T> {
        let config = self.config()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async { job(super::serve::local_app(config).await?).await })
    }

    /// Opens the server's database, does what is to be done, and prints it.
    fn run<T: Serialize, F: Future<Output = Result<T, Fault>>>(
        self,
        job: impl FnOnce(App) -> F,
        text: impl FnOnce(&T),
    ) -> anyhow::Result<()> {
        let json = self.json;
        let done = self.open(async |app| job(app).await.map_err(|fault| told(&fault)))?;
        if json {
            println!("{}", serde_json::to_string(&done)?);
        } else {
            text(&done);
        }
        Ok(())
    }
}

/// A refusal in words.
fn told(fault: &Fault) -> anyhow::Error {
    anyhow::anyhow!("{}", web::sentence(fault, Lang::En))
}
