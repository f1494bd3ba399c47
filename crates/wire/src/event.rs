use crate::{DetectionId, EventId, OrderId, QuarantineId, ScanId, ScanTarget};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Something that happened on a device. The device keeps it until the portal acknowledges its id; the portal records
/// each id once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Made by the device.
    pub id: EventId,
    /// When it happened, by the device's clock.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub body: EventBody,
}

/// The kinds of things a device reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EventBody {
    /// A scan began.
    ScanStarted {
        /// Which run.
        scan: ScanId,
        /// Where it looks.
        target: ScanTarget,
        /// Who started it.
        origin: Origin,
    },
    /// A scan ended.
    ScanFinished {
        /// Which run.
        scan: ScanId,
        /// How it ended.
        outcome: ScanOutcome,
        /// What it looked at.
        tally: ScanTally,
        /// Some of the places it could not read, for the person who asks which; at most 100.
        #[serde(default)]
        unreadable: Vec<WirePath>,
    },
    /// A file matched a rule or a known-bad hash.
    Detection(DetectionReport),
    /// A file went into quarantine.
    Quarantined(QuarantineReport),
    /// A quarantined file left it, or could not.
    QuarantineChanged {
        /// Which item.
        item: QuarantineId,
        /// The order that asked for it; absent when it was done at the computer.
        order: Option<OrderId>,
        /// The state it is in now.
        state: QuarantineState,
        /// Why it could not be done, when it could not: a stable code and a sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<crate::Refusal>,
    },
    /// The device will not do, or could not do, what it was told.
    OrderRefused {
        /// Which order.
        order: OrderId,
        /// Why.
        refusal: crate::Refusal,
    },
}

/// Who caused something on a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Origin {
    /// An order of the portal.
    Portal {
        /// Which one.
        order: OrderId,
    },
    /// Somebody at the computer.
    Device,
}

/// How a scan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanOutcome {
    /// It looked at everything it was asked to.
    Completed,
    /// Somebody stopped it.
    Cancelled,
    /// It could not go on.
    Failed,
}

/// What a scan looked at, so far or in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanTally {
    /// Files looked into.
    pub files: u64,
    /// Bytes read, archives counted once unpacked.
    pub bytes: u64,
    /// Detections.
    pub found: u64,
    /// Files and folders that could not be read.
    pub unreadable: u64,
    /// Files whose inside was not looked at in full: a limit was met, or the archive is damaged or encrypted.
    pub partial: u64,
    /// Things that are not files: devices, pipes, sockets.
    pub skipped: u64,
}

/// Where a running scan is. Sent a few times a second at most; losing one is harmless.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScanProgress {
    /// Which run.
    pub scan: ScanId,
    /// So far.
    pub tally: ScanTally,
    /// Files known to be ahead in all, when the walk has finished counting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_files: Option<u64>,
    /// What it is looking at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<WirePath>,
}

/// One file matched by one rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DetectionReport {
    /// Made by the device.
    pub detection: DetectionId,
    /// The run that found it.
    pub scan: Option<ScanId>,
    /// The file on disk.
    pub path: WirePath,
    /// The way inside an archive, outermost first; empty for the file itself.
    #[serde(default)]
    pub members: Vec<String>,
    /// Name of the rule, or `known_bad_sha256`.
    pub rule: String,
    /// SHA-256 of the matched bytes (of the member, when inside an archive), 64 hexadecimal digits.
    pub sha256: String,
    /// Size in bytes of the file on disk.
    pub size: u64,
    /// What was done about it.
    pub action: DetectionAction,
    /// The quarantine item, when it was moved there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<QuarantineId>,
}

/// What a device did about a detection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetectionAction {
    /// Moved into quarantine.
    Quarantined,
    /// Left where it is, because it was asked to only look.
    Reported,
    /// It could not be moved; it is still there.
    QuarantineFailed,
}

/// A file that went into quarantine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuarantineReport {
    /// Which item.
    pub item: QuarantineId,
    /// Where it was.
    pub path: WirePath,
    /// Rules it matched.
    pub rules: Vec<String>,
    /// SHA-256 of the whole file, 64 hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Name of its owner, or the number when it has no name.
    pub owner: String,
}

/// Where a quarantined file is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuarantineState {
    /// In quarantine.
    Held,
    /// Back where it was.
    Restored,
    /// Destroyed.
    Deleted,
}

/// The portal has recorded these events; the device may forget them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// Ids of the recorded events.
    pub events: Vec<EventId>,
}

/// A path on a device. Names are bytes there and need not be text; `raw` keeps what `text` would lose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WirePath {
    /// For people: the path, with what is not UTF-8 replaced by U+FFFD.
    pub text: String,
    /// Hexadecimal bytes of the path, when it is not UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
}

impl WirePath {
    /// From a path on this machine.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        match path.to_str() {
            Some(text) => Self {
                text: text.to_owned(),
                raw: None,
            },
            None => {
                let raw = path
                    .as_os_str()
                    .as_encoded_bytes()
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect();
                Self {
                    text: path.to_string_lossy().into_owned(),
                    raw: Some(raw),
                }
            }
        }
    }

    /// Back to a path on this machine; `None` when `raw` is not hexadecimal.
    #[cfg(unix)]
    #[must_use]
    pub fn to_path(&self) -> Option<PathBuf> {
        use std::os::unix::ffi::OsStringExt;
        let Some(raw) = &self.raw else {
            return Some(PathBuf::from(&self.text));
        };
        if raw.len() % 2 != 0 || !raw.is_ascii() {
            return None;
        }
        let bytes: Option<Vec<u8>> = (0..raw.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&raw[at..at + 2], 16).ok())
            .collect();
        bytes.map(|bytes| PathBuf::from(std::ffi::OsString::from_vec(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_path_survives_the_wire(bytes in proptest::collection::vec(1u8..=255, 1..200)) {
            use std::os::unix::ffi::OsStringExt;
            let path = PathBuf::from(std::ffi::OsString::from_vec(bytes));
            let json = serde_json::to_string(&WirePath::new(&path))?;
            let back: WirePath = serde_json::from_str(&json)?;
            prop_assert_eq!(back.to_path(), Some(path));
        }
    }

    #[test]
    fn a_raw_path_that_is_not_hexadecimal_is_no_path() {
        for raw in ["0", "zz", "é0"] {
            assert_eq!(
                WirePath {
                    text: "x".into(),
                    raw: Some(raw.into())
                }
                .to_path(),
                None,
                "{raw}"
            );
        }
    }
}
