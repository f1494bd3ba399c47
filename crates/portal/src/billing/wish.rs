use serde::{Deserialize, Serialize};

/// From when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Now; what is left of the period is paid or credited to the day.
    Now,
    /// From the renewal; nothing is paid before.
    Renewal,
}

/// A licence of which only the key was used: what it would have been.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// What it is for.
    pub product: String,
    /// Devices it is for.
    pub seats: u64,
    /// Months of its period.
    pub months: u32,
}

/// Of which licence product and seats are kept when a second key is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Of the one there is: the key becomes time of it.
    Present,
    /// Of the key: what is left of the present one becomes time of it.
    Key,
}

/// What an owner wants changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Wish {
    /// More time, bought.
    Extend {
        /// Months of the term bought.
        months: u32,
    },
    /// More time, by a second key.
    Key {
        /// What the key is for.
        key: Key,
        /// What the licence is for afterwards.
        into: Kept,
    },
    /// Another number of seats: more now, any number from the renewal.
    Seats {
        /// Seats afterwards.
        seats: u64,
        /// From when.
        when: When,
    },
    /// Terms of another length, from the renewal.
    Term {
        /// Months of a term.
        months: u32,
    },
    /// Another product.
    Product {
        /// Its code.
        product: String,
        /// From when.
        when: When,
    },
    /// The next term, with what waited for it.
    Renew,
    /// Nothing waits for the renewal any more.
    Keep,
}

impl Wish {
    /// In the ledger.
    pub(super) const fn as_str(&self) -> &'static str {
        match self {
            Self::Extend { .. } => "extend",
            Self::Key { .. } => "key",
            Self::Seats { .. } => "seats",
            Self::Term { .. } => "term",
            Self::Product { .. } => "product",
            Self::Renew => "renew",
            Self::Keep => "keep",
        }
    }
}
