//! Random histories: licences extended, enlarged, switched, renewed and fed with keys, by prices that change.

use super::*;

#[derive(Debug, Clone)]
struct Step {
    wish: Wish,
    /// Hours until then.
    after: i64,
    /// What prices have become, in percent of the first list.
    prices: i64,
}

fn wish() -> impl Strategy<Value = Wish> {
    let term = (0usize..4).prop_map(|at| TERMS[at]);
    let when = prop_oneof![Just(When::Now), Just(When::Renewal)];
    let key = ((0usize..2), 1u64..40, term.clone()).prop_map(|(at, seats, months)| Key {
        product: product(at).into(),
        seats,
        months,
    });
    prop_oneof![
        term.clone().prop_map(|months| Wish::Extend { months }),
        (key, prop_oneof![Just(Kept::Present), Just(Kept::Key)])
            .prop_map(|(key, into)| Wish::Key { key, into }),
        (1u64..60, when.clone()).prop_map(|(seats, when)| Wish::Seats { seats, when }),
        term.prop_map(|months| Wish::Term { months }),
        (0usize..2, when).prop_map(|(at, when)| Wish::Product {
            product: product(at).into(),
            when
        }),
        Just(Wish::Renew),
        Just(Wish::Keep),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step =
        (wish(), 0i64..24 * 500, 70i64..150).prop_map(|(wish, after, prices)| Step { wish, after, prices });
    proptest::collection::vec(step, 1..12)
}

/// What one step did agrees with itself.
fn holds(before: &Position, change: &Change, now: Timestamp) -> Result<(), TestCaseError> {
    let after = &change.after;
    prop_assert!(after.value.amount >= 0 && after.credit.amount >= 0 && change.price_now.amount >= 0);
    prop_assert!(change.consumed.amount >= 0 && change.brought.amount >= 0);
    prop_assert_eq!(change.expires_at, after.period.end());
    let blocks: u32 = after.blocks.iter().map(|block| block.months).sum();
    prop_assert_eq!(blocks, after.period.months);
    prop_assert_eq!(after.valued_at, now);
    let lines: i64 = change.lines.iter().map(|line| line.amount.amount).sum();
    if change.brought.amount == 0 && change.credit_given.amount == 0 {
        prop_assert_eq!(lines, change.price_now.amount + change.credit_used.amount);
    }
    // What is there is never taken away: the end moves on, unless another product's time was taken for it.
    if (&before.product, before.seats) == (&after.product, after.seats) {
        prop_assert!(after.period.end() >= before.period.end());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_was_charged_is_what_was_consumed_and_what_is_left(list in list(), from in moment(), term in 0usize..4, had in 1u64..40, steps in steps()) {
        let mut position = bought(&list, ("Business", had, TERMS[term]), from);
        let (mut charged, mut consumed, mut now) = (position.value.amount, 0, from);
        for step in steps {
            now = now.checked_add(SignedDuration::from_hours(step.after)).unwrap();
            let list = List {
                home: list.home * step.prices / 100,
                business: list.business * step.prices / 100,
                ..list
            };
            let Ok(change) = ask(&position, &list, &step.wish, now) else { continue };
            holds(&position, &change, now)?;
            charged += change.price_now.amount + change.brought.amount;
            consumed += change.consumed.amount;
            position = change.after;
            prop_assert_eq!(charged, consumed + position.value.amount + position.credit.amount, "{:?}", step.wish);
        }
        // At the end all that was paid for the time is used up, and nothing else.
        let end = position.period.end().unwrap().max(now);
        prop_assert_eq!(position.value(end).amount, 0);
    }

    #[test]
    fn a_key_of_another_kind_gives_what_it_is_worth_to_the_day(list in list(), from in moment(), at in 0i64..1000, had in 1u64..40, key in 1u64..40, which in 0usize..2, into_key: bool) {
        let start = bought(&list, ("Business", had, 12), from);
        let now = within(&start, at);
        let key = Key { product: product(which).into(), seats: key, months: 12 };
        let into = if into_key { Kept::Key } else { Kept::Present };
        let Ok(change) = ask(&start, &list, &Wish::Key { key, into }, now) else { return Ok(()) };
        // What is left over is less than a day of what there is now.
        let month = list.term(&change.after.product, 12, change.after.seats).unwrap().amount;
        prop_assert!(change.credit_given.amount * 12 * 28 <= month + 12 * 28 * 2, "{} of {month}", change.credit_given.amount);
        prop_assert_eq!(change.price_now.amount, 0);
    }

    #[test]
    fn a_key_used_in_two_halves_gives_no_more_time(list in list(), from in moment(), at in 0i64..1000, had in 1u64..40, half_of in 1u64..40) {
        let start = bought(&list, ("Business", had, 12), from);
        let now = within(&start, at);
        let key = |seats| Wish::Key { key: Key { product: "Home".into(), seats, months: 12 }, into: Kept::Present };
        // Below ten seats, and above, a seat costs the same.
        let even = List { off: (0, list.off.1), ..list };
        let Ok(whole) = ask(&start, &even, &key(2 * half_of), now) else { return Ok(()) };
        let half = ask(&start, &even, &key(half_of), now).unwrap();
        let Ok(both) = ask(&half.after, &even, &key(half_of), now) else { return Ok(()) };
        // A month is a month whatever its length, so that what is some days more in February is some days less in March.
        let ends = both.expires_at.unwrap().duration_since(whole.expires_at.unwrap());
        prop_assert!(ends.as_hours().abs() <= 24 * 4, "{ends}");
        let worth = |change: &Change| change.after.value.amount + change.after.credit.amount;
        prop_assert!((worth(&both) - worth(&whole)).abs() <= 12);
    }
}
