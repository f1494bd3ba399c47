use super::Language;
use crate::{
    agent::AgentError,
    quarantine::{FindError, QuarantineError},
    scan::ScannerError,
    state::StateError,
};
use std::{
    io::{Error, ErrorKind},
    path::Path,
};

impl Language {
    /// Why the system refused, in words.
    #[must_use]
    pub fn reason(self, error: &Error) -> String {
        let key = match error.kind() {
            ErrorKind::NotFound => "reason-not-found",
            ErrorKind::PermissionDenied => "reason-permission",
            ErrorKind::AlreadyExists => "reason-exists",
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "reason-full",
            ErrorKind::ReadOnlyFilesystem => "reason-read-only",
            ErrorKind::NotADirectory => "reason-not-a-folder",
            ErrorKind::InvalidFilename => "reason-too-deep",
            ErrorKind::InvalidInput => "reason-not-absolute",
            // ELOOP and EIO, for which there is no kind yet.
            _ if error.raw_os_error() == Some(40) => "reason-link",
            _ if error.raw_os_error() == Some(5) => "reason-disk",
            _ => return error.to_string(),
        };
        self.say(key, &[])
    }

    /// A path and why it cannot be used.
    #[must_use]
    pub fn unusable(self, path: &Path, error: &Error) -> String {
        let arguments = [
            ("path", shown(path).into()),
            ("reason", self.reason(error).into()),
        ];
        self.say("unusable", &arguments)
    }
}

/// A path for people: what could command the terminal, and what is no text, is escaped.
#[must_use]
pub fn shown(path: &Path) -> String {
    let mut shown = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            // Also marks that turn the direction of writing, which make one name look like another.
            if c.is_control()
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            {
                shown.extend(c.escape_default());
            } else {
                shown.push(c);
            }
        }
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02x}"));
        }
    }
    shown
}

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

impl QuarantineError {
    /// What to tell the person: what stands in the way, and that nothing is lost.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let about = |key, path: &Path| language.say(key, &[("path", shown(path).into())]);
        match self {
            Self::State(error) => error.sentence(language),
            Self::Io { path, source } => language.unusable(path, source),
            Self::Unknown(item) => language.say("item-unknown", &[("item", item.to_string().into())]),
            Self::Gone(path) => about("file-changed", path),
            Self::TooBig { path, size } => {
                let arguments = [
                    ("path", shown(path).into()),
                    ("size", language.bytes(*size).into()),
                ];
                language.say("file-too-big", &arguments)
            }
            Self::Damaged(path) => about("item-damaged", path),
            Self::NameTaken(path) => about("restore-name-taken", path),
            Self::NoFolder { path, source } => {
                let arguments = [
                    ("path", shown(path).into()),
                    ("reason", language.reason(source).into()),
                ];
                language.say("restore-no-folder", &arguments)
            }
            Self::NotExact { path, what, source } => {
                let arguments = [
                    ("path", shown(path).into()),
                    ("what", what.as_str().into()),
                    ("reason", language.reason(source).into()),
                ];
                language.say("restore-not-exact", &arguments)
            }
        }
    }
}

impl FindError {
    /// What to tell the person.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::Quarantine(error) => error.sentence(language),
            Self::Unknown(typed) => language.say("item-unknown", &[("item", typed.as_str().into())]),
            Self::Ambiguous(typed) => language.say("item-ambiguous", &[("item", typed.as_str().into())]),
        }
    }

    /// Stable code, as in [`rempart_wire::Refusal`].
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Quarantine(error) => error.code(),
            Self::Unknown(_) => "item_unknown",
            Self::Ambiguous(_) => "item_ambiguous",
        }
    }
}

impl AgentError {
    /// What to tell the person.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match self {
            Self::State(error) => error.sentence(language),
            Self::Quarantine(error) => error.sentence(language),
        }
    }
}

impl ScannerError {
    /// What to tell the person.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        language.unusable(&self.0.path, &self.0.source)
    }
}
