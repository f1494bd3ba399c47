use serde::{Deserialize, Serialize};

/// Why something was not done: a stable code for programs, a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{sentence} ({code})")]
pub struct Refusal {
    /// Stable, `snake_case`: `seats_exhausted`, `token_unknown`, `token_expired`, `token_used_up`, `token_revoked`,
    /// `workspace_without_licence`, `credential_revoked`, `credential_duplicated`, `proof_invalid`, `managed_remotely`,
    /// `managed_locally`, `order_expired`, `order_unknown`, `item_unknown`, `restore_blocked`.
    pub code: String,
    /// One sentence that says what is wrong and what to do, in the language of whoever reads it.
    pub sentence: String,
    /// The workspace's name, where it is known and may be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
}

impl Refusal {
    /// A refusal that names no workspace.
    pub fn new(code: &str, sentence: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            sentence: sentence.into(),
            workspace: None,
        }
    }
}
