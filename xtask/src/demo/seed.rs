//! What the portal seeded and how to get in, as `DIR/demo.json` tells it.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;

use super::Folders;

/// How to get in.
#[derive(Deserialize)]
pub(super) struct Seed {
    email: String,
    password: String,
    operator_email: String,
    operator_password: String,
    api_key: String,
    pub(super) enrolment_token: String,
}

impl Seed {
    /// Reads what the portal wrote.
    pub(super) fn read(data: &Path) -> Result<Self> {
        let file = data.join("demo.json");
        let text = std::fs::read_to_string(&file);
        let text = text.with_context(|| format!("{}: try --fresh", file.display()))?;
        serde_json::from_str(&text).with_context(|| file.display().to_string())
    }

    /// Four lines for a person.
    pub(super) fn as_lines(&self, url: &str, folders: &Folders) -> String {
        let (portal, sample) = (folders.portal.display(), folders.sample.display());
        [
            format!("Portal    {url}"),
            format!("Sign in   {}   {}", self.email, self.password),
            format!("Operator  {}   {}", self.operator_email, self.operator_password),
            format!("Folders   {portal} (data)   {sample} (scanned by the agent)"),
        ]
        .join("\n")
    }

    /// One object for a program.
    pub(super) fn as_json(&self, url: &str, folders: &Folders, portal: u32, agent: u32) -> Result<String> {
        let object = json!({
            "url": url,
            "email": self.email,
            "password": self.password,
            "operator_email": self.operator_email,
            "operator_password": self.operator_password,
            "api_key": self.api_key,
            "data_folder": folders.portal,
            "sample_folder": folders.sample,
            "portal_pid": portal,
            "agent_pid": agent,
        });
        Ok(serde_json::to_string(&object)?)
    }
}
