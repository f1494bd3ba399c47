use super::StateError;
use crate::lang::{Language, shown};
use std::io::ErrorKind;

impl StateError {
    /// What to tell the person.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::Io { path, source } if source.kind() == ErrorKind::PermissionDenied => {
                language.say("state-not-permitted", &[("path", shown(path).into())])
            }
            Self::Io { path, source } => language.unusable(path, source),
            Self::Damaged { path, reason } => {
                let arguments = [("path", shown(path).into()), ("reason", reason.as_str().into())];
                language.say("state-damaged", &arguments)
            }
            Self::NotOurs { path } => language.say("state-not-ours", &[("path", shown(path).into())]),
            Self::Newer { path, .. } => language.say("state-newer", &[("path", shown(path).into())]),
            Self::NotEnrolled => language.say("link-not_enrolled", &[]),
        }
    }
}
