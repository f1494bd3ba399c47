use super::{Desk, Line, Prices, Refusal, What};
use crate::billing::{Base, Left, Money, Position};

impl<P: Prices> Desk<'_, P> {
    /// Makes the rest of the period one of another product and seats; the lines are what that costs. Measured from where
    /// the day began, so that the way back at the same moment costs what the way there gave, and the other way round.
    pub(super) fn switch(
        &self,
        after: &mut Position,
        product: String,
        seats: u64,
    ) -> Result<Vec<Line>, Refusal> {
        let (days, left) = (self.days_left(), Left::at(after.period, self.now));
        let (worth, paid) = (self.worth(after)?.amount, after.value.amount);
        let base = after.base.unwrap_or(Base { left, worth, paid });
        let given_back = What::GivenBack {
            product: std::mem::replace(&mut after.product, product.clone()),
            seats: std::mem::replace(&mut after.seats, seats),
            days,
        };
        let rest = self.worth(after)?;
        after.value.amount = base.paid_for(rest.amount).ok_or(Refusal::TooMuch)?;
        after.base = Some(base);
        let cost = after.value.amount - paid;
        let what = What::Rest { product, seats, days };
        Ok(vec![
            Line { what, amount: rest },
            Line {
                what: given_back,
                amount: Money::new(cost - rest.amount, rest.currency),
            },
        ])
    }
}
