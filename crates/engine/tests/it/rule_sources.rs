//! Where rules and hashes come from, and what happens when they are broken.

use crate::support::{built_in, eicar, engine, rules_of, tar, zip};
use rempart_engine::{Engine, EngineError, KNOWN_BAD_RULE, Limits, RuleProblem, Severity, Sources};
use std::path::Path;
use tempfile::TempDir;

const GOOD: &str =
    r#"rule Good { meta: severity = "high" description = "a test" strings: $a = "zebra" condition: $a }"#;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn load(folder: &Path) -> (Engine, Vec<RuleProblem>) {
    let sources = Sources {
        folder: Some(folder.to_owned()),
        ..Sources::default()
    };
    Engine::new(&sources, Limits::default()).unwrap()
}

fn known_bad(text: &str) -> Engine {
    let folder = folder(&[("known-bad", text.as_bytes())]);
    let sources = Sources {
        known_bad: Some(folder.path().join("known-bad")),
        ..Sources::default()
    };
    let (engine, problems) = Engine::new(&sources, Limits::default()).unwrap();
    assert_eq!(problems, []);
    engine
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    hex::encode(sha2::Sha256::digest(bytes))
}

#[test]
fn a_broken_rule_file_is_named_with_its_line_and_the_others_load() {
    let folder = folder(&[
        ("a.yar", GOOD.as_bytes()),
        (
            "b.yar",
            b"rule Half { condition: true }\nrule Broken {\n  condition: $missing\n}\n",
        ),
        ("c.YARA", b"rule Other { condition: false }"),
        ("d.yar", b"rule Not\xff { condition: true }"),
        ("e.yar", b"include \"a.yar\"\n"),
        ("f.txt", b"not looked at"),
    ]);
    let (engine, problems) = load(folder.path());
    let named: Vec<_> = problems
        .iter()
        .map(|problem| (problem.file.file_name().unwrap().to_str().unwrap(), problem.line))
        .collect();
    assert_eq!(
        named,
        [("b.yar", Some(3)), ("d.yar", Some(1)), ("e.yar", Some(1))]
    );
    assert!(problems.iter().all(|problem| !problem.message.is_empty()));
    assert_eq!(engine.rules(), 2, "a broken file is left out as a whole");
    assert_eq!(rules_of(&engine.scan_bytes(b"a zebra")), ["Good"]);
}

#[test]
fn rules_of_one_name_in_two_files_do_not_disturb_each_other() {
    let global = b"global rule Never { condition: false } rule Good { condition: true }";
    let folder = folder(&[("a.yar", global), ("b.yar", GOOD.as_bytes())]);
    let (engine, problems) = load(folder.path());
    assert_eq!(problems, []);
    assert_eq!(rules_of(&engine.scan_bytes(b"a zebra")), ["Good"]);
}

#[test]
fn a_match_says_how_bad_what_and_of_which_bytes() {
    let folder = folder(&[("a.yar", GOOD.as_bytes())]);
    let (engine, _) = load(folder.path());
    let verdict = engine.scan_bytes(b"a zebra");
    let found = &verdict.matches[0];
    assert_eq!(found.severity, Severity::High);
    assert_eq!(found.description.as_ref().unwrap().english, "a test");
    assert_eq!(hex::encode(found.sha256), sha256(b"a zebra"));
    let found = engine.scan_bytes(&zip(&[("z", b"one zebra")])).matches.remove(0);
    assert_eq!(
        hex::encode(found.sha256),
        sha256(b"one zebra"),
        "of the member, not of the archive"
    );
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let gone = tempfile::tempdir().unwrap().path().join("gone");
    for sources in [
        Sources {
            folder: Some(gone.clone()),
            ..Sources::default()
        },
        Sources {
            known_bad: Some(gone.clone()),
            ..Sources::default()
        },
    ] {
        let error = Engine::new(&sources, Limits::default()).err().unwrap();
        let EngineError::Unreadable { path, .. } = error;
        assert_eq!(path, gone);
    }
}

#[test]
fn known_bad_bytes_are_found_with_or_without_a_size_and_at_any_place() {
    let bad = b"a known bad file";
    let inner_tar = tar(&[("m", b"member")]);
    for size in [String::new(), format!(",{}", bad.len())] {
        let engine = known_bad(&format!("{}{size} Some name\n", sha256(bad)));
        assert_eq!(engine.known_bad(), 1);
        let found = engine.scan_bytes(bad).matches.remove(0);
        assert_eq!(
            (found.rule.as_str(), found.severity),
            (KNOWN_BAD_RULE, Severity::Critical)
        );
        assert_eq!(found.description.unwrap().english, "Some name");
        assert_eq!(hex::encode(found.sha256), sha256(bad));
        let inside = engine.scan_bytes(&tar(&[("a", &zip(&[("b", bad)]))]));
        assert_eq!(inside.matches[0].members, ["a", "b"]);
        assert!(engine.scan_bytes(b"a known bad fil_").is_clean());
    }
    // Archives themselves: on disk, and streamed inside another.
    let engine = known_bad(&sha256(&inner_tar));
    assert!(engine.scan_bytes(&inner_tar).matches[0].members.is_empty());
    assert_eq!(
        engine.scan_bytes(&zip(&[("t", &inner_tar)])).matches[0].members,
        ["t"]
    );
    assert_eq!(
        engine.scan_bytes(&crate::support::gzip(&inner_tar)).matches.len(),
        1
    );
}

#[test]
fn a_known_bad_file_too_large_to_hold_is_found() {
    let bad = vec![b'x'; 3 << 20];
    let folder = folder(&[
        ("bad", &bad),
        ("list", format!("{},{}", sha256(&bad), bad.len()).as_bytes()),
    ]);
    let sources = Sources {
        known_bad: Some(folder.path().join("list")),
        ..Sources::default()
    };
    let limits = Limits {
        whole_bytes: 1 << 20,
        ..Limits::default()
    };
    let (engine, _) = Engine::new(&sources, limits).unwrap();
    let file = std::fs::File::open(folder.path().join("bad")).unwrap();
    assert_eq!(rules_of(&engine.scan(&file).unwrap()), [KNOWN_BAD_RULE]);
}

#[test]
fn the_digest_is_the_rules_and_not_their_files() {
    let other = b"rule Other { condition: false }";
    let (one, _) = load(folder(&[("a.yar", GOOD.as_bytes()), ("b.yar", other)]).path());
    let (same, _) = load(folder(&[("1.yara", other), ("2.yar", GOOD.as_bytes())]).path());
    let (less, _) = load(folder(&[("a.yar", GOOD.as_bytes())]).path());
    assert_eq!(one.digest(), same.digest());
    assert_ne!(one.digest(), less.digest());
    let bad = [sha256(b"a"), sha256(b"b")];
    assert_ne!(known_bad(&bad[0]).digest(), known_bad(&bad[1]).digest());
    assert_eq!(
        known_bad(&bad.join("\n")).digest(),
        known_bad(&format!("# note\n{}\n{}", bad[1], bad[0])).digest()
    );
    assert_ne!(
        engine().digest(),
        Engine::new(&Sources::default(), Limits::default())
            .unwrap()
            .0
            .digest()
    );
}

#[test]
fn no_rules_find_nothing() {
    let (engine, problems) = Engine::new(&Sources::default(), Limits::default()).unwrap();
    assert_eq!((engine.rules(), problems.len()), (0, 0));
    assert!(engine.scan_bytes(&eicar()).is_clean());
    assert!(Engine::new(&built_in(), Limits::default()).unwrap().0.rules() > 30);
}
