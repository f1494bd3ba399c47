use std::io;

/// The rule name of a match by SHA-256.
pub const KNOWN_BAD_RULE: &str = "known_bad_sha256";

/// What stands in [`Match::members`] for the content of a gzip that carries no name.
pub const UNNAMED: &str = "(content)";

/// What the engine found in one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What matched, in the order it was found; at most [`crate::Limits::matches`].
    pub matches: Vec<Match>,
    /// What was not looked at in full, and why; the first 32.
    pub partial: Vec<Partial>,
    /// Bytes looked at, archives counted unpacked.
    pub bytes: u64,
}

impl Verdict {
    /// Nothing matched and everything was looked at.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.matches.is_empty() && self.partial.is_empty()
    }
}

/// One rule, or one known-bad hash, that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The way inside archives, outermost first; empty for the file itself. What is not UTF-8 became U+FFFD.
    pub members: Vec<String>,
    /// Name of the rule, or [`KNOWN_BAD_RULE`].
    pub rule: String,
    /// SHA-256 of the matched bytes: of the member, when inside an archive. Where a [`Partial`] of the same place says
    /// that it was cut by size, of the part that was looked at.
    pub sha256: [u8; 32],
    /// How bad it is, as the rule says.
    pub severity: Severity,
    /// What it is, in people's words, when the rule says it.
    pub description: Option<Description>,
}

/// What a rule is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// In English (`description_en`, or a foreign rule's `description`; a known-bad hash's name).
    pub english: String,
    /// In French (`description_fr`), when the rule has it.
    pub french: Option<String>,
}

/// How bad a match is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Worth a look. What a rule that does not say is taken for.
    #[default]
    Medium,
    /// Very likely harmful.
    High,
    /// Harmful, and the computer is probably taken already; or a known-bad file.
    Critical,
}

impl Severity {
    /// The word in a rule's meta: `low`, `medium`, `high` or `critical`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// From the word, letters of either case; `None` for any other.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Low, Self::Medium, Self::High, Self::Critical]
            .into_iter()
            .find(|severity| severity.as_str().eq_ignore_ascii_case(word))
    }
}

/// A place that was not looked at in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partial {
    /// The way inside archives, outermost first; empty for the file itself.
    pub members: Vec<String>,
    /// Why.
    pub why: PartialReason,
}

/// Why a place was not looked at in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartialReason {
    /// An archive inside too many archives.
    Depth,
    /// The file, a member, or all members together are larger than the limits.
    Size,
    /// Far more came out of the archive than went in.
    Ratio,
    /// Too many members.
    Members,
    /// A password is needed.
    Encrypted,
    /// The archive is broken, or ends too early.
    Damaged,
    /// A way of packing that the engine does not know.
    Unsupported,
    /// It took too long.
    Time,
    /// So much matched that the rest was not looked at.
    Matches,
    /// The file shrank while it was read.
    Changed,
    /// A parser failed in a way it must not. A bug of ours; what was found before it stands.
    Internal,
}

impl PartialReason {
    /// A stable word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Depth => "depth",
            Self::Size => "size",
            Self::Ratio => "ratio",
            Self::Members => "members",
            Self::Encrypted => "encrypted",
            Self::Damaged => "damaged",
            Self::Unsupported => "unsupported",
            Self::Time => "time",
            Self::Matches => "matches",
            Self::Changed => "changed",
            Self::Internal => "internal",
        }
    }
}

/// The file could not be looked at. Says nothing about whether it is harmful.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// A folder, a pipe, a socket or a device.
    #[error("not a regular file")]
    NotRegular,
    /// The system refused, or the disk failed.
    #[error("cannot read: {0}")]
    Io(#[from] io::Error),
}
