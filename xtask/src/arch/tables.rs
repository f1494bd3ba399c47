//! Whose table is whose: a slice's SQL is in its `store.rs`, writes its own tables alone, and reads those of slices it
//! may use. SQL is what stands in `sql!(…)`; tables are what the migrations create.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use proc_macro2::TokenTree;

use super::plan::House;
use super::slices::slice_of;
use super::tokens::{every_level, ident, is};
use crate::process;
use crate::source::{self, SourceFile};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Touch {
    Reads,
    Writes,
}

/// Where the code and the plan differ.
pub(super) fn faults(name: &str, house: &House, files: &[SourceFile]) -> Result<Vec<String>> {
    if house.tables.is_empty() {
        return Ok(Vec::new());
    }
    let created = created(&format!("crates/{name}/src/"))?;
    let owners: BTreeMap<&str, &str> = house
        .tables
        .iter()
        .flat_map(|(slice, tables)| tables.iter().map(move |table| (table.as_str(), slice.as_str())))
        .collect();
    let mut faults: Vec<String> = Vec::new();
    faults.extend(
        created
            .iter()
            .filter(|table| !owners.contains_key(table.as_str()))
            .map(|table| format!("the table {table} has no owner in ARCHITECTURE.md")),
    );
    faults.extend(
        owners
            .keys()
            .filter(|table| !created.contains(**table))
            .map(|table| {
                format!("ARCHITECTURE.md gives an owner to the table {table}, which no migration creates")
            }),
    );
    faults.extend(touches(name, house, files, &owners));
    Ok(faults)
}

/// Which slice reads or writes tables of which other, as pairs.
pub(super) fn pairs(name: &str, house: &House, files: &[SourceFile]) -> BTreeSet<(String, String)> {
    let folder = format!("crates/{name}/src/");
    let mut pairs = BTreeSet::new();
    for file in files.iter().filter(|file| file.path.starts_with(&folder)) {
        let slice = slice_of(&file.path[folder.len()..]);
        for (table, _) in statements(file).iter().flat_map(|(sql, _)| tables_in(sql)) {
            let owner = house.tables.iter().find(|(_, tables)| tables.contains(&table));
            pairs.extend(owner.map(|(owner, _)| (slice.to_owned(), owner.clone())));
        }
    }
    pairs
}

fn touches(name: &str, house: &House, files: &[SourceFile], owners: &BTreeMap<&str, &str>) -> Vec<String> {
    let folder = format!("crates/{name}/src/");
    let mut faults = Vec::new();
    let mut crossed = BTreeSet::new();
    for file in files.iter().filter(|file| file.path.starts_with(&folder)) {
        let within = &file.path[folder.len()..];
        let slice = slice_of(within);
        if source::is_test_file(&file.path) {
            continue;
        }
        for (sql, line) in statements(file) {
            let place = format!("{}:{line}", file.path);
            if slice != "base" && !within.ends_with("store.rs") && !within.contains("/store/") {
                faults.push(format!("{place}: SQL outside the slice's store.rs"));
            }
            for (table, touch) in tables_in(&sql) {
                let Some(owner) = owners.get(table.as_str()) else {
                    continue;
                };
                if *owner == slice {
                    continue;
                }
                if house
                    .crossing
                    .iter()
                    .any(|crossing| crossing.slice == slice && crossing.tables.contains(&table))
                {
                    crossed.insert((slice.to_owned(), table));
                } else if touch == Touch::Writes {
                    faults.push(format!("{place}: {slice} writes {table}, which is {owner}'s"));
                } else if !house.uses.get(slice).is_some_and(|used| used.contains(*owner)) {
                    faults.push(format!(
                        "{place}: {slice} reads {table}, which is {owner}'s, a slice it may not use"
                    ));
                }
            }
        }
    }
    for crossing in &house.crossing {
        if crossing.reason.trim().is_empty() {
            faults.push(format!(
                "ARCHITECTURE.md gives no reason for what {} touches",
                crossing.slice
            ));
        }
        let idle = |table: &&String| !crossed.contains(&(crossing.slice.clone(), (*table).clone()));
        let idle = crossing.tables.iter().filter(idle);
        faults.extend(idle.map(|table| {
            format!(
                "ARCHITECTURE.md lets {} touch {table}, and it does not",
                crossing.slice
            )
        }));
    }
    faults
}

/// The tables the migrations create.
fn created(folder: &str) -> Result<BTreeSet<String>> {
    let mut tables = BTreeSet::new();
    for path in source::files(".sql")? {
        if path.starts_with(folder) {
            let text = std::fs::read_to_string(process::root().join(&path)).with_context(|| path.clone())?;
            let words = words(&text);
            let makes = words
                .windows(3)
                .filter(|window| window[0] == "create" && window[1] == "table");
            tables.extend(makes.map(|window| window[2].clone()));
        }
    }
    Ok(tables)
}

/// The text of every `sql!(…)`, with its line.
fn statements(file: &SourceFile) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    every_level(&file.production, &mut |tokens| {
        for at in 0..tokens.len() {
            if ident(tokens.get(at)).as_deref() == Some("sql")
                && is(tokens.get(at + 1), '!')
                && let Some(TokenTree::Group(group)) = tokens.get(at + 2)
            {
                let text = group.stream().to_string().replace("\\n", " ");
                found.push((text, group.span_open().start().line));
            }
        }
    });
    found
}

/// Each table a statement names, and how.
fn tables_in(sql: &str) -> Vec<(String, Touch)> {
    let words = words(sql);
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .map_or("", String::as_str);
        let touch = match word.as_str() {
            "into" => Touch::Writes,
            "update" if before != "do" && before != "for" => Touch::Writes,
            "from" if before == "delete" => Touch::Writes,
            "from" | "join" => Touch::Reads,
            _ => continue,
        };
        if let Some(table) = words.get(at + 1) {
            found.push((table.clone(), touch));
        }
    }
    found
}

fn words(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split(|c| !is_word(c))
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "frame = []\n[uses]\na = ['b']\nb = []\n[tables]\na = ['apple']\nb = ['bean']";

    fn faults_of(plan: &str, path: &str, text: &str) -> Vec<String> {
        let house: House = toml::from_str(plan).unwrap();
        let owners = BTreeMap::from([("apple", "a"), ("bean", "b")]);
        let file = SourceFile::parse(&format!("crates/portal/src/{path}"), text).unwrap();
        touches("portal", &house, &[file], &owners)
    }

    #[test]
    fn a_store_writes_its_own_and_reads_those_of_whom_it_may_use() {
        let text = r#"fn f() { g(sql!("insert into apple select * from bean on conflict do update set x = 1 for update")) }"#;
        assert_eq!(faults_of(PLAN, "a/store.rs", text), Vec::<String>::new());
    }

    #[test]
    fn writing_anothers_table_is_a_fault_in_every_form() {
        for sql in [
            "insert into bean values (1)",
            "update bean set x = 1",
            "delete\nfrom bean",
        ] {
            let text = format!("fn f() {{ g(sql!({sql:?})) }}");
            assert_eq!(
                faults_of(PLAN, "a/store.rs", &text),
                ["crates/portal/src/a/store.rs:1: a writes bean, which is b's"]
            );
        }
    }

    #[test]
    fn reading_from_a_slice_one_may_not_use_is_a_fault() {
        let text = r#"fn f() { g(sql!("select 1 from bean join apple on true")) }"#;
        assert_eq!(faults_of(PLAN, "b/store.rs", text).len(), 1);
    }

    #[test]
    fn sql_in_a_verb_is_a_fault() {
        assert_eq!(
            faults_of(PLAN, "a/verb.rs", r#"fn f() { g(sql!("select 1 from apple")) }"#).len(),
            1
        );
    }

    #[test]
    fn an_exception_with_a_reason_holds_while_it_is_used() {
        let plan =
            format!("{PLAN}\n[[crossing]]\nslice = 'b'\ntables = ['apple']\nreason = 'it counts them'");
        assert!(
            faults_of(
                &plan,
                "b/store.rs",
                r#"fn f() { g(sql!("update apple set x = 1")) }"#
            )
            .is_empty()
        );
        assert_eq!(faults_of(&plan, "b/store.rs", "").len(), 1);
    }
}
