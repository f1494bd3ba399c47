use super::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ends: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ends, found);
        } else if path.to_string_lossy().ends_with(ends) {
            found.push(path);
        }
    }
}

fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut paths = Vec::new();
    files(&root().join("lang").join(lang.as_str()), ".ftl", &mut paths);
    let mut keys = BTreeMap::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let mut current = String::new();
        for line in text.lines() {
            if let Some((key, _)) = line
                .split_once(" =")
                .filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                current = key.to_owned();
                assert!(
                    keys.insert(current.clone(), BTreeSet::new()).is_none(),
                    "{current} twice ({})",
                    path.display()
                );
            }
            let mut rest = line;
            while let Some(at) = rest.find('$') {
                rest = &rest[at + 1..];
                let end = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                if let Some(arguments) = keys.get_mut(&current) {
                    arguments.insert(rest[..end].to_owned());
                }
            }
        }
    }
    keys
}

#[test]
fn both_languages_say_the_same_things_with_the_same_arguments() {
    assert_eq!(keys(Lang::Fr), keys(Lang::En));
}

#[test]
fn every_key_that_code_and_pages_use_exists() {
    let known = keys(Lang::Fr);
    let mut sources = Vec::new();
    files(&root().join("src"), ".rs", &mut sources);
    files(&root().join("src"), ".html", &mut sources);
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        for opening in [".t(\"", ".t1(\"", ".t2(\"", ".with_texts(\""] {
            for (at, _) in text.match_indices(opening) {
                let key = text[at + opening.len()..].split('"').next().unwrap();
                assert!(
                    known.contains_key(key),
                    "{} uses {key}, which no language has",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn french_keeps_its_spaces() {
    let mut paths = Vec::new();
    files(&root().join("lang/fr"), ".ftl", &mut paths);
    for path in paths {
        for line in fs::read_to_string(&path)
            .unwrap()
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let text = line.split_once(" =").map_or(line, |(_, text)| text);
            for wrong in [" ?", " !", " ;", "« ", " »", " :"] {
                assert!(
                    !text.contains(wrong),
                    "{}: a breaking space in {line:?}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn a_browser_gets_the_language_it_prefers() {
    assert_eq!(Lang::accepted("fr-CH, fr;q=0.9, en;q=0.8"), Lang::Fr);
    assert_eq!(Lang::accepted("de, en;q=0.5, fr;q=0.7"), Lang::Fr);
    assert_eq!(Lang::accepted("fr;q=0, en"), Lang::En);
    assert_eq!(Lang::accepted("ja"), Lang::En);
    assert_eq!(Lang::accepted(""), Lang::En);
}

#[test]
fn dates_sizes_and_numbers_read_as_they_are_said() {
    let at: Timestamp = "2027-03-01T09:12:00Z".parse().unwrap();
    assert_eq!(Lang::Fr.date(at), "1er\u{a0}mars\u{a0}2027");
    assert_eq!(Lang::En.date_time(at), "1\u{a0}March\u{a0}2027, 09:12\u{a0}UTC");
    assert_eq!(Lang::Fr.size(12_400_000), "12,4\u{a0}Mo");
    assert_eq!(Lang::En.size(999), "999\u{a0}B");
    assert_eq!(Lang::En.size(u64::MAX), "18.4\u{a0}EB");
    assert_eq!(Lang::Fr.number(1_234_567), "1\u{202f}234\u{202f}567");
}
