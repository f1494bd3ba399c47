//! No sequence of changes creates or loses a cent or a day.

use super::*;
use crate::licence::{GRACE, Period, period_end};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::prelude::*;

pub(in crate::billing) mod desk;
mod history;
mod money;
mod pages;

/// A list: what a seat costs a month, less with more seats and longer terms.
#[derive(Debug, Clone)]
struct List {
    home: i64,
    business: i64,
    /// Percent off from ten seats, and from a term of a year.
    off: (i64, i64),
}

const PRODUCTS: [&str; 2] = ["Home", "Business"];
const TERMS: [u32; 4] = [1, 12, 24, 36];

impl Prices for List {
    fn term(&self, product: &str, months: u32, seats: u64) -> Option<Money> {
        let seat = if product == "Home" {
            self.home
        } else {
            self.business
        };
        let many = if seats >= 10 { 100 - self.off.0 } else { 100 };
        let long = if months >= 12 { 100 - self.off.1 } else { 100 };
        let count = i64::try_from(seats).ok()? * i64::from(months);
        TERMS.contains(&months).then_some(())?;
        Some(Money::new(seat * many * long * count / 10_000, Currency::EUR))
    }
}

fn list() -> impl Strategy<Value = List> {
    (1i64..5_000, 1i64..9_000, 0i64..40, 0i64..60).prop_map(|(home, business, many, long)| List {
        home,
        business,
        off: (many, long),
    })
}

/// Any second from 1970 to 2096.
fn moment() -> impl Strategy<Value = Timestamp> {
    (0i64..4_000_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

/// A licence at the start of a period, paid by the list.
fn bought(list: &List, (product, seats, term): (&str, u64, u32), from: Timestamp) -> Position {
    let period = Period {
        from: Some(from),
        months: term,
        days: 0,
    };
    Position::opening((product, seats, term), period, list, Currency::EUR, from)
}

fn ask(position: &Position, list: &List, wish: &Wish, now: Timestamp) -> Result<Change, Refusal> {
    Desk {
        position,
        used: 0,
        prices: list,
        now,
    }
    .change(wish)
}

/// Charged in all, less what became credit.
fn net(change: &Change) -> i64 {
    change.price_now.amount + change.credit_used.amount - change.credit_given.amount
}

fn product(at: usize) -> &'static str {
    PRODUCTS[at % 2]
}

fn seats(seats: u64) -> Wish {
    Wish::Seats {
        seats,
        when: When::Now,
    }
}

fn switch(to: &str) -> Wish {
    Wish::Product {
        product: to.into(),
        when: When::Now,
    }
}

/// A moment in a licence's period, by thousandths of it.
fn within(position: &Position, thousandths: i64) -> Timestamp {
    let (from, end) = (position.period.from.unwrap(), position.period.end().unwrap());
    let all = end.duration_since(from).as_secs();
    from.checked_add(SignedDuration::from_secs(all * thousandths / 1000))
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn adding_seats_in_two_steps_costs_what_one_step_costs(list in list(), from in moment(), term in 0usize..4, at in 0i64..1000, (had, one, two) in (1u64..30, 1u64..30, 1u64..30)) {
        let start = bought(&list, ("Business", had, TERMS[term]), from);
        let now = within(&start, at);
        let whole = ask(&start, &list, &seats(had + one + two), now).unwrap();
        let first = ask(&start, &list, &seats(had + one), now).unwrap();
        let second = ask(&first.after, &list, &seats(had + one + two), now).unwrap();
        prop_assert_eq!(net(&whole), net(&first) + net(&second));
        prop_assert_eq!(whole.after.value, second.after.value);
    }

    #[test]
    fn seats_added_at_the_start_cost_what_they_would_have_cost(list in list(), from in moment(), term in 0usize..4, (had, more) in (1u64..30, 1u64..30)) {
        let fewer = bought(&list, ("Home", had, TERMS[term]), from);
        let added = ask(&fewer, &list, &seats(had + more), from).unwrap();
        let together = bought(&list, ("Home", had + more, TERMS[term]), from);
        prop_assert_eq!(fewer.value.amount + net(&added), together.value.amount);
        prop_assert_eq!((added.after.value, &added.after.period, added.after.seats), (together.value, &together.period, together.seats));
    }

    #[test]
    fn seats_then_time_costs_what_time_then_seats_costs(list in list(), from in moment(), (term, longer) in (0usize..4, 0usize..4), at in 0i64..1000, (had, more) in (1u64..30, 1u64..30)) {
        let start = bought(&list, ("Business", had, TERMS[term]), from);
        let now = within(&start, at);
        let extend = Wish::Extend { months: TERMS[longer] };
        let (one, other) = ([seats(had + more), extend.clone()], [extend, seats(had + more)]);
        let cost = |wishes: &[Wish; 2]| {
            let first = ask(&start, &list, &wishes[0], now).unwrap();
            let second = ask(&first.after, &list, &wishes[1], now).unwrap();
            (net(&first) + net(&second), second.after.period.end())
        };
        let ((one, end), (other, same)) = (cost(&one), cost(&other));
        // Where the two blocks are one, they are rounded once or twice.
        prop_assert!((one - other).abs() <= 1, "{one} {other}");
        prop_assert_eq!(end, same);
    }

    #[test]
    fn there_and_back_at_one_moment_costs_nothing(list in list(), dearer in 70i64..150, from in moment(), term in 0usize..4, at in 0i64..1000, which in 0usize..2, had in 1u64..200) {
        let start = bought(&list, (product(which), had, TERMS[term]), from);
        let now = within(&start, at);
        // Prices may have moved since: what was paid is more or less than today's price.
        let list = List { home: list.home * dearer / 100, business: list.business * dearer / 100, ..list };
        let there = ask(&start, &list, &switch(product(which + 1)), now).unwrap();
        let back = ask(&there.after, &list, &switch(product(which)), now).unwrap();
        prop_assert_eq!(net(&there) + net(&back), 0);
        prop_assert_eq!(there.price_now.amount + back.price_now.amount, there.price_now.amount.max(back.price_now.amount));
        prop_assert_eq!(back.after.value, start.value(now));
        prop_assert_eq!(back.after.period, start.period);
    }

    #[test]
    fn a_month_bought_is_a_month_left(from in moment(), months in 1u32..=120, days in 0i64..400, more in 1u32..=36, at in 0i64..1000) {
        let period = Period { from: Some(from), months, days };
        let longer = Period { months: months + more, ..period };
        let (end, all) = (period.end().unwrap(), Left::at(period, from));
        prop_assert_eq!(end, period_end(from, months).checked_add(SignedDuration::from_hours(24 * days)).unwrap());
        prop_assert_eq!(all.months * all.of + all.days, months * all.of + u32::try_from(days).unwrap());
        let now = from.checked_add(SignedDuration::from_secs(end.duration_since(from).as_secs() * at / 1000)).unwrap();
        let (left, then) = (Left::at(period, now), Left::at(longer, now));
        prop_assert_eq!(then, Left { months: left.months + more, ..left });
        // A day later there is a day less.
        let tomorrow = now.checked_add(SignedDuration::from_hours(24)).unwrap();
        let after = Left::at(period, tomorrow);
        prop_assert!(after.parts() * i128::from(left.of) < left.parts() * i128::from(after.of));
        prop_assert!(Left::at(period, end).is_none());
    }

    #[test]
    fn whichever_way_a_moment_is_written_a_change_comes_to_the_same(list in list(), from in moment(), at in 0i64..1000, offset in -14i8..=14, had in 1u64..30) {
        let written = |at: Timestamp| {
            let zone = TimeZone::fixed(jiff::tz::offset(offset));
            at.to_zoned(zone).to_string().parse::<jiff::Zoned>().unwrap().timestamp()
        };
        let start = bought(&list, ("Home", had, 12), from);
        let now = within(&start, at);
        let there = bought(&list, ("Home", had, 12), written(from));
        prop_assert_eq!(ask(&start, &list, &seats(had + 1), now), ask(&there, &list, &seats(had + 1), written(now)));
    }
}

#[test]
fn the_31st_of_january_loses_no_day() {
    let from: Timestamp = "2028-01-31T10:00:00Z".parse().unwrap();
    let list = List {
        home: 100,
        business: 500,
        off: (0, 0),
    };
    let mut position = bought(&list, ("Home", 1, 1), from);
    for _ in 0..11 {
        let now = position.period.end().unwrap();
        position = ask(&position, &list, &Wish::Renew, now).unwrap().after;
    }
    assert_eq!(position.period.end().unwrap().to_string(), "2029-01-31T10:00:00Z");
    assert_eq!(position.period.months, 12);
}

#[test]
fn grace_is_neither_given_nor_charged_twice() {
    let from: Timestamp = "2027-03-01T00:00:00Z".parse().unwrap();
    let list = List {
        home: 3_100,
        business: 500,
        off: (0, 0),
    };
    let start = bought(&list, ("Home", 1, 1), from);
    let end = start.period.end().unwrap();
    let in_grace = end.checked_add(SignedDuration::from_hours(24 * 10)).unwrap();
    let change = ask(&start, &list, &Wish::Extend { months: 1 }, in_grace).unwrap();
    assert_eq!(change.expires_at.unwrap().to_string(), "2027-05-01T00:00:00Z");
    // Ten days of April's thirty are used up already.
    assert_eq!(change.after.value.amount, 3_100 - 1_033);
    assert_eq!(change.consumed.amount, 3_100 + 1_033);
    let late = end.checked_add(GRACE).unwrap();
    let change = ask(&start, &list, &Wish::Extend { months: 1 }, late).unwrap();
    assert_eq!(change.expires_at, Some(period_end(late, 1)));
    assert_eq!(change.consumed.amount, 3_100);
}

#[test]
fn what_is_not_possible_is_refused() {
    let from: Timestamp = "2027-03-01T00:00:00Z".parse().unwrap();
    let list = List {
        home: 100,
        business: 500,
        off: (0, 0),
    };
    let start = bought(&list, ("Business", 10, 12), from);
    let refused = |wish: Wish| {
        let desk = Desk {
            position: &start,
            used: 7,
            prices: &list,
            now: from,
        };
        desk.change(&wish).unwrap_err()
    };
    let at_renewal = |seats| Wish::Seats {
        seats,
        when: When::Renewal,
    };
    assert_eq!(refused(at_renewal(6)), Refusal::SeatsBelowUse { used: 7 });
    assert_eq!(refused(seats(8)), Refusal::OnlyAtRenewal);
    assert_eq!(refused(seats(10)), Refusal::NothingChanges);
    assert_eq!(refused(seats(0)), Refusal::SeatsOutOfRange);
    assert_eq!(refused(Wish::Extend { months: 7 }), Refusal::PriceMissing);
    assert_eq!(refused(Wish::Term { months: 7 }), Refusal::PriceMissing);
    assert_eq!(refused(Wish::Keep), Refusal::NothingChanges);
    let over = start.period.end().unwrap();
    assert_eq!(
        ask(&start, &list, &seats(20), over).unwrap_err(),
        Refusal::PeriodOver
    );
    let dollars = Position {
        value: Money::zero(Currency::parse("USD").unwrap()),
        ..start.clone()
    };
    let wish = Wish::Extend { months: 12 };
    assert_eq!(
        ask(&dollars, &list, &wish, from).unwrap_err(),
        Refusal::CurrencyMismatch
    );
}
