use super::*;
use crate::world::Chance;
use rempart_wire::{DeviceId, DeviceSettings, ManagementMode};
use std::os::unix::fs::MetadataExt;
use uuid::Uuid;

fn state() -> (tempfile::TempDir, StateDir) {
    let folder = tempfile::tempdir().unwrap();
    let state = StateDir::open(folder.path().join("state")).unwrap();
    (folder, state)
}

fn enrolment(device: u128) -> Enrolment {
    Enrolment {
        portal: "https://portal.example".to_owned(),
        device: DeviceId(Uuid::from_u128(device)),
        credential: Credential::new("first"),
    }
}

fn settings(mode: ManagementMode) -> DeviceSettings {
    DeviceSettings {
        mode,
        workspace: "Atelier Rezé".to_owned(),
        portal: "https://portal.example".to_owned(),
        licence: None,
        issuers: Default::default(),
    }
}

#[test]
fn the_folder_and_everything_in_it_are_their_owners_alone() {
    let (_folder, state) = state();
    state.identity(&Chance::seeded(1)).unwrap();
    state.set_enrolment(&enrolment(1)).unwrap();
    let mut folders = vec![state.path().to_path_buf()];
    while let Some(folder) = folders.pop() {
        let mode = fs::metadata(&folder).unwrap().mode() & 0o777;
        assert_eq!(mode, 0o700, "{}", folder.display());
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                assert_eq!(entry.metadata().unwrap().mode() & 0o777, 0o600, "{entry:?}");
            }
        }
    }
}

#[test]
fn a_folder_with_other_peoples_files_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("letter"), "dear").unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let refused = StateDir::open(folder.path()).unwrap_err();
    assert_eq!(refused.code(), "state_not_ours");
    assert!(refused.to_string().contains(folder.path().to_str().unwrap()));
    assert_eq!(fs::metadata(folder.path()).unwrap().mode() & 0o777, 0o755);
}

#[test]
fn a_folder_from_a_newer_agent_is_refused() {
    let (_folder, state) = state();
    state.write(FORMAT, &2u32).unwrap();
    assert_eq!(StateDir::open(state.path()).unwrap_err().code(), "state_newer");
}

#[test]
fn the_identity_is_made_once_and_stays() {
    let (_folder, state) = state();
    let first = state.identity(&Chance::seeded(1)).unwrap();
    let again = StateDir::open(state.path())
        .unwrap()
        .identity(&Chance::seeded(2))
        .unwrap();
    assert_eq!(first.public_key(), again.public_key());
    assert_eq!(first.sign(b"text"), again.sign(b"text"));
}

#[test]
fn every_flipped_bit_and_every_cut_of_a_record_is_noticed_and_named() {
    let (_folder, state) = state();
    state.identity(&Chance::seeded(1)).unwrap();
    let path = state.path().join("device.key");
    let whole = fs::read(&path).unwrap();
    let flipped = (0..whole.len()).map(|at| {
        let mut text = whole.clone();
        text[at] ^= 1;
        text
    });
    let cut = (0..whole.len()).map(|at| whole[..at].to_vec());
    for text in flipped.chain(cut) {
        fs::write(&path, &text).unwrap();
        let error = state.identity(&Chance::seeded(2)).unwrap_err();
        assert_eq!(error.code(), "state_damaged");
        assert!(error.to_string().contains("device.key"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), text, "a damaged file is left as it is");
    }
}

#[test]
fn what_an_interrupted_write_left_is_swept_and_the_old_value_stays() {
    let (_folder, state) = state();
    state.set_enrolment(&enrolment(1)).unwrap();
    fs::write(state.path().join(".tmp-enrolment"), "half").unwrap();
    let state = StateDir::open(state.path()).unwrap();
    assert_eq!(state.enrolment().unwrap(), Some(enrolment(1)));
    assert!(!state.path().join(".tmp-enrolment").exists());
}

#[test]
fn a_candidate_credential_becomes_the_one_in_use() {
    let (_folder, state) = state();
    let second = Credential::new("second");
    assert_eq!(state.set_credential(&second).unwrap_err().code(), "not_enrolled");
    state.set_enrolment(&enrolment(1)).unwrap();
    state.set_candidate_credential(Some(&second)).unwrap();
    assert_eq!(state.credential().unwrap(), Some(Credential::new("first")));
    state.set_credential(&second).unwrap();
    assert_eq!(state.credential().unwrap(), Some(second));
    assert_eq!(state.candidate_credential().unwrap(), None);
}

#[test]
fn settings_of_one_enrolment_do_not_rule_the_next() {
    let (_folder, state) = state();
    state.set_enrolment(&enrolment(1)).unwrap();
    state
        .set_settings(&settings(ManagementMode::RemoteOnly), b"hash")
        .unwrap();
    assert_eq!(state.mode().unwrap(), ManagementMode::RemoteOnly);
    assert_eq!(state.settings_hash().unwrap(), b"hash");
    state.set_enrolment(&enrolment(2)).unwrap();
    assert_eq!(state.settings().unwrap(), None);
    assert_eq!(state.mode().unwrap(), ManagementMode::LocalAndRemote);
    assert_eq!(state.settings_hash().unwrap(), b"");
}

#[test]
fn one_process_at_a_time_holds_a_lock() {
    let (_folder, state) = state();
    let held = state.try_lock("daemon").unwrap();
    assert!(held.is_some());
    assert!(state.try_lock("daemon").unwrap().is_none());
    drop(held);
    assert!(state.try_lock("daemon").unwrap().is_some());
}

#[test]
fn secrets_are_not_in_debug_output() {
    let (_folder, state) = state();
    assert!(!format!("{:?}", enrolment(1)).contains("first"));
    let identity = state.identity(&Chance::seeded(1)).unwrap();
    let secret = fs::read_to_string(state.path().join("device.key")).unwrap();
    let secret = secret.split('"').nth(3).unwrap();
    assert_eq!(secret.len(), 64);
    assert!(!format!("{identity:?}").contains(secret));
}
