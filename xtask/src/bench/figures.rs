//! One measured thing: its runs, the floor beside it, and the bar it must clear.

use std::fmt;

/// What must hold of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bar {
    /// Nothing: it is there to be read.
    None,
    /// The median is at most this.
    AtMost(f64),
    /// The median of the ratios to the floor is at least this.
    RatioAtLeast(f64),
}

/// Something measured a few times.
pub(super) struct Figure {
    pub(super) what: String,
    pub(super) unit: &'static str,
    pub(super) runs: Vec<f64>,
    /// The floor, measured beside each run.
    pub(super) floors: Vec<f64>,
    pub(super) bar: Bar,
}

impl Figure {
    /// A figure without a floor.
    pub(super) fn new(what: &str, unit: &'static str, runs: Vec<f64>, bar: Bar) -> Self {
        Self {
            what: what.to_owned(),
            unit,
            runs,
            floors: Vec::new(),
            bar,
        }
    }

    /// A figure beside its floor, run by run.
    pub(super) fn beside(what: &str, unit: &'static str, pairs: &[(f64, f64)], bar: Bar) -> Self {
        let (runs, floors) = pairs.iter().copied().unzip();
        Self {
            what: what.to_owned(),
            unit,
            runs,
            floors,
            bar,
        }
    }

    fn ratio(&self) -> f64 {
        let pairs = self.runs.iter().zip(&self.floors);
        median(&pairs.map(|(run, floor)| run / floor).collect::<Vec<_>>())
    }

    /// Whether the bar is missed. What was not measured misses its bar.
    pub(super) fn misses(&self) -> bool {
        match self.bar {
            Bar::None => false,
            Bar::AtMost(most) => median(&self.runs).is_nan() || median(&self.runs) > most,
            Bar::RatioAtLeast(least) => self.ratio().is_nan() || self.ratio() < least,
        }
    }

    /// The columns' names, as wide as the columns.
    pub(super) fn head() -> String {
        let [what, unit, ours, spread, floor, ratio, bar] =
            ["subject", "unit", "ours", "min–max", "floor", "ratio", "bar"];
        format!("{what:46} {unit:>10} {ours:>8} {spread:>15} {floor:>8} {ratio:>6}  {bar:<12} verdict")
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let least = self.runs.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.runs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let spread = format!("{}–{}", short(least), short(most));
        let (floor, ratio) = if self.floors.is_empty() {
            (String::new(), String::new())
        } else {
            (short(median(&self.floors)), format!("{:.2}", self.ratio()))
        };
        let bar = match self.bar {
            Bar::None => String::new(),
            Bar::AtMost(most) => format!("≤ {most}"),
            Bar::RatioAtLeast(least) => format!("ratio ≥ {least}"),
        };
        let verdict = match self.bar {
            Bar::None => "",
            _ if self.misses() => "FAIL",
            _ => "pass",
        };
        let (what, unit, ours) = (&self.what, self.unit, short(median(&self.runs)));
        let line =
            format!("{what:46} {unit:>10} {ours:>8} {spread:>15} {floor:>8} {ratio:>6}  {bar:<12} {verdict}");
        f.write_str(line.trim_end())
    }
}

/// Three or so digits are all a measurement is worth.
fn short(value: f64) -> String {
    match value.abs() {
        100.0.. => format!("{value:.0}"),
        10.0.. => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        odd if odd % 2 == 1 => sorted[odd / 2],
        even => f64::midpoint(sorted[even / 2 - 1], sorted[even / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slow_run_does_not_move_the_median() {
        let figure = Figure::new("start", "ms", vec![5.0, 4.0, 900.0, 6.0, 5.0], Bar::AtMost(5.0));
        assert!(!figure.misses());
    }

    #[test]
    fn a_ratio_is_taken_run_by_run() {
        let pairs = [(90.0, 100.0), (45.0, 50.0), (9.0, 10.0)];
        assert!(!Figure::beside("scan", "MB/s", &pairs, Bar::RatioAtLeast(0.9)).misses());
        assert!(Figure::beside("scan", "MB/s", &pairs, Bar::RatioAtLeast(0.91)).misses());
    }

    #[test]
    fn what_was_not_measured_misses_its_bar() {
        assert!(Figure::new("start", "ms", Vec::new(), Bar::AtMost(5.0)).misses());
        assert!(Figure::beside("scan", "MB/s", &[], Bar::RatioAtLeast(0.9)).misses());
    }

    #[test]
    fn a_line_says_subject_ours_floor_ratio_bar_and_verdict() {
        let pairs = [(9.0, 10.0), (19.0, 20.0), (8.0, 10.0)];
        let line = Figure::beside("scan", "MB/s", &pairs, Bar::RatioAtLeast(0.95)).to_string();
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(
            words,
            [
                "scan",
                "MB/s",
                "9.00",
                "8.00–19.0",
                "10.0",
                "0.90",
                "ratio",
                "≥",
                "0.95",
                "FAIL"
            ]
        );
    }
}
