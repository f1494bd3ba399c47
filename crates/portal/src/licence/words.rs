//! Licences as pages show them: the same words, colours and drawing everywhere.

use super::{Kind, Licence, State};
use crate::base::lang::Lang;
use jiff::Timestamp;
use rempart_wire::LicenceId;

/// A state as a word with its colour and its shape.
#[derive(Debug, Clone)]
pub struct Pill {
    /// Class of the colour.
    pub tone: &'static str,
    /// Name of the icon.
    pub icon: &'static str,
    /// The word.
    pub word: String,
}

/// How a licence stands, in a word or two.
#[must_use]
pub fn pill(l: Lang, licence: &Licence, now: Timestamp) -> Pill {
    let state = licence.state(now);
    let (tone, icon) = match state {
        State::Unstarted => ("plain", "key"),
        State::Active => ("ok", "ok"),
        State::Trial { .. } => ("chosen", "clock"),
        State::Expiring { .. } | State::Grace { .. } => ("warn", "warn"),
        State::Expired { .. } | State::Revoked | State::Merged => ("bad", "bad"),
        State::Suspended => ("off", "off"),
    };
    let word = match state {
        State::Unstarted => l.t("licence-unstarted"),
        State::Active => l.t("licence-active"),
        State::Trial { days } => l.t1("licence-trial-days", "n", days),
        State::Expiring { days } => l.t1("licence-expiring", "n", days),
        State::Grace { until } => l.t1("licence-grace", "date", l.date(until)),
        State::Expired { .. } => l.t("licence-expired"),
        State::Suspended => l.t("licence-suspended"),
        State::Revoked => l.t("licence-revoked"),
        State::Merged => l.t("licence-merged"),
    };
    Pill { tone, icon, word }
}

/// A licence on a page.
#[derive(Debug, Clone)]
pub struct Card {
    /// Which.
    pub id: LicenceId,
    /// `Rempart Business`.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Its key with all but the last group hidden.
    pub key: Option<String>,
    /// How it stands.
    pub pill: Pill,
    /// `5 places`, or `3 places occupées sur 5`.
    pub seats: String,
    /// `Abonnement annuel`.
    pub kind: String,
    /// `Expire le 14 mars 2027`.
    pub until: String,
    /// Whether its owner can give it to a workspace.
    pub usable: bool,
    /// Who sold it.
    pub reseller: Option<String>,
    /// How to reach them.
    pub contact: Option<String>,
    /// The drawing of its seats.
    pub wall: Wall,
}

impl Card {
    /// A licence as it stands at `now`.
    #[must_use]
    pub fn new(l: Lang, licence: &Licence, now: Timestamp) -> Self {
        let seats = match licence.workspace {
            None => l.t1("licence-seats", "n", licence.seats),
            Some(_) => l.t2(
                "licence-seats-used",
                ("used", licence.seats_used),
                ("n", licence.seats),
            ),
        };
        Self {
            id: licence.id,
            title: licence.product_name.clone(),
            number: licence.number.clone(),
            key: licence.masked_key(),
            pill: pill(l, licence, now),
            seats,
            kind: kind(l, licence),
            until: until(l, licence, now),
            usable: usable(licence),
            reseller: licence.reseller_name.clone(),
            contact: licence.reseller_contact.clone(),
            wall: Wall::new(licence.seats_used, licence.seats),
        }
    }
}

/// Whether a licence can be given to a workspace: it is no trial, and nobody stopped it.
#[must_use]
pub const fn usable(licence: &Licence) -> bool {
    let facts = &licence.facts;
    !(facts.revoked || facts.suspended || facts.merged || facts.trial)
}

/// `Abonnement annuel`, `Sans abonnement`, `Essai de 30 jours`.
#[must_use]
pub fn kind(l: Lang, licence: &Licence) -> String {
    match licence.kind {
        Kind::Subscription => l.t1("licence-subscription", "n", licence.term_months),
        Kind::OneOff => l.t("licence-one-off"),
        Kind::Trial => l.t("licence-trial"),
    }
}

/// When it expires, has expired, or begins.
#[must_use]
pub fn until(l: Lang, licence: &Licence, now: Timestamp) -> String {
    match licence.expires_at {
        None => l.t1("licence-from-first", "n", licence.term_months),
        Some(end) if end > now => l.t1("licence-expires", "date", l.date(end)),
        Some(end) => l.t1("licence-expired-on", "date", l.date(end)),
    }
}

/// What is to be said about the seats of a workspace's licence.
#[derive(Debug, Clone, Copy, Default)]
pub struct SeatNotices {
    /// Devices that hold a seat beyond those there are.
    pub over: u64,
    /// Devices that hold one and are silent.
    pub silent: u64,
    /// Whether the reader can do something about it.
    pub manages: bool,
}

/// The seats of a licence as stones of a wall: one stone each up to a hundred, then one for each percent.
#[derive(Debug, Clone)]
pub struct Wall {
    /// Height of the drawing; its width is always that of fifteen stones and a half.
    pub height: u64,
    /// From the ground up.
    pub stones: Vec<Stone>,
}

/// One stone.
#[derive(Debug, Clone)]
pub struct Stone {
    /// From the left.
    pub x: String,
    /// From the top.
    pub y: String,
    /// Whether nobody holds the seat.
    pub free: bool,
}

impl Wall {
    /// `used` of `seats` are held.
    #[must_use]
    pub fn new(used: u64, seats: u64) -> Self {
        const ROW: u64 = 15;
        let (used, stones) = if seats > 100 {
            // A seat that is held always shows, and so does one that is free.
            let percent = (used.saturating_mul(100) / seats).max(used.min(1));
            (percent.min(if used < seats { 99 } else { 100 }), 100)
        } else {
            (used, seats)
        };
        let height = stones.div_ceil(ROW) * 5;
        let stones = (0..stones).map(|at| {
            let (row, column) = (at / ROW, at % ROW);
            Stone {
                x: format!("{}.4", column * 8 + if row % 2 == 1 { 4 } else { 0 }),
                y: format!("{}.4", height - 5 * (row + 1)),
                free: at >= used,
            }
        });
        Self {
            height,
            stones: stones.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_wall_never_looks_full_with_a_seat_free_nor_empty_with_one_held(seats in 1u64..1_000_000, part in 0u64..=100) {
            let used = seats * part / 100;
            let wall = Wall::new(used, seats);
            let free = wall.stones.iter().filter(|stone| stone.free).count();
            prop_assert!(wall.stones.len() <= 100);
            prop_assert_eq!(free == 0, used == seats);
            prop_assert_eq!(free == wall.stones.len(), used == 0);
            if seats <= 100 { prop_assert_eq!(u64::try_from(free).unwrap(), seats - used); }
        }
    }
}
