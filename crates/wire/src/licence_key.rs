use rand::{Rng, RngExt};
use std::{fmt, str::FromStr};

/// The 32 symbols of a key: no I, O, 0 or 1, so that nothing reads like something else.
pub const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Groups in a key.
pub const GROUPS: usize = 5;
/// Symbols in a group: four drawn at random, the fifth checks them.
pub const GROUP_LENGTH: usize = 5;

/// The code a person types: five groups of five symbols, `7KQ2M-X4RTB-…`.
///
/// Each group is four random symbols (20 bits; 100 in all) and one check symbol, so that a mistyped group is named
/// before any server is asked. The check is a weighted sum in the field of 32 elements (polynomial x⁵+x²+1); weights
/// are distinct powers of the generator and the sum starts from the group's number, so any one wrong symbol, any two
/// swapped neighbours and any two swapped groups are noticed.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LicenceKey([u8; GROUPS * GROUP_LENGTH]);

/// Why a text is no licence key. Nothing is said about whether a well-formed key exists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not 25 symbols.
    #[error("a licence key has 25 symbols, this has {0}")]
    Length(usize),
    /// A symbol that no key contains.
    #[error("group {group}: keys never contain {symbol:?}")]
    Symbol {
        /// Which group, from 1.
        group: usize,
        /// The symbol as typed.
        symbol: char,
    },
    /// The group's check symbol does not fit the others.
    #[error("group {0} does not check")]
    Group(
        /// Which group, from 1.
        usize,
    ),
}

impl LicenceKey {
    /// Draws a new key.
    pub fn generate(chance: &mut (impl Rng + ?Sized)) -> Self {
        let mut symbols = [0; GROUPS * GROUP_LENGTH];
        for (number, group) in symbols.chunks_exact_mut(GROUP_LENGTH).enumerate() {
            let (body, check) = group.split_at_mut(GROUP_LENGTH - 1);
            body.iter_mut()
                .for_each(|symbol| *symbol = chance.random_range(0..32));
            check[0] = check_symbol(number, body);
        }
        Self(symbols)
    }

    /// All but the last group hidden, for lists: `·····-·····-·····-·····-H4VPB`.
    #[must_use]
    pub fn masked(&self) -> String {
        let whole = self.to_string();
        let hidden = ["·····"; GROUPS - 1].join("-");
        format!("{hidden}-{}", &whole[whole.len() - GROUP_LENGTH..])
    }
}

impl fmt::Display for LicenceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, symbol) in self.0.iter().enumerate() {
            if at > 0 && at % GROUP_LENGTH == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(ALPHABET[usize::from(*symbol)]))?;
        }
        Ok(())
    }
}

/// Never the whole key: it is a secret, and debug output ends up in logs.
impl fmt::Debug for LicenceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LicenceKey({})", self.masked())
    }
}

impl FromStr for LicenceKey {
    type Err = KeyError;

    /// Case, spaces and dashes of any kind do not matter.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let typed: Vec<char> = text
            .chars()
            .filter(|c| {
                !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '_')
            })
            .collect();
        let mut symbols = [0; GROUPS * GROUP_LENGTH];
        if typed.len() != symbols.len() {
            return Err(KeyError::Length(typed.len()));
        }
        for (at, typed) in typed.into_iter().enumerate() {
            let value = ALPHABET
                .iter()
                .position(|known| char::from(*known) == typed.to_ascii_uppercase());
            symbols[at] = value
                .and_then(|value| u8::try_from(value).ok())
                .ok_or(KeyError::Symbol {
                    group: at / GROUP_LENGTH + 1,
                    symbol: typed,
                })?;
        }
        for (number, group) in symbols.chunks_exact(GROUP_LENGTH).enumerate() {
            let (body, check) = group.split_at(GROUP_LENGTH - 1);
            if check[0] != check_symbol(number, body) {
                return Err(KeyError::Group(number + 1));
            }
        }
        Ok(Self(symbols))
    }
}

fn check_symbol(group: usize, body: &[u8]) -> u8 {
    let start = u8::try_from(group + 1).unwrap_or(0);
    let mut weight = 2;
    body.iter().fold(start, |sum, symbol| {
        let sum = sum ^ times(weight, *symbol);
        weight = times(weight, 2);
        sum
    })
}

/// Product in GF(32), polynomial x⁵+x²+1.
fn times(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    while b != 0 {
        if b & 1 != 0 {
            product ^= a;
        }
        a <<= 1;
        if a & 32 != 0 {
            a ^= 0b10_0101;
        }
        b >>= 1;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::{SeedableRng, rngs::StdRng};

    fn key(seed: u64) -> LicenceKey {
        LicenceKey::generate(&mut StdRng::seed_from_u64(seed))
    }

    proptest! {
        #[test]
        fn a_key_is_read_as_it_was_written(seed: u64) {
            let key = key(seed);
            prop_assert_eq!(key.to_string().parse::<LicenceKey>(), Ok(key.clone()));
            let careless = key.to_string().to_lowercase().replace('-', " – ");
            prop_assert_eq!(careless.parse::<LicenceKey>(), Ok(key));
        }

        #[test]
        fn one_wrong_symbol_names_its_group(seed: u64, at in 0usize..25, other in 0u8..32) {
            let mut wrong = key(seed);
            prop_assume!(wrong.0[at] != other);
            wrong.0[at] = other;
            prop_assert_eq!(wrong.to_string().parse::<LicenceKey>(), Err(KeyError::Group(at / GROUP_LENGTH + 1)));
        }

        #[test]
        fn swapped_neighbours_are_noticed(seed: u64, at in 0usize..24) {
            let mut wrong = key(seed);
            prop_assume!(wrong.0[at] != wrong.0[at + 1]);
            wrong.0.swap(at, at + 1);
            prop_assert!(wrong.to_string().parse::<LicenceKey>().is_err());
        }

        #[test]
        fn swapped_groups_are_noticed(seed: u64, a in 0usize..5, b in 0usize..5) {
            prop_assume!(a != b);
            let whole = key(seed).to_string();
            let mut groups: Vec<&str> = whole.split('-').collect();
            groups.swap(a, b);
            prop_assert!(groups.join("-").parse::<LicenceKey>().is_err());
        }

        #[test]
        fn any_text_is_answered(text in ".{0,60}") {
            let _ = text.parse::<LicenceKey>();
        }
    }

    #[test]
    fn what_cannot_be_in_a_key_is_named() {
        let mut text = key(1).to_string();
        text.replace_range(6..7, "O");
        assert_eq!(
            text.parse::<LicenceKey>(),
            Err(KeyError::Symbol {
                group: 2,
                symbol: 'O'
            })
        );
        assert_eq!("ABC".parse::<LicenceKey>(), Err(KeyError::Length(3)));
    }

    #[test]
    fn debug_output_keeps_the_secret() {
        let key = key(7);
        assert!(!format!("{key:?}").contains(&key.to_string()));
    }
}
