//! Mail to people. Written as a job in the transaction that decides it, sent after; by SMTP, or into the outbox folder
//! where none is configured.

use super::{
    db::{DbError, Tx},
    job::JobError,
};
use crate::{app::App, base::config::Config};
use jiff::Timestamp;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

/// The kind of the job.
pub const JOB: &str = "mail.send";

/// One mail, plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// How mail leaves.
#[derive(Clone)]
pub enum Mailer {
    /// By SMTP.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// As files in a folder, one a mail.
    Outbox(PathBuf),
    /// Kept in memory, for tests.
    Kept(Arc<Mutex<Vec<Mail>>>),
}

impl Mailer {
    /// As the configuration says.
    ///
    /// # Errors
    /// When the SMTP address is not one, or the outbox cannot be made.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        if let Some(url) = &config.smtp_url {
            // The URL holds a password: the error must not repeat it.
            let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                .map_err(|_| anyhow::anyhow!("smtp_url is not a valid SMTP address"))?;
            return Ok(Self::Smtp(transport.build()));
        }
        let folder = config.data.join("outbox");
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)?;
        Ok(Self::Outbox(folder))
    }

    /// Mails in the outbox or in memory, newest first, at most 100.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn kept(&self) -> io::Result<Vec<Mail>> {
        match self {
            Self::Smtp(_) => Ok(Vec::new()),
            Self::Outbox(folder) => read_outbox(folder),
            Self::Kept(mails) => Ok(mails
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .iter()
                .rev()
                .take(100)
                .cloned()
                .collect()),
        }
    }

    async fn send(&self, mail: Mail, from: &str, at: Timestamp, id: &str) -> Result<(), JobError> {
        let broken = |error: &dyn std::fmt::Display| JobError(format!("mail: {error}"));
        match self {
            Self::Kept(mails) => mails.lock().unwrap_or_else(PoisonError::into_inner).push(mail),
            Self::Outbox(folder) => {
                let path = folder.join(format!("{}-{id}.json", at.as_microsecond()));
                write_new(&path, &serde_json::to_vec_pretty(&mail)?).map_err(|error| broken(&error))?;
            }
            Self::Smtp(transport) => {
                let message = Message::builder()
                    .from(from.parse::<Mailbox>().map_err(|error| broken(&error))?)
                    .to(mail.to.parse::<Mailbox>().map_err(|error| broken(&error))?)
                    .subject(mail.subject)
                    .header(ContentType::TEXT_PLAIN)
                    .body(mail.text)
                    .map_err(|error| broken(&error))?;
                transport.send(message).await.map_err(|error| broken(&error))?;
            }
        }
        Ok(())
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use io::Write;
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)
}

fn read_outbox(folder: &Path) -> io::Result<Vec<Mail>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.sort();
    Ok(paths
        .iter()
        .rev()
        .take(100)
        .filter_map(|path| serde_json::from_slice(&fs::read(path).ok()?).ok())
        .collect())
}

/// Writes the job that sends a mail.
///
/// # Errors
/// Whatever the engine says.
pub fn post(tx: &mut Tx<'_>, mail: &Mail) -> Result<(), DbError> {
    tx.enqueue(JOB, mail, None)
}

/// Runs the job.
pub fn run(
    app: App,
    payload: serde_json::Value,
) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> {
    Box::pin(async move {
        let mail: Mail = serde_json::from_value(payload)?;
        let (at, id) = (app.clock.now(), app.chance.id::<uuid::Uuid>(app.clock.now()));
        app.mailer
            .send(mail, &app.config.mail_from, at, &id.simple().to_string())
            .await
    })
}
