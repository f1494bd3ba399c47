//! Our Rust files as tokens: enough to tell production lines from tests without guessing at text.

use std::ops::RangeInclusive;
use std::str::FromStr;

use anyhow::{Context, Result, anyhow};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::process;

/// One Rust file of ours.
pub(crate) struct SourceFile {
    /// From the repository's root, with `/`.
    pub(crate) path: String,
    /// How many lines the file has.
    pub(crate) lines: usize,
    /// What is left once every `#[cfg(test)]` item is taken out, delimiters kept.
    pub(crate) production: Vec<TokenTree>,
    tests: Vec<RangeInclusive<usize>>,
}

impl SourceFile {
    /// Reads `path` (from the root).
    pub(crate) fn read(path: &str) -> Result<Self> {
        let text = std::fs::read_to_string(process::root().join(path)).with_context(|| path.to_owned())?;
        Self::parse(path, &text)
    }

    /// Reads a file's text.
    pub(crate) fn parse(path: &str, text: &str) -> Result<Self> {
        let tokens = TokenStream::from_str(text).map_err(|error| anyhow!("{path}: {error}"))?;
        let mut tests = Vec::new();
        let production = without_tests(tokens, &mut tests);
        Ok(Self {
            path: path.to_owned(),
            lines: text.lines().count(),
            production,
            tests,
        })
    }

    /// Lines outside tests.
    pub(crate) fn production_lines(&self) -> usize {
        let in_tests: usize = self
            .tests
            .iter()
            .map(|range| range.end() - range.start() + 1)
            .sum();
        self.lines - in_tests
    }
}

/// The top-level tokens but for the items under `#[cfg(test)]`, whose lines are noted.
fn without_tests(tokens: TokenStream, tests: &mut Vec<RangeInclusive<usize>>) -> Vec<TokenTree> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = test_item(&tokens, at) {
            let (first, last) = (tokens[at].span().start().line, tokens[end].span().end().line);
            tests.push(first..=last);
            at = end + 1;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Where the item ends that the `#[cfg(test)]` at `at` belongs to.
fn test_item(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let TokenTree::Punct(hash) = tokens.get(at)? else {
        return None;
    };
    let TokenTree::Group(attribute) = tokens.get(at + 1)? else {
        return None;
    };
    let text = attribute.stream().to_string().replace(' ', "");
    if hash.as_char() != '#' || !(text == "cfg(test)" || text.starts_with("cfg(all(test")) {
        return None;
    }
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    };
    (at + 2..tokens.len()).find(|&index| ends(&tokens[index]))
}

/// Every file of the repository whose name ends so, in order: what git knows or would add.
pub(crate) fn files(ending: &str) -> Result<Vec<String>> {
    let mut list = process::command("git");
    list.args([
        "ls-files",
        "--cached",
        "--others",
        "--exclude-standard",
        "--deduplicate",
    ]);
    let listed = process::output(&mut list)?;
    let exists = |path: &&str| process::root().join(path).is_file();
    let mut found: Vec<String> = listed
        .lines()
        .filter(|path| path.ends_with(ending))
        .filter(exists)
        .map(str::to_owned)
        .collect();
    found.sort();
    Ok(found)
}

/// Whether the file holds nothing but tests, or what tests are written in.
pub(crate) fn is_test_file(path: &str) -> bool {
    let mut parts = path.split('/');
    let name = parts.next_back().unwrap_or_default();
    ["tests.rs", "testing.rs"].contains(&name)
        || name.ends_with("_tests.rs")
        || parts.any(|folder| folder == "tests" || folder == "testing")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "//! A file.\nuse a::b;\n\nfn one() {}\n\n#[cfg(test)]\nmod tests {\n    fn two() {}\n}\n";

    #[test]
    fn lines_of_tests_are_not_production_lines() {
        let file = SourceFile::parse("a.rs", FILE).unwrap();
        assert_eq!(file.lines, 9);
        assert_eq!(file.production_lines(), 5);
    }

    #[test]
    fn what_only_tests_use_is_not_among_the_production_tokens() {
        let file = SourceFile::parse("a.rs", FILE).unwrap();
        let text: String = file.production.iter().map(ToString::to_string).collect();
        assert!(text.contains("one") && !text.contains("two"), "{text}");
    }

    #[test]
    fn a_test_only_import_ends_at_its_semicolon() {
        let file = SourceFile::parse("a.rs", "#[cfg(test)]\nuse a::b;\nfn one() {}\n").unwrap();
        assert_eq!(file.production_lines(), 1);
    }
}
