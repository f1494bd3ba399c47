use super::{Currency, Money, Prices};
use crate::licence::{Next, Period, days_up, period_end};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// The end of a period's month number `month`. The days besides come first.
fn boundary(period: Period, from: Timestamp, month: u32) -> Timestamp {
    let months = Period {
        from: Some(from),
        months: month,
        ..period
    };
    months.end().unwrap_or(from)
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Whole months.
    pub months: u32,
    /// Days of the month under way.
    pub days: u32,
    /// Days that month has.
    pub of: u32,
}

impl Left {
    /// The time left of a period at `now`, to the day: a day that has begun is still there, and a day of a month is that
    /// part of the month. So a month bought is a month left, whatever its length, and a leap year costs what any costs.
    #[must_use]
    pub fn at(period: Period, now: Timestamp) -> Self {
        let days = u32::try_from(period.days).unwrap_or(0);
        let Some(from) = period.from else {
            return Self {
                months: period.months,
                days,
                of: 30,
            };
        };
        let now = now.max(from);
        let before = boundary(period, from, 0);
        if now < before {
            return Self {
                months: period.months,
                days: whole_days(before, now),
                of: whole_days(period_end(from, 1), from),
            };
        }
        let mut month = months_between(before, now).clamp(1, period.months.max(1));
        while month > 1 && boundary(period, from, month - 1) > now {
            month -= 1;
        }
        while month <= period.months && boundary(period, from, month) <= now {
            month += 1;
        }
        if month > period.months {
            return Self::NONE;
        }
        Self {
            months: period.months - month,
            days: whole_days(boundary(period, from, month), now),
            of: whole_days(period_end(from, month), period_end(from, month - 1)),
        }
    }

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// How many months.
    pub months: u32,
    /// Months of the term they were bought in.
    pub term: u32,
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
    /// From where products were switched to and fro today.
    pub base: Option<Base>,
}

/// Where switching products began on a day: what a way there and back is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// The time that was left.
    pub left: Left,
    /// What it would have cost by the list.
    pub worth: i64,
    /// What was paid for it.
    pub paid: i64,
}

impl Base {
    /// What is paid for the same time of something that costs `worth` by the list. More than the base is paid by the list,
    /// and less given back by it; but who had paid less than the list gets back that part of what they paid, because
    /// nobody is given back what they did not pay.
    #[must_use]
    pub fn paid_for(&self, worth: i64) -> Option<i64> {
        if worth >= self.worth || self.paid >= self.worth {
            self.paid.checked_add(worth.checked_sub(self.worth)?)
        } else {
            super::share(self.paid, worth.into(), self.worth.into())
        }
    }
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
            base: None,
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
            Left::at(self.period, now.max(self.valued_at)),
            Left::at(self.period, self.valued_at),
        );
        self.value
            .share(
                left.parts() * i128::from(was.of),
                was.parts() * i128::from(left.of),
            )
            .unwrap_or(Money::zero(self.value.currency))
    }

    /// The position as it is at `now`: part of what was paid for is used up.
    #[must_use]
    pub fn today(&self, now: Timestamp) -> Self {
        Self {
            value: self.value(now),
            valued_at: now,
            base: self.base.filter(|base| base.left == Left::at(self.period, now)),
            ..self.clone()
        }
    }

    /// What is left at `now` of each block: parts of a month, and how many are one month.
    fn rest(&self, now: Timestamp) -> Vec<(i128, i128, u32)> {
        let left = Left::at(self.period, now);
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
