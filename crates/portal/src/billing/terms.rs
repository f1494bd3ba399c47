use super::{Currency, Money, Prices};
use crate::licence::{days_up, period_end};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// A licence's period: calendar months from its start, and days besides. Kept so, and not as an end that is moved on,
/// because moving from month to month loses days: 31 January, 28 February, 28 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// When it started; nothing before the licence is first attached.
    pub from: Option<Timestamp>,
    /// Calendar months.
    pub months: u32,
    /// Days besides: of a conversion, of a trial.
    pub days: u32,
}

/// Days as a duration.
fn days(days: u32) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(days))
}

impl Period {
    /// When it ends; nothing before it started.
    #[must_use]
    pub fn end(&self) -> Option<Timestamp> {
        Some(self.boundary(self.from?, self.months))
    }

    /// The end of its month number `month`. The days besides come first.
    fn boundary(&self, from: Timestamp, month: u32) -> Timestamp {
        period_end(from, month)
            .saturating_add(days(self.days))
            .unwrap_or(Timestamp::MAX)
    }

    /// The time left at `now`, to the day: a day that has begun is still there, and a day of a month is that part of the
    /// month. So a month bought is a month left, whatever its length, and a leap year costs what any year costs.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> Left {
        let Some(from) = self.from else {
            return Left {
                months: self.months,
                days: self.days,
                of: 30,
            };
        };
        let now = now.max(from);
        let before = self.boundary(from, 0);
        if now < before {
            return Left {
                months: self.months,
                days: whole_days(before, now),
                of: whole_days(period_end(from, 1), from),
            };
        }
        let mut month = months_between(before, now).clamp(1, self.months.max(1));
        while month > 1 && self.boundary(from, month - 1) > now {
            month -= 1;
        }
        while month <= self.months && self.boundary(from, month) <= now {
            month += 1;
        }
        if month > self.months {
            return Left::NONE;
        }
        Left {
            months: self.months - month,
            days: whole_days(self.boundary(from, month), now),
            of: whole_days(period_end(from, month), period_end(from, month - 1)),
        }
    }
}

/// Days from `now` to `end`, rounded up.
fn whole_days(end: Timestamp, now: Timestamp) -> u32 {
    u32::try_from(days_up(end.duration_since(now))).unwrap_or(u32::MAX)
}

/// Calendar months from one to the other, within one.
fn months_between(from: Timestamp, to: Timestamp) -> u32 {
    let month = |at: Timestamp| {
        let at = at.to_zoned(TimeZone::UTC);
        i32::from(at.year()) * 12 + i32::from(at.month())
    };
    u32::try_from(month(to) - month(from)).unwrap_or(0)
}

/// Time left: whole months, and `days` of a month of `of` days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Whole months.
    pub months: u32,
    /// Days of the month under way.
    pub days: u32,
    /// Days that month has.
    pub of: u32,
}

impl Left {
    /// Nothing left.
    pub const NONE: Self = Self {
        months: 0,
        days: 0,
        of: 30,
    };

    /// In parts of a month; there are [`Self::of`] in one.
    #[must_use]
    pub fn parts(self) -> i128 {
        i128::from(self.months) * i128::from(self.of) + i128::from(self.days)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.parts() == 0
    }
}

/// Months that were bought as terms of one length, which decides what a month of them costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// How many months.
    pub months: u32,
    /// Months of the term they were bought in.
    pub term: u32,
}

/// What waits for the renewal.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Next {
    /// Seats from then on.
    pub seats: Option<u64>,
    /// Product from then on.
    pub product: Option<String>,
    /// Months of a term from then on.
    pub term: Option<u32>,
}

/// How a licence stands with its owner: what they have, for how long, and what of it they have paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// What it is for.
    pub product: String,
    /// Devices it is for.
    pub seats: u64,
    /// Months of a term, for the next one.
    pub term: u32,
    /// Its period.
    pub period: Period,
    /// The months of the period, as they were bought; together as many as the period has.
    pub blocks: Vec<Block>,
    /// What was paid for what is left at [`Self::valued_at`].
    pub value: Money,
    /// When that was so.
    pub valued_at: Timestamp,
    /// What the owner has to spend on changes.
    pub credit: Money,
    /// What waits for the renewal.
    pub next: Next,
}

impl Position {
    /// How a licence stands of which nobody kept accounts: what is left of it is worth what it would cost now, nothing if
    /// it is not sold.
    #[must_use]
    pub fn opening(
        (product, seats, term): (&str, u64, u32),
        period: Period,
        prices: &impl Prices,
        currency: Currency,
        now: Timestamp,
    ) -> Self {
        let mut position = Self {
            product: product.to_owned(),
            seats,
            term,
            period,
            blocks: Vec::new(),
            value: Money::zero(currency),
            valued_at: now,
            credit: Money::zero(currency),
            next: Next::default(),
        };
        if period.months > 0 {
            position.blocks.push(Block {
                months: period.months,
                term: term.max(1),
            });
        }
        let worth = position
            .worth(prices, now)
            .filter(|worth| worth.currency == currency);
        position.value = worth.unwrap_or(position.value);
        position
    }

    /// What is paid for what is left at `now`. Time before the last valuation is as that moment.
    #[must_use]
    pub fn value(&self, now: Timestamp) -> Money {
        let (left, was) = (
            self.period.left(now.max(self.valued_at)),
            self.period.left(self.valued_at),
        );
        self.value
            .share(
                left.parts() * i128::from(was.of),
                was.parts() * i128::from(left.of),
            )
            .unwrap_or(Money::zero(self.value.currency))
    }

    /// What is left at `now` of each block: parts of a month, and how many are one month.
    fn rest(&self, now: Timestamp) -> Vec<(i128, i128, u32)> {
        let left = self.period.left(now);
        let of = i128::from(left.of);
        let mut rest = left.parts();
        let mut out = Vec::new();
        for block in self.blocks.iter().rev() {
            let here = rest.min(i128::from(block.months) * of);
            out.push((here, of, block.term));
            rest -= here;
        }
        // The days besides come first, and cost what the first months cost.
        match out.last_mut() {
            Some(first) => first.0 += rest,
            None => out.push((rest, of, self.term.max(1))),
        }
        out
    }

    /// What the time left at `now` costs by the list, each block rounded once; nothing when it is not sold. What a change
    /// costs is the difference of what this is before and after it, so that no way from one to the other is cheaper.
    #[must_use]
    pub fn worth(&self, prices: &impl Prices, now: Timestamp) -> Option<Money> {
        let mut sum = Money::zero(self.value.currency);
        for (parts, of, term) in self.rest(now) {
            if parts > 0 {
                let (price, term) = rate(prices, self, term)?;
                sum = sum.plus(price.share(parts, of * i128::from(term))?)?;
            }
        }
        Some(sum)
    }

    /// Months of a term are added at the end.
    pub(super) fn append(&mut self, months: u32, term: u32) {
        self.period.months += months;
        match self.blocks.last_mut() {
            Some(last) if last.term == term => last.months += months,
            _ if months > 0 => self.blocks.push(Block { months, term }),
            _ => {}
        }
    }
}

/// The price of a term of this product and seats, and its months; where a term of that length is not sold, of the licence's.
fn rate(prices: &impl Prices, of: &Position, term: u32) -> Option<(Money, u32)> {
    let sold = |months| Some((prices.term(&of.product, months, of.seats)?, months));
    sold(term.max(1)).or_else(|| sold(of.term.max(1)))
}
