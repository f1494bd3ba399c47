use super::{Change, Desk, MOST_MONTHS, Prices, Refusal};
use crate::billing::{Kept, Key, Left, Money, Position};

impl<P: Prices> Desk<'_, P> {
    /// A second key. Of the same product and seats it adds its months. Otherwise one of the two is turned into time of the
    /// other by seat-days and price: it brings what it would cost today, as many whole days are given for that as it pays
    /// for, and what is left of it, less than a day, is credit.
    pub(super) fn key(&self, key: &Key, into: Kept) -> Result<Change, Refusal> {
        let before = self.today();
        if (&key.product, key.seats) == (&before.product, before.seats) {
            return self.same_key(before, key);
        }
        let brought = self.price(&key.product, key.months, key.seats)?;
        let mut after = before.clone();
        let spent = match into {
            Kept::Present => {
                let price = self.price(&after.product, key.months, after.seats)?;
                let had = self.usable(&mut after)?;
                self.time_for(&mut after, brought, (price, key.months), had)?
            }
            Kept::Key => {
                if key.seats < self.used {
                    return Err(Refusal::SeatsBelowUse { used: self.used });
                }
                let had = self.worth(&before)?;
                self.begin_again(&mut after);
                (after.product, after.seats) = (key.product.clone(), key.seats);
                (after.next.product, after.next.seats) = (None, None);
                after.append(key.months, key.months);
                let spent = self.time_for(&mut after, had, (brought, key.months), brought)?;
                // What it is worth now less what it was worth before is what the key paid for.
                spent
                    .plus(brought)
                    .and_then(|now| now.minus(had))
                    .ok_or(Refusal::TooMuch)?
            }
        };
        after.base = None;
        let rest = brought.minus(spent).ok_or(Refusal::TooMuch)?;
        // What was left may have been paid less than its price of today: then there is less to give back.
        after.value = super::paid(before.value, spent)?;
        after.credit = after.credit.plus(rest).ok_or(Refusal::TooMuch)?;
        self.bring(after, brought, rest)
    }

    /// A key of the same product and seats: its months, whatever they cost.
    fn same_key(&self, mut after: Position, key: &Key) -> Result<Change, Refusal> {
        let priced = self.price(&key.product, key.months, key.seats);
        let brought = match priced {
            Err(Refusal::PriceMissing) => Money::zero(after.value.currency),
            priced => priced?,
        };
        let eaten = self.lengthen(&mut after, key.months, brought)?;
        self.bring(after, brought, Money::zero(brought.currency))?
            .eaten(eaten)
    }

    fn bring(&self, after: Position, brought: Money, rest: Money) -> Result<Change, Refusal> {
        let mut change = self.charge(after, Vec::new())?;
        change.brought = brought;
        change.credit_given = rest;
        Ok(change)
    }

    /// A period that is over starts again now. What is left otherwise, by the list.
    fn usable(&self, after: &mut Position) -> Result<Money, Refusal> {
        if Left::at(after.period, self.now).is_none() {
            self.begin_again(after);
        }
        self.worth(after)
    }

    fn begin_again(&self, after: &mut Position) {
        after.period.from = after.period.from.map(|_| self.now);
        (after.period.months, after.period.days) = (0, 0);
        after.blocks.clear();
    }

    /// Adds as much time as `money` pays for, in whole months of a term of `(price, months)` and in days. What that time
    /// is worth by the list, above `had`, is answered: never more than the money.
    fn time_for(
        &self,
        after: &mut Position,
        money: Money,
        (price, term): (Money, u32),
        had: Money,
    ) -> Result<Money, Refusal> {
        if price.amount <= 0 {
            return Err(Refusal::PriceMissing);
        }
        let parts = i128::from(money.amount) * i128::from(term);
        let months =
            u32::try_from(parts / i128::from(price.amount)).map_err(|_| Refusal::MonthsOutOfRange)?;
        if Left::at(after.period, self.now).months.saturating_add(months) > MOST_MONTHS {
            return Err(Refusal::MonthsOutOfRange);
        }
        after.append(months, term);
        let rest = parts % i128::from(price.amount) * 31 / i128::from(price.amount);
        let days = after.period.days;
        for more in (0..=i64::try_from(rest).unwrap_or(0)).rev() {
            after.period.days = days + more;
            let spent = self.worth(after)?.minus(had).ok_or(Refusal::TooMuch)?;
            if spent.amount <= money.amount {
                return Ok(spent);
            }
        }
        Err(Refusal::TooMuch)
    }
}
