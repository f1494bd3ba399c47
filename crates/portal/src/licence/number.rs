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

/// A hundred million numbers a year: a second try is rare, a ninth a sign that something is broken.
const TRIES: usize = 8;

/// Draws a number nobody has. The database decides, should two draw the same at once.
///
/// # Errors
/// Whatever the engine says.
pub(super) fn draw(tx: &mut Tx<'_>) -> Result<String, Fault> {
    let year = tx.now().to_zoned(TimeZone::UTC).year();
    for _ in 0..TRIES {
        let (a, b) = tx.chance().with(|chance| {
            (
                chance.random_range(0..10_000u32),
                chance.random_range(0..10_000u32),
            )
        });
        let number = format!("RB-{year}-{a:04}-{b:04}");
        if store::find::number_is_free(tx, &number)? {
            return Ok(number);
        }
    }
    Err(Fault::new(Code::Unavailable).because("no free licence number"))
}
