use super::screen;
use crate::lang::{Language, shown};
use console::measure_text_width;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rempart_wire::ScanProgress;
use std::{
    io::IsTerminal,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::{Duration, Instant},
};

/// Columns of the bar itself.
const LENGTH: usize = 28;
/// On a narrow terminal rather fewer columns than fewer figures, down to this.
const SHORTEST: usize = 6;
/// A rate is not told before it means something.
const SETTLED: Duration = Duration::from_millis(400);

/// Two lines at the foot of the terminal: how far, and at what. Nothing where standard error is no terminal.
pub(super) struct Bar<'a> {
    language: Language,
    drawn: Option<ProgressBar>,
    began: Instant,
    interrupted: &'a AtomicBool,
}

impl<'a> Bar<'a> {
    pub(super) fn new(language: Language, interrupted: &'a AtomicBool) -> Self {
        let drawn = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            // The only template that can be wrong is this one, and a bar without it still works.
            if let Ok(style) = ProgressStyle::with_template("{msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self {
            language,
            drawn,
            began: Instant::now(),
            interrupted,
        }
    }

    pub(super) fn is_shown(&self) -> bool {
        self.drawn.is_some()
    }

    pub(super) fn update(&self, progress: &ScanProgress) {
        if let Some(bar) = self.live() {
            bar.set_message(lines(
                progress,
                self.began.elapsed(),
                screen::width(),
                self.language,
            ));
            bar.tick();
        }
    }

    /// Prints a result above the bar.
    pub(super) fn print(&self, line: &str) {
        self.aside(|| println!("{line}"));
    }

    /// Prints to standard error above the bar.
    pub(super) fn warn(&self, line: &str) {
        self.aside(|| eprintln!("{line}"));
    }

    pub(super) fn end(&self) {
        if let Some(bar) = self.live() {
            bar.finish_and_clear();
        }
    }

    /// The bar, while it can be drawn over. The terminal's echo of an interrupt moves everything by a line, so from then
    /// on it stays as it was: it shows how far the scan got.
    fn live(&self) -> Option<&ProgressBar> {
        let bar = self.drawn.as_ref()?;
        if !self.interrupted.load(Relaxed) {
            return Some(bar);
        }
        if !bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
            eprintln!();
        }
        None
    }

    fn aside(&self, print: impl FnOnce()) {
        match self.live() {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}

/// How the bar looks after some time on a terminal of that width.
fn lines(progress: &ScanProgress, time: Duration, width: usize, language: Language) -> String {
    let tally = &progress.tally;
    let files = language.count(tally.files);
    let figure = match progress.expected_files {
        Some(all) => {
            let arguments = [("files", files.into()), ("expected", language.count(all).into())];
            language.say("scan-of", &arguments)
        }
        None => language.say("scan-counting", &[("files", files.into())]),
    };
    let mut figures = vec![figure, language.bytes(tally.bytes)];
    if time >= SETTLED {
        let a_second = u128::from(tally.bytes) * 1000 / time.as_millis().max(1);
        let rate = language.bytes(u64::try_from(a_second).unwrap_or(u64::MAX));
        figures.push(language.say("scan-rate", &[("rate", rate.into())]));
        figures.push(language.took(time));
    }
    let figures = figures.join(" · ");
    let bar = progress.expected_files.map_or_else(String::new, |all| {
        let percent = (100 * tally.files.min(all)).checked_div(all).unwrap_or(100);
        let room = width.saturating_sub(measure_text_width(&figures) + "  ".len() * 3 + "100 %".len());
        let bar = screen::bar(tally.files, all, room.clamp(SHORTEST, LENGTH));
        format!("{bar}  {percent:>3}\u{202f}%  ")
    });
    let current = progress
        .current
        .as_ref()
        .and_then(rempart_wire::WirePath::to_path);
    let path = shown(&current.unwrap_or_default());
    format!(
        "{}\n{}",
        screen::fit(&format!("  {bar}{figures}"), width),
        screen::quiet(&format!("  {}", screen::fit_path(&path, width.saturating_sub(3)))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use console::strip_ansi_codes;
    use rempart_wire::{ScanId, ScanTally, WirePath};
    use std::path::Path;

    fn progress(files: u64, expected_files: Option<u64>) -> ScanProgress {
        ScanProgress {
            scan: ScanId(uuid::Uuid::nil()),
            tally: ScanTally {
                files,
                bytes: files * 40_000,
                ..ScanTally::default()
            },
            expected_files,
            current: Some(WirePath::new(Path::new(
                "/home/ana/Téléchargements/une\u{1b}[2Jfacture.zip",
            ))),
        }
    }

    #[test]
    fn the_bar_says_how_far_how_fast_and_at_what() {
        let text = lines(
            &progress(12_408, Some(20_331)),
            Duration::from_secs(2),
            100,
            Language::French,
        );
        let text = strip_ansi_codes(&text).into_owned();
        let text = text.replace('\u{202f}', " ");
        assert!(
            text.contains("61 %  12 408 / 20 331 fichiers · 496 Mo · 248 Mo/s · 2,0 s"),
            "{text}"
        );
        assert!(
            text.ends_with("/home/ana/Téléchargements/une\\u{1b}[2Jfacture.zip"),
            "{text}"
        );
    }

    #[test]
    fn it_fits_any_terminal_and_never_passes_the_end() {
        for width in 20..120 {
            for progress in [progress(0, None), progress(5, Some(0)), progress(900, Some(10))] {
                let text = lines(&progress, Duration::from_secs(3_700), width, Language::English);
                for line in text.lines() {
                    assert!(measure_text_width(line) <= width, "{width}: {line}");
                }
                assert!(!text.contains("101"), "{text}");
            }
        }
    }
}
