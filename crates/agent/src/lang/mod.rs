//! Every sentence the agent says, in French and in English (`lang/*.ftl`).
//!
//! Always true: both languages have the same keys, and every key asked for exists.

mod figures;
mod reason;

pub use reason::shown;

use fluent_templates::{Loader, fluent_bundle::FluentValue, static_loader};
use std::{borrow::Cow, collections::HashMap, str::FromStr};
use unic_langid::{LanguageIdentifier, langid};

static_loader! {
    static SENTENCES = {
        locales: "./lang",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language the agent speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

/// The text names no language the agent speaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}: fr | en")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "fr" => Ok(Self::French),
            "en" => Ok(Self::English),
            _ => Err(UnknownLanguage(text.to_owned())),
        }
    }
}

impl Language {
    /// The language the environment asks for: the first set of `LC_ALL`, `LC_MESSAGES` and `LANG`, as everywhere.
    #[must_use]
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()));
        match locale {
            Some(locale) if locale.starts_with("fr") => Self::French,
            _ => Self::English,
        }
    }

    /// The sentence of that key.
    #[must_use]
    pub fn say(self, key: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> String {
        let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> = arguments
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
            .collect();
        SENTENCES.lookup_with_args(&self.id(), key, &arguments)
    }

    fn id(self) -> LanguageIdentifier {
        match self {
            Self::English => langid!("en"),
            Self::French => langid!("fr"),
        }
    }
}

#[cfg(test)]
mod tests;
