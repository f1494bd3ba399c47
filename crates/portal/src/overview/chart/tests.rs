use super::*;
use proptest::prelude::*;

fn thirty(counts: &[[u64; 3]]) -> Vec<Day> {
    let mut days = days(20_000, &[]);
    for (day, counts) in days.iter_mut().zip(counts) {
        day.counts = *counts;
    }
    days
}

#[test]
fn thirty_days_end_today_and_none_is_left_out() {
    let today = jiff::civil::date(2027, 3, 1);
    let number = 20_878;
    let one = |day, action| DayCount {
        day,
        action,
        count: 2,
    };
    let counted = [
        one(number, Action::QuarantineFailed),
        one(number - 29, Action::Quarantined),
        one(number - 30, Action::Quarantined),
    ];
    let days = days(number, &counted);
    assert_eq!(
        (days.len(), days[29].date, days[0].date),
        (30, today, jiff::civil::date(2027, 1, 31))
    );
    assert_eq!((days[29].counts, days[0].counts), ([0, 0, 2], [2, 0, 0]));
    assert_eq!(
        days.iter().map(Day::total).sum::<u64>(),
        4,
        "what is older is not there"
    );
}

#[test]
fn the_highest_line_is_round_and_not_far_above() {
    for (most, wanted) in [
        (0, 4),
        (1, 4),
        (4, 4),
        (5, 8),
        (20, 20),
        (21, 24),
        (41, 80),
        (400, 400),
        (401, 800),
    ] {
        assert_eq!(top(most), wanted, "{most}");
    }
}

#[test]
fn a_thousandth_is_still_seen() {
    let chart = chart(&thirty(&[[10_000, 1, 1]]));
    assert_eq!(chart.bars.len(), 3);
    assert!(chart.bars[1].height >= SLIVER && chart.bars[2].height >= SLIVER);
    assert!(chart.bars[0].height > 75.0);
}

fn any_day() -> impl Strategy<Value = [u64; 3]> {
    let count = prop_oneof![Just(0u64), 0u64..5, 0u64..2_000, 0u64..1_000_000_000];
    [count.clone(), count.clone(), count]
}

proptest! {
    #[test]
    fn bars_stay_in_view_apart_and_seen(counts in proptest::collection::vec(any_day(), 0..=30)) {
        let days = thirty(&counts);
        let chart = chart(&days);
        let wanted: usize = days.iter().map(|day| day.counts.iter().filter(|count| **count > 0).count()).sum();
        prop_assert_eq!(chart.bars.len(), wanted);
        for bar in &chart.bars {
            prop_assert!(bar.x >= 0.0 && bar.x + BAR <= STEP * DAYS as f64);
            prop_assert!(bar.y >= -1e-9 && bar.y + bar.height <= HEIGHT + 1e-9, "{bar:?}");
            prop_assert!(bar.height >= SLIVER);
        }
        for pair in chart.bars.windows(2).filter(|pair| (pair[0].x - pair[1].x).abs() < 0.1) {
            prop_assert!(pair[1].series > pair[0].series);
            prop_assert!((pair[0].y - (pair[1].y + pair[1].height) - GAP).abs() < 1e-9, "a gap and no more");
        }
    }

    #[test]
    fn the_legend_says_what_the_days_say(counts in proptest::collection::vec(any_day(), 0..=30)) {
        let days = thirty(&counts);
        let chart = chart(&days);
        for series in 0..3 {
            prop_assert_eq!(chart.totals[series], days.iter().map(|day| day.counts[series]).sum::<u64>());
        }
        prop_assert_eq!(chart.total, chart.totals.iter().sum::<u64>());
        let most = days.iter().map(Day::total).max().unwrap_or(0);
        prop_assert_eq!(chart.peak.map_or(0, |day| day.total()), most);
        prop_assert!(chart.lines[0] >= most && chart.lines.last() == Some(&0));
        prop_assert!(chart.lines.windows(2).all(|pair| pair[0] - pair[1] == chart.lines[3]), "equal steps");
    }

    #[test]
    fn more_is_never_drawn_lower(a in any_day(), b in any_day()) {
        let days = thirty(&[a, b]);
        let chart = chart(&days);
        let height = |x: f64| -> f64 {
            let top = chart.bars.iter().filter(|bar| (bar.x - x).abs() < 0.1).map(|bar| bar.y).fold(HEIGHT, f64::min);
            HEIGHT - top
        };
        let (first, second) = (height(1.5), height(11.5));
        // Slivers may lift a small bar of several parts above one of a single part, by no more than their own height.
        let slack = 3.0 * (SLIVER + GAP);
        if days[0].total() >= days[1].total() {
            prop_assert!(first + slack >= second);
        }
    }

    #[test]
    fn a_step_is_round(most in 0u64..u64::MAX / 100) {
        let top = top(most);
        prop_assert!(top >= most && top.is_multiple_of(LINES));
        prop_assert!(most < 5 || top <= most.saturating_mul(5) / 2 + LINES, "{most} under {top}");
    }
}
