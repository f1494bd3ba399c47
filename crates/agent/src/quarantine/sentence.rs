use super::{FindError, QuarantineError};
use crate::lang::{Language, shown};
use std::path::Path;

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
