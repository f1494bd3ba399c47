//! Which slice uses which, outside tests: `crate::other` in a slice's files.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;

use super::plan::{self, House};
use super::tokens::{every_level, ident, is, is_path, names_after};
use crate::source::{self, SourceFile};

/// Where the code and the plan differ. `reads` are the slices whose tables a slice reads, which is a use as well.
pub(super) fn faults(
    name: &str,
    house: &House,
    files: &[SourceFile],
    reads: &BTreeSet<(String, String)>,
) -> Vec<String> {
    let folder = format!("crates/{name}/src/");
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let mut used_at_all = reads.clone();
    for file in files.iter().filter(|file| file.path.starts_with(&folder)) {
        let within = &file.path[folder.len()..];
        let slice = slice_of(within);
        if house.frame.contains(slice) || source::is_test_file(&file.path) {
            continue;
        }
        seen.insert(slice.to_owned());
        let Some(allowed) = house.uses.get(slice) else {
            continue;
        };
        for (other, line) in uses(file, within) {
            if other == slice || house.frame.contains(&other) || !is_slice(&other, house, files, &folder) {
                continue;
            }
            if !allowed.contains(&other) {
                faults.push(format!("{}:{line}: {slice} uses {other}, and may not", file.path));
            }
            used_at_all.insert((slice.to_owned(), other));
        }
        faults.extend(climbs(file, within));
    }
    faults.extend(
        seen.iter()
            .filter(|slice| !house.uses.contains_key(*slice))
            .map(|slice| format!("{folder}{slice} is not in ARCHITECTURE.md: say what it may use")),
    );
    for (slice, allowed) in &house.uses {
        if !seen.contains(slice) {
            faults.push(format!(
                "ARCHITECTURE.md names {folder}{slice}, which is not there"
            ));
        }
        let unused = allowed
            .iter()
            .filter(|other| !used_at_all.contains(&(slice.clone(), (*other).clone())));
        faults.extend(
            unused.map(|other| format!("ARCHITECTURE.md lets {name}'s {slice} use {other}, and it does not")),
        );
    }
    if let Some(circle) = plan::circle(&house.uses) {
        faults.push(format!(
            "ARCHITECTURE.md lets slices of {name} use each other in a circle: {}",
            circle.join(", ")
        ));
    }
    faults
}

/// `device/enrol.rs` and `device.rs` belong to `device`.
pub(super) fn slice_of(within: &str) -> &str {
    let first = within.split('/').next().unwrap_or(within);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// Macros and re-exports also stand at the crate's root; only modules are slices.
fn is_slice(name: &str, house: &House, files: &[SourceFile], folder: &str) -> bool {
    house.uses.contains_key(name)
        || files.iter().any(|file| {
            file.path == format!("{folder}{name}.rs") || file.path == format!("{folder}{name}/mod.rs")
        })
}

/// What stands after `crate::`, or after enough `super::` to be at the root.
fn uses(file: &SourceFile, within: &str) -> Vec<(String, usize)> {
    let depth = depth(within);
    let mut found = Vec::new();
    every_level(&file.production, &mut |tokens| {
        for at in 0..tokens.len() {
            match ident(tokens.get(at)).as_deref() {
                Some("crate") if is_path(tokens, at + 1) => found.extend(names_after(tokens, at + 3)),
                Some("super") if starts_chain(tokens, at) => {
                    let (count, end) = chain(tokens, at);
                    if count >= depth {
                        found.extend(names_after(tokens, end));
                    }
                }
                _ => {}
            }
        }
    });
    found
}

/// A path that climbs out of its slice hides who uses whom.
fn climbs(file: &SourceFile, within: &str) -> Vec<String> {
    let depth = depth(within);
    let mut faults = Vec::new();
    every_level(&file.production, &mut |tokens| {
        for at in (0..tokens.len()).filter(|&at| starts_chain(tokens, at)) {
            if chain(tokens, at).0 >= depth {
                let line = tokens[at].span().start().line;
                faults.push(format!(
                    "{}:{line}: `super::` climbs out of the slice: say `crate::`",
                    file.path
                ));
            }
        }
    });
    faults
}

/// How many `super::` lead from a file to the crate's root.
fn depth(within: &str) -> usize {
    let folders = within.matches('/').count();
    if within.ends_with("/mod.rs") {
        folders
    } else {
        folders + 1
    }
}

fn starts_chain(tokens: &[TokenTree], at: usize) -> bool {
    let continues = at >= 2
        && is(tokens.get(at - 1), ':')
        && ident(tokens.get(at.wrapping_sub(3))).as_deref() == Some("super");
    ident(tokens.get(at)).as_deref() == Some("super") && is_path(tokens, at + 1) && !continues
}

/// The number of `super::` in a row, and where they end.
fn chain(tokens: &[TokenTree], mut at: usize) -> (usize, usize) {
    let mut count = 0;
    while ident(tokens.get(at)).as_deref() == Some("super") && is_path(tokens, at + 1) {
        count += 1;
        at += 3;
    }
    (count, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(toml: &str) -> House {
        toml::from_str(toml).unwrap()
    }

    fn faults_of(text: &str) -> Vec<String> {
        let house = house("frame = ['app', 'lib']\n[uses]\nbase = []\na = ['base']\nb = []");
        let file = |path: &str, text: &str| SourceFile::parse(path, text).unwrap();
        let files = [
            file("crates/portal/src/lib.rs", "pub mod a;"),
            file("crates/portal/src/base/mod.rs", ""),
            file("crates/portal/src/b/mod.rs", ""),
            file("crates/portal/src/a/mod.rs", "use crate::base::x;"),
            file("crates/portal/src/a/verb.rs", text),
        ];
        faults("portal", &house, &files, &BTreeSet::new())
    }

    #[test]
    fn a_slice_may_use_what_the_plan_says_and_the_frame() {
        assert_eq!(
            faults_of("use crate::{app::App, base::db, sql};"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_use_beyond_the_plan_is_found_in_a_group_in_a_path_and_in_a_macro() {
        for text in [
            "use crate::{base::x, b::y};",
            "fn f() { crate::b::y() }",
            "m!(crate::b::y);",
        ] {
            assert_eq!(
                faults_of(text),
                ["crates/portal/src/a/verb.rs:1: a uses b, and may not"],
                "{text}"
            );
        }
    }

    #[test]
    fn climbing_out_with_super_is_found() {
        assert_eq!(faults_of("use super::super::b::y;").len(), 2);
        assert_eq!(faults_of("use super::store;").len(), 0);
    }

    #[test]
    fn tests_may_use_whom_they_like() {
        assert!(faults_of("#[cfg(test)]\nmod tests { use crate::b::y; }").is_empty());
    }

    #[test]
    fn a_right_nobody_uses_is_a_fault() {
        let house = house("frame = []\n[uses]\na = ['b']\nb = []");
        let files =
            ["a", "b"].map(|name| SourceFile::parse(&format!("crates/portal/src/{name}.rs"), "").unwrap());
        assert_eq!(
            faults("portal", &house, &files, &BTreeSet::new()),
            ["ARCHITECTURE.md lets portal's a use b, and it does not"]
        );
    }
}
