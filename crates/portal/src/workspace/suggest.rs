//! Names that are free: the one in the field when a person makes a workspace, and three to choose from when theirs is
//! taken. A word of stone and a number make a name free without making it ugly: `Ébénisterie Lefèvre (granit 27)`.

use super::{WorkspaceName, store};
use crate::base::{
    clock::Chance,
    db::{DbError, Read},
    lang::Lang,
};
use rand::RngExt;

/// Words of stone in the language files.
const STONES: u32 = 10;
/// Names tried at once; one question to the database.
pub(super) const TRIES: usize = 8;
/// Leaves room for the words of stone.
const BASE: usize = 44;

/// One free name, made from a person's.
pub(super) fn for_person(
    r: &mut impl Read,
    lang: Lang,
    chance: &Chance,
    person: &str,
) -> Result<String, DbError> {
    Ok(free(r, lang, chance, person, 1)?.pop().unwrap_or_default())
}

/// Three free names like one that is taken.
pub(super) fn alternatives(
    r: &mut impl Read,
    lang: Lang,
    chance: &Chance,
    taken: &WorkspaceName,
) -> Result<Vec<String>, DbError> {
    free(r, lang, chance, taken.as_str(), 3)
}

fn free(
    r: &mut impl Read,
    lang: Lang,
    chance: &Chance,
    like: &str,
    wanted: usize,
) -> Result<Vec<String>, DbError> {
    let mut base = WorkspaceName::tame(without_stone(like), BASE);
    if base.is_empty() {
        base = lang.t("workspace-word");
    }
    let drawn: Vec<WorkspaceName> = (0..TRIES)
        .filter_map(|at| {
            // Where many have the same name, two digits may all be taken.
            let numbers = if at < TRIES / 2 { 10..100 } else { 1_000..10_000 };
            let (stone, number) =
                chance.with(|chance| (chance.random_range(0..STONES), chance.random_range(numbers)));
            let stone = lang.t(&format!("stone-{stone}"));
            WorkspaceName::parse(&format!("{base} ({stone} {number})")).ok()
        })
        .collect();
    let taken = store::taken(r, &drawn)?;
    let mut names: Vec<&WorkspaceName> = drawn.iter().filter(|name| !taken.contains(name.key())).collect();
    names.dedup_by_key(|name| name.key());
    Ok(names
        .into_iter()
        .take(wanted)
        .map(|name| name.as_str().to_owned())
        .collect())
}

/// A suggestion that was taken meanwhile is not made longer by the next one.
fn without_stone(name: &str) -> &str {
    match name.rsplit_once(" (") {
        Some((base, rest)) if rest.ends_with(')') && rest.contains(' ') && !base.is_empty() => base,
        _ => name,
    }
}
