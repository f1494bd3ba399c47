//! Portal and agent as processes.

use crate::database::Database;
use anyhow::{Context, Result, bail};
use serde_json::{Value as Json, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A program that was built beside this test.
pub(crate) fn program(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.ancestors().nth(2).context("a test has a target folder")?;
    let path = folder.join(name);
    if !path.exists() {
        bail!(
            "{} is not built: run `cargo build --workspace` first",
            path.display()
        );
    }
    Ok(path)
}

/// A running portal. Ended with the value, by its own process id.
pub(crate) struct Portal {
    process: Child,
    pub(crate) url: String,
    pub(crate) data: TempDir,
    database: Database,
}

impl Portal {
    /// Starts on a fresh data folder with the demo's people and licences.
    pub(crate) fn start(database: Database) -> Result<Self> {
        Self::start_in(tempfile::tempdir()?, database, &[])
    }

    /// Starts on a data folder; `environment` is added to the process's.
    pub(crate) fn start_in(data: TempDir, database: Database, environment: &[(&str, &str)]) -> Result<Self> {
        // Clients in this process may speak TLS, and are asked with whose cryptography before they do.
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let port = free_port()?;
        let mut command = Command::new(program("rempart")?);
        command
            .args([
                "serve",
                "--demo",
                "--listen",
                &format!("127.0.0.1:{port}"),
                "--data",
            ])
            .arg(data.path())
            .envs(environment.iter().copied())
            .env("REMPART_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        if let Database::Postgres(url) = &database {
            command.args(["--database", url]);
        }
        let mut process = command.spawn()?;
        // Its log goes on to this test's, so that a failure shows what the portal said.
        if let Some(log) = process.stderr.take() {
            std::thread::spawn(move || {
                BufReader::new(log)
                    .lines()
                    .map_while(Result::ok)
                    .for_each(|line| eprintln!("portal: {line}"));
            });
        }
        let mut portal = Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
            data,
            database,
        };
        portal.wait_until_ready(port)?;
        Ok(portal)
    }

    /// Reads the database itself: what the portal would say is derived from it.
    pub(crate) fn read(&self, sql: &str) -> Result<Vec<Vec<Option<String>>>> {
        self.database.read(self.data.path(), sql)
    }

    /// Writes to the database itself what only an operator, or time, would bring about.
    pub(crate) fn write(&self, sql: &str) -> Result<()> {
        self.database.write(self.data.path(), sql)
    }

    /// The one number that `sql` gives.
    pub(crate) fn number(&self, sql: &str) -> Result<i64> {
        let rows = self.read(&format!("select cast(({sql}) as text)"))?;
        let number = rows.first().and_then(|row| row.first()?.as_deref());
        number
            .with_context(|| format!("no number: {sql}"))?
            .parse()
            .with_context(|| sql.to_owned())
    }

    /// The name of its database's engine.
    pub(crate) fn engine(&self) -> &'static str {
        match self.database {
            Database::Sqlite => "SQLite",
            Database::Postgres(_) => "PostgreSQL",
        }
    }

    /// How a column of ids is read as hexadecimal digits.
    pub(crate) fn digits(&self, column: &str) -> String {
        self.database.digits(column)
    }

    fn wait_until_ready(&mut self, port: u16) -> Result<()> {
        let patience = Instant::now();
        while patience.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.process.try_wait()? {
                bail!("the portal ended at its start: {status}");
            }
            if answers(port).unwrap_or(false) {
                return Ok(());
            }
            std::thread::yield_now();
        }
        bail!("the portal was not ready after 20 s")
    }

    /// `kill -9`, at once; the data folder stays.
    pub(crate) fn kill(mut self) -> Result<(TempDir, Database)> {
        self.process.kill()?;
        self.process.wait()?;
        let data = std::mem::replace(&mut self.data, tempfile::tempdir()?);
        Ok((data, self.database.clone()))
    }

    /// What the demo wrote about itself.
    pub(crate) fn demo(&self) -> Result<Json> {
        demo(self.data.path())
    }

    /// Runs a command of the portal's own program on its database and reads its JSON.
    pub(crate) fn command(&self, arguments: &[&str]) -> Result<Json> {
        let mut command = Command::new(program("rempart")?);
        command
            .args(arguments)
            .args(["--json", "--data"])
            .arg(self.data.path());
        if let Database::Postgres(url) = &self.database {
            command.args(["--database", url]);
        }
        let output = command.output()?;
        if !output.status.success() {
            bail!(
                "rempart {arguments:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Issues a licence to a person; its id.
    pub(crate) fn issue(&self, owner: &str, seats: u32) -> Result<String> {
        let seats = seats.to_string();
        let issued = self.command(&[
            "licence",
            "issue",
            "--product",
            "Business",
            "--seats",
            &seats,
            "--kind",
            "one-off",
            "--months",
            "12",
            "--owner",
            owner,
        ])?;
        let id = issued["licence"]["id"].as_str().context("the licence's id")?;
        Ok(id.to_owned())
    }

    /// Issues a licence to the demo's person; its id and its key.
    pub(crate) fn issue_with_key(&self, seats: u32) -> Result<(String, String)> {
        let demo = self.demo()?;
        let owner = demo["email"].as_str().context("the demo's person")?;
        let seats = seats.to_string();
        let issued = self.command(&[
            "licence",
            "issue",
            "--product",
            "Business",
            "--seats",
            &seats,
            "--kind",
            "one-off",
            "--owner",
            owner,
        ])?;
        let text = |value: &Json| value.as_str().map(str::to_owned);
        text(&issued["licence"]["id"])
            .zip(text(&issued["key"]))
            .context("the licence's id and key")
    }

    /// A program that uses the API as the demo's person.
    pub(crate) fn api(&self) -> Result<Api> {
        let key = self.demo()?["api_key"].as_str().context("an API key")?.to_owned();
        Ok(Api {
            client: reqwest::Client::new(),
            url: self.url.clone(),
            key,
        })
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// What the demo in `data` wrote about itself.
pub(crate) fn demo(data: &Path) -> Result<Json> {
    Ok(serde_json::from_slice(&fs::read(data.join("demo.json"))?)?)
}

/// Whether the portal says that it lives. It listens before it can answer, so an open port is not enough.
fn answers(port: u16) -> Result<bool> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200"))
}

pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// The API, seen from outside.
#[derive(Clone)]
pub(crate) struct Api {
    client: reqwest::Client,
    url: String,
    key: String,
}

impl Api {
    /// Sends a request that must succeed; its JSON.
    pub(crate) async fn ok(&self, method: &str, path: &str, body: Option<Json>) -> Result<Json> {
        let (status, answer) = self.send(method, path, body).await?;
        if !(200..300).contains(&status) {
            bail!("{method} {path}: {status} {answer}");
        }
        Ok(answer)
    }

    /// Makes a workspace with a licence of its own; gives back its id.
    pub(crate) async fn workspace(&self, portal: &Portal, name: &str, seats: u32) -> Result<String> {
        let owner = portal.demo()?["email"]
            .as_str()
            .context("the demo's person")?
            .to_owned();
        let issued = portal.issue(&owner, seats)?;
        self.workspace_with(&issued, name).await
    }

    /// Makes a workspace that has this licence of the demo's person; gives back its id.
    pub(crate) async fn workspace_with(&self, licence: &str, name: &str) -> Result<String> {
        let body = json!({ "name": name, "mode": "local_and_remote" });
        let made = self.ok("POST", "/api/v1/workspaces", Some(body)).await?;
        let id = made["id"].as_str().context("the workspace's id")?.to_owned();
        let body = json!({ "licence": licence, "confirm_move": true });
        self.ok("PUT", &format!("/api/v1/workspaces/{id}/licence"), Some(body))
            .await?;
        Ok(id)
    }

    /// Makes an enrolment token.
    pub(crate) async fn token(&self, workspace: &str) -> Result<String> {
        let path = format!("/api/v1/workspaces/{workspace}/enrolment-tokens");
        let made = self
            .ok("POST", &path, Some(json!({ "lifetime": "hour" })))
            .await?;
        Ok(made["token"].as_str().context("a token")?.to_owned())
    }

    /// The same person, with connections of its own.
    pub(crate) fn apart(&self) -> Self {
        Self {
            client: reqwest::Client::new(),
            ..self.clone()
        }
    }

    /// Sends a request; the answer's status and JSON. `Err` when no answer came.
    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<Json>) -> Result<(u16, Json)> {
        let mut request = self
            .client
            .request(method.parse()?, format!("{}{path}", self.url))
            .bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let text = answer.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Json::Null)))
    }
}
