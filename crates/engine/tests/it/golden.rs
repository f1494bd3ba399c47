//! Every built-in rule, with what it must find and what it must leave alone.
//!
//! The samples lie in `samples/`, turned by 47 places so that no other scanner takes this repository for what it
//! describes. `tr '!-~' 'P-~!-O'` turns a sample either way; `hit RULE` or `miss RULE` begins one, each of its lines
//! begins with `|`, and in `… bytes` samples `\x00` is a byte and the lines are one.

use crate::support::{engine, rules_of};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

struct Sample {
    place: String,
    rule: String,
    must_match: bool,
    bytes: Vec<u8>,
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn turned(text: &str) -> String {
    let turn = |letter: char| match letter {
        '!'..='~' => char::from((letter as u8 - b'!' + 47) % 94 + b'!'),
        other => other,
    };
    text.chars().map(turn).collect()
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let hex = rest.strip_prefix("\\x").and_then(|hex| hex.get(..2));
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[4..];
            }
            None => {
                bytes.extend_from_slice(letter.to_string().as_bytes());
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    bytes
}

fn samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    for entry in std::fs::read_dir(here("tests/it/samples")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, part) in text.trim_end().split("\n\n").enumerate() {
            let mut lines = part.trim_matches('\n').lines();
            let head: Vec<&str> = lines.next().unwrap().split(' ').collect();
            let lines: Vec<String> = lines
                .map(|line| turned(line.strip_prefix('|').unwrap()))
                .collect();
            let bytes = match head.get(2) {
                Some(&"bytes") => unescaped(&lines.concat()),
                None => (lines.join("\n") + "\n").into_bytes(),
                Some(other) => panic!("{other}?"),
            };
            samples.push(Sample {
                place: format!("{} #{}", path.display(), number + 1),
                rule: head[1].to_owned(),
                must_match: match head[0] {
                    "hit" => true,
                    "miss" => false,
                    other => panic!("{other}?"),
                },
                bytes,
            });
        }
    }
    assert!(!samples.is_empty());
    samples
}

#[test]
fn every_sample_is_found_by_its_rule_and_every_near_miss_is_not() {
    let mut wrong = Vec::new();
    for sample in samples() {
        let verdict = engine().scan_bytes(&sample.bytes);
        let rules = rules_of(&verdict);
        let as_wanted = if sample.must_match {
            rules.contains(&sample.rule.as_str())
        } else {
            rules.is_empty()
        };
        if !as_wanted {
            let text = String::from_utf8_lossy(&sample.bytes).into_owned();
            wrong.push(format!(
                "{}: {} {} but {rules:?}\n{text}",
                sample.place, sample.must_match, sample.rule
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_rule_has_a_sample_and_a_near_miss() {
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for rule in engine().rule_names() {
        counts.insert(rule.name, [0, 0]);
    }
    // The test file's own scenes are below: even turned, it does not lie in the repository.
    counts.remove(crate::support::EICAR);
    for sample in samples() {
        let count = counts
            .get_mut(&sample.rule)
            .unwrap_or_else(|| panic!("no rule {}", sample.rule));
        count[usize::from(sample.must_match)] += 1;
    }
    let bare: Vec<_> = counts
        .into_iter()
        .filter(|(_, count)| count.contains(&0))
        .collect();
    assert_eq!(bare, []);
}

#[test]
fn every_rule_says_what_it_is_in_both_languages_and_how_bad() {
    let mut rules = 0;
    for rule in engine().rule_names() {
        rules += 1;
        let parts: Vec<&str> = rule.name.split('_').collect();
        assert!(matches!(parts[..], ["Rempart", _, _]), "{}", rule.name);
        let description = rule.description.unwrap_or_else(|| panic!("{}", rule.name));
        assert!(description.english.len() > 20, "{}", rule.name);
        assert!(
            description.french.is_some_and(|french| french.len() > 20),
            "{}",
            rule.name
        );
    }
    assert_eq!(rules, engine().rules());
    for entry in std::fs::read_dir(here("rules")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let words = ["low", "medium", "high", "critical"]
            .map(|word| text.matches(&format!("severity = \"{word}\"")).count());
        let rules = text.matches("\nrule ").count();
        assert_eq!(words.iter().sum::<usize>(), rules);
        for rule in text.split("\nrule ").skip(1) {
            // What the engine relies on for files that it does not read at once.
            assert!(rule.contains("filesize <"), "no limit of size: {rule}");
        }
    }
}

#[test]
fn the_engine_finds_nothing_in_its_own_rules_samples_and_tests() {
    for folder in ["rules", "src", "src/archive", "tests/it", "tests/it/samples"] {
        for entry in std::fs::read_dir(here(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let verdict = engine().scan_bytes(&std::fs::read(&path).unwrap());
                assert!(verdict.is_clean(), "{}: {verdict:?}", path.display());
            }
        }
    }
}

#[test]
fn the_test_file_is_found_as_its_standard_says() {
    let eicar = crate::support::eicar();
    assert_eq!(eicar.len(), 68);
    let followed_by = |tail: &[u8]| [&eicar[..], tail].concat();
    for tail in [&b""[..], b"\n", b"\r\n", b" \t\r\n\x1a", &[b' '; 60]] {
        assert_eq!(
            rules_of(&engine().scan_bytes(&followed_by(tail))),
            [crate::support::EICAR],
            "{tail:?}"
        );
    }
    for tail in [&b"x"[..], b"\nx", b"\0", &[b' '; 61]] {
        assert!(engine().scan_bytes(&followed_by(tail)).is_clean(), "{tail:?}");
    }
    let after_a_space = [b" ", &eicar[..]].concat();
    assert!(engine().scan_bytes(&after_a_space).is_clean());
    assert!(engine().scan_bytes(&eicar[..67]).is_clean());
}
