//! How a licence stands at a moment and what that permits: pure functions, so that a page, the API, a device and a licence
//! file say the same.
//!
//! Always true: whatever the state, a computer scans, watches and keeps the rules it has, and its people can get their
//! files back. Paper never turns protection off.

use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// After expiry nothing changes for this long.
pub const GRACE: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Before expiry it is said for this long.
pub const EXPIRING: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How long a trial lasts.
pub const TRIAL: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What the state depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// Whether it is a trial.
    #[serde(default, skip_serializing_if = "is_false")]
    pub trial: bool,
    /// When the period ends; absent before it started.
    pub expires_at: Option<Timestamp>,
    /// Suspended by the operator.
    #[serde(default, skip_serializing_if = "is_false")]
    pub suspended: bool,
    /// Revoked by the operator, for good.
    #[serde(default, skip_serializing_if = "is_false")]
    pub revoked: bool,
    /// Its time was added to another licence: this one is over.
    #[serde(default, skip_serializing_if = "is_false")]
    pub merged: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// A period as it is counted: calendar months, then days, from one moment. Kept in parts, because ends do not add up:
/// 31 January and a month and a month is 28 March when each end is taken for the next start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// When it began; absent before the licence was first attached.
    pub from: Option<Timestamp>,
    /// Calendar months.
    pub months: u32,
    /// Days after those.
    pub days: i64,
}

impl Period {
    /// When it ends, once it began.
    #[must_use]
    pub fn end(self) -> Option<Timestamp> {
        let whole = period_end(self.from?, self.months);
        let days = SignedDuration::from_hours(self.days.saturating_mul(24));
        Some(whole.saturating_add(days).unwrap_or(Timestamp::MAX))
    }

    /// The same period, begun at `from` unless it has begun.
    #[must_use]
    pub const fn begun(self, from: Timestamp) -> Self {
        Self {
            from: match self.from {
                Some(begun) => Some(begun),
                None => Some(from),
            },
            ..self
        }
    }
}

/// How a licence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Never attached: its period has not started.
    Unstarted,
    /// In its period, more than 30 days before the end.
    Active,
    /// A trial under way.
    Trial {
        /// Whole days left, rounded up.
        days: u64,
    },
    /// In the last 30 days of its period.
    Expiring {
        /// Whole days left, rounded up.
        days: u64,
    },
    /// Past the period, within 14 days: nothing changes.
    Grace {
        /// When it ends.
        until: Timestamp,
    },
    /// Past the grace period.
    Expired {
        /// When the period ended.
        at: Timestamp,
    },
    /// Suspended by the operator.
    Suspended,
    /// Revoked by the operator.
    Revoked,
    /// Its time was added to another licence.
    Merged,
}

/// What a state lets people and programs do. One table, kept by the portal, the device and whoever reads the page on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permits {
    /// Computers may be enrolled and machines activated.
    pub new_devices: bool,
    /// Devices are given newer rules.
    pub rule_updates: bool,
    /// A program that asks is told that the licence is valid.
    pub valid: bool,
    /// The console shows devices, starts scans and gives files back.
    pub console: bool,
    /// The computer scans, watches and quarantines with the rules it has.
    pub protection: bool,
}

impl State {
    /// As in the API and in the keys of language files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unstarted => "unstarted",
            Self::Active => "active",
            Self::Trial { .. } => "trial",
            Self::Expiring { .. } => "expiring",
            Self::Grace { .. } => "grace",
            Self::Expired { .. } => "expired",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Merged => "merged",
        }
    }

    /// What it permits.
    #[must_use]
    pub const fn permits(self) -> Permits {
        let works = matches!(
            self,
            Self::Unstarted | Self::Active | Self::Trial { .. } | Self::Expiring { .. } | Self::Grace { .. }
        );
        Permits {
            new_devices: works,
            rule_updates: works,
            valid: works,
            console: true,
            protection: true,
        }
    }
}

/// How a licence with these facts stands at `now`.
#[must_use]
pub fn state(facts: &Facts, now: Timestamp) -> State {
    if facts.merged {
        return State::Merged;
    }
    if facts.revoked {
        return State::Revoked;
    }
    if facts.suspended {
        return State::Suspended;
    }
    let Some(end) = facts.expires_at else {
        return State::Unstarted;
    };
    let left = end.duration_since(now);
    if left > SignedDuration::ZERO {
        let days = days_up(left);
        return match facts.trial {
            true => State::Trial { days },
            false if left <= EXPIRING => State::Expiring { days },
            false => State::Active,
        };
    }
    let until = end.saturating_add(GRACE).unwrap_or(Timestamp::MAX);
    if now < until {
        State::Grace { until }
    } else {
        State::Expired { at: end }
    }
}

/// When a period of calendar months that starts at `start` ends: the same day and hour, or the month's last day.
#[must_use]
pub fn period_end(start: Timestamp, months: u32) -> Timestamp {
    start
        .to_zoned(TimeZone::UTC)
        .checked_add(Span::new().months(i64::from(months.min(1200))))
        .map_or(start, |end| end.timestamp())
}

/// Days left, rounded up, as people count them: the last day is a day.
#[must_use]
pub fn days_up(left: SignedDuration) -> u64 {
    let seconds = u64::try_from(left.as_secs()).unwrap_or(0) + u64::from(left.subsec_nanos() > 0);
    seconds.div_ceil(86_400)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    /// How far along a licence's life a state is.
    fn age(state: State) -> u8 {
        match state {
            State::Unstarted => 0,
            State::Active | State::Trial { .. } => 1,
            State::Expiring { .. } => 2,
            State::Grace { .. } => 3,
            State::Expired { .. } => 4,
            State::Suspended | State::Revoked | State::Merged => 5,
        }
    }

    /// Something that happens to a licence.
    #[derive(Debug, Clone, Copy)]
    enum Happening {
        Assigned,
        Extended { months: u32, days: i64 },
        Suspended,
        Reinstated,
        Revoked,
        Merged,
    }

    fn happening() -> impl Strategy<Value = Happening> {
        prop_oneof![
            3 => Just(Happening::Assigned),
            4 => (0u32..=36, 0i64..=400).prop_map(|(months, days)| Happening::Extended { months, days }),
            2 => Just(Happening::Suspended),
            2 => Just(Happening::Reinstated),
            1 => Just(Happening::Revoked),
            1 => Just(Happening::Merged),
        ]
    }

    /// A licence and what was done to it, told without the functions under test: the end is walked to month by month on
    /// the calendar.
    #[derive(Default)]
    struct Told {
        facts: Facts,
        period: Period,
    }

    impl Told {
        fn hear(&mut self, what: Happening, now: Timestamp) {
            match what {
                Happening::Assigned => self.period = self.period.begun(now),
                Happening::Extended { months, days } => {
                    self.period.months += months;
                    self.period.days += days;
                }
                Happening::Suspended => self.facts.suspended = true,
                Happening::Reinstated => self.facts.suspended = false,
                Happening::Revoked => self.facts.revoked = true,
                Happening::Merged => self.facts.merged = true,
            }
            self.facts.expires_at = self.period.end();
        }

        fn end(&self) -> Option<Timestamp> {
            let from = self.period.from?.to_zoned(TimeZone::UTC).datetime();
            let month = i32::from(from.month()) - 1 + i32::try_from(self.period.months).unwrap();
            let (year, month) = (i32::from(from.year()) + month / 12, month % 12 + 1);
            let (year, month) = (i16::try_from(year).unwrap(), i8::try_from(month).unwrap());
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let last = [
                31,
                if leap { 29 } else { 28 },
                31,
                30,
                31,
                30,
                31,
                31,
                30,
                31,
                30,
                31,
            ][usize::try_from(month).unwrap() - 1];
            let day = jiff::civil::date(year, month, from.day().min(last)).to_datetime(from.time());
            let end =
                day.to_zoned(TimeZone::UTC).unwrap().timestamp().as_second() + self.period.days * 86_400;
            Some(Timestamp::new(end, self.period.from?.subsec_nanosecond()).unwrap())
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn after_any_history_the_state_is_what_its_story_says(
            begin in 0i64..2_500_000_000,
            story in proptest::collection::vec((happening(), 0i64..40_000_000), 0..12),
            wait in 0i64..150_000_000,
        ) {
            let (mut told, mut now) = (Told::default(), begin);
            for (what, pause) in &story {
                told.hear(*what, at(now));
                now += pause;
            }
            let now = now + wait;
            let said = |what: fn(&Happening) -> bool| story.iter().any(|(one, _)| what(one));
            let stopped = story.iter().rev().find_map(|(one, _)| match one {
                Happening::Suspended => Some(true),
                Happening::Reinstated => Some(false),
                _ => None,
            });
            let expected = match told.end().map(|end| end.as_second() - now) {
                _ if said(|one| matches!(one, Happening::Merged)) => "merged",
                _ if said(|one| matches!(one, Happening::Revoked)) => "revoked",
                _ if stopped == Some(true) => "suspended",
                None => "unstarted",
                Some(left) if left > 30 * 86_400 => "active",
                Some(left) if left > 0 => "expiring",
                Some(left) if left > -14 * 86_400 => "grace",
                Some(_) => "expired",
            };
            let state = state(&told.facts, at(now));
            prop_assert_eq!(state.as_str(), expected);
            let permits = state.permits();
            prop_assert!(permits.protection && permits.console);
            prop_assert_eq!(permits.valid, ["unstarted", "active", "expiring", "grace"].contains(&expected));
            prop_assert_eq!((permits.new_devices, permits.rule_updates), (permits.valid, permits.valid));
        }

        #[test]
        fn what_is_added_in_parts_is_what_is_added_at_once(start in 0i64..4_000_000_000, parts in proptest::collection::vec((0u32..24, 0i64..400), 1..8)) {
            let mut grown = Period { from: Some(at(start)), ..Period::default() };
            for (months, days) in &parts {
                grown.months += months;
                grown.days += days;
            }
            let (months, days) = parts.iter().fold((0, 0), |(m, d), (months, days)| (m + months, d + days));
            let whole = period_end(at(start), months).as_second() + days * 86_400;
            prop_assert_eq!(grown.end(), Some(at(whole)));
        }
    }

    proptest! {
        #[test]
        fn time_only_moves_a_licence_on(end in 0i64..4_000_000_000, now in 0i64..4_000_000_000, later in 0i64..400_000_000, trial: bool) {
            let facts = Facts { trial, expires_at: Some(at(end)), ..Facts::default() };
            prop_assert!(age(state(&facts, at(now))) <= age(state(&facts, at(now + later))));
        }

        #[test]
        fn a_licence_works_until_the_last_moment_of_grace_and_not_after(end in 0i64..4_000_000_000, off in -60_000_000i64..60_000_000, trial: bool) {
            let facts = Facts { trial, expires_at: Some(at(end)), ..Facts::default() };
            prop_assert_eq!(state(&facts, at(end + off)).permits().valid, off < GRACE.as_secs());
        }

        #[test]
        fn what_the_operator_stopped_is_stopped_whatever_the_date(end in proptest::option::of(0i64..4_000_000_000), now in 0i64..4_000_000_000, trial: bool, suspended: bool) {
            let facts = Facts { trial, expires_at: end.map(at), suspended, revoked: true, merged: false };
            prop_assert_eq!(state(&facts, at(now)), State::Revoked);
            let facts = Facts { suspended: true, revoked: false, ..facts };
            prop_assert_eq!(state(&facts, at(now)), State::Suspended);
        }

        #[test]
        fn the_days_left_never_say_less_than_there_is(end in 1_000_000i64..4_000_000_000, left in 1i64..2_592_000) {
            let facts = Facts { expires_at: Some(at(end)), ..Facts::default() };
            let State::Expiring { days } = state(&facts, at(end - left)) else { panic!("not expiring") };
            let days = i64::try_from(days).unwrap();
            prop_assert!(days * 86_400 >= left && (days - 1) * 86_400 < left);
        }

        #[test]
        fn a_period_of_months_ends_on_the_same_day_or_the_last_of_its_month(start in 0i64..4_000_000_000, months in 1u32..=120) {
            let (start, end) = (at(start).to_zoned(TimeZone::UTC), period_end(at(start), months).to_zoned(TimeZone::UTC));
            let counted = (i32::from(end.year()) * 12 + i32::from(end.month())) - (i32::from(start.year()) * 12 + i32::from(start.month()));
            prop_assert_eq!(counted, i32::try_from(months).unwrap());
            prop_assert!(end.day() == start.day() || (end.day() < start.day() && end.day() == end.days_in_month()));
            prop_assert_eq!(start.time(), end.time());
        }
    }
}
