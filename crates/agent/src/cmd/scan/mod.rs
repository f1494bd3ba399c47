//! `rempart-agent scan`: what was found is told as it is found, and what it comes to at the end.
//!
//! Always true: on a terminal there are words and a bar, in a pipe one line for each thing (tabs between its fields), with
//! `--json` one object; the exit code says found (1), nothing found (0) or not done (2), whatever else is printed.

mod bar;
mod record;

use super::{CommandLine, fail, refuse, screen};
use crate::{
    agent::Agent,
    lang::{Language, shown},
    scan::{self, Observer, RuleSources, ScanReport, ScanRequest, Scanner},
};
use bar::Bar;
use clap::Args;
use record::Record;
use rempart_wire::{Origin, ScanOutcome, ScanProgress, ScanTally, ScanTarget, WirePath, exit};
use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Instant,
};

/// Looks for threats, and takes what it finds out of harm's way
#[derive(Debug, Args)]
pub struct Scan {
    /// Files and folders; without any, the places where threats usually land
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// One JSON object instead of words
    #[arg(long)]
    pub json: bool,
    /// Only look: leave what is found where it is
    #[arg(long)]
    pub no_quarantine: bool,
    /// Folder with more rules (*.yar)
    #[arg(long, value_name = "DIR", env = "REMPART_AGENT_RULES")]
    pub rules: Option<PathBuf>,
    /// File with known-bad SHA-256 sums, one a line
    #[arg(long, value_name = "FILE", env = "REMPART_AGENT_KNOWN_BAD")]
    pub known_bad: Option<PathBuf>,
}

impl Scan {
    pub(super) fn run(&self, line: &CommandLine) -> u8 {
        let language = line.language();
        let agent = match line.agent() {
            Ok(agent) => agent,
            Err(error) => return fail(&error.sentence(language)),
        };
        if let Err(refusal) = agent.permit(Origin::Device) {
            return refuse(&refusal);
        }
        let sources = RuleSources {
            folder: self.rules.clone(),
            known_bad: self.known_bad.clone(),
        };
        let scanner = match Scanner::load(&sources.or_of(&agent.state)) {
            Ok(scanner) => scanner,
            Err(error) => return fail(&error.sentence(language)),
        };
        for problem in scanner.problems() {
            eprintln!(
                "{}",
                language.say("scan-rule-left-out", &[("problem", problem.as_str().into())])
            );
        }
        let cancel = Arc::new(AtomicBool::new(false));
        stop_on_interrupt(cancel.clone());
        let mut sum = Sum::new(self.json);
        for target in self.targets() {
            if let Err(code) = self.scan(&agent, &scanner, target, &cancel, &mut sum) {
                return code;
            }
            if cancel.load(Relaxed) {
                break;
            }
        }
        sum.conclude(language)
    }

    fn targets(&self) -> Vec<ScanTarget> {
        if self.paths.is_empty() {
            return vec![ScanTarget::UsualPlaces];
        }
        let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let target = |path| ScanTarget::Path {
            path: WirePath::new(&absolute(path)),
        };
        self.paths.iter().map(target).collect()
    }

    fn scan(
        &self,
        agent: &Agent,
        scanner: &Scanner,
        target: ScanTarget,
        cancel: &AtomicBool,
        sum: &mut Sum,
    ) -> Result<(), u8> {
        let language = agent.language;
        if screen::is_watched() && !self.json {
            let rules = scanner.rules() as u64;
            let arguments = [
                ("target", name(&target, language).into()),
                ("rules", rules.into()),
                ("shown", language.count(rules).into()),
            ];
            println!("{}", screen::quiet(&language.say("scan-begins", &arguments)));
        }
        let request = ScanRequest {
            scan: agent.world.id(),
            target,
            origin: Origin::Device,
            quarantine: !self.no_quarantine,
        };
        let mut watch = Watch {
            language,
            json: self.json,
            bar: Bar::new(language, cancel),
            record: &mut sum.record,
        };
        let ended = scan::run(agent, scanner, &request, &mut watch, cancel);
        watch.bar.end();
        let report = ended.map_err(|refusal| refuse(&refusal))?;
        if let Some(error) = &report.failure {
            let arguments = [
                ("target", name(&request.target, language).into()),
                ("reason", language.reason(&error.source).into()),
            ];
            eprintln!("{}", language.say("scan-not-begun", &arguments));
        }
        sum.add(&report);
        Ok(())
    }
}

fn name(target: &ScanTarget, language: Language) -> String {
    match target {
        ScanTarget::UsualPlaces => language.say("scan-usual-places", &[]),
        ScanTarget::Path { path } => shown(&path.to_path().unwrap_or_default()),
    }
}

/// The first interrupt asks the scan to stop, the second ends the program: what it was doing is safe at any point.
fn stop_on_interrupt(cancel: Arc<AtomicBool>) {
    let waiting = std::thread::Builder::new()
        .name("interrupt".to_owned())
        .spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else {
                return;
            };
            runtime.block_on(async {
                while tokio::signal::ctrl_c().await.is_ok() {
                    if cancel.swap(true, Relaxed) {
                        std::process::exit(exit::ERROR.into());
                    }
                }
            });
        });
    if let Err(error) = waiting {
        tracing::debug!(%error, "an interrupt will end the program at once");
    }
}

/// Tells what is found where it can be seen.
struct Watch<'a> {
    language: Language,
    json: bool,
    bar: Bar<'a>,
    record: &'a mut Record,
}

impl Observer for Watch<'_> {
    fn wants_total(&self) -> bool {
        self.bar.is_shown()
    }

    fn progress(&mut self, progress: &ScanProgress) {
        self.bar.update(progress);
    }

    fn found(&mut self, detection: &rempart_wire::DetectionReport) {
        self.record.found(detection, self.json);
        if !self.json {
            let line = if screen::is_watched() {
                record::sentence(detection, self.language)
            } else {
                record::fields(detection)
            };
            self.bar.print(&line);
        }
    }

    fn not_quarantined(&mut self, path: &Path, error: &crate::quarantine::QuarantineError) {
        let reason = error.sentence(self.language);
        self.record.stays(path, &reason);
        let line = format!(
            "  {}",
            self.language.say("scan-stays", &[("reason", reason.into())])
        );
        self.bar.warn(&line);
    }

    fn unreadable(&mut self, path: &Path, reason: &io::Error) {
        let reason = self.language.reason(reason);
        self.record.unreadable(path, &reason);
        if self.json {
            return;
        }
        let word = self.language.say("scan-unreadable", &[]);
        let line = if screen::is_watched() {
            screen::Mark::Off.line(&word) + &screen::quiet(&format!("  {}  {reason}", shown(path)))
        } else {
            format!("unreadable\t{}\t{reason}", shown(path))
        };
        self.bar.print(&line);
    }
}

/// What all targets together come to.
struct Sum {
    record: Record,
    tally: ScanTally,
    failed: bool,
    cancelled: bool,
    began: Instant,
    json: bool,
}

impl Sum {
    fn new(json: bool) -> Self {
        Self {
            record: Record::default(),
            tally: ScanTally::default(),
            failed: false,
            cancelled: false,
            began: Instant::now(),
            json,
        }
    }

    fn add(&mut self, report: &ScanReport) {
        let (sum, one) = (&mut self.tally, &report.tally);
        sum.files += one.files;
        sum.bytes += one.bytes;
        sum.found += one.found;
        sum.unreadable += one.unreadable;
        sum.partial += one.partial;
        sum.skipped += one.skipped;
        self.failed |= report.outcome == ScanOutcome::Failed;
        self.cancelled |= report.outcome == ScanOutcome::Cancelled;
        self.record.scans.push(report.scan);
    }

    fn conclude(&self, language: Language) -> u8 {
        let outcome = match (self.failed, self.cancelled) {
            (true, _) => ScanOutcome::Failed,
            (_, true) => ScanOutcome::Cancelled,
            _ => ScanOutcome::Completed,
        };
        if self.json {
            println!("{}", self.record.as_json(outcome, &self.tally));
        } else {
            let lines = self.lines(language);
            if screen::is_watched() {
                println!("{lines}");
            } else if !lines.is_empty() {
                eprintln!("{lines}");
            }
        }
        match (self.tally.found > 0, outcome) {
            (true, _) => exit::FOUND,
            (false, ScanOutcome::Completed) => exit::OK,
            (false, _) => exit::ERROR,
        }
    }

    fn lines(&self, language: Language) -> String {
        let say = |key, name, count: u64| {
            language.say(
                key,
                &[(name, count.into()), ("shown", language.count(count).into())],
            )
        };
        let mut lines = Vec::new();
        if self.tally.found > 0 {
            let found = say("scan-found", "found", self.tally.found);
            let moved = self.record.quarantined();
            let moved = if moved > 0 {
                format!(" {}", say("scan-moved", "moved", moved))
            } else {
                String::new()
            };
            lines.push(screen::Mark::Danger.line(&format!("{found}{moved}")));
        } else if !self.failed && !self.cancelled {
            lines.push(screen::Mark::Well.line(&language.say("scan-clean", &[])));
        }
        if self.cancelled {
            lines.push(screen::Mark::Attention.line(&language.say("scan-stopped", &[])));
        }
        if self.failed && self.tally.files == 0 {
            return lines.join("\n");
        }
        let took = self.began.elapsed();
        let figures = [
            ("files", self.tally.files.into()),
            ("shown", language.count(self.tally.files).into()),
            ("bytes", language.bytes(self.tally.bytes).into()),
            ("took", language.took(took).into()),
        ];
        let mut figures = vec![language.say("scan-figures", &figures)];
        for (key, name, count) in [
            ("scan-figure-unreadable", "unreadable", self.tally.unreadable),
            ("scan-figure-partial", "partial", self.tally.partial),
            ("scan-figure-skipped", "skipped", self.tally.skipped),
        ] {
            if count > 0 {
                figures.push(say(key, name, count));
            }
        }
        lines.push(screen::quiet(&format!("  {}", figures.join(" · "))));
        lines.join("\n")
    }
}
