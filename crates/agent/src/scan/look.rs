use super::{
    ScanRequest,
    progress::Counts,
    scanner::{LookError, Matched, Scanner},
    walk::Met,
};
use crate::{agent::Agent, quarantine::QuarantineError};
use rempart_os::{Kind, Meta, OsError};
use rempart_wire::{DetectionAction, DetectionReport, QuarantineReport, WirePath};
use std::{fs::File, io, path::PathBuf};

/// What became of one file worth telling about.
#[derive(Debug)]
pub(super) enum Outcome {
    Found(Box<Finding>),
    Unreadable(OsError),
}

/// A file that matched.
#[derive(Debug)]
pub(super) struct Finding {
    /// One for each rule.
    pub(super) detections: Vec<DetectionReport>,
    pub(super) quarantined: Option<QuarantineReport>,
    /// Why it is still there although it should not be.
    pub(super) stays: Option<(PathBuf, QuarantineError)>,
}

/// Looks at files for one scan; shared by its threads.
#[derive(Clone, Copy)]
pub(super) struct Looker<'a> {
    pub(super) agent: &'a Agent,
    pub(super) scanner: &'a Scanner,
    pub(super) request: &'a ScanRequest,
    pub(super) counts: &'a Counts,
}

impl Looker<'_> {
    /// Looks at one file. Nothing to tell for clean ones, and for those that are gone or no files any more.
    pub(super) fn look(&self, met: &Met) -> Option<Outcome> {
        self.counts.set_current(met);
        let file = match met.dir.open_file(&met.name) {
            Ok(file) => file,
            Err(error) => return self.not_opened(error),
        };
        let path = met.path();
        let meta = match rempart_os::meta(&file, &path) {
            Ok(meta) => meta,
            Err(error) => return self.unreadable(error),
        };
        if meta.kind != Kind::File {
            Counts::add(&self.counts.skipped, 1);
            return None;
        }
        let seen = match self.scanner.engine.look(&file) {
            Ok(seen) => seen,
            Err(LookError::NotRegular) => {
                Counts::add(&self.counts.skipped, 1);
                return None;
            }
            Err(LookError::Io(source)) => return self.unreadable(OsError { path, source }),
        };
        Counts::add(&self.counts.files, 1);
        Counts::add(&self.counts.bytes, seen.bytes);
        Counts::add(&self.counts.partial, u64::from(seen.partial));
        if seen.matches.is_empty() {
            return None;
        }
        Counts::add(&self.counts.found, seen.matches.len() as u64);
        Some(Outcome::Found(Box::new(self.found(
            &file,
            &meta,
            path,
            seen.matches,
        ))))
    }

    fn found(&self, file: &File, meta: &Meta, path: PathBuf, matches: Vec<Matched>) -> Finding {
        let take_it = self.request.quarantine && matches.iter().any(|matched| matched.harmful);
        let mut rules: Vec<String> = matches.iter().map(|matched| matched.rule.clone()).collect();
        rules.sort_unstable();
        rules.dedup();
        let taken = take_it.then(|| self.agent.quarantine.take(file, &path, &rules));
        let action = match taken {
            None => DetectionAction::Reported,
            Some(Ok(_)) => DetectionAction::Quarantined,
            Some(Err(_)) => DetectionAction::QuarantineFailed,
        };
        let (quarantined, stays) = match taken {
            None => (None, None),
            Some(Ok(report)) => (Some(report), None),
            Some(Err(error)) => (None, Some((path.clone(), error))),
        };
        let item = quarantined.as_ref().map(|report| report.item);
        let detection = |matched: Matched| DetectionReport {
            detection: self.agent.world.id(),
            scan: Some(self.request.scan),
            path: WirePath::new(&path),
            members: matched.members,
            rule: matched.rule,
            sha256: matched.sha256,
            size: meta.size,
            action,
            item,
        };
        Finding {
            detections: matches.into_iter().map(detection).collect(),
            quarantined,
            stays,
        }
    }

    fn not_opened(&self, error: OsError) -> Option<Outcome> {
        if error.kind() == io::ErrorKind::NotFound {
            return None;
        }
        if error.is_link() || error.is_no_file() {
            Counts::add(&self.counts.skipped, 1);
            return None;
        }
        self.unreadable(error)
    }

    fn unreadable(&self, error: OsError) -> Option<Outcome> {
        Counts::add(&self.counts.unreadable, 1);
        Some(Outcome::Unreadable(error))
    }
}
