//! No file outgrows [`LIMIT`] lines of production text. Those that do are listed in `xtask/sizes.toml` with a
//! reason and their length, and that list may only shrink.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::{process, source};

/// Lines a file may have outside its tests.
const LIMIT: usize = 400;

/// One file that is allowed to be longer, for now.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    path: String,
    lines: usize,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// Measures every file and compares with the list.
pub(crate) fn check() -> Result<()> {
    let text =
        std::fs::read_to_string(process::root().join("xtask/sizes.toml")).context("xtask/sizes.toml")?;
    let list: List = toml::from_str(&text).context("xtask/sizes.toml")?;
    let measured = measure()?;
    let faults = compare(&measured, &list.exception);
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    let mut lines: Vec<usize> = measured.values().copied().collect();
    lines.sort_unstable();
    let median = lines.get(lines.len() / 2).copied().unwrap_or(0);
    let exceptions = list.exception.len();
    eprintln!(
        "   {} files, median {median} lines, {exceptions} over {LIMIT} by exception",
        lines.len()
    );
    Ok(())
}

fn measure() -> Result<BTreeMap<String, usize>> {
    let mut measured = BTreeMap::new();
    for path in source::files(".rs")? {
        if !source::is_test_file(&path) {
            let lines = source::SourceFile::read(&path)?.production_lines();
            measured.insert(path, lines);
        }
    }
    for ending in [".html", ".mjs"] {
        for path in source::files(ending)? {
            let text = std::fs::read_to_string(process::root().join(&path)).with_context(|| path.clone())?;
            measured.insert(path, text.lines().count());
        }
    }
    Ok(measured)
}

fn compare(measured: &BTreeMap<String, usize>, exceptions: &[Exception]) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, &lines) in measured {
        let listed = exceptions.iter().find(|exception| exception.path == *path);
        match listed {
            None if lines > LIMIT => faults.push(format!(
                "{path}: {lines} lines, {LIMIT} allowed: split it by noun or verb"
            )),
            Some(exception) if lines > exception.lines => {
                faults.push(format!(
                    "{path}: {lines} lines, its exception allows {} and may only shrink",
                    exception.lines
                ));
            }
            Some(_) if lines <= LIMIT => {
                faults.push(format!("{path}: {lines} lines: take it off xtask/sizes.toml"))
            }
            Some(exception) if lines < exception.lines => {
                faults.push(format!(
                    "{path}: {lines} lines: lower the {} in xtask/sizes.toml",
                    exception.lines
                ));
            }
            Some(_) | None => {}
        }
    }
    for exception in exceptions {
        if !measured.contains_key(&exception.path) {
            faults.push(format!(
                "xtask/sizes.toml lists {}, which is not there",
                exception.path
            ));
        }
        if exception.reason.trim().is_empty() {
            faults.push(format!("xtask/sizes.toml gives no reason for {}", exception.path));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(lines: usize, allowed: Option<usize>) -> Vec<String> {
        let measured = BTreeMap::from([("a.rs".to_owned(), lines)]);
        let reason = "one table".to_owned();
        let exception = allowed.map(|lines| Exception {
            path: "a.rs".to_owned(),
            lines,
            reason,
        });
        compare(&measured, exception.as_slice())
    }

    #[test]
    fn a_file_may_be_as_long_as_the_limit_and_no_longer() {
        assert!(faults(LIMIT, None).is_empty());
        assert_eq!(faults(LIMIT + 1, None).len(), 1);
    }

    #[test]
    fn an_exception_may_neither_grow_nor_keep_slack() {
        assert!(faults(500, Some(500)).is_empty());
        assert_eq!(faults(501, Some(500)).len(), 1);
        assert_eq!(faults(499, Some(500)).len(), 1);
        assert_eq!(faults(LIMIT, Some(500)).len(), 1);
    }
}
