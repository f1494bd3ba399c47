//! How often something may be tried, from where and for whom. Kept in memory: a restart forgives, and several portals
//! each count for themselves.
//!
//! Always true: a try is counted before its outcome is known, so that many at once are no way around; what is counted
//! is bounded, whatever is thrown at it.

use crate::base::{
    error::{Code, Fault},
    lang::Lang,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    /// Passwords tried for one account: five, then one after a pause that doubles from 10 seconds to 15 minutes. A
    /// right one clears it; otherwise it is forgotten after a day.
    PasswordOfAccount,
    /// Passwords tried from one network address: 20 in 5 minutes.
    PasswordFromAddress,
    /// Mails asked for to one mailbox: 5 in an hour.
    MailToMailbox,
    /// Mails asked for from one network address: 30 in an hour.
    MailFromAddress,
    /// Passwords measured for one network address while typing: 120 in a minute.
    MeterFromAddress,
}

const FREE_TRIES: u32 = 5;
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(10);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(15);
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(24);

impl Rule {
    /// So many in so long; `None` for the one that grows.
    const fn bucket(self) -> Option<(u32, SignedDuration)> {
        match self {
            Self::PasswordOfAccount => None,
            Self::PasswordFromAddress => Some((20, SignedDuration::from_mins(5))),
            Self::MailToMailbox => Some((5, SignedDuration::from_hours(1))),
            Self::MailFromAddress => Some((30, SignedDuration::from_hours(1))),
            Self::MeterFromAddress => Some((120, SignedDuration::from_mins(1))),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    tries: u32,
    /// A bucket's: when it will be empty again. The growing one's: when the next try may come.
    until: Timestamp,
}

/// More than this is never remembered: the entries that end first make room.
const MOST: usize = 20_000;

/// The tries of late.
#[derive(Debug, Default)]
pub(super) struct Limits {
    entries: Mutex<HashMap<(Rule, String), Entry>>,
}

impl Limits {
    /// Counts a try, or says how long to wait. A try refused is not counted.
    pub(super) fn take(&self, rule: Rule, whom: &str, now: Timestamp) -> Result<(), SignedDuration> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MOST {
            make_room(&mut entries, now);
        }
        let entry = entries
            .entry((rule, whom.to_owned()))
            .or_insert(Entry { tries: 0, until: now });
        match rule.bucket() {
            Some((burst, period)) => take_from_bucket(entry, burst, period, now),
            None => take_growing(entry, now),
        }
    }

    /// The outcome was good: what was counted is forgotten.
    pub(super) fn clear(&self, rule: Rule, whom: &str) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.remove(&(rule, whom.to_owned()));
    }
}

/// A bucket that leaks evenly (the generic cell rate algorithm, without its cells).
fn take_from_bucket(
    entry: &mut Entry,
    burst: u32,
    period: SignedDuration,
    now: Timestamp,
) -> Result<(), SignedDuration> {
    let begin = entry.until.max(now);
    let full = later(begin, period / i32::try_from(burst).unwrap_or(i32::MAX));
    let over = full.duration_since(now) - period;
    if over > SignedDuration::ZERO {
        return Err(over);
    }
    entry.until = full;
    Ok(())
}

fn take_growing(entry: &mut Entry, now: Timestamp) -> Result<(), SignedDuration> {
    if now < entry.until {
        return Err(entry.until.duration_since(now));
    }
    if later(entry.until, FORGOTTEN_AFTER) <= now {
        entry.tries = 0;
    }
    entry.tries = entry.tries.saturating_add(1);
    entry.until = later(now, pause_after(entry.tries));
    Ok(())
}

fn pause_after(tries: u32) -> SignedDuration {
    let Some(doubled) = tries.checked_sub(FREE_TRIES) else {
        return SignedDuration::ZERO;
    };
    let pause = FIRST_PAUSE.checked_mul(1 << doubled.min(16));
    pause.unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE)
}

/// Drops what is over, and if that is not enough the quarter that ends first.
fn make_room(entries: &mut HashMap<(Rule, String), Entry>, now: Timestamp) {
    let over = |rule: Rule, entry: &Entry| match rule.bucket() {
        Some(_) => entry.until <= now,
        None => later(entry.until, FORGOTTEN_AFTER) <= now,
    };
    entries.retain(|(rule, _), entry| !over(*rule, entry));
    if entries.len() < MOST / 4 * 3 {
        return;
    }
    let mut ends: Vec<Timestamp> = entries.values().map(|entry| entry.until).collect();
    let (_, quarter, _) = ends.select_nth_unstable(MOST / 4);
    let quarter = *quarter;
    let mut room = MOST / 4;
    entries.retain(|_, entry| {
        let goes = entry.until <= quarter && room > 0;
        room -= usize::from(goes);
        !goes
    });
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(at)
}

/// Whom a network address stands for: a household has a whole /64 of IPv6.
pub(super) fn neighbourhood(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x}", address.to_bits() >> 64),
    }
}

/// `too_many_attempts`, with the wait in words and in whole seconds.
pub(super) fn too_many(wait: SignedDuration, lang: Lang) -> Fault {
    let seconds = u64::try_from(wait.as_millis()).unwrap_or(0).div_ceil(1000).max(1);
    Fault::new(Code::TooManyAttempts)
        .arg("wait", in_words(seconds, lang))
        .facts(json!({ "retry_after": seconds }))
}

fn in_words(seconds: u64, lang: Lang) -> String {
    match seconds {
        0..=90 => lang.t1("wait-seconds", "n", seconds),
        _ => lang.t1("wait-minutes", "n", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests;
