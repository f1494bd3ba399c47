//! Detections of thirty days as bars: the geometry, apart from any word.

use crate::detection::{Action, DayCount};
use jiff::{ToSpan, civil::Date};

/// Days shown, today included.
pub(super) const DAYS: i64 = 30;
/// Height of the drawing.
const HEIGHT: f64 = 100.0;
/// From one day to the next; the drawing is as wide as all days.
const STEP: f64 = 10.0;
/// Width of a bar, in the middle of its day.
const BAR: f64 = 7.0;
/// What separates stacked parts.
const GAP: f64 = 0.5;
/// A small share keeps this much.
const SLIVER: f64 = 1.5;
/// Lines above the ground.
const LINES: u64 = 4;

/// One day and what was found in it, by action in the order of [`Action::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) counts: [u64; 3],
}

impl Day {
    pub(super) fn total(&self) -> u64 {
        self.counts
            .iter()
            .fold(0, |sum, count| sum.saturating_add(*count))
    }
}

/// The last thirty days, oldest first; days without detections are there too. `today` counts from 1970-01-01.
pub(super) fn days(today: i64, counted: &[DayCount]) -> Vec<Day> {
    let first = today - DAYS + 1;
    (first..=today)
        .map(|day| {
            let mut counts = [0; 3];
            for one in counted.iter().filter(|one| one.day == day) {
                counts[place(one.action)] += one.count;
            }
            Day {
                date: date(day),
                counts,
            }
        })
        .collect()
}

/// Where an action stands in a day's counts, from the ground up.
fn place(action: Action) -> usize {
    Action::ALL.iter().position(|one| *one == action).unwrap_or(0)
}

fn date(day: i64) -> Date {
    jiff::civil::date(1970, 1, 1).saturating_add(day.clamp(-719_528, 2_932_896).days())
}

/// One part of one day's bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bar {
    /// 1, 2 or 3: its colour.
    pub(super) series: usize,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) height: f64,
}

impl Bar {
    pub(super) fn class(&self) -> String {
        format!("k{}", self.series)
    }

    /// Two decimals are a hundredth of a pixel.
    pub(super) fn at(&self) -> (String, String, String) {
        (
            format!("{:.1}", self.x),
            format!("{:.2}", self.y),
            format!("{:.2}", self.height),
        )
    }
}

/// What is drawn.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    pub(super) bars: Vec<Bar>,
    /// What the lines stand for, from the top to the ground.
    pub(super) lines: Vec<u64>,
    /// Per series.
    pub(super) totals: [u64; 3],
    pub(super) total: u64,
    /// The day with the most, when there is any.
    pub(super) peak: Option<Day>,
}

pub(super) fn chart(days: &[Day]) -> Chart {
    let peak = days.iter().copied().rev().max_by_key(Day::total);
    let peak = peak.filter(|day| day.total() > 0);
    let top = top(peak.map_or(0, |day| day.total()));
    let mut bars = Vec::new();
    let mut totals = [0u64; 3];
    for (at, day) in days.iter().enumerate() {
        for (total, count) in totals.iter_mut().zip(day.counts) {
            *total = total.saturating_add(count);
        }
        let x = number(at as u64) * STEP + (STEP - BAR) / 2.0;
        bars.extend(stack(day, top, x));
    }
    Chart {
        bars,
        lines: (0..=LINES).rev().map(|line| top / LINES * line).collect(),
        totals,
        total: totals.iter().fold(0, |sum, count| sum.saturating_add(*count)),
        peak,
    }
}

/// One day's parts, from the ground up: each gets its sliver, and the rest of the height by its share.
fn stack(day: &Day, top: u64, x: f64) -> Vec<Bar> {
    let parts: Vec<(usize, u64)> = (1..).zip(day.counts).filter(|(_, count)| *count > 0).collect();
    let total = number(day.total());
    let kept = number(parts.len() as u64) * (SLIVER + GAP) - GAP;
    let free = (total / number(top) * HEIGHT - kept).max(0.0);
    let mut ground = HEIGHT;
    parts
        .into_iter()
        .map(|(series, count)| {
            let height = SLIVER + free * number(count) / total;
            let y = ground - height;
            ground = y - GAP;
            Bar { series, x, y, height }
        })
        .collect()
}

/// The value of the highest line: four equal round steps that `most` fits under.
fn top(most: u64) -> u64 {
    let step = most.div_ceil(LINES).max(1);
    let mut scale = 1u64;
    while step > scale.saturating_mul(10) {
        scale = scale.saturating_mul(10);
    }
    let round = [1, 2, 3, 4, 5, 6, 8, 10].map(|times: u64| times.saturating_mul(scale));
    let step = round.into_iter().find(|round| *round >= step).unwrap_or(step);
    step.saturating_mul(LINES)
}

#[expect(clippy::cast_precision_loss, reason = "a drawing: 52 bits are plenty")]
fn number(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests;
