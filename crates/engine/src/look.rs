use crate::archive;
use crate::budget::{Budget, read_full};
use crate::buffer::Buffer;
use crate::kind::{HEAD, Kind};
use crate::rules::{Found, RuleSet};
use crate::source::Source;
use crate::window::{Cut, Outcome, WINDOW, Windows, parts};
use crate::{Description, KNOWN_BAD_RULE, Match, Partial, PartialReason, Severity, Verdict};
use boreal::Scanner;
use boreal::scanner::{EvaluatedRule, ScanError, ScanResult};
use sha2::{Digest, Sha256};
use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::sync::{Mutex, PoisonError};

const MOST_PARTIALS: usize = 32;
/// A longer member name is cut: it is for people to read.
const LONGEST_NAME: usize = 1024;
/// What a member's own word about its size may make us set aside before a byte of it has come.
const MOST_TRUSTED: u64 = 1 << 20;

/// One file being looked at: where in its archives we are, and what was found so far.
pub(crate) struct Look<'l> {
    set: &'l RuleSet,
    scanner: &'l Scanner,
    pub(crate) budget: &'l Budget<'l>,
    path: Vec<String>,
    verdict: Verdict,
    told_stop: bool,
    fresh: bool,
}

impl<'l> Look<'l> {
    pub(crate) fn new(set: &'l RuleSet, scanner: &'l Scanner, budget: &'l Budget<'l>) -> Self {
        Self {
            set,
            scanner,
            budget,
            path: Vec::new(),
            verdict: Verdict::default(),
            told_stop: false,
            fresh: true,
        }
    }

    pub(crate) fn into_verdict(self) -> Verdict {
        self.verdict
    }

    /// Notes that this place was not looked at in full. What stops the whole file is noted once, where it happened.
    pub(crate) fn partial(&mut self, why: PartialReason) {
        if self.budget.stopped() == Some(why) {
            if self.told_stop {
                return;
            }
            self.told_stop = true;
        }
        let partial = Partial {
            members: self.path.clone(),
            why,
        };
        if self.verdict.partial.len() < MOST_PARTIALS && !self.verdict.partial.contains(&partial) {
            self.verdict.partial.push(partial);
        }
    }

    /// Whether the file is over; notes why.
    pub(crate) fn stopped(&mut self) -> bool {
        match self.budget.stopped() {
            Some(why) => {
                self.partial(why);
                true
            }
            None => false,
        }
    }

    /// Looks at bytes and, if they are an archive, inside.
    pub(crate) fn at(&mut self, source: Source<'_>) {
        if !self.budget.may_look() {
            self.stopped();
            return;
        }
        let (first_match, bytes) = (self.verdict.matches.len(), self.verdict.bytes);
        let hash = OnceCell::new();
        if self.set.known_bad.wants(Some(source.len())) {
            if source.is_cut() {
                self.partial(PartialReason::Size);
            } else {
                self.known_bad(*hash.get_or_init(|| source.sha256()));
            }
        }
        match source.kind() {
            Kind::Plain => {}
            _ if !self.may_open() => self.partial(PartialReason::Depth),
            Kind::Zip => archive::zip::walk(self, source),
            Kind::Gzip => archive::gzip::walk(self, &mut source.open()),
            Kind::Tar => archive::tar::walk(self, &mut source.open()),
        }
        if self.verdict.bytes == bytes {
            self.verdict.bytes += source.looked_at();
        }
        self.rules(source, &hash, first_match);
    }

    fn may_open(&self) -> bool {
        self.path.len() < self.budget.limits.depth as usize
    }

    /// Looks at a member that comes out of an archive byte by byte.
    pub(crate) fn member(&mut self, name: &[u8], reader: &mut dyn Read, size: Option<u64>) {
        if !self.budget.count_member() {
            self.stopped();
            return;
        }
        self.path.push(readable(name));
        self.stream(reader, size);
        self.path.pop();
        self.budget.mend();
    }

    fn stream(&mut self, reader: &mut dyn Read, size: Option<u64>) {
        let mut head = [0; HEAD];
        let (len, error) = read_full(reader, &mut head);
        if error.is_some() {
            let why = self.budget.why();
            self.partial(why);
            return self.at(Source::Bytes(&head[..len]));
        }
        let head = &head[..len];
        let mut whole = Cursor::new(head).chain(reader);
        match Kind::of(head, &[]) {
            kind @ (Kind::Gzip | Kind::Tar) if self.may_open() => self.unpack(kind, &mut whole, size),
            _ => self.hold(&mut whole, size),
        }
    }

    /// A gzip or tar inside another archive is never held in memory as a whole.
    fn unpack(&mut self, kind: Kind, reader: &mut dyn Read, size: Option<u64>) {
        let walk = match kind {
            Kind::Gzip => archive::gzip::walk,
            _ => archive::tar::walk,
        };
        if !self.set.known_bad.wants(size) {
            return walk(self, reader);
        }
        let mut hashing = Hashing {
            inner: reader,
            hash: Sha256::new(),
        };
        walk(self, &mut hashing);
        if io::copy(&mut hashing, &mut io::sink()).is_ok() {
            self.known_bad(hashing.hash.finalize().into());
        } else {
            let why = self.budget.why();
            self.partial(why);
        }
    }

    /// Anything else is held, as far as the limits allow.
    fn hold(&mut self, reader: &mut dyn Read, size: Option<u64>) {
        let room = usize::try_from(self.budget.room()).unwrap_or(usize::MAX);
        let said = usize::try_from(size.unwrap_or(0).min(MOST_TRUSTED)).unwrap_or(0);
        let mut buffer = Buffer::of_at_least(said.min(room));
        let mut filled = 0;
        let why = loop {
            if filled >= room {
                break match read_full(reader, &mut [0]) {
                    (0, None) => None,
                    (0, Some(_)) => Some(self.budget.why()),
                    _ => Some(PartialReason::Size),
                };
            }
            if filled == buffer.len() {
                buffer.double();
            }
            let end = buffer.len().min(room);
            match reader.read(&mut buffer[filled..end]) {
                Ok(0) => break None,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break Some(self.budget.why()),
            }
        };
        if let Some(why) = why {
            self.partial(why);
        }
        self.budget.hold(buffer.len() as u64);
        self.at(Source::Bytes(&buffer[..filled]));
        self.budget.release(buffer.len() as u64);
    }

    fn known_bad(&mut self, sha256: [u8; 32]) {
        let Some(name) = self.set.known_bad.get(&sha256) else {
            return;
        };
        let description = (!name.is_empty()).then(|| Description {
            english: name.to_owned(),
            french: None,
        });
        self.matched(Match {
            members: self.path.clone(),
            rule: KNOWN_BAD_RULE.to_owned(),
            sha256,
            severity: Severity::Critical,
            description,
        });
    }

    fn matched(&mut self, found: Match) {
        if self.verdict.matches.len() < self.budget.limits.matches as usize {
            self.verdict.matches.push(found);
        } else {
            self.budget.stop(PartialReason::Matches);
            self.stopped();
        }
    }

    /// Tries the rules. A rule that already matched inside this archive is not told again of the archive.
    fn rules(&mut self, source: Source<'_>, hash: &OnceCell<[u8; 32]>, first_match: usize) {
        if !self.budget.may_look() {
            self.stopped();
            return;
        }
        let found = match source {
            Source::Bytes(bytes) => self.rules_on_bytes(bytes),
            Source::File { file, len, .. } => self.rules_on_file(file, len),
        };
        for found in found {
            let inside = self.verdict.matches[first_match..]
                .iter()
                .any(|inner| inner.members.len() > self.path.len() && inner.rule == found.rule);
            if !inside {
                self.matched(Match {
                    members: self.path.clone(),
                    rule: found.rule,
                    sha256: *hash.get_or_init(|| source.sha256()),
                    severity: found.severity,
                    description: found.description,
                });
            }
        }
    }

    fn rules_on_bytes(&mut self, bytes: &[u8]) -> Vec<Found> {
        if std::mem::take(&mut self.fresh) {
            // The first look has all of the file's time: spare it a scanner of its own.
            return self.collect(self.scanner.scan_mem(bytes));
        }
        let scanner = self.set.scanner_for(self.budget.time_left().unwrap_or_default());
        self.collect(scanner.scan_mem(bytes))
    }

    fn rules_on_file(&mut self, file: &File, len: u64) -> Vec<Found> {
        if !self.set.any_size {
            return Vec::new();
        }
        if len > self.budget.limits.file_bytes {
            self.partial(PartialReason::Size);
        }
        let mut found = self.windows(file, len, Cut::First);
        if !found.is_empty() {
            let again = self.windows(file, len, Cut::Second);
            found.retain(|found| again.iter().any(|other| other.rule == found.rule));
        }
        found
    }

    fn windows(&mut self, file: &File, len: u64, cut: Cut) -> Vec<Found> {
        let mut buffer = Buffer::of_at_least(WINDOW);
        let outcome = Mutex::new(Outcome::default());
        let parts = parts(len, self.budget.limits.file_bytes, cut);
        let windows = Windows::new(file, parts, cut, &mut buffer, &outcome, self.budget.deadline());
        let scanner = self.set.scanner_for(self.budget.time_left().unwrap_or_default());
        let found = self.collect(scanner.scan_fragmented(windows));
        let outcome = outcome.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = outcome.failure {
            self.budget.fail(error);
        }
        if outcome.shrank {
            self.partial(PartialReason::Changed);
        }
        if outcome.late {
            self.stopped();
        }
        found
    }

    fn collect(&mut self, result: Result<ScanResult<'_>, (ScanError, ScanResult<'_>)>) -> Vec<Found> {
        let result = result.unwrap_or_else(|(error, so_far)| {
            let why = match error {
                ScanError::Timeout => PartialReason::Time,
                _ => PartialReason::Internal,
            };
            self.budget.stop(why);
            self.partial(why);
            so_far
        });
        let found = |rule: &EvaluatedRule<'_>| self.set.found(rule);
        result
            .rules
            .iter()
            .filter(|rule| rule.matched)
            .map(found)
            .collect()
    }
}

/// Bytes hashed as they pass.
struct Hashing<'r> {
    inner: &'r mut dyn Read,
    hash: Sha256,
}

impl Read for Hashing<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.hash.update(&out[..read]);
        Ok(read)
    }
}

fn readable(name: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(&name[..name.len().min(LONGEST_NAME)]).into_owned();
    while text.ends_with('\0') {
        text.pop();
    }
    text
}
