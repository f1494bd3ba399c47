use super::Code;
use crate::base::db::DbError;
use std::borrow::Cow;

/// Why a verb was refused or failed.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {detail}", code.as_str())]
pub struct Fault {
    /// What a program reads.
    pub code: Code,
    /// The input field it is about.
    pub target: Option<&'static str>,
    /// What the sentence names: argument and value.
    pub args: Vec<(&'static str, String)>,
    /// Facts a program or page can act on (free alternatives, seconds to wait); part of the API.
    pub facts: Option<serde_json::Value>,
    /// For the log only.
    pub detail: Cow<'static, str>,
}

impl Fault {
    /// A bare fault.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self {
            code,
            target: None,
            args: Vec::new(),
            facts: None,
            detail: Cow::Borrowed(""),
        }
    }

    /// Names the input field.
    #[must_use]
    pub const fn at(mut self, target: &'static str) -> Self {
        self.target = Some(target);
        self
    }

    /// Gives the sentence something to name.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Adds what a program can act on.
    #[must_use]
    pub fn facts(mut self, facts: serde_json::Value) -> Self {
        self.facts = Some(facts);
        self
    }

    /// Adds what only the log should hear.
    #[must_use]
    pub fn because(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = detail.into();
        self
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Self {
        let code = if matches!(error, DbError::Unavailable(_)) {
            Code::Unavailable
        } else {
            Code::Internal
        };
        Self::new(code).because(error.to_string())
    }
}
