use super::*;
use proptest::prelude::*;

const BEGIN: Timestamp = Timestamp::UNIX_EPOCH;

fn at(seconds: i64) -> Timestamp {
    BEGIN + SignedDuration::from_secs(seconds)
}

#[test]
fn five_tries_are_free_and_then_the_pause_doubles_up_to_a_quarter_of_an_hour() {
    let limits = Limits::default();
    let mut now = 0;
    let mut pauses = Vec::new();
    for _ in 0..16 {
        while let Err(wait) = limits.take(Rule::PasswordOfAccount, "camille", at(now)) {
            pauses.push(wait.as_secs());
            now += wait.as_secs();
        }
    }
    assert_eq!(pauses, [10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]);
    assert!(limits.take(Rule::PasswordOfAccount, "dominique", at(now)).is_ok());
}

#[test]
fn a_right_password_or_a_day_without_trying_clears_the_account() {
    let limits = Limits::default();
    let fill = |now: i64| {
        for _ in 0..5 {
            limits.take(Rule::PasswordOfAccount, "camille", at(now)).unwrap();
        }
        limits
            .take(Rule::PasswordOfAccount, "camille", at(now))
            .unwrap_err();
    };
    fill(0);
    limits.clear(Rule::PasswordOfAccount, "camille");
    fill(0);
    fill(10 + 24 * 3600);
}

#[test]
fn an_address_has_twenty_tries_in_five_minutes() {
    let limits = Limits::default();
    for _ in 0..20 {
        limits
            .take(Rule::PasswordFromAddress, "192.0.2.1", at(0))
            .unwrap();
    }
    let wait = limits
        .take(Rule::PasswordFromAddress, "192.0.2.1", at(0))
        .unwrap_err();
    assert_eq!(wait.as_secs(), 15);
    limits
        .take(Rule::PasswordFromAddress, "192.0.2.1", at(15))
        .unwrap();
    limits
        .take(Rule::PasswordFromAddress, "192.0.2.1", at(15))
        .unwrap_err();
    limits
        .take(Rule::PasswordFromAddress, "192.0.2.2", at(15))
        .unwrap();
}

#[test]
fn a_household_is_one_address() {
    let one = |text: &str| neighbourhood(text.parse().unwrap());
    assert_eq!(one("2001:db8:1:2::1"), one("2001:db8:1:2:ffff::9"));
    assert_ne!(one("2001:db8:1:2::1"), one("2001:db8:1:3::1"));
    assert_eq!(one("::ffff:192.0.2.1"), one("192.0.2.1"));
}

#[test]
fn what_is_remembered_is_bounded_and_the_longest_pause_outlives_a_flood() {
    let limits = Limits::default();
    let mut now = 0;
    for _ in 0..12 {
        while let Err(wait) = limits.take(Rule::PasswordOfAccount, "camille", at(now)) {
            now += wait.as_secs();
        }
    }
    for flood in 0..3 * MOST {
        limits
            .take(Rule::PasswordOfAccount, &flood.to_string(), at(now))
            .ok();
        assert!(limits.entries.lock().unwrap().len() <= MOST);
    }
    assert!(limits.take(Rule::PasswordOfAccount, "camille", at(now)).is_err());
}

#[test]
fn the_wait_is_said_in_words_and_in_seconds() {
    let fault = too_many(SignedDuration::from_millis(9_001), Lang::Fr);
    assert_eq!(fault.facts, Some(json!({ "retry_after": 10 })));
    assert_eq!(fault.args, [("wait", "10\u{a0}secondes".to_owned())]);
    let fault = too_many(SignedDuration::from_secs(121), Lang::En);
    assert_eq!(fault.args, [("wait", "3\u{a0}minutes".to_owned())]);
}

proptest! {
    #[test]
    fn however_they_are_spread_never_more_than_the_burst_and_its_refill(gaps in prop::collection::vec(0i64..120, 1..200)) {
        let limits = Limits::default();
        let (mut now, mut granted) = (0, Vec::new());
        for gap in gaps {
            now += gap;
            if limits.take(Rule::PasswordFromAddress, "192.0.2.1", at(now)).is_ok() {
                granted.push(now);
            }
        }
        for (first, from) in granted.iter().enumerate() {
            for (last, to) in granted.iter().enumerate().skip(first) {
                let many = i64::try_from(last - first).unwrap() + 1;
                prop_assert!(many <= 20 + (to - from) / 15 + 1);
            }
        }
    }

    #[test]
    fn whoever_waits_as_long_as_told_is_let_in(tries in 1usize..40, rule in prop::sample::select(vec![
        Rule::PasswordOfAccount, Rule::PasswordFromAddress, Rule::MailToMailbox, Rule::MailFromAddress,
    ])) {
        let limits = Limits::default();
        let mut now = BEGIN;
        for _ in 0..tries {
            if let Err(wait) = limits.take(rule, "camille", now) {
                now += wait;
                prop_assert!(limits.take(rule, "camille", now).is_ok());
            }
        }
    }
}
