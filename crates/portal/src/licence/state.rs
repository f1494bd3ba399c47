//! How a licence stands at a moment: one pure function, so that a page, the API and a device say the same.

use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};

/// After expiry nothing changes for this long.
pub const GRACE: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Before expiry it is said for this long.
pub const EXPIRING: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How long a trial lasts.
pub const TRIAL: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What the state depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Whether it is a trial.
    pub trial: bool,
    /// When the period ends; absent before it started.
    pub expires_at: Option<Timestamp>,
    /// Suspended by the operator.
    pub suspended: bool,
    /// Revoked by the operator, for good.
    pub revoked: bool,
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
        }
    }

    /// Whether everything the licence is for works now.
    #[must_use]
    pub const fn works(self) -> bool {
        matches!(
            self,
            Self::Active | Self::Trial { .. } | Self::Expiring { .. } | Self::Grace { .. }
        )
    }
}

/// How a licence with these facts stands at `now`.
#[must_use]
pub fn state(facts: &Facts, now: Timestamp) -> State {
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
            State::Suspended | State::Revoked => 5,
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
            prop_assert_eq!(state(&facts, at(end + off)).works(), off < GRACE.as_secs());
        }

        #[test]
        fn what_the_operator_stopped_is_stopped_whatever_the_date(end in proptest::option::of(0i64..4_000_000_000), now in 0i64..4_000_000_000, trial: bool, suspended: bool) {
            let facts = Facts { trial, expires_at: end.map(at), suspended, revoked: true };
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
