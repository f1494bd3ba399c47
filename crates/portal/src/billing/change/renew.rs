use super::{Change, Desk, Line, Prices, Refusal, What};
use crate::{
    billing::{Left, Money, Position},
    licence::Next,
};

/// What the next term costs by the list.
pub(super) fn next_term(position: &Position, prices: &impl Prices) -> Option<Money> {
    let product = position.next.product.as_ref().unwrap_or(&position.product);
    prices.term(
        product,
        position.next.term_months.unwrap_or(position.term),
        position.next.seats.unwrap_or(position.seats),
    )
}

impl<P: Prices> Desk<'_, P> {
    /// The next term, with the product, the seats and the length that waited for it. Paid before the expiry, what waited
    /// begins at once, and what is left of the present term is charged or given back to the day.
    pub(super) fn renew(&self) -> Result<Change, Refusal> {
        let mut after = self.today();
        let next = std::mem::take(&mut after.next);
        let Next {
            seats,
            product,
            term_months: term,
        } = next;
        let (seats, product) = (
            seats.unwrap_or(after.seats),
            product.unwrap_or(after.product.clone()),
        );
        if seats < self.used && seats < after.seats {
            return Err(Refusal::SeatsBelowUse { used: self.used });
        }
        let months = term.unwrap_or(after.term);
        let price = self.price(&product, months, seats)?;
        let mut lines = Vec::new();
        let changes = product != after.product || seats != after.seats;
        if changes && !Left::at(after.period, self.now).is_none() {
            lines = self.switch(&mut after, product.clone(), seats)?;
        }
        (after.product, after.seats, after.term) = (product, seats, months);
        let eaten = self.lengthen(&mut after, months, price)?;
        let what = What::Term {
            product: after.product.clone(),
            seats,
            months,
        };
        lines.insert(0, Line { what, amount: price });
        self.charge(after, lines)?.eaten(eaten)
    }
}
