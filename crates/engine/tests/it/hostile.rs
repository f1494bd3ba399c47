//! Files made to hurt whoever opens them.

use crate::nesting::replaced;
use crate::support::{eicar, eicar_at, engine, gzip, reasons, tar, with_limits, zip, zip_with};
use rempart_engine::{Limits, PartialReason};
use std::io::Write;
use std::time::Duration;

const MIB: u64 = 1 << 20;

/// A tar header as its fields say, right or wrong, with a right checksum.
fn header(name: &str, kind: tar::EntryType, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_cksum();
    header
}

fn zeros(mib: usize) -> Vec<u8> {
    vec![0; mib << 20]
}

#[test]
fn a_bomb_of_one_layer_is_stopped_by_its_ratio() {
    let bytes = gzip(&zeros(64));
    assert!(bytes.len() < MIB as usize);
    let verdict = engine().scan_bytes(&bytes);
    assert_eq!(reasons(&verdict), [PartialReason::Ratio]);
    assert!(verdict.bytes <= 20 * MIB, "{}", verdict.bytes);
    assert_eq!(verdict.matches, []);
    let verdict = engine().scan_bytes(&zip(&[("zeros", &zeros(64))]));
    assert!(reasons(&verdict).contains(&PartialReason::Ratio), "{verdict:?}");
    assert!(verdict.bytes <= 20 * MIB, "{}", verdict.bytes);
}

#[test]
fn a_small_file_of_zeros_is_no_bomb() {
    let verdict = engine().scan_bytes(&gzip(&zeros(4)));
    assert!(verdict.is_clean(), "{verdict:?}");
}

#[test]
fn a_bomb_of_many_layers_is_stopped_by_all_that_came_out() {
    // 16 × 16 × 16 members of 1 MiB: 4 GiB from a few kilobytes, none of them of a suspicious ratio alone.
    let mut bytes = zeros(1);
    for level in 0..3 {
        let names: Vec<String> = (0..16).map(|number| format!("{level}-{number}")).collect();
        let members: Vec<(&str, &[u8])> = names.iter().map(|name| (&name[..], &bytes[..])).collect();
        bytes = zip(&members);
    }
    let engine = with_limits(Limits {
        total_bytes: 32 * MIB,
        ..Limits::default()
    });
    let verdict = engine.scan_bytes(&bytes);
    assert!(verdict.bytes <= 32 * MIB, "{}", verdict.bytes);
    assert_eq!(reasons(&verdict), [PartialReason::Size]);
}

#[test]
fn overlapping_members_are_stopped_by_the_ratio_of_the_whole_archive() {
    // Every entry of the directory points at the same kilobytes.
    let names: Vec<String> = (0..200).map(|number| format!("{number:04}")).collect();
    let one = zip(&[("0000", &zeros(1))]);
    let directory = find(&one, b"PK\x01\x02");
    let end = find(&one, b"PK\x05\x06");
    let mut bytes = one[..directory].to_vec();
    for name in &names {
        bytes.extend(replaced(&one[directory..end], b"0000", name.as_bytes()));
    }
    let size = (bytes.len() - directory) as u32;
    let mut record = one[end..].to_vec();
    record[8..10].copy_from_slice(&200u16.to_le_bytes());
    record[10..12].copy_from_slice(&200u16.to_le_bytes());
    record[12..16].copy_from_slice(&size.to_le_bytes());
    bytes.extend(record);
    let engine = with_limits(Limits {
        ratio: 1_100,
        ..Limits::default()
    });
    let verdict = engine.scan_bytes(&bytes);
    assert_eq!(reasons(&verdict), [PartialReason::Ratio]);
    assert!(verdict.bytes < 40 * MIB, "{}", verdict.bytes);
}

fn find(bytes: &[u8], what: &[u8]) -> usize {
    bytes
        .windows(what.len())
        .rposition(|window| window == what)
        .unwrap()
}

#[test]
fn a_zip_that_lies_about_sizes_hides_nothing() {
    let eicar = eicar();
    let honest = zip(&[("e", &eicar)]);
    let (local, directory) = (0, find(&honest, b"PK\x01\x02"));
    for lie in [0u32, 1, 67, 69, u32::MAX - 1] {
        let mut bytes = honest.clone();
        bytes[local + 22..local + 26].copy_from_slice(&lie.to_le_bytes());
        bytes[directory + 24..directory + 28].copy_from_slice(&lie.to_le_bytes());
        let verdict = engine().scan_bytes(&bytes);
        assert_eq!(eicar_at(&verdict), [["e".to_owned()]], "{lie}");
    }
    for lie in [0u32, u32::MAX - 1] {
        let mut bytes = honest.clone();
        bytes[directory + 20..directory + 24].copy_from_slice(&lie.to_le_bytes());
        let verdict = engine().scan_bytes(&bytes);
        assert!(
            !eicar_at(&verdict).is_empty() || !verdict.partial.is_empty(),
            "{lie}"
        );
    }
}

#[test]
fn a_wrong_checksum_hides_nothing() {
    let eicar = eicar();
    let mut bytes = zip(&[("e", &eicar)]);
    let directory = find(&bytes, b"PK\x01\x02");
    bytes[directory + 16] ^= 1;
    bytes[14] ^= 1;
    assert_eq!(eicar_at(&engine().scan_bytes(&bytes)).len(), 1);
    let mut bytes = gzip(&eicar);
    let checksum = bytes.len() - 8;
    bytes[checksum] ^= 1;
    let verdict = engine().scan_bytes(&bytes);
    assert_eq!(eicar_at(&verdict).len(), 1);
    assert_eq!(reasons(&verdict), [PartialReason::Damaged]);
}

#[test]
fn encrypted_and_unknown_members_are_said_to_be_unseen() {
    let mut encrypted = zip(&[("a", b"secret"), ("b", &eicar())]);
    let directory = encrypted
        .windows(4)
        .position(|window| window == b"PK\x01\x02")
        .unwrap();
    encrypted[directory + 8] |= 1;
    let verdict = engine().scan_bytes(&encrypted);
    assert_eq!(reasons(&verdict), [PartialReason::Encrypted]);
    assert_eq!(
        eicar_at(&verdict),
        [["b".to_owned()]],
        "the other member is looked at"
    );

    let mut unknown = zip_with(zip::CompressionMethod::Stored, &[("a", b"packed some other way")]);
    let directory = find(&unknown, b"PK\x01\x02");
    unknown[directory + 10] = 95;
    assert_eq!(
        reasons(&engine().scan_bytes(&unknown)),
        [PartialReason::Unsupported]
    );
}

#[test]
fn a_member_larger_than_the_limit_is_looked_at_as_far_as_it_goes() {
    let engine = with_limits(Limits {
        member_bytes: 1_000,
        ..Limits::default()
    });
    let script = format!("<?php @eval{}_POST['x']); ?>\n", "($");
    let early = [script.as_bytes(), &[b' '; 2_000]].concat();
    let late = [&[b' '; 2_000], script.as_bytes()].concat();
    for pack in [gzip, |bytes: &[u8]| zip(&[("a", bytes)])] {
        let verdict = engine.scan_bytes(&pack(&early));
        assert_eq!(
            (verdict.matches.len(), reasons(&verdict)),
            (1, vec![PartialReason::Size])
        );
        let verdict = engine.scan_bytes(&pack(&late));
        assert_eq!(
            (verdict.matches.len(), reasons(&verdict)),
            (0, vec![PartialReason::Size])
        );
        assert!(verdict.bytes <= 1_000);
    }
    let exactly = engine.scan_bytes(&gzip(&[b' '; 1_000]));
    assert!(exactly.is_clean(), "{exactly:?}");
}

#[test]
fn members_held_inside_each_other_share_one_limit() {
    let engine = with_limits(Limits {
        held_bytes: 3 * MIB,
        ..Limits::default()
    });
    let stored = |bytes: &[u8]| zip_with(zip::CompressionMethod::Stored, &[("a", bytes)]);
    let noise: Vec<u8> = (0..2 * MIB as u32)
        .map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let verdict = engine.scan_bytes(&stored(&stored(&stored(&noise))));
    assert!(reasons(&verdict).contains(&PartialReason::Size), "{verdict:?}");
}

#[test]
fn too_many_members_are_too_many() {
    let engine = with_limits(Limits {
        members: 10,
        ..Limits::default()
    });
    let names: Vec<String> = (0..11).map(|number| number.to_string()).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (&name[..], &b"x"[..])).collect();
    for pack in [tar, zip] {
        assert!(engine.scan_bytes(&pack(&members[..10])).is_clean());
        assert_eq!(
            reasons(&engine.scan_bytes(&pack(&members))),
            [PartialReason::Members]
        );
    }
}

#[test]
fn absurd_tar_headers_are_survived() {
    let huge = [
        header("huge", tar::EntryType::Regular, u64::MAX / 2).as_bytes(),
        &b"short"[..],
    ]
    .concat();
    let verdict = engine().scan_bytes(&huge);
    assert_eq!(reasons(&verdict), [PartialReason::Damaged]);

    let mut nonsense = header("nonsense", tar::EntryType::Regular, 0);
    nonsense.as_old_mut().size = *b"99999999999\0";
    nonsense.set_cksum();
    assert_eq!(
        reasons(&engine().scan_bytes(nonsense.as_bytes())),
        [PartialReason::Damaged]
    );

    // A gigabyte of name, were it believed.
    let mut endless = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    endless
        .write_all(header("././@LongLink", tar::EntryType::GNULongName, 1 << 30).as_bytes())
        .unwrap();
    for _ in 0..24 {
        endless.write_all(&zeros(1)).unwrap();
    }
    let verdict = engine().scan_bytes(&endless.finish().unwrap());
    assert_eq!(reasons(&verdict), [PartialReason::Damaged]);
}

#[test]
fn a_sparse_member_of_gigabytes_is_looked_at_in_part() {
    let mut header = header("sparse", tar::EntryType::GNUSparse, 0);
    let gnu = header.as_gnu_mut().unwrap();
    gnu.set_real_size(1 << 32);
    set_octal(&mut gnu.sparse[0].offset, 1 << 32);
    set_octal(&mut gnu.sparse[0].numbytes, 0);
    header.set_cksum();
    let bytes = [header.as_bytes(), &[0; 1024][..]].concat();
    let verdict = engine().scan_bytes(&bytes);
    assert!(!verdict.partial.is_empty(), "{verdict:?}");
    assert!(verdict.bytes <= 64 * MIB, "{}", verdict.bytes);
}

fn set_octal(field: &mut [u8; 12], value: u64) {
    let text = format!("{value:011o}\0");
    field.copy_from_slice(text.as_bytes());
}

#[test]
fn no_time_means_partial_and_no_match() {
    let engine = with_limits(Limits {
        time: Duration::ZERO,
        ..Limits::default()
    });
    for bytes in [eicar(), zip(&[("e", &eicar())])] {
        let verdict = engine.scan_bytes(&bytes);
        assert_eq!(
            (verdict.matches.len(), reasons(&verdict)),
            (0, vec![PartialReason::Time])
        );
    }
}

#[test]
fn a_file_that_matches_without_end_is_cut_short() {
    let engine = with_limits(Limits {
        matches: 3,
        ..Limits::default()
    });
    let eicar = eicar();
    let names: Vec<String> = (0..9).map(|number| number.to_string()).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (&name[..], &eicar[..])).collect();
    let verdict = engine.scan_bytes(&tar(&members));
    assert_eq!(
        (verdict.matches.len(), reasons(&verdict)),
        (3, vec![PartialReason::Matches])
    );
}
