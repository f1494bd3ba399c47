//! How money and changes are told to people.

use super::{Money, OrderState, Purchase, Quote, QuoteLine, Standing, What};
use crate::{
    base::{
        db::{DbError, Read},
        lang::Lang,
    },
    product,
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Names of products by their codes.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Reads them.
    ///
    /// # Errors
    /// Whatever the engine says.
    pub(super) fn read(r: &mut impl Read) -> Result<Self, DbError> {
        let all = product::list(r)?;
        let named = all
            .into_iter()
            .map(|one| (one.code.as_str().to_owned(), one.name));
        Ok(Self(named.collect()))
    }

    /// As they were.
    pub(super) const fn kept(names: BTreeMap<String, String>) -> Self {
        Self(names)
    }

    /// Those of these codes, to be kept.
    pub(super) fn only(&self, codes: &[&str]) -> BTreeMap<String, String> {
        codes
            .iter()
            .map(|code| ((*code).to_owned(), self.of(code)))
            .collect()
    }

    /// `Rempart Business`; a code nobody knows stands for itself.
    pub(super) fn of(&self, code: &str) -> String {
        self.0.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }
}

/// `1 an`, `6 mois`.
pub(super) fn term(l: Lang, months: u32) -> String {
    match months {
        12 | 24 | 36 => l.t1("billing-years", "n", months / 12),
        _ => l.t1("billing-months", "n", months),
    }
}

/// `4 places`.
pub(super) fn seats(l: Lang, seats: u64) -> String {
    l.t1("billing-seats", "n", seats)
}

/// A line of an invoice.
pub(super) fn line(l: Lang, names: &Names, line: &QuoteLine) -> String {
    let text = |key, product: &str, count: u64, rest: String| {
        let args = [
            ("product", names.of(product)),
            ("seats", seats(l, count)),
            ("rest", rest),
        ];
        l.with_texts(key, &args)
    };
    let days = |days: u64| l.t1("billing-days", "n", days);
    match &line.what {
        What::Term {
            product,
            seats,
            months,
        } => text("billing-line-term", product, *seats, term(l, *months)),
        What::Seats {
            product,
            seats,
            days: left,
        } => text("billing-line-seats", product, *seats, days(*left)),
        What::Rest {
            product,
            seats,
            days: left,
        } => text("billing-line-rest", product, *seats, days(*left)),
        What::GivenBack {
            product,
            seats,
            days: left,
        } => text("billing-line-given-back", product, *seats, days(*left)),
    }
}

/// A row of a comparison: what, today, afterwards, and whether that differs.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub what: String,
    pub before: String,
    pub after: String,
}

impl Row {
    /// Whether anything changes.
    pub(super) fn changes(&self) -> bool {
        self.before != self.after
    }
}

/// A licence today and afterwards.
pub(super) fn compare(l: Lang, names: &Names, quote: &Quote) -> Vec<Row> {
    let (before, after) = (&quote.before, &quote.after);
    let row = |key: &str, tell: &dyn Fn(&Standing) -> String| Row {
        what: l.t(key),
        before: tell(before),
        after: tell(after),
    };
    let mut rows = vec![
        row("billing-product", &|one| names.of(&one.product)),
        row("licence-seats-word", &|one| l.number(one.seats)),
        row("licence-expiry", &|one| expiry(l, one.expires_at)),
    ];
    let next = row("billing-next", &|one| waits(l, names, one).join(", "));
    if !next.before.is_empty() || !next.after.is_empty() {
        rows.push(Row {
            before: dash(next.before),
            after: dash(next.after),
            ..next
        });
    }
    rows
}

fn dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

fn expiry(l: Lang, at: Option<Timestamp>) -> String {
    at.map_or_else(|| l.t("licence-unstarted"), |at| l.date(at))
}

/// What waits for the renewal.
pub(super) fn waits(l: Lang, names: &Names, standing: &Standing) -> Vec<String> {
    let mut out = Vec::new();
    out.extend(standing.next_product.as_deref().map(|code| names.of(code)));
    out.extend(standing.next_seats.map(|count| seats(l, count)));
    out.extend(standing.next_term_months.map(|months| term(l, months)));
    out
}

/// What devices will notice of a change.
pub(super) fn noticed(l: Lang, quote: &Quote) -> String {
    match quote {
        _ if quote.seated > 0 => l.t1("billing-notice-seats", "n", quote.seated),
        _ if quote.before.product != quote.after.product => l.t("billing-notice-product"),
        _ => l.t("billing-notice-nothing"),
    }
}

/// Colour, icon and word of an order's state.
pub(super) fn state(l: Lang, order: &Purchase) -> (&'static str, &'static str, String) {
    let (tone, icon) = match order.state {
        OrderState::Waiting => ("warn", "clock"),
        OrderState::Paid => ("ok", "ok"),
        OrderState::Cancelled | OrderState::Refunded => ("off", "off"),
    };
    let key = format!("billing-state-{}", order.state.as_str());
    (tone, icon, l.t(&key))
}

/// `TVA 20 %`.
pub(super) fn tax(l: Lang, name: Option<&str>, rate: u32) -> String {
    let (whole, rest) = (rate / 100, rate % 100);
    let point = if l == Lang::Fr { ',' } else { '.' };
    let mut number = whole.to_string();
    if rest > 0 {
        number.push_str(format!("{point}{rest:02}").trim_end_matches('0'));
    }
    let percent = if l == Lang::Fr { "\u{a0}%" } else { "%" };
    let name = name.map_or_else(|| l.t("billing-tax"), str::to_owned);
    format!("{name} {number}{percent}")
}

/// An amount as it is written.
pub(super) fn money(l: Lang, amount: i64, like: Money) -> String {
    Money::new(amount, like.currency).show(l)
}
