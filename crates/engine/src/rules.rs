use crate::known_bad::KnownBad;
use crate::{Description, Engine, EngineError, Severity, Sources};
use boreal::scanner::{EvaluatedRule, ScanParams};
use boreal::{Compiler, Metadata, MetadataValue, Scanner};
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The rules that come with the engine: the file's name and its text.
const BUILT_IN: &[(&str, &str)] = &[
    ("droppers.yar", include_str!("../rules/droppers.yar")),
    ("eicar.yar", include_str!("../rules/eicar.yar")),
    ("lures.yar", include_str!("../rules/lures.yar")),
    ("miners.yar", include_str!("../rules/miners.yar")),
    ("packed_scripts.yar", include_str!("../rules/packed_scripts.yar")),
    ("persistence.yar", include_str!("../rules/persistence.yar")),
    ("ransom.yar", include_str!("../rules/ransom.yar")),
    ("reverse_shells.yar", include_str!("../rules/reverse_shells.yar")),
    ("stealers.yar", include_str!("../rules/stealers.yar")),
    ("web_shells.yar", include_str!("../rules/web_shells.yar")),
];
/// A rule file larger than this is a mistake.
const LARGEST_FILE: u64 = 64 << 20;

/// Something in the rules that could not be used. The other rules are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleProblem {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1, when it is known.
    pub line: Option<u32>,
    /// What is wrong, in English.
    pub message: String,
}

impl fmt::Display for RuleProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        write!(out, ": {}", self.message)
    }
}

/// A rule that matched.
pub(crate) struct Found {
    pub(crate) rule: String,
    pub(crate) severity: Severity,
    pub(crate) description: Option<Description>,
}

/// Every rule and known-bad hash, compiled. Never changes: new rules are a new set.
pub(crate) struct RuleSet {
    pub(crate) scanner: Scanner,
    /// Whether a rule may match a file larger than is read at once. The built-in ones all ask for a smaller one.
    pub(crate) any_size: bool,
    pub(crate) known_bad: KnownBad,
    pub(crate) digest: [u8; 32],
}

impl RuleSet {
    pub(crate) fn load(sources: &Sources) -> Result<(Self, Vec<RuleProblem>), EngineError> {
        let mut loading = Loading::default();
        let any_size = sources.folder.is_some();
        if sources.built_in {
            for (name, text) in BUILT_IN {
                loading.add(Path::new(name), text);
            }
        }
        if let Some(folder) = &sources.folder {
            for path in rule_files(folder).map_err(|error| EngineError::unreadable(folder, error))? {
                loading.add_file(&path);
            }
        }
        let known_bad = match &sources.known_bad {
            None => KnownBad::default(),
            Some(path) => {
                let (set, problems) =
                    KnownBad::read(path).map_err(|error| EngineError::unreadable(path, error))?;
                loading.problems.extend(problems);
                set
            }
        };
        let digest = loading.digest(&known_bad);
        let scanner = loading.compiler.finalize();
        let set = Self {
            scanner,
            any_size,
            known_bad,
            digest,
        };
        Ok((set, loading.problems))
    }

    /// A scanner that gives up after this long.
    pub(crate) fn scanner_for(&self, time: Duration) -> Scanner {
        let mut scanner = self.scanner.clone();
        scanner.set_scan_params(params(time));
        scanner
    }

    pub(crate) fn found(&self, rule: &EvaluatedRule<'_>) -> Found {
        let meta = Meta::read(&self.scanner, rule.metadatas);
        Found {
            rule: rule.name.to_owned(),
            severity: meta.severity,
            description: meta.description,
        }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Engine")
            .field("rules", &self.rules())
            .finish_non_exhaustive()
    }
}

/// What a rule says of itself.
pub(crate) struct Meta {
    pub(crate) severity: Severity,
    pub(crate) description: Option<Description>,
}

impl Meta {
    pub(crate) fn read(scanner: &Scanner, metadatas: &[Metadata]) -> Self {
        let text = |wanted: &str| {
            metadatas.iter().find_map(|meta| match meta.value {
                MetadataValue::Bytes(value) if scanner.get_string_symbol(meta.name) == wanted => {
                    Some(String::from_utf8_lossy(scanner.get_bytes_symbol(value)).into_owned())
                }
                _ => None,
            })
        };
        Self {
            severity: text("severity")
                .and_then(|word| Severity::parse(&word))
                .unwrap_or_default(),
            description: text("description_en")
                .or_else(|| text("description"))
                .map(|english| Description {
                    english,
                    french: text("description_fr"),
                }),
        }
    }
}

fn params(time: Duration) -> ScanParams {
    ScanParams::default()
        .match_max_length(0)
        .timeout_duration(Some(time))
}

/// `*.yar` and `*.yara` directly in the folder, by name.
fn rule_files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_rules = path.extension().is_some_and(|extension| {
            extension.eq_ignore_ascii_case("yar") || extension.eq_ignore_ascii_case("yara")
        });
        if is_rules && !path.is_dir() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

struct Loading {
    compiler: Compiler,
    texts: Vec<[u8; 32]>,
    problems: Vec<RuleProblem>,
}

impl Default for Loading {
    fn default() -> Self {
        Self {
            compiler: compiler(),
            texts: Vec::new(),
            problems: Vec::new(),
        }
    }
}

/// A rule file reads no other file: it may come from somewhere else than this computer.
fn compiler() -> Compiler {
    let mut compiler = Compiler::new();
    compiler.set_params(boreal::compiler::CompilerParams::default().disable_includes(true));
    compiler
}

impl Loading {
    fn add_file(&mut self, path: &Path) {
        let text = std::fs::metadata(path).and_then(|meta| {
            if meta.len() > LARGEST_FILE || !meta.is_file() {
                return Err(std::io::Error::other("not a rule file, or larger than 64 MiB"));
            }
            std::fs::read(path)
        });
        let problem = match text.map(String::from_utf8) {
            Ok(Ok(text)) => return self.add(path, &text),
            Ok(Err(error)) => {
                let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                self.problem(path, Some(line_of(before)), "not UTF-8".to_owned())
            }
            Err(error) => self.problem(path, None, error.to_string()),
        };
        self.problems.push(problem);
    }

    /// A file is used whole or not at all: half of it could match what the other half was to exclude. So it is compiled
    /// alone first. Each file has names of its own.
    fn add(&mut self, path: &Path, text: &str) {
        let namespace = path.to_string_lossy();
        let alone = compiler().add_rules_str_in_namespace(text, &namespace);
        match alone.and_then(|_| self.compiler.add_rules_str_in_namespace(text, &namespace)) {
            Ok(_) => self.texts.push(Sha256::digest(text).into()),
            Err(error) => {
                let diagnostic = error.to_diagnostic();
                let at = diagnostic
                    .labels
                    .first()
                    .map(|label| label.range.start.min(text.len()));
                let line = at.map(|at| line_of(&text.as_bytes()[..at]));
                let problem = self.problem(path, line, diagnostic.message);
                self.problems.push(problem);
            }
        }
    }

    fn problem(&self, path: &Path, line: Option<u32>, message: String) -> RuleProblem {
        RuleProblem {
            file: path.to_owned(),
            line,
            message,
        }
    }

    /// The same for the same rules and hashes, wherever they lie and in whatever order.
    fn digest(&mut self, known_bad: &KnownBad) -> [u8; 32] {
        self.texts.sort_unstable();
        let mut hash = Sha256::new();
        hash.update((self.texts.len() as u64).to_le_bytes());
        for text in &self.texts {
            hash.update(text);
        }
        for known in known_bad.hashes() {
            hash.update(known);
        }
        hash.finalize().into()
    }
}

fn line_of(before: &[u8]) -> u32 {
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1)
}
