//! The block of ARCHITECTURE.md that says who may use whom.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;

/// What may be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    /// A crate of ours, and those of ours it may depend on.
    pub(super) crates: BTreeMap<String, BTreeSet<String>>,
    /// The crates that are made of slices, by the name of their folder.
    #[serde(rename = "house")]
    pub(super) houses: BTreeMap<String, House>,
}

/// One crate made of slices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct House {
    /// Modules that put the slices together: they use every slice, and every slice may use them.
    pub(super) frame: BTreeSet<String>,
    /// A slice, and the slices it may use.
    pub(super) uses: BTreeMap<String, BTreeSet<String>>,
    /// A slice, and the tables it owns. It alone writes them; who may use it may read them.
    #[serde(default)]
    pub(super) tables: BTreeMap<String, BTreeSet<String>>,
    /// The exceptions, each with its reason.
    #[serde(default)]
    pub(super) crossing: Vec<Crossing>,
}

/// A slice that touches another's tables.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Crossing {
    pub(super) slice: String,
    pub(super) tables: BTreeSet<String>,
    pub(super) reason: String,
}

const OPENING: &str = "```toml arch\n";

impl Plan {
    /// Reads the block out of the page.
    pub(super) fn from_markdown(page: &str) -> Result<Self> {
        let (_, after) = page
            .split_once(OPENING)
            .context("ARCHITECTURE.md has no ```toml arch block")?;
        let (block, _) = after
            .split_once("```")
            .context("the ```toml arch block does not end")?;
        toml::from_str(block).context("the ```toml arch block of ARCHITECTURE.md")
    }
}

/// The names on a circle, if `uses` has one.
pub(super) fn circle(uses: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    let mut left = uses.clone();
    loop {
        let free: Vec<String> = left
            .iter()
            .filter(|(_, used)| used.iter().all(|name| !left.contains_key(name)))
            .map(|(name, _)| name.clone())
            .collect();
        for name in &free {
            left.remove(name);
        }
        if free.is_empty() {
            return if left.is_empty() {
                None
            } else {
                Some(left.into_keys().collect())
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(pairs: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
        pairs
            .iter()
            .map(|(name, used)| ((*name).to_owned(), used.iter().map(|n| (*n).to_owned()).collect()))
            .collect()
    }

    #[test]
    fn a_circle_is_found_and_its_members_are_named() {
        assert_eq!(
            circle(&uses(&[("a", &[]), ("b", &["a"]), ("c", &["a", "b"])])),
            None
        );
        let found = circle(&uses(&[("a", &["b"]), ("b", &["a"]), ("c", &[])]));
        assert_eq!(found, Some(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn the_block_is_found_between_other_blocks() {
        let page = "# A\n```toml\nx = 1\n```\n```toml arch\n[crates]\na = []\n[house.portal]\nframe = []\n[house.portal.uses]\n```\n";
        assert!(Plan::from_markdown(page).unwrap().crates.contains_key("a"));
        assert!(Plan::from_markdown("# A").is_err());
    }
}
