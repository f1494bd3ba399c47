use super::*;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    os::unix::ffi::OsStringExt,
    path::{Path, PathBuf},
    time::Duration,
};

const FRENCH: &str = include_str!("../../lang/fr.ftl");
const ENGLISH: &str = include_str!("../../lang/en.ftl");
/// Keys put together from a beginning and a code or a name.
const COMPOSED: [&str; 3] = ["link-", "status-managed-", "help-"];

fn keys(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once(" =")?.0))
        .collect()
}

fn sources() -> String {
    let mut text = String::new();
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                None => folders.push(path),
                Some(_) if path.ends_with("lang/tests.rs") => {}
                Some(_) => text.push_str(&fs::read_to_string(path).unwrap()),
            }
        }
    }
    text
}

#[test]
fn both_languages_have_the_same_sentences() {
    assert_eq!(keys(FRENCH), keys(ENGLISH));
    assert_eq!(
        keys(FRENCH).len(),
        FRENCH.lines().filter(|line| line.contains(" =")).count()
    );
}

#[test]
fn every_sentence_asked_for_exists_and_every_one_that_exists_is_asked_for() {
    let sources = sources();
    let known = keys(ENGLISH);
    for after in sources.split(".say(").skip(1) {
        if let Some(key) = after
            .trim_start()
            .strip_prefix('"')
            .and_then(|rest| rest.split('"').next())
        {
            assert!(known.contains(key), "{key}");
        }
    }
    for key in known {
        let composed = key == "help" || COMPOSED.iter().any(|start| key.starts_with(start));
        assert!(
            composed || sources.contains(&format!("\"{key}\"")),
            "{key} is never said"
        );
    }
}

#[test]
fn the_french_keeps_its_spaces() {
    for line in FRENCH.lines().filter(|line| !line.trim_start().starts_with('#')) {
        for mark in ['?', '!', ';', ':', '»'] {
            for (at, _) in line.match_indices(mark) {
                let before = line[..at].chars().next_back();
                let inside_address = line[at..].starts_with("://");
                let ok = inside_address || !matches!(before, Some(' ') | Some('a'..='z'));
                assert!(ok, "{line}");
            }
        }
        assert!(!line.contains("« ") && !line.contains('\''), "{line}");
    }
}

#[test]
fn the_environment_chooses_the_language_as_everywhere() {
    let of = |set: &[(&str, &str)]| {
        Language::of_environment(|name| {
            set.iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        })
    };
    assert_eq!(of(&[("LANG", "fr_FR.UTF-8")]), Language::French);
    assert_eq!(of(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "C")]), Language::English);
    assert_eq!(of(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "")]), Language::French);
    assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), Language::English);
    assert_eq!(of(&[]), Language::English);
}

#[test]
fn figures_read_naturally() {
    let (en, fr) = (Language::English, Language::French);
    assert_eq!(
        (en.count(1_234_567), fr.count(1_234_567)),
        ("1,234,567".into(), "1\u{202f}234\u{202f}567".into())
    );
    assert_eq!((en.count(999), fr.count(0)), ("999".into(), "0".into()));
    assert_eq!(en.bytes(68), "68\u{202f}B");
    assert_eq!(fr.bytes(1_450_000), "1,4\u{202f}Mo");
    assert_eq!(en.bytes(12_999_999_999), "12\u{202f}GB");
    assert_eq!(fr.took(Duration::from_millis(4_260)), "4,2\u{202f}s");
    assert_eq!(en.took(Duration::from_secs(61)), "1\u{202f}min 01\u{202f}s");
    assert_eq!(en.took(Duration::from_secs(3_725)), "1\u{202f}h 02\u{202f}min");
    let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(100);
    assert_eq!(en.ago(now - SignedDuration::from_secs(1), now), "1 second ago");
    assert_eq!(
        fr.ago(now - SignedDuration::from_secs(7_300), now),
        "il y a 2 heures"
    );
    assert_eq!(
        fr.ago(now + SignedDuration::from_secs(5), now),
        "il y a 0 seconde"
    );
    let day = "2027-11-01T12:00:00Z".parse().unwrap();
    assert_eq!(fr.day(day, &TimeZone::UTC), "1er novembre 2027");
    assert_eq!(en.day(day, &TimeZone::UTC), "1 November 2027");
}

proptest! {
    #[test]
    fn a_shown_path_cannot_command_the_terminal(bytes in proptest::collection::vec(0u8..=255, 0..60)) {
        let shown = shown(Path::new(&OsString::from_vec(bytes)));
        prop_assert!(!shown.chars().any(char::is_control));
    }

    #[test]
    fn an_ordinary_path_is_shown_as_it_is(path in "[a-zA-Z0-9éà /._-]{0,40}") {
        prop_assert_eq!(shown(Path::new(&path)), path);
    }
}
