use super::*;
use crate::quarantine::seal::CHUNK;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::os::unix::{
    ffi::OsStringExt,
    fs::{FileExt, MetadataExt, PermissionsExt},
};

#[test]
fn a_file_comes_back_exactly_as_it_was() {
    let computer = Computer::new();
    let store = computer.store();
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 17] {
        let path = computer.file(OsString::from_vec(b"caf\xe9 \n".to_vec()), &pattern(length));
        let before = snapshot(&path);
        let report = take(&store, &path).unwrap();
        assert!(!path.exists() && computer.names().is_empty());
        assert_eq!(report.sha256, hex::encode(Sha256::digest(pattern(length))));
        assert_eq!(
            (report.size, report.rules.as_slice()),
            (length as u64, &["a_rule".to_owned()][..])
        );
        assert_eq!(report.path.to_path().unwrap(), path);
        let listed = computer.store().list().unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].report, report);
        assert_eq!(listed[0].taken_at, Noon.now());
        assert_eq!(store.restore(report.item, None).unwrap(), path);
        assert_eq!(snapshot(&path), before, "{length} bytes");
        assert_eq!(store.list().unwrap(), []);
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn what_is_held_cannot_be_read_and_is_its_owners_alone() {
    let computer = Computer::new();
    let secret = b"a very recognisable sentence";
    let path = computer.file("recognisable-name", secret);
    take(&computer.store(), &path).unwrap();
    for entry in fs::read_dir(computer.state.path().join("quarantine")).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o7777, 0o600);
        let bytes = fs::read(entry.path()).unwrap();
        assert!(
            !bytes
                .windows(10)
                .any(|window| secret.windows(10).any(|part| part == window))
        );
        assert!(!bytes.windows(11).any(|window| window == b"recognisabl"));
    }
    let key = fs::metadata(computer.state.path().join("quarantine.key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o7777, 0o600);
}

#[test]
fn holes_stay_holes() {
    let computer = Computer::new();
    let store = computer.store();
    let path = computer.files.join("sparse");
    let file = File::create(&path).unwrap();
    for at in [0, 3 << 20, 20 << 20] {
        file.write_all_at(&pattern(100_000), at).unwrap();
    }
    file.set_len(30 << 20).unwrap();
    let before = fs::metadata(&path).unwrap();
    assert!(before.blocks() * 512 < 4 << 20, "the file system keeps holes");
    let digest = |path: &Path| hex::encode(Sha256::digest(fs::read(path).unwrap()));
    let sum = digest(&path);
    let report = take(&store, &path).unwrap();
    assert_eq!(report.sha256, sum);
    let held = fs::read_dir(computer.state.path().join("quarantine"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert!(held.metadata().unwrap().len() < 4 << 20);
    store.restore(report.item, None).unwrap();
    let after = fs::metadata(&path).unwrap();
    assert_eq!(digest(&path), sum);
    assert_eq!(after.len(), before.len());
    assert!(
        after.blocks() <= before.blocks() + 64,
        "{} {}",
        after.blocks(),
        before.blocks()
    );
}

#[test]
fn a_hard_link_is_taken_under_its_name_only() {
    let computer = Computer::new();
    let store = computer.store();
    let path = computer.file("one", b"contents");
    fs::hard_link(&path, computer.files.join("two")).unwrap();
    let report = take(&store, &path).unwrap();
    assert_eq!(computer.names(), ["two"]);
    assert_eq!(fs::read(computer.files.join("two")).unwrap(), b"contents");
    store.restore(report.item, None).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"contents");
}

#[test]
fn a_file_can_be_restored_elsewhere() {
    let computer = Computer::new();
    let store = computer.store();
    let path = computer.file("one", b"contents");
    let before = snapshot(&path);
    let item = take(&store, &path).unwrap().item;
    let elsewhere = computer.files.join("elsewhere");
    assert_eq!(store.restore(item, Some(&elsewhere)).unwrap(), elsewhere);
    assert_eq!(snapshot(&elsewhere), before);
    assert_eq!(computer.names(), ["elsewhere"]);
}

#[test]
fn deleting_is_for_good() {
    let computer = Computer::new();
    let store = computer.store();
    let item = take(&store, &computer.file("one", b"x")).unwrap().item;
    store.delete(item).unwrap();
    assert_eq!(store.list().unwrap(), []);
    assert_eq!(store.restore(item, None).unwrap_err().code(), "item_unknown");
    assert_eq!(store.delete(item).unwrap_err().code(), "item_unknown");
    let left = fs::read_dir(computer.state.path().join("quarantine"))
        .unwrap()
        .count();
    assert_eq!(left, 0);
}

#[test]
fn an_item_is_named_by_the_beginning_or_the_end_of_its_id() {
    let computer = Computer::new();
    let store = computer.store();
    let one = take(&store, &computer.file("one", b"1")).unwrap().item;
    let two = take(&store, &computer.file("two", b"2")).unwrap().item;
    let whole = one.to_string();
    assert_eq!(store.find(&whole).unwrap(), one);
    assert_eq!(store.find(&whole[whole.len() - 6..].to_uppercase()).unwrap(), one);
    assert!(
        matches!(store.find(&whole[..8]), Err(FindError::Ambiguous(_))),
        "same moment, same beginning"
    );
    assert!(matches!(store.find("abc"), Err(FindError::Unknown(_))));
    assert!(matches!(store.find(""), Err(FindError::Unknown(_))));
    store.delete(two).unwrap();
    assert_eq!(store.find(&whole[..8]).unwrap(), one);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_change_of_an_items_file_is_noticed_and_nothing_is_restored(at: prop::sample::Index, bit in 0u8..8) {
        let computer = Computer::in_memory();
        let store = computer.store();
        let path = computer.file("one", &pattern(CHUNK + 100));
        let item = take(&store, &path).unwrap().item;
        let held = computer.state.path().join("quarantine").join(Stage::Held.name(item));
        let mut bytes = fs::read(&held).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        fs::write(&held, &bytes).unwrap();
        prop_assert_eq!(store.restore(item, None).unwrap_err().code(), "item_damaged");
        prop_assert!(computer.names().is_empty());
        prop_assert_eq!(fs::read(&held).unwrap(), bytes);
        prop_assert!(store.delete(item).is_ok());
    }
}

#[test]
fn items_cannot_be_swapped_or_cut() {
    let computer = Computer::in_memory();
    let store = computer.store();
    let one = take(&store, &computer.file("one", b"1")).unwrap().item;
    let two = take(&store, &computer.file("two", b"2")).unwrap().item;
    let held = |item| {
        computer
            .state
            .path()
            .join("quarantine")
            .join(Stage::Held.name(item))
    };
    fs::copy(held(one), held(two)).unwrap();
    assert_eq!(store.restore(two, None).unwrap_err().code(), "item_damaged");
    let contents = store.contents().unwrap();
    assert_eq!((contents.items.len(), contents.damaged.len()), (1, 1));
    let whole = fs::read(held(one)).unwrap();
    for length in 0..whole.len() {
        fs::write(held(one), &whole[..length]).unwrap();
        assert_eq!(
            store.restore(one, None).unwrap_err().code(),
            "item_damaged",
            "{length}"
        );
    }
}
