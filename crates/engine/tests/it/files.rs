//! Files on disk: large, sparse, shrinking, and not files at all.

use crate::support::{eicar, eicar_at, engine, reasons, rules_of, with_limits, zip};
use rempart_engine::{Limits, PartialReason, ScanError};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

const MIB: u64 = 1 << 20;

fn script() -> String {
    format!("<?php @eval{}_POST['x']); ?>\n", "($")
}

fn put(file: &mut File, at: u64, bytes: &[u8]) {
    file.seek(SeekFrom::Start(at)).unwrap();
    file.write_all(bytes).unwrap();
}

/// A rule that asks no size, so that it can match in windows.
fn marker_engine(limits: Limits, rule: &str) -> rempart_engine::Engine {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("r.yar"), rule).unwrap();
    let sources = rempart_engine::Sources {
        folder: Some(folder.path().to_owned()),
        ..Default::default()
    };
    let (engine, problems) = rempart_engine::Engine::new(&sources, limits).unwrap();
    assert_eq!(problems, []);
    engine
}

const MARKER: &str = r#"rule Marker { strings: $a = "needle in the hay" condition: $a }"#;

#[test]
fn a_needle_is_found_wherever_it_lies_in_a_large_file() {
    let engine = marker_engine(
        Limits {
            whole_bytes: MIB,
            ..Limits::default()
        },
        MARKER,
    );
    // Across the edges of windows, at either end, and in the middle.
    for at in [
        0,
        4 * MIB - 5,
        4 * MIB,
        8 * MIB - (64 << 10) - 8,
        9 * MIB + 77,
        12 * MIB - 17,
    ] {
        let mut file = tempfile::tempfile().unwrap();
        file.set_len(12 * MIB).unwrap();
        put(&mut file, at, b"needle in the hay");
        let verdict = engine.scan(&file).unwrap();
        assert_eq!(rules_of(&verdict), ["Marker"], "at {at}");
        assert_eq!((verdict.bytes, verdict.partial.len()), (12 * MIB, 0));
    }
}

#[test]
fn the_edge_of_a_window_is_not_the_edge_of_the_file() {
    // `fullword` and offset 0 are true at the beginning of a window, but not of the file.
    let rule =
        r#"rule Edge { strings: $a = "needle" fullword $b = /^needle/ condition: $a or $b or $a at 0 }"#;
    let engine = marker_engine(
        Limits {
            whole_bytes: MIB,
            ..Limits::default()
        },
        rule,
    );
    let mut file = tempfile::tempfile().unwrap();
    file.set_len(12 * MIB).unwrap();
    for window in 1..3 {
        put(&mut file, window * (4 * MIB - (64 << 10)) - 1, b"xneedle");
    }
    assert_eq!(rules_of(&engine.scan(&file).unwrap()), [""; 0]);
}

#[test]
fn conditions_on_places_in_a_large_file_read_those_places() {
    let rule = r#"import "hash" rule Places { condition: uint32(0) == 0x44434241 and uint16(9437184) == 0x4241
        and hash.sha256(4194300, 8) != "" }"#;
    let engine = marker_engine(
        Limits {
            whole_bytes: MIB,
            ..Limits::default()
        },
        rule,
    );
    let mut file = tempfile::tempfile().unwrap();
    file.set_len(12 * MIB).unwrap();
    put(&mut file, 0, b"ABCD");
    put(&mut file, 9 * MIB, b"AB");
    assert_eq!(rules_of(&engine.scan(&file).unwrap()), ["Places"]);
}

#[test]
fn of_a_sparse_terabyte_the_beginning_and_the_end_are_looked_at() {
    let limits = Limits {
        file_bytes: 64 * MIB,
        ..Limits::default()
    };
    let engine = marker_engine(limits, MARKER);
    let mut file = tempfile::tempfile().unwrap();
    if file.set_len(1 << 40).is_err() {
        // A file system without such files has nothing to survive.
        return;
    }
    let verdict = engine.scan(&file).unwrap();
    assert_eq!(
        (verdict.matches.len(), reasons(&verdict)),
        (0, vec![PartialReason::Size])
    );
    assert_eq!(verdict.bytes, 64 * MIB);
    put(&mut file, (1 << 40) - 2_000, b"needle in the hay");
    assert_eq!(rules_of(&engine.scan(&file).unwrap()), ["Marker"]);
    put(&mut file, (1 << 40) - 2_000, b"______ __ ___ ___");
    put(&mut file, 1 << 39, b"needle in the hay");
    assert_eq!(rules_of(&engine.scan(&file).unwrap()), [""; 0]);
}

#[test]
fn a_large_archive_is_opened_from_the_disk() {
    let engine = with_limits(Limits {
        whole_bytes: 100,
        ..Limits::default()
    });
    let eicar = eicar();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&zip(&[("a", &vec![b' '; 100_000]), ("e", &eicar)]))
        .unwrap();
    let verdict = engine.scan(&file).unwrap();
    assert_eq!(eicar_at(&verdict), [["e".to_owned()]]);
    assert_eq!(verdict.bytes, 100_068);
}

#[test]
fn a_file_is_read_from_its_beginning_wherever_its_cursor_is() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&eicar()).unwrap();
    assert_eq!(eicar_at(&engine().scan(&file).unwrap()).len(), 1);
    assert_eq!(eicar_at(&engine().scan(&file).unwrap()).len(), 1);
}

#[test]
fn an_empty_file_is_clean() {
    let verdict = engine().scan(&tempfile::tempfile().unwrap()).unwrap();
    assert!(verdict.is_clean());
    assert_eq!(verdict.bytes, 0);
}

#[test]
fn a_folder_is_an_error_and_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let file = File::open(folder.path()).unwrap();
    assert!(matches!(engine().scan(&file), Err(ScanError::NotRegular)));
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_and_no_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("write-only");
    std::fs::write(&path, eicar()).unwrap();
    let file = File::options().write(true).open(&path).unwrap();
    assert!(matches!(engine().scan(&file), Err(ScanError::Io(_))));
    let in_windows = with_limits(Limits {
        whole_bytes: 0,
        ..Limits::default()
    });
    assert!(matches!(in_windows.scan(&file), Err(ScanError::Io(_))));
}

#[test]
fn files_that_change_while_they_are_read_get_a_verdict() {
    let engine = marker_engine(
        Limits {
            whole_bytes: MIB,
            ..Limits::default()
        },
        MARKER,
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changing");
    std::fs::write(&path, vec![b'a'; 9 << 20]).unwrap();
    let writer = File::options().write(true).open(&path).unwrap();
    std::thread::scope(|scope| {
        let scan = scope.spawn(|| {
            for _ in 0..30 {
                let verdict = engine.scan(&File::open(&path).unwrap()).unwrap();
                assert_eq!(verdict.matches, []);
                assert!(
                    verdict
                        .partial
                        .iter()
                        .all(|partial| partial.why == PartialReason::Changed),
                    "{verdict:?}"
                );
            }
        });
        let mut len = 0;
        while !scan.is_finished() {
            len = (len + 700_001) % (10 * MIB);
            writer.set_len(len).unwrap();
        }
    });
}

#[test]
fn one_engine_serves_several_threads() {
    let script = script();
    let files: Vec<Vec<u8>> = vec![
        eicar(),
        script.into_bytes(),
        b"harmless".to_vec(),
        zip(&[("e", &eicar())]),
    ];
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let found: Vec<usize> = files
                        .iter()
                        .map(|bytes| engine().scan_bytes(bytes).matches.len())
                        .collect();
                    assert_eq!(found, [1, 1, 0, 1]);
                }
            });
        }
    });
}
