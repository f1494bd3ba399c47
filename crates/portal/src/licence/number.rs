//! A licence's number, for talking about it: `RB-2027-4839-2074`. Digits in groups of four, because it is read aloud, in
//! any language; the year it was issued, because that is the first question; drawn at random, because a counter would
//! tell everybody how many were sold. It opens nothing: that is the key's work.

use super::store;
use crate::base::{
    db::Tx,
    error::{Code, Fault},
};
use jiff::tz::TimeZone;
use rand::RngExt;
use std::collections::HashSet;

/// A hundred million numbers a year: a second try is rare, a ninth a sign that something is broken.
const TRIES: usize = 8;

/// Draws a number nobody has. The database decides, should two draw the same at once.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn draw(tx: &mut Tx<'_>) -> Result<String, Fault> {
    let mut one = draw_many(tx, 1)?;
    one.pop().ok_or_else(none_free)
}

/// Draws numbers nobody has, each once.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn draw_many(tx: &mut Tx<'_>, count: usize) -> Result<Vec<String>, Fault> {
    let mut drawn = HashSet::with_capacity(count);
    let mut free = Vec::with_capacity(count);
    for _ in 0..TRIES {
        let mut fresh = Vec::with_capacity(count - free.len());
        while fresh.len() < count - free.len() {
            let number = candidate(tx);
            if drawn.insert(number.clone()) {
                fresh.push(number);
            }
        }
        let taken: HashSet<String> = store::find::taken_numbers(tx, &fresh)?.into_iter().collect();
        free.extend(fresh.into_iter().filter(|number| !taken.contains(number)));
        if free.len() == count {
            return Ok(free);
        }
    }
    Err(none_free())
}

fn none_free() -> Fault {
    Fault::new(Code::Unavailable).because("no free licence number")
}

fn candidate(tx: &Tx<'_>) -> String {
    let year = tx.now().to_zoned(TimeZone::UTC).year();
    let (a, b) = tx.chance().with(|chance| {
        (
            chance.random_range(0..10_000u32),
            chance.random_range(0..10_000u32),
        )
    });
    format!("RB-{year}-{a:04}-{b:04}")
}
