use console::{Style, Term, measure_text_width, style, truncate_str};
use std::io::IsTerminal;

/// Ember, the one accent: where something is under way.
const EMBER: u8 = 173;

/// How a line is marked: by shape first, by colour as well where there is any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// All is well.
    Well,
    /// Somebody should look.
    Attention,
    /// Something harmful.
    Danger,
    /// Not known, or not there.
    Off,
}

impl Mark {
    /// The mark and the text after it.
    pub(super) fn line(self, text: &str) -> String {
        let (shape, colour) = match self {
            Self::Well => ("◆", Style::new().green()),
            Self::Attention => ("△", Style::new().yellow()),
            Self::Danger => ("⬢", Style::new().red()),
            Self::Off => ("◌", Style::new().dim()),
        };
        format!("{} {}", colour.apply_to(shape), style(text).bold())
    }
}

/// Less important than what is beside it.
pub(super) fn quiet(text: &str) -> String {
    style(text).dim().to_string()
}

/// What is under way or chosen.
pub(super) fn ember(text: &str) -> String {
    Style::new().color256(EMBER).apply_to(text).to_string()
}

/// Whether results are read by a person at a terminal.
pub(super) fn is_watched() -> bool {
    std::io::stdout().is_terminal()
}

/// Columns of the terminal on standard error.
pub(super) fn width() -> usize {
    usize::from(Term::stderr().size().1).clamp(20, 120)
}

/// Cuts at the end.
pub(super) fn fit(text: &str, width: usize) -> String {
    truncate_str(text, width, "…").into_owned()
}

/// Cuts at the beginning: the end of a path says more.
pub(super) fn fit_path(path: &str, width: usize) -> String {
    if measure_text_width(path) <= width {
        return path.to_owned();
    }
    let mut kept: Vec<char> = Vec::new();
    let mut used = 1;
    for c in path.chars().rev() {
        used += measure_text_width(c.encode_utf8(&mut [0; 4]));
        if used > width {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept.into_iter().rev().collect()
}

/// Fills with spaces up to a width in columns, not in bytes.
pub(super) fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(measure_text_width(text));
    format!("{text}{}", " ".repeat(missing))
}

/// A line of `width` columns, of which a share is done.
pub(super) fn bar(done: u64, all: u64, width: usize) -> String {
    let cells = u64::try_from(width).unwrap_or(0) * 2;
    let halves = (cells * done.min(all)).checked_div(all).unwrap_or(cells);
    let full = usize::try_from(halves / 2).unwrap_or(0);
    let half = halves % 2 == 1;
    let rest = width - full - usize::from(half);
    let head = if half { "╸" } else { "" };
    format!(
        "{}{}",
        ember(&format!("{}{head}", "━".repeat(full))),
        quiet(&"─".repeat(rest))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_bar_is_as_wide_as_asked(done in 0u64..2_000, all in 0u64..1_000, width in 1usize..60) {
            prop_assert_eq!(measure_text_width(&bar(done, all, width)), width);
        }

        #[test]
        fn a_cut_path_fits_and_keeps_its_end(path in "[a-zé漢/]{0,60}", width in 4usize..40) {
            let cut = fit_path(&path, width);
            prop_assert!(measure_text_width(&cut) <= width);
            prop_assert!(path.ends_with(cut.trim_start_matches('…')));
        }
    }

    #[test]
    fn a_bar_is_full_only_at_the_end() {
        assert!(!bar(999, 1_000, 20).contains(&"━".repeat(20)));
        assert!(bar(1_000, 1_000, 20).contains(&"━".repeat(20)));
    }
}
