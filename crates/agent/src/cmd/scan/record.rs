use super::screen::{self, Mark};
use crate::{
    cmd::quarantine::short,
    lang::{Language, shown},
};
use rempart_wire::{
    DetectionAction, DetectionReport, QuarantineId, ScanId, ScanOutcome, ScanTally, WirePath,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path};

/// What is remembered for the end.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) scans: Vec<ScanId>,
    detections: Vec<Value>,
    unreadable: Vec<Value>,
    stays: Vec<Value>,
    items: BTreeSet<QuarantineId>,
}

impl Record {
    pub(super) fn found(&mut self, detection: &DetectionReport, in_full: bool) {
        self.items.extend(detection.item);
        if in_full {
            self.detections.push(json!(detection));
        }
    }

    pub(super) fn stays(&mut self, path: &Path, reason: &str) {
        self.stays
            .push(json!({ "path": WirePath::new(path), "reason": reason }));
    }

    pub(super) fn unreadable(&mut self, path: &Path, reason: &str) {
        self.unreadable
            .push(json!({ "path": WirePath::new(path), "reason": reason }));
    }

    /// How many files were moved.
    pub(super) fn quarantined(&self) -> u64 {
        self.items.len() as u64
    }

    pub(super) fn as_json(&self, outcome: ScanOutcome, tally: &ScanTally) -> Value {
        json!({
            "outcome": outcome,
            "tally": tally,
            "detections": self.detections,
            "not_quarantined": self.stays,
            "unreadable": self.unreadable,
            "scans": self.scans,
        })
    }
}

/// A detection for people.
pub(super) fn sentence(detection: &DetectionReport, language: Language) -> String {
    let fate = match (detection.action, detection.item) {
        (DetectionAction::Quarantined, Some(item)) => {
            language.say("scan-quarantined", &[("item", short(item).into())])
        }
        (DetectionAction::QuarantineFailed, _) => String::new(),
        _ => language.say("scan-reported", &[]),
    };
    format!(
        "{}  {}  {}",
        Mark::Danger.line(&detection.rule),
        inside(detection, " › "),
        screen::quiet(&fate)
    )
}

/// A detection for programs that cut at tabs.
pub(super) fn fields(detection: &DetectionReport) -> String {
    let action = match detection.action {
        DetectionAction::Quarantined => "quarantined",
        DetectionAction::Reported => "reported",
        DetectionAction::QuarantineFailed => "quarantine_failed",
    };
    let item = detection.item.map(|item| item.to_string()).unwrap_or_default();
    format!(
        "found\t{}\t{}\t{action}\t{item}",
        detection.rule,
        inside(detection, "!")
    )
}

/// The file, and the way inside it.
fn inside(detection: &DetectionReport, between: &str) -> String {
    let mut way = shown(&detection.path.to_path().unwrap_or_default());
    for member in &detection.members {
        way.push_str(between);
        way.push_str(&shown(Path::new(member)));
    }
    way
}
