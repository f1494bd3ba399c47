use crate::{lang::Language, state::StateDir};
use rempart_engine::{EngineError, Limits, ScanError, Severity, Sources};
use rempart_os::OsError;
use std::{fs::File, io, path::PathBuf, sync::Arc};

/// Where rules come from besides the built-in set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSources {
    /// A folder of `*.yar` files.
    pub folder: Option<PathBuf>,
    /// A file of known-bad SHA-256 sums, one a line.
    pub known_bad: Option<PathBuf>,
}

impl RuleSources {
    /// For what is not named: the `rules` folder and the `known-bad` file in the state folder, where they exist.
    #[must_use]
    pub fn or_of(self, state: &StateDir) -> Self {
        let there = |name: &str| Some(state.path().join(name)).filter(|path| path.exists());
        Self {
            folder: self.folder.or_else(|| there("rules")),
            known_bad: self.known_bad.or_else(|| there("known-bad")),
        }
    }
}

/// The engine with its rules: loaded once, shared by scans. Cheap to clone.
#[derive(Clone)]
pub struct Scanner {
    pub(super) engine: Arc<dyn Engine>,
    rules: usize,
    known_bad: usize,
    problems: Vec<String>,
}

/// The rules could not be loaded: a folder or a file of them cannot be read.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct ScannerError(#[from] pub OsError);

impl ScannerError {
    /// What to tell the person.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        language.unusable(&self.0.path, &self.0.source)
    }
}

impl Scanner {
    /// Loads the built-in rules and those of `sources`. Rules with mistakes are logged, left out and listed in
    /// [`Scanner::problems`].
    ///
    /// # Errors
    /// When a source cannot be read at all.
    pub fn load(sources: &RuleSources) -> Result<Self, ScannerError> {
        let sources = Sources {
            built_in: true,
            folder: sources.folder.clone(),
            known_bad: sources.known_bad.clone(),
        };
        let (engine, problems) = rempart_engine::Engine::new(&sources, Limits::default()).map_err(
            |EngineError::Unreadable { path, error }| ScannerError(OsError { path, source: error }),
        )?;
        for problem in &problems {
            tracing::warn!(%problem, "a rule was left out");
        }
        Ok(Self {
            rules: engine.rules(),
            known_bad: engine.known_bad(),
            problems: problems.iter().map(ToString::to_string).collect(),
            engine: Arc::new(engine),
        })
    }

    #[cfg(test)]
    pub(super) fn with(engine: impl Engine + 'static) -> Self {
        Self {
            engine: Arc::new(engine),
            rules: 1,
            known_bad: 0,
            problems: Vec::new(),
        }
    }

    /// How many rules it looks for.
    #[must_use]
    pub const fn rules(&self) -> usize {
        self.rules
    }

    /// How many known-bad files it knows.
    #[must_use]
    pub const fn known_bad(&self) -> usize {
        self.known_bad
    }

    /// Rules left out because of mistakes in them, each with its place.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl std::fmt::Debug for Scanner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scanner({} rules)", self.rules)
    }
}

/// What a scan needs of an engine.
pub(super) trait Engine: Send + Sync {
    fn look(&self, file: &File) -> Result<Seen, LookError>;
}

/// What an engine saw in one file.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) matches: Vec<Matched>,
    pub(super) partial: bool,
    pub(super) bytes: u64,
}

/// One rule that matched.
#[derive(Debug)]
pub(super) struct Matched {
    pub(super) rule: String,
    pub(super) members: Vec<String>,
    pub(super) sha256: String,
    /// Bad enough to be taken away.
    pub(super) harmful: bool,
}

/// Why an engine could not look.
#[derive(Debug)]
pub(super) enum LookError {
    NotRegular,
    Io(io::Error),
}

impl Engine for rempart_engine::Engine {
    fn look(&self, file: &File) -> Result<Seen, LookError> {
        let verdict = self.scan(file).map_err(|error| match error {
            ScanError::NotRegular => LookError::NotRegular,
            ScanError::Io(error) => LookError::Io(error),
        })?;
        Ok(Seen {
            partial: !verdict.partial.is_empty(),
            bytes: verdict.bytes,
            matches: verdict.matches.into_iter().map(Matched::from).collect(),
        })
    }
}

impl From<rempart_engine::Match> for Matched {
    fn from(found: rempart_engine::Match) -> Self {
        Self {
            rule: found.rule,
            members: found.members,
            sha256: hex::encode(found.sha256),
            // What is merely worth knowing is told and left alone.
            harmful: found.severity > Severity::Low,
        }
    }
}
