use super::{Left, Money, Position, When, Wish};
use crate::licence::{GRACE, Next};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

mod key;
mod renew;
mod switch;

/// The longest time a licence can have before it, in months.
const MOST_MONTHS: u32 = 120;
/// More seats than any one licence needs.
const MOST_SEATS: u64 = 1_000_000;

/// What things cost, before tax. One list, of one moment: a change is computed with prices that do not move under it.
pub trait Prices {
    /// A term of `months` of `product` for `seats`; nothing when that is not sold.
    fn term(&self, product: &str, months: u32, seats: u64) -> Option<Money>;
}

/// What a line of an invoice is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = LicencePriceFor)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum What {
    /// A term.
    Term {
        /// Of what.
        product: String,
        /// For how many devices.
        seats: u64,
        /// How long.
        months: u32,
    },
    /// Seats for what is left of the period.
    Seats {
        /// Of what.
        product: String,
        /// How many more.
        seats: u64,
        /// Days that are left.
        days: u64,
    },
    /// A product for what is left of the period.
    Rest {
        /// Of what.
        product: String,
        /// For how many devices.
        seats: u64,
        /// Days that are left.
        days: u64,
    },
    /// What is left of a product that is given back.
    GivenBack {
        /// Of what.
        product: String,
        /// For how many devices.
        seats: u64,
        /// Days that are left.
        days: u64,
    },
}

/// A line of an invoice, rounded once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub what: What,
    /// Before tax; negative for what is given back.
    pub amount: Money,
}

/// What a change comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How the licence stands afterwards.
    pub after: Position,
    /// When it expires then; nothing when it has not started.
    pub expires_at: Option<Timestamp>,
    /// What is charged for; together [`Self::price_now`] and the credit used, less the credit given.
    pub lines: Vec<Line>,
    /// To pay now, before tax.
    pub price_now: Money,
    /// What the next term costs by today's list, before tax; nothing when that is not sold.
    pub price_later: Option<Money>,
    /// Credit that was spent on it.
    pub credit_used: Money,
    /// Credit that came of it.
    pub credit_given: Money,
    /// What a key brought, paid for elsewhere.
    pub brought: Money,
    /// What was used up since the last valuation.
    pub consumed: Money,
}

/// Why a change is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// This product, term and number of seats has no price.
    PriceMissing,
    /// Its price is in another currency than what was paid.
    CurrencyMismatch,
    /// More devices hold a seat than there would be.
    SeatsBelowUse {
        /// How many do.
        used: u64,
    },
    /// It is so already.
    NothingChanges,
    /// It would give back more than was paid: only from the renewal. So are fewer seats, always.
    OnlyAtRenewal,
    /// The period is over: more time first.
    PeriodOver,
    /// Not a number of seats a licence can have.
    SeatsOutOfRange,
    /// Not a term, or more time than a licence can have before it.
    MonthsOutOfRange,
    /// An amount no account could hold.
    TooMuch,
}

/// Where a change is computed: how the licence stands, what things cost, and when it is asked.
#[derive(Debug)]
pub struct Desk<'a, P> {
    /// How the licence stands.
    pub position: &'a Position,
    /// Devices that hold a seat.
    pub used: u64,
    /// What things cost.
    pub prices: &'a P,
    /// When.
    pub now: Timestamp,
}

impl<P: Prices> Desk<'_, P> {
    /// What the wish comes to. Nothing is changed by asking.
    ///
    /// # Errors
    /// Why it is not possible.
    pub fn change(&self, wish: &Wish) -> Result<Change, Refusal> {
        match wish {
            Wish::Extend { months } => self.extend(*months),
            Wish::Key { key, into } => self.key(key, *into),
            Wish::Seats { seats, when } => self.seats(*seats, *when),
            Wish::Term { months } => self.term(*months),
            Wish::Product { product, when } => self.product(product, *when),
            Wish::Renew => self.renew(),
            Wish::Keep => self.keep(),
        }
    }

    fn today(&self) -> Position {
        self.position.today(self.now)
    }

    fn price(&self, product: &str, months: u32, seats: u64) -> Result<Money, Refusal> {
        let price = self
            .prices
            .term(product, months, seats)
            .ok_or(Refusal::PriceMissing)?;
        if price.currency != self.position.value.currency {
            return Err(Refusal::CurrencyMismatch);
        }
        Ok(price)
    }

    fn worth(&self, position: &Position) -> Result<Money, Refusal> {
        position.worth(self.prices, self.now).ok_or(Refusal::PriceMissing)
    }

    /// Whether the period is over, and the grace period too: then a new one starts.
    fn lapsed(&self) -> bool {
        let end = self.position.period.end();
        end.is_some_and(|end| end.saturating_add(GRACE).unwrap_or(Timestamp::MAX) <= self.now)
    }

    fn days_left(&self) -> u64 {
        let end = self.position.period.end();
        end.map_or(0, |end| crate::licence::days_up(end.duration_since(self.now)))
    }

    /// More time is added at the end, for as many seats as there are. In the grace period it goes on from the expiry, so
    /// that nobody gains two weeks by waiting; after it a new period starts now.
    fn extend(&self, months: u32) -> Result<Change, Refusal> {
        let mut after = self.today();
        let price = self.price(&after.product, months, after.seats)?;
        let eaten = self.lengthen(&mut after, months, price)?;
        let what = What::Term {
            product: after.product.clone(),
            seats: after.seats,
            months,
        };
        let change = self.charge(after, vec![Line { what, amount: price }])?;
        change.eaten(eaten)
    }

    /// Adds a term worth `price`. What the grace period took of it is used up at once: that is answered.
    fn lengthen(&self, after: &mut Position, months: u32, price: Money) -> Result<Money, Refusal> {
        let left = Left::at(after.period, self.now);
        if months == 0 || left.months.saturating_add(months) > MOST_MONTHS {
            return Err(Refusal::MonthsOutOfRange);
        }
        if self.lapsed() {
            after.period.from = Some(self.now);
            (after.period.months, after.period.days) = (0, 0);
            after.blocks.clear();
        }
        // In the grace period nothing is left and the value is nothing, at the expiry as now.
        if let Some(end) = after.period.end().filter(|end| *end < self.now) {
            after.valued_at = end;
        }
        after.append(months, months);
        after.base = None;
        let whole = after.value.plus(price).ok_or(Refusal::TooMuch)?;
        after.value = whole;
        after.value = after.value(self.now);
        after.valued_at = self.now;
        whole.minus(after.value).ok_or(Refusal::TooMuch)
    }

    /// More seats now cost the difference for what is left, as if they had been bought with the others. Fewer wait for the
    /// renewal, and never fewer than are in use.
    fn seats(&self, seats: u64, when: When) -> Result<Change, Refusal> {
        if !(1..=MOST_SEATS).contains(&seats) {
            return Err(Refusal::SeatsOutOfRange);
        }
        let mut after = self.today();
        if seats < self.used {
            return Err(Refusal::SeatsBelowUse { used: self.used });
        }
        if when == When::Renewal {
            let waits = (seats != after.seats).then_some(seats);
            if waits == after.next.seats {
                return Err(Refusal::NothingChanges);
            }
            after.next.seats = waits;
            return self.later(after);
        }
        match seats.cmp(&after.seats) {
            std::cmp::Ordering::Less => return Err(Refusal::OnlyAtRenewal),
            std::cmp::Ordering::Equal => return Err(Refusal::NothingChanges),
            std::cmp::Ordering::Greater => {}
        }
        let more = seats - after.seats;
        let before = self.worth(&after)?;
        after.seats = seats;
        after.next.seats = None;
        after.base = None;
        let amount = self
            .worth(&after)?
            .minus(before)
            .ok_or(Refusal::CurrencyMismatch)?;
        self.still_running()?;
        let what = What::Seats {
            product: after.product.clone(),
            seats: more,
            days: self.days_left(),
        };
        after.value = paid(after.value, amount)?;
        self.charge(after, vec![Line { what, amount }])
    }

    /// Terms of another length begin with the renewal.
    fn term(&self, months: u32) -> Result<Change, Refusal> {
        let mut after = self.today();
        let waits = (months != after.term).then_some(months);
        if waits == after.next.term_months {
            return Err(Refusal::NothingChanges);
        }
        after.next.term_months = waits;
        self.later(after)
    }

    /// Another product now, for what is left of the period. The expiry stays.
    fn product(&self, product: &str, when: When) -> Result<Change, Refusal> {
        let mut after = self.today();
        if when == When::Renewal {
            let waits = (product != after.product).then(|| product.to_owned());
            if waits == after.next.product {
                return Err(Refusal::NothingChanges);
            }
            after.next.product = waits;
            return self.later(after);
        }
        if product == after.product {
            return Err(Refusal::NothingChanges);
        }
        let lines = self.switch(&mut after, product.to_owned(), self.position.seats)?;
        self.still_running()?;
        after.next.product = None;
        self.charge(after, lines)
    }

    fn still_running(&self) -> Result<(), Refusal> {
        match Left::at(self.position.period, self.now).is_none() {
            true => Err(Refusal::PeriodOver),
            false => Ok(()),
        }
    }

    /// What waited for the renewal does not any more.
    fn keep(&self) -> Result<Change, Refusal> {
        let mut after = self.today();
        if std::mem::take(&mut after.next) == Next::default() {
            return Err(Refusal::NothingChanges);
        }
        self.charge(after, Vec::new())
    }

    /// A change that waits for the renewal, which must be sold then.
    fn later(&self, after: Position) -> Result<Change, Refusal> {
        let change = self.charge(after, Vec::new())?;
        match change.price_later {
            Some(price) if price.currency != self.position.value.currency => Err(Refusal::CurrencyMismatch),
            Some(_) => Ok(change),
            None => Err(Refusal::PriceMissing),
        }
    }

    /// Charges the lines: credit first, and what is given back becomes credit.
    fn charge(&self, mut after: Position, lines: Vec<Line>) -> Result<Change, Refusal> {
        let zero = Money::zero(after.value.currency);
        let sum = lines.iter().try_fold(zero, |sum, line| sum.plus(line.amount));
        let sum = sum.ok_or(Refusal::CurrencyMismatch)?.amount;
        let credit = after.credit.amount;
        let used = sum.clamp(0, credit.max(0));
        let given = sum.min(0).checked_neg().ok_or(Refusal::TooMuch)?;
        after.credit.amount = (credit - used).checked_add(given).ok_or(Refusal::TooMuch)?;
        let money = |amount| Money::new(amount, zero.currency);
        Ok(Change {
            expires_at: after.period.end(),
            price_now: money(sum.max(0) - used),
            price_later: renew::next_term(&after, self.prices),
            credit_used: money(used),
            credit_given: money(given),
            brought: zero,
            consumed: money(self.position.value.amount - self.position.value(self.now).amount),
            lines,
            after,
        })
    }
}

impl Change {
    /// With what the grace period took.
    fn eaten(mut self, eaten: Money) -> Result<Self, Refusal> {
        self.consumed = self.consumed.plus(eaten).ok_or(Refusal::TooMuch)?;
        Ok(self)
    }
}

/// The value after a payment; never below nothing.
fn paid(value: Money, amount: Money) -> Result<Money, Refusal> {
    let value = value.plus(amount).ok_or(Refusal::TooMuch)?;
    if value.amount < 0 {
        return Err(Refusal::OnlyAtRenewal);
    }
    Ok(value)
}
