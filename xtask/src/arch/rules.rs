//! The few rules that name a place: routes come from one builder, engines' differences live in one file and are few.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;

use super::tokens::{every_level, ident, is, is_path};
use crate::source::{self, SourceFile};

const PORTAL: &str = "crates/portal/src/";
const ROUTES: &str = "crates/portal/src/base/web/routes.rs";
/// The listener for metrics, which is not the portal's.
const METRICS: &str = "crates/portal/src/serve/mod.rs";
const DATABASE: &str = "crates/portal/src/base/db/";
const DIALECT: &str = "crates/portal/src/base/db/dialect.rs";

/// What must differ between the engines, at most.
const FORKS: usize = 10;

/// Every fault of the kind.
pub(super) fn faults(files: &[SourceFile]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with(PORTAL)) {
        if source::is_test_file(&file.path) {
            continue;
        }
        if file.path != ROUTES && file.path != METRICS {
            let places = places(file, |tokens, at| {
                is(tokens.get(at), '.') && ident(tokens.get(at + 1)).as_deref() == Some("route")
            });
            faults.extend(
                places.map(|place| {
                    format!("{place}: a route outside the builder, which checks who may use it")
                }),
            );
        }
        if !file.path.starts_with(DATABASE) {
            let engine = |name: Option<String>| matches!(name.as_deref(), Some("rusqlite" | "postgres"));
            let places = places(file, move |tokens, at| {
                engine(ident(tokens.get(at)))
                    && is_path(tokens, at + 1)
                    && !is(at.checked_sub(1).and_then(|before| tokens.get(before)), ':')
            });
            faults.extend(places.map(|place| format!("{place}: an engine by name outside {DATABASE}")));
        }
        if file.path == DIALECT {
            faults.extend(too_many_forks(file));
        }
    }
    faults
}

/// `path:line` of every place in the file.
fn places(file: &SourceFile, is_one: impl Fn(&[TokenTree], usize) -> bool) -> impl Iterator<Item = String> {
    let mut lines = Vec::new();
    every_level(&file.production, &mut |tokens| {
        lines.extend(
            (0..tokens.len())
                .filter(|&at| is_one(tokens, at))
                .map(|at| tokens[at].span().start().line),
        );
    });
    let path = file.path.clone();
    lines.into_iter().map(move |line| format!("{path}:{line}"))
}

/// Each difference says its number in its doc comment: `Fork 3: …`.
fn too_many_forks(file: &SourceFile) -> Option<String> {
    let mut numbers = BTreeSet::new();
    let text = file
        .production
        .iter()
        .map(ToString::to_string)
        .collect::<String>();
    for after in text.split("Fork ").skip(1) {
        let number: String = after.chars().take_while(char::is_ascii_digit).collect();
        numbers.extend(number.parse::<usize>());
    }
    let last = numbers.last().copied().unwrap_or(0);
    if numbers.len() != last {
        return Some(format!("{}: the forks are not numbered 1 to {last}", file.path));
    }
    (last > FORKS).then(|| format!("{}: {last} forks, {FORKS} allowed", file.path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(path: &str, text: &str) -> usize {
        faults(&[SourceFile::parse(path, text).unwrap()]).len()
    }

    #[test]
    fn a_route_beside_the_builder_is_a_fault() {
        let text = "fn f() { Router::new().route(\"/\", get(x)) }";
        assert_eq!(
            (
                faults_of("crates/portal/src/a/mod.rs", text),
                faults_of(ROUTES, text)
            ),
            (1, 0)
        );
    }

    #[test]
    fn naming_an_engine_outside_the_database_is_a_fault() {
        let text = "fn f() { rusqlite::Connection::open(x); Db::postgres(y) }";
        assert_eq!(
            (
                faults_of("crates/portal/src/a/store.rs", text),
                faults_of(DIALECT, text)
            ),
            (1, 0)
        );
    }

    #[test]
    fn forks_are_counted_by_their_numbers() {
        let text = |numbers: std::ops::RangeInclusive<u32>| {
            numbers
                .map(|n| format!("/// Fork {n}: x.\nfn f{n}() {{}}\n"))
                .collect::<String>()
        };
        assert_eq!(faults_of(DIALECT, &text(1..=10)), 0);
        assert_eq!(faults_of(DIALECT, &text(1..=11)), 1);
        assert_eq!(faults_of(DIALECT, &text(2..=3)), 1);
    }
}
