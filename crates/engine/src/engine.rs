use crate::budget::Budget;
use crate::buffer::Buffer;
use crate::look::Look;
use crate::rules::{Meta, RuleSet};
use crate::source::{Source, read_full_at};
use crate::{Description, Limits, PartialReason, RuleProblem, ScanError, Severity, Verdict};
use boreal::Scanner;
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rules, known-bad hashes and limits, ready to look at files. Several threads use one at the same time; a clone is the
/// same engine.
#[derive(Clone)]
pub struct Engine {
    set: Arc<RuleSet>,
    /// Gives up after the whole of a file's time.
    scanner: Scanner,
    limits: Arc<Limits>,
}

/// Where rules and hashes come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// The rules that come with the engine.
    pub built_in: bool,
    /// A folder whose `*.yar` and `*.yara` files are rules; folders inside it are not looked into.
    pub folder: Option<PathBuf>,
    /// A text file of known-bad files: a line is `sha256`, then `,size` in bytes if it is known (so that only files of
    /// that size are hashed), then a space and a name if it has one. `#` begins a comment line.
    pub known_bad: Option<PathBuf>,
}

/// The rules cannot be read at all. A single broken file is a [`RuleProblem`] instead.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The rules' folder or the file of known-bad hashes.
    #[error("cannot read {}: {error}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
}

impl EngineError {
    pub(crate) fn unreadable(path: &Path, error: io::Error) -> Self {
        Self::Unreadable {
            path: path.to_owned(),
            error,
        }
    }
}

/// A rule of the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleName {
    /// Its name.
    pub name: String,
    /// How bad its matches are.
    pub severity: Severity,
    /// What it is about, when it says so.
    pub description: Option<Description>,
}

impl Engine {
    /// Reads and compiles the rules. What could not be used is named; the rest is.
    ///
    /// # Errors
    /// When the folder or the file of hashes cannot be read at all.
    pub fn new(sources: &Sources, limits: Limits) -> Result<(Self, Vec<RuleProblem>), EngineError> {
        let (set, problems) = RuleSet::load(sources)?;
        Ok((Self::of(Arc::new(set), limits), problems))
    }

    /// The same rules with other limits, without compiling them again.
    #[must_use]
    pub fn with_limits(&self, limits: Limits) -> Self {
        Self::of(Arc::clone(&self.set), limits)
    }

    fn of(set: Arc<RuleSet>, limits: Limits) -> Self {
        let limits = limits.clamped();
        Self {
            scanner: set.scanner_for(limits.time),
            set,
            limits: Arc::new(limits),
        }
    }

    /// Looks at a regular file that the caller has opened for reading. Moves the file's cursor.
    ///
    /// # Errors
    /// When it is not a regular file, or cannot be read.
    pub fn scan(&self, file: &File) -> Result<Verdict, ScanError> {
        let meta = file.metadata()?;
        if !meta.is_file() {
            return Err(ScanError::NotRegular);
        }
        let len = meta.len();
        let budget = Budget::new(&self.limits);
        let whole = usize::try_from(len)
            .ok()
            .filter(|_| len <= self.limits.whole_bytes);
        let verdict = match whole {
            Some(len) => {
                let mut buffer = Buffer::of_at_least(len);
                let read = read_full_at(file, 0, &mut buffer[..len])?;
                let mut verdict = self.look(&budget, Source::Bytes(&buffer[..read]));
                if read < len {
                    verdict.partial.push(crate::Partial {
                        members: Vec::new(),
                        why: PartialReason::Changed,
                    });
                }
                verdict
            }
            None => {
                let budget = &budget;
                self.look(budget, Source::File { file, len, budget })
            }
        };
        match budget.into_failure() {
            Some(error) => Err(ScanError::Io(error)),
            None => Ok(verdict),
        }
    }

    /// Looks at bytes.
    #[must_use]
    pub fn scan_bytes(&self, bytes: &[u8]) -> Verdict {
        self.look(&Budget::new(&self.limits), Source::Bytes(bytes))
    }

    fn look(&self, budget: &Budget<'_>, source: Source<'_>) -> Verdict {
        let mut look = Look::new(&self.set, &self.scanner, budget);
        // A panic in a parser ends this file, not the program, and is not held against the file.
        if catch_unwind(AssertUnwindSafe(|| look.at(source))).is_err() {
            look.partial(PartialReason::Internal);
        }
        look.into_verdict()
    }

    /// How many rules there are, private ones left out.
    #[must_use]
    pub fn rules(&self) -> usize {
        self.set.scanner.rules().filter(|rule| !rule.is_private).count()
    }

    /// How many known-bad hashes there are.
    #[must_use]
    pub fn known_bad(&self) -> usize {
        self.set.known_bad.len()
    }

    /// The rules, in the order they are tried; private ones left out.
    #[must_use]
    pub fn rule_names(&self) -> Vec<RuleName> {
        let scanner = &self.set.scanner;
        let visible = scanner.rules().filter(|rule| !rule.is_private);
        visible
            .map(|rule| {
                let meta = Meta::read(scanner, rule.metadatas);
                RuleName {
                    name: rule.name.to_owned(),
                    severity: meta.severity,
                    description: meta.description,
                }
            })
            .collect()
    }

    /// The identity of the rule set: the same for the same rules and hashes, whatever their files are called.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        self.set.digest
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}
