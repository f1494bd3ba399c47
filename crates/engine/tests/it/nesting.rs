//! Archives inside archives, in any order.

use crate::support::{eicar, eicar_at, engine, gzip, gzip_named, reasons, tar, with_limits, zip};
use proptest::prelude::*;
use rempart_engine::{Limits, PartialReason, UNNAMED};

#[derive(Debug, Clone, Copy)]
enum Wrap {
    Zip,
    Gzip,
    NamedGzip,
    Tar,
}

impl Wrap {
    /// The wrapped bytes, and what the member is called inside.
    fn around(self, bytes: &[u8], level: usize) -> (Vec<u8>, String) {
        let name = format!("dossier é/niveau {level}");
        let others: (&str, &[u8]) = ("lisez-moi.txt", b"rien");
        match self {
            Self::Zip => (zip(&[others, (&name, bytes)]), name),
            Self::Tar => (tar(&[others, (&name, bytes)]), name),
            Self::Gzip => (gzip(bytes), UNNAMED.to_owned()),
            Self::NamedGzip => (gzip_named("niveau", bytes), "niveau".to_owned()),
        }
    }
}

fn wraps(most: usize) -> impl Strategy<Value = Vec<Wrap>> {
    let wrap = prop_oneof![
        Just(Wrap::Zip),
        Just(Wrap::Gzip),
        Just(Wrap::NamedGzip),
        Just(Wrap::Tar)
    ];
    proptest::collection::vec(wrap, 0..=most)
}

fn wrapped(wraps: &[Wrap]) -> (Vec<u8>, Vec<String>) {
    let (mut bytes, mut names) = (eicar(), Vec::new());
    for (level, wrap) in wraps.iter().enumerate() {
        let name;
        (bytes, name) = wrap.around(&bytes, level);
        names.insert(0, name);
    }
    (bytes, names)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_test_file_is_found_at_its_place_however_it_is_wrapped(wraps in wraps(8)) {
        let (bytes, names) = wrapped(&wraps);
        let verdict = engine().scan_bytes(&bytes);
        prop_assert_eq!(eicar_at(&verdict), [&names[..]]);
        prop_assert_eq!(verdict.partial, []);
        prop_assert_eq!(verdict.matches.len(), 1);
    }

    #[test]
    fn beyond_the_depth_limit_it_is_not_found_and_that_is_said(wraps in wraps(7), depth in 0u32..7) {
        let engine = with_limits(Limits { depth, ..Limits::default() });
        let (bytes, names) = wrapped(&wraps);
        let verdict = engine.scan_bytes(&bytes);
        if wraps.len() <= depth as usize {
            prop_assert_eq!(eicar_at(&verdict), [&names[..]]);
            prop_assert_eq!(reasons(&verdict), []);
        } else {
            prop_assert_eq!(verdict.matches, []);
            prop_assert_eq!(verdict.partial.len(), 1);
            prop_assert_eq!(verdict.partial[0].why, PartialReason::Depth);
            prop_assert_eq!(&verdict.partial[0].members[..], &names[..depth as usize]);
        }
    }

    #[test]
    fn a_file_and_its_bytes_get_the_same_verdict(wraps in wraps(4), in_windows in any::<bool>()) {
        let whole_bytes = if in_windows { 0 } else { 1 << 20 };
        let engine = with_limits(Limits { whole_bytes, ..Limits::default() });
        let (bytes, _) = wrapped(&wraps);
        let mut file = tempfile::tempfile()?;
        std::io::Write::write_all(&mut file, &bytes)?;
        let verdict = engine.scan(&file).map_err(|error| TestCaseError::fail(error.to_string()))?;
        // In windows a file has no size that a rule could ask for, and the test file's rule asks.
        if !(in_windows && wraps.is_empty()) {
            prop_assert_eq!(verdict, engine.scan_bytes(&bytes));
        }
    }

    #[test]
    fn what_is_cut_or_corrupted_never_panics_and_is_never_found_by_failing(
        wraps in wraps(4),
        cut in any::<prop::sample::Index>(),
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let (mut bytes, names) = wrapped(&wraps);
        for (at, byte) in &flips {
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
        }
        bytes.truncate(bytes.len() - cut.index(bytes.len()) / 2);
        let verdict = engine().scan_bytes(&bytes);
        prop_assert!(!reasons(&verdict).contains(&PartialReason::Internal));
        for found in &verdict.matches {
            prop_assert_eq!(&found.rule, crate::support::EICAR);
            prop_assert_eq!(found.members.len(), names.len());
            prop_assert_eq!(found.sha256, sha256(&eicar()), "only the whole test file is the test file");
        }
    }

    #[test]
    fn any_bytes_never_panic_and_never_match(
        head in prop_oneof![
            Just(&b"PK\x03\x04"[..]), Just(&b"PK\x05\x06"[..]), Just(&[0x1f, 0x8b, 8][..]), Just(&b""[..]),
        ],
        bytes in proptest::collection::vec(any::<u8>(), 0..3_000),
    ) {
        let verdict = engine().scan_bytes(&[head, &bytes].concat());
        prop_assert_eq!(&verdict.matches, &[]);
        prop_assert!(!reasons(&verdict).contains(&PartialReason::Internal));
    }
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).into()
}

#[test]
fn the_stack_carries_the_greatest_depth_there_is() {
    let engine = with_limits(Limits {
        depth: u32::MAX,
        ..Limits::default()
    });
    let order = [Wrap::Tar, Wrap::Gzip, Wrap::Zip, Wrap::NamedGzip];
    let wraps: Vec<Wrap> = order.into_iter().cycle().take(32).collect();
    let (bytes, names) = wrapped(&wraps);
    assert_eq!(eicar_at(&engine.scan_bytes(&bytes)), [&names[..]]);
    let verdict = engine.scan_bytes(&gzip(&bytes));
    assert_eq!(
        (verdict.matches.len(), reasons(&verdict)),
        (0, vec![PartialReason::Depth])
    );
}

#[test]
fn several_gzip_streams_are_one_member() {
    let eicar = eicar();
    let bytes = [gzip(&eicar[..30]), gzip(&eicar[30..])].concat();
    let verdict = engine().scan_bytes(&bytes);
    assert_eq!(eicar_at(&verdict), [[UNNAMED.to_owned()]]);
    assert_eq!(verdict.partial, []);
}

#[test]
fn a_zip_behind_a_program_is_opened() {
    let eicar = eicar();
    let bytes = [b"#!/bin/sh\nexec unzip $0\n", &zip(&[("e", &eicar)])[..]].concat();
    assert_eq!(eicar_at(&engine().scan_bytes(&bytes)), [["e".to_owned()]]);
}

#[test]
fn two_members_of_one_name_are_both_looked_at() {
    let eicar = eicar();
    let same = zip(&[("name-a", &eicar), ("name-b", b"harmless")]);
    let same = replaced(&same, b"name-b", b"name-a");
    assert_eq!(eicar_at(&engine().scan_bytes(&same)), [["name-a".to_owned()]]);
    let other_way = zip(&[("name-a", b"harmless"), ("name-b", &eicar)]);
    let other_way = replaced(&other_way, b"name-b", b"name-a");
    assert_eq!(
        eicar_at(&engine().scan_bytes(&other_way)),
        [["name-a".to_owned()]]
    );
}

#[test]
fn names_that_are_not_utf8_do_not_hide_a_member() {
    let eicar = eicar();
    let in_zip = replaced(&zip(&[("na-me", &eicar)]), b"na-me", b"na\xffme");
    let in_tar = {
        let mut header = tar::Header::new_old();
        header.as_old_mut().name[..5].copy_from_slice(b"na\xffme");
        header.set_size(eicar.len() as u64);
        header.set_entry_type(tar::EntryType::Regular);
        header.set_cksum();
        let mut builder = tar::Builder::new(Vec::new());
        builder.append(&header, &eicar[..]).unwrap();
        builder.into_inner().unwrap()
    };
    for bytes in [in_zip, in_tar] {
        let verdict = engine().scan_bytes(&bytes);
        let at = eicar_at(&verdict);
        assert_eq!(at.len(), 1);
        assert!(at[0][0].starts_with("na") && at[0][0].ends_with("me"), "{at:?}");
    }
}

#[test]
fn a_rule_that_matched_inside_an_archive_is_not_told_again_of_the_archive() {
    let script = format!("<?php @eval{}_POST['x']); ?>\n", "($");
    let stored = zip::CompressionMethod::Stored;
    for bytes in [
        crate::support::zip_with(stored, &[("a.php", script.as_bytes())]),
        tar(&[("a.php", script.as_bytes())]),
    ] {
        let verdict = engine().scan_bytes(&bytes);
        assert_eq!(verdict.matches.len(), 1, "{verdict:?}");
        assert_eq!(verdict.matches[0].members, ["a.php"]);
    }
}

#[test]
fn a_script_hidden_behind_an_archive_is_found_in_the_file_itself() {
    let script = format!("<?php @eval{}_POST['x']); ?>\n", "($");
    for bytes in [
        gzip(b"harmless"),
        tar(&[("a", b"harmless")]),
        zip(&[("a", b"harmless")]),
    ] {
        let verdict = engine().scan_bytes(&[&bytes[..], script.as_bytes()].concat());
        assert_eq!(verdict.matches.len(), 1, "{verdict:?}");
        assert!(verdict.matches[0].members.is_empty());
    }
}

pub(crate) fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while at + from.len() <= bytes.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
        at += 1;
    }
    bytes
}
