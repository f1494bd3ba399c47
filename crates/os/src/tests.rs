use crate::{
    Attribute, Dir, Extent, Kind, Meta, Moment, attributes, data_extents, meta, owner_name, set_attribute,
    set_meta,
};
use proptest::prelude::*;
use std::{
    collections::BTreeSet,
    ffi::{OsStr, OsString},
    fs::{self, File},
    io::{self, ErrorKind, Seek, SeekFrom, Write},
    os::unix::{
        ffi::OsStringExt,
        fs::{PermissionsExt, symlink},
    },
    path::{Path, PathBuf},
};

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    (folder, path)
}

fn name(text: &str) -> &OsStr {
    OsStr::new(text)
}

fn all_names(dir: &Dir) -> BTreeSet<OsString> {
    let mut names = BTreeSet::new();
    loop {
        let batch = dir.next_entries().unwrap();
        if batch.is_empty() {
            return names;
        }
        names.extend(batch.into_iter().map(|entry| entry.name));
    }
}

#[test]
fn a_symbolic_link_anywhere_on_the_way_is_refused_and_named() {
    let (_folder, path) = place();
    fs::create_dir_all(path.join("real/inner")).unwrap();
    symlink(path.join("real"), path.join("link")).unwrap();
    fs::write(path.join("real/file"), "x").unwrap();
    symlink("file", path.join("real/link")).unwrap();
    assert!(Dir::open(&path.join("real/inner")).is_ok());
    let refused = Dir::open(&path.join("link/inner")).unwrap_err();
    assert!(refused.to_string().contains("link/inner"), "{refused}");
    let real = Dir::open(&path.join("real")).unwrap();
    assert!(real.open_file(name("file")).is_ok());
    assert_eq!(
        real.open_file(name("link")).unwrap_err().path,
        path.join("real/link")
    );
    assert!(Dir::open(&path).unwrap().open_dir(name("link")).is_err());
    for wrong in [Path::new("relative"), &path.join("real/../real")] {
        assert_eq!(Dir::open(wrong).unwrap_err().kind(), ErrorKind::InvalidInput);
    }
}

#[test]
fn an_open_folder_stays_the_same_folder_when_its_name_is_swapped() {
    let (_folder, path) = place();
    fs::create_dir(path.join("a")).unwrap();
    fs::write(path.join("a/file"), "ours").unwrap();
    let dir = Dir::open(&path.join("a")).unwrap();
    fs::rename(path.join("a"), path.join("b")).unwrap();
    symlink("/etc", path.join("a")).unwrap();
    let text = io::read_to_string(dir.open_file(name("file")).unwrap()).unwrap();
    assert_eq!(text, "ours");
}

#[test]
fn a_path_longer_than_any_system_call_takes_is_reached() {
    let (_folder, path) = place();
    let deep: PathBuf = (0..10).map(|_| "x".repeat(250)).collect();
    let (lower, upper) = (path.join("lower").join(&deep), path.join("upper").join(&deep));
    fs::create_dir_all(&lower).unwrap();
    fs::create_dir_all(&upper).unwrap();
    // Put together from two halves, because the whole is too long to be made by name.
    fs::rename(path.join("lower"), upper.join("lower")).unwrap();
    let whole = upper.join("lower").join(&deep);
    assert!(whole.as_os_str().len() > 4_500 && fs::metadata(&whole).is_err());
    let dir = Dir::open(&whole).unwrap();
    dir.create_file(name("file")).unwrap();
    assert_eq!(all_names(&dir), BTreeSet::from(["file".into()]));
    dir.unlink(name("file")).unwrap();
    fs::rename(upper.join("lower"), path.join("lower")).unwrap();
}

#[test]
fn opening_a_pipe_does_not_wait() {
    let (_folder, path) = place();
    let pipe = path.join("pipe");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
    let dir = Dir::open(&path).unwrap();
    let file = dir.open_file(name("pipe")).unwrap();
    assert_eq!(meta(&file, &pipe).unwrap().kind, Kind::Other);
}

#[test]
fn a_large_folder_is_listed_whole() {
    let (_folder, path) = place();
    let names: BTreeSet<OsString> = (0..3_000)
        .map(|n| format!("a rather long name {n}").into())
        .collect();
    names.iter().for_each(|name| {
        File::create(path.join(name)).unwrap();
    });
    assert_eq!(all_names(&Dir::open(&path).unwrap()), names);
}

#[test]
fn renaming_never_replaces() {
    let (_folder, path) = place();
    fs::write(path.join("one"), "1").unwrap();
    fs::write(path.join("two"), "2").unwrap();
    let dir = Dir::open(&path).unwrap();
    let refused = dir.rename_noreplace(name("one"), &dir, name("two")).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    dir.rename_noreplace(name("one"), &dir, name("three")).unwrap();
    assert_eq!(fs::read_to_string(path.join("two")).unwrap(), "2");
    assert_eq!(fs::read_to_string(path.join("three")).unwrap(), "1");
    assert_eq!(
        dir.create_file(name("two")).unwrap_err().kind(),
        ErrorKind::AlreadyExists
    );
    symlink("nowhere", path.join("dangling")).unwrap();
    assert_eq!(
        dir.create_file(name("dangling")).unwrap_err().kind(),
        ErrorKind::AlreadyExists
    );
}

#[test]
fn set_user_bits_and_nanoseconds_survive_a_change_of_owner() {
    let (_folder, path) = place();
    let file = File::create(path.join("file")).unwrap();
    let now = meta(&file, &path).unwrap();
    let root = now.uid == 0;
    let wanted = Meta {
        mode: 0o4755,
        uid: if root { 1234 } else { now.uid },
        gid: if root { 4321 } else { now.gid },
        accessed: Moment {
            seconds: -5,
            nanoseconds: 999_999_999,
        },
        modified: Moment {
            seconds: 1_700_000_000,
            nanoseconds: 123_456_789,
        },
        ..now
    };
    set_meta(&file, &wanted).unwrap();
    assert_eq!(meta(&file, &path).unwrap(), wanted);
}

#[test]
fn attributes_come_back_as_they_were_set() {
    let (_folder, path) = place();
    let file = File::create(path.join("file")).unwrap();
    let wanted = [
        ("user.a", vec![0, 1, 255]),
        ("user.empty", vec![]),
        ("user.long", vec![7; 3_000]),
    ];
    let wanted = wanted.map(|(name, value)| Attribute {
        name: name.into(),
        value,
    });
    for attribute in wanted.iter().rev() {
        match set_attribute(&file, &attribute.name, &attribute.value) {
            Err(error) if error.kind() == ErrorKind::Unsupported => return,
            set => set.unwrap(),
        }
    }
    assert_eq!(attributes(&file).unwrap(), wanted);
    fs::set_permissions(path.join("file"), fs::Permissions::from_mode(0o400)).unwrap();
    set_attribute(&file, name("user.a"), &[0, 1, 255]).unwrap();
}

#[test]
fn kernel_folders_are_told_from_stored_ones() {
    let (_folder, path) = place();
    assert!(!Dir::open(&path).unwrap().is_pseudo().unwrap());
    assert!(Dir::open(Path::new("/proc")).unwrap().is_pseudo().unwrap());
    assert!(Dir::open(Path::new("/sys")).unwrap().is_pseudo().unwrap());
}

#[test]
fn a_user_without_a_name_is_a_number() {
    assert_eq!(owner_name(0), "root");
    assert_eq!(owner_name(3_999_999_999), "3999999999");
}

#[test]
fn a_terabyte_of_nothing_has_little_data() {
    let (_folder, path) = place();
    let mut file = File::create_new(path.join("sparse")).unwrap();
    file.write_all(b"begin").unwrap();
    file.seek(SeekFrom::Start(1 << 40)).unwrap();
    file.write_all(b"end").unwrap();
    let size = (1 << 40) + 3;
    let extents = data_extents(&file, size, 100).unwrap();
    assert!(
        extents.iter().map(|extent| extent.length).sum::<u64>() < 1 << 20,
        "{extents:?}"
    );
    assert_eq!(extents.first().unwrap().start, 0);
    let last = extents.last().unwrap();
    assert_eq!(last.start + last.length, size);
    let one = data_extents(&file, size, 1).unwrap();
    assert_eq!(
        one,
        [Extent {
            start: 0,
            length: size
        }]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn names_are_bytes(names in proptest::collection::btree_set(
        proptest::collection::vec((1u8..=255).prop_filter("slash", |byte| *byte != b'/'), 1..40), 1..10)
    ) {
        let (_folder, path) = place();
        let names: BTreeSet<OsString> = names
            .into_iter()
            .map(OsString::from_vec)
            .filter(|name| name != "." && name != "..")
            .collect();
        let dir = Dir::open(&path).unwrap();
        for name in &names {
            dir.create_file(name).unwrap();
            prop_assert_eq!(dir.meta(name).unwrap().kind, Kind::File);
        }
        prop_assert_eq!(all_names(&dir), names);
    }
}
