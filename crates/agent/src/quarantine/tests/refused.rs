use super::*;
use std::os::unix::fs::symlink;

/// Does something just before the nth step of a kind.
struct Meanwhile<F> {
    step: &'static str,
    skip: std::sync::atomic::AtomicUsize,
    deed: F,
}

impl<F: Fn() + Send + Sync> Fault for Meanwhile<F> {
    fn before(&self, step: &'static str) -> std::io::Result<()> {
        use std::sync::atomic::Ordering::SeqCst;
        let left = || {
            self.skip
                .fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1))
                .is_ok()
        };
        if step == self.step && !left() {
            self.skip.store(usize::MAX, SeqCst);
            (self.deed)();
        }
        Ok(())
    }
}

fn meanwhile<F: Fn() + Send + Sync + 'static>(
    computer: &Computer,
    step: &'static str,
    skip: usize,
    deed: F,
) -> Store {
    let skip = skip.into();
    computer.store_with(Meanwhile { step, skip, deed }).unwrap()
}

#[test]
fn a_file_put_in_its_place_during_the_move_is_given_back_untouched() {
    let computer = Computer::new();
    let path = computer.file("one", b"bad");
    let (from, kept) = (path.clone(), computer.files.join("kept"));
    // The second rename is the one that takes the name away.
    let store = meanwhile(&computer, "rename", 1, move || {
        fs::rename(&from, &kept).unwrap();
        fs::write(&from, b"innocent").unwrap();
    });
    assert_eq!(take(&store, &path).unwrap_err().code(), "file_changed");
    assert_eq!(computer.names(), ["kept", "one"]);
    assert_eq!(fs::read(&path).unwrap(), b"innocent");
    assert_eq!(computer.store().list().unwrap(), []);
}

#[test]
fn a_symbolic_link_put_in_its_place_leads_nowhere() {
    let computer = Computer::new();
    let path = computer.file("one", b"bad");
    let victim = computer.files.join("victim");
    fs::write(&victim, b"precious").unwrap();
    let (from, target) = (path.clone(), victim.clone());
    let store = meanwhile(&computer, "rename", 1, move || {
        fs::remove_file(&from).unwrap();
        symlink(&target, &from).unwrap();
    });
    assert_eq!(take(&store, &path).unwrap_err().code(), "file_changed");
    assert_eq!(fs::read(&victim).unwrap(), b"precious");
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
}

#[test]
fn a_folder_swapped_for_a_symbolic_link_does_not_lead_elsewhere() {
    let computer = Computer::new();
    fs::create_dir(computer.files.join("a")).unwrap();
    fs::create_dir(computer.files.join("b")).unwrap();
    let path = computer.file("a/one", b"bad");
    fs::write(computer.files.join("b/one"), b"precious").unwrap();
    let file = open(&path);
    fs::rename(computer.files.join("a"), computer.files.join("c")).unwrap();
    symlink("b", computer.files.join("a")).unwrap();
    assert!(computer.store().take(&file, &path, &[]).is_err());
    assert_eq!(fs::read(computer.files.join("b/one")).unwrap(), b"precious");
    assert_eq!(fs::read(computer.files.join("c/one")).unwrap(), b"bad");
}

#[test]
fn a_file_written_while_it_is_read_stays() {
    let computer = Computer::new();
    let path = computer.file("one", &pattern(300_000));
    let from = path.clone();
    let store = meanwhile(&computer, "write", 3, move || fs::write(&from, b"other").unwrap());
    assert_eq!(take(&store, &path).unwrap_err().code(), "file_changed");
    assert_eq!(fs::read(&path).unwrap(), b"other");
    let left = fs::read_dir(computer.state.path().join("quarantine"))
        .unwrap()
        .count();
    assert_eq!(left, 0);
}

#[test]
fn a_terabyte_is_left_where_it_is() {
    let computer = Computer::new();
    let path = computer.files.join("huge");
    File::create(&path).unwrap().set_len(1 << 40).unwrap();
    assert_eq!(take(&computer.store(), &path).unwrap_err().code(), "file_too_big");
    assert!(path.exists());
}

#[test]
fn a_restore_overwrites_nothing_and_says_why() {
    let computer = Computer::new();
    let path = computer.file("one", b"bad");
    let store = computer.store();
    let item = take(&store, &path).unwrap().item;
    for make in [
        |path: &Path| fs::write(path, b"mine").unwrap(),
        |path: &Path| symlink("x", path).unwrap(),
    ] {
        make(&path);
        let error = store.restore(item, None).unwrap_err();
        assert_eq!(error.code(), "restore_blocked");
        assert!(error.to_string().contains("one"), "{error}");
        assert_eq!(computer.names(), ["one"]);
        fs::remove_file(&path).unwrap();
    }
    let racing = path.clone();
    let late = meanwhile(&computer, "dress", 0, move || {
        fs::write(&racing, b"mine").unwrap()
    });
    assert_eq!(late.restore(item, None).unwrap_err().code(), "restore_blocked");
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    assert_eq!(computer.names(), ["one"]);
    assert_eq!(computer.store().list().unwrap().len(), 1);
}

#[test]
fn a_restore_into_a_folder_that_is_gone_or_a_link_keeps_the_item() {
    let computer = Computer::new();
    fs::create_dir(computer.files.join("sub")).unwrap();
    let path = computer.file("sub/one", b"bad");
    let store = computer.store();
    let item = take(&store, &path).unwrap().item;
    fs::remove_dir(computer.files.join("sub")).unwrap();
    assert_eq!(store.restore(item, None).unwrap_err().code(), "restore_blocked");
    symlink("/tmp", computer.files.join("sub")).unwrap();
    assert_eq!(store.restore(item, None).unwrap_err().code(), "restore_blocked");
    fs::remove_file(computer.files.join("sub")).unwrap();
    fs::create_dir(computer.files.join("sub")).unwrap();
    assert_eq!(store.restore(item, None).unwrap(), path);
}

#[test]
fn another_process_neither_lists_nor_repairs_what_is_being_done() {
    let computer = Arc::new(Computer::new());
    let path = computer.file("one", b"bad");
    let other = computer.clone();
    let store = meanwhile(&computer, "rename", 1, move || {
        assert_eq!(other.store().list().unwrap(), []);
    });
    let item = take(&store, &path).unwrap().item;
    let other = computer.clone();
    let store = meanwhile(&computer, "dress", 0, move || {
        assert_eq!(other.store().list().unwrap().len(), 1);
    });
    store.restore(item, None).unwrap();
    assert_eq!(computer.names(), ["one"]);
}

#[test]
fn a_lost_key_is_an_error_and_not_a_new_key() {
    let computer = Computer::new();
    take(&computer.store(), &computer.file("one", b"bad")).unwrap();
    let key = computer.state.path().join("quarantine.key");
    let mut text = fs::read(&key).unwrap();
    text[3] ^= 1;
    fs::write(&key, &text).unwrap();
    let error = Store::open(&computer.state, &computer.world).unwrap_err();
    assert_eq!(error.code(), "state_damaged");
    assert_eq!(fs::read(&key).unwrap(), text);
}
