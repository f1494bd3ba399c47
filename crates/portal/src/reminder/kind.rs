use crate::licence::{GRACE, Licence, period_end};
use jiff::{SignedDuration, Timestamp};

/// What is reminded of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    /// 30 days before the period ends.
    Days30,
    /// 14 days before.
    Days14,
    /// 3 days before.
    Days3,
    /// It has ended; the grace period runs.
    Expired,
    /// The grace period is over.
    GraceEnd,
    /// Few seats are left.
    LowSeats,
}

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// What was not told so long after the end of the grace period is told no more.
const STALE: SignedDuration = days(180);

impl Kind {
    /// All of them.
    pub(super) const ALL: [Self; 6] = [
        Self::Days30,
        Self::Days14,
        Self::Days3,
        Self::Expired,
        Self::GraceEnd,
        Self::LowSeats,
    ];
    /// As in SQL, in the API and in the keys of language files.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Days30 => "days_30",
            Self::Days14 => "days_14",
            Self::Days3 => "days_3",
            Self::Expired => "expired",
            Self::GraceEnd => "grace_end",
            Self::LowSeats => "low_seats",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether a person may choose not to get it.
    pub(super) const fn mutable(self) -> bool {
        !matches!(self, Self::GraceEnd)
    }

    /// For how much time left it is the one that matters: more than the first, at most the second; negative once the
    /// period has ended. Each begins where the one before stops, so that at any moment there is one at most.
    pub(super) const fn left(self) -> Option<(SignedDuration, SignedDuration)> {
        Some(match self {
            Self::Days30 => (days(14), days(30)),
            Self::Days14 => (days(3), days(14)),
            Self::Days3 => (SignedDuration::ZERO, days(3)),
            Self::Expired => (days(-14), SignedDuration::ZERO),
            Self::GraceEnd => (days(-14 - 180), days(-14)),
            Self::LowSeats => return None,
        })
    }

    /// The ends of periods it is about at `now`: after the first, up to the second.
    pub(super) fn ends(self, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
        let (more, most) = self.left()?;
        let at = |left| now.saturating_add(left).unwrap_or(now);
        Some((at(more), at(most)))
    }

    /// Whether it is worth a mail for this licence: not in the first half of its term; for what renews by itself, only
    /// long before, and when it did not.
    pub(super) fn applies(self, licence: &Licence) -> bool {
        let (Some(end), Some((_, most))) = (licence.expires_at, self.left()) else {
            return true;
        };
        if most <= SignedDuration::ZERO {
            return true;
        }
        if licence.auto_renew && self != Self::Days30 {
            return false;
        }
        let whole = term(licence, end);
        most.as_hours() * 2 <= whole.as_hours()
    }
}

/// How long the term lasts that ends then.
fn term(licence: &Licence, end: Timestamp) -> SignedDuration {
    if licence.facts.trial || licence.term_months == 0 {
        return licence
            .period
            .from
            .map_or(days(30), |from| end.duration_since(from));
    }
    period_end(end, licence.term_months).duration_since(end)
}

/// The number of seats and the threshold as one number.
pub(super) fn about_seats(licence: &Licence) -> i64 {
    let number = |number: u64| i64::try_from(number.min(SEATS - 1)).unwrap_or_default();
    number(licence.low_seats.unwrap_or(0)) * number(SEATS) + number(licence.seats)
}

/// More than a licence can have.
pub(super) const SEATS: u64 = 1 << 21;

const _: () = assert!(GRACE.as_secs() == 14 * 86_400 && STALE.as_secs() == 180 * 86_400);
