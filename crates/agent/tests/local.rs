//! `scan`, `quarantine` and `status` as a person or a script sees them: exit codes, words, fields, JSON.
#![expect(clippy::unwrap_used, reason = "a test stops where its assumption fails")]

use rempart_agent::state::{Credential, Enrolment, StateDir};
use rempart_wire::{DeviceId, DeviceSettings, LicenceTerms, ManagementMode, exit, licence};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use uuid::Uuid;

/// The harmless file every scanner knows, in two parts so that this file is not one.
const EICAR: [&str; 2] = [
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-",
    "ANTIVIRUS-TEST-FILE!$H+H*",
];

struct Computer {
    _folder: tempfile::TempDir,
    files: PathBuf,
    state: PathBuf,
}

impl Computer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        fs::create_dir(path.join("files")).unwrap();
        Self {
            files: path.join("files"),
            state: path.join("state"),
            _folder: folder,
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rempart-agent"));
        command
            .env_clear()
            .env("LANG", "fr_FR.UTF-8")
            .env("REMPART_AGENT_STATE", &self.state)
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn scan(&self, more: &[&str]) -> Output {
        let files = self.files.to_str().unwrap();
        self.run(&[&["scan", files], more].concat())
    }

    fn eicar(&self, name: &str) -> PathBuf {
        let path = self.files.join(name);
        fs::write(&path, EICAR.concat()).unwrap();
        path
    }

    fn manage(&self, mode: ManagementMode) {
        let state = StateDir::open(&self.state).unwrap();
        let enrolment = Enrolment {
            portal: "https://portail.example".to_owned(),
            device: DeviceId(Uuid::from_u128(1)),
            credential: Credential::new("secret"),
        };
        state.set_enrolment(&enrolment).unwrap();
        let settings = DeviceSettings {
            mode,
            workspace: "Atelier (Rezé)".to_owned(),
            portal: "https://portail.example".to_owned(),
            licence: Some(LicenceTerms {
                product: "Business".to_owned(),
                number: "RB-2999-0001-0001".to_owned(),
                facts: licence::Facts {
                    expires_at: Some("2999-11-10T12:00:00Z".parse().unwrap()),
                    ..licence::Facts::default()
                },
                seatless: false,
            }),
            issuers: Default::default(),
        };
        state.set_settings(&settings, b"hash").unwrap();
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn code(output: &Output) -> u8 {
    output.status.code().unwrap().try_into().unwrap()
}

#[test]
fn a_clean_folder_is_0_a_find_is_1_and_a_missing_folder_is_2() {
    let computer = Computer::new();
    fs::write(computer.files.join("letter"), "dear").unwrap();
    let clean = computer.scan(&[]);
    assert_eq!((code(&clean), out(&clean).as_str()), (exit::OK, ""));
    assert!(err(&clean).contains("Rien n’a été trouvé."), "{}", err(&clean));
    computer.eicar("bad");
    assert_eq!(code(&computer.scan(&[])), exit::FOUND);
    let missing = computer.run(&["scan", "/no/such/folder"]);
    assert_eq!(code(&missing), exit::ERROR);
    assert!(
        err(&missing).contains("/no/such/folder ne peut pas être analysé"),
        "{}",
        err(&missing)
    );
    assert_eq!(code(&computer.run(&["scan", "--wrong"])), exit::ERROR);
}

#[test]
fn in_a_pipe_each_find_is_one_line_of_fields() {
    let computer = Computer::new();
    let bad = computer.eicar("b\u{1b}ad");
    let found = computer.scan(&["--no-quarantine"]);
    let shown = format!("{}/b\\u{{1b}}ad", computer.files.display());
    assert_eq!(
        out(&found),
        format!("found\tRempart_Test_Eicar\t{shown}\treported\t\n")
    );
    assert!(bad.exists());
    let found = computer.scan(&[]);
    let fields: Vec<String> = out(&found).trim_end().split('\t').map(str::to_owned).collect();
    assert_eq!(fields[3], "quarantined");
    assert!(!bad.exists());
    let listed = out(&computer.run(&["quarantine", "list"]));
    let listed: Vec<&str> = listed.trim_end().split('\t').collect();
    assert_eq!(
        (listed[0], listed[2], listed[4]),
        (fields[4].as_str(), "68", shown.as_str())
    );
}

#[test]
fn json_is_one_object_with_everything_in_it() {
    let computer = Computer::new();
    computer.eicar("bad");
    let found = computer.scan(&["--json"]);
    assert_eq!(code(&found), exit::FOUND);
    let found = json(&found);
    assert_eq!(
        (found["outcome"].as_str(), found["tally"]["files"].as_u64()),
        (Some("completed"), Some(1))
    );
    let item = found["detections"][0]["item"].as_str().unwrap();
    assert_eq!(found["detections"][0]["rule"], "Rempart_Test_Eicar");
    let listed = json(&computer.run(&["quarantine", "list", "--json"]));
    assert_eq!(listed["items"][0]["item"], item);
    let wrong = computer.run(&["quarantine", "restore", "--json", "ffffffff"]);
    assert_eq!(
        (code(&wrong), json(&wrong)["error"]["code"].as_str()),
        (exit::ERROR, Some("item_unknown"))
    );
}

#[test]
fn a_file_goes_into_quarantine_and_comes_back_by_the_end_of_its_id() {
    let computer = Computer::new();
    let bad = computer.eicar("bad");
    fs::set_permissions(&bad, fs::Permissions::from_mode(0o4711)).unwrap();
    let found = json(&computer.scan(&["--json"]));
    let item = found["detections"][0]["item"].as_str().unwrap();
    let end = &item[item.len() - 8..];
    fs::write(&bad, "mine").unwrap();
    let blocked = computer.run(&["quarantine", "restore", end]);
    assert_eq!(code(&blocked), exit::ERROR);
    assert!(
        err(&blocked).contains("existe et n’est pas remplacé"),
        "{}",
        err(&blocked)
    );
    fs::remove_file(&bad).unwrap();
    let restored = computer.run(&["quarantine", "restore", end]);
    assert_eq!(code(&restored), exit::OK);
    assert_eq!(out(&restored), format!("Restauré\u{a0}: {}\n", bad.display()));
    assert_eq!(fs::read_to_string(&bad).unwrap(), EICAR.concat());
    assert_eq!(fs::metadata(&bad).unwrap().permissions().mode() & 0o7777, 0o4711);
}

#[test]
fn a_file_is_restored_into_a_folder_and_another_deleted_for_good() {
    let computer = Computer::new();
    computer.eicar("one");
    computer.eicar("two");
    let found = json(&computer.scan(&["--json"]));
    let item = |n: usize| found["detections"][n]["item"].as_str().unwrap();
    let safe = computer.files.join("safe");
    fs::create_dir(&safe).unwrap();
    let restored = computer.run(&[
        "quarantine",
        "restore",
        item(0),
        "--to",
        safe.to_str().unwrap(),
        "--json",
    ]);
    let path = json(&restored)["done"][0]["path"]["text"]
        .as_str()
        .map(PathBuf::from)
        .unwrap();
    assert_eq!(path.parent(), Some(safe.as_path()));
    assert_eq!(fs::read_to_string(path).unwrap(), EICAR.concat());
    let deleted = computer.run(&["quarantine", "delete", item(1)]);
    assert_eq!(code(&deleted), exit::OK);
    assert_eq!(out(&computer.run(&["quarantine", "list"])), "");
    let both = computer.run(&["quarantine", "restore", "aaaa", "bbbb", "--to", "/tmp"]);
    assert_eq!(code(&both), exit::ERROR);
}

#[test]
fn a_computer_managed_from_the_portal_refuses_in_one_sentence_and_still_shows_itself() {
    let computer = Computer::new();
    let bad = computer.eicar("bad");
    computer.manage(ManagementMode::RemoteOnly);
    let item = "0192aaaa";
    for refused in [
        computer.scan(&[]),
        computer.run(&["quarantine", "restore", item]),
        computer.run(&["quarantine", "delete", item]),
    ] {
        assert_eq!(
            (code(&refused), out(&refused).as_str()),
            (exit::MANAGED_ELSEWHERE, "")
        );
        assert_eq!(
            err(&refused),
            "Cet ordinateur est géré depuis le portail\u{a0}: Workspace «\u{a0}Atelier (Rezé)\u{a0}», \
             https://portail.example.\n"
        );
    }
    assert!(bad.exists());
    assert_eq!(code(&computer.run(&["quarantine", "list"])), exit::OK);
    let status = computer.run(&["status"]);
    assert_eq!(code(&status), exit::OK);
    for word in [
        "depuis le portail seulement",
        "Atelier (Rezé)",
        "Business, jusqu’au 10 novembre 2999",
    ] {
        assert!(out(&status).contains(word), "{word}: {}", out(&status));
    }
    let status = json(&computer.run(&["status", "--json"]));
    assert_eq!(
        (status["mode"].as_str(), status["running"].as_bool()),
        (Some("remote_only"), Some(false))
    );
    assert_eq!(status["licence"]["product"], "Business");
}

#[test]
fn local_only_works_here_and_keeps_it_to_itself() {
    let computer = Computer::new();
    computer.eicar("bad");
    computer.manage(ManagementMode::LocalOnly);
    assert_eq!(code(&computer.scan(&[])), exit::FOUND);
    assert_eq!(json(&computer.run(&["status", "--json"]))["pending_events"], 0);
    computer.manage(ManagementMode::LocalAndRemote);
    let pending = json(&computer.run(&["status", "--json"]))["pending_events"].as_u64();
    assert_eq!(
        pending,
        Some(1),
        "once it reports, the portal is told what is held"
    );
    assert_eq!(code(&computer.scan(&[])), exit::OK);
    let pending = json(&computer.run(&["status", "--json"]))["pending_events"].as_u64();
    assert_eq!(pending, Some(3));
}

#[test]
fn own_rules_and_known_bad_files_are_looked_for_and_mistakes_named() {
    let computer = Computer::new();
    let rules = computer.files.with_file_name("rules");
    fs::create_dir(&rules).unwrap();
    fs::write(
        rules.join("a.yar"),
        "rule mine { strings: $a = \"zebra\" condition: $a }",
    )
    .unwrap();
    fs::write(rules.join("b.yar"), "rule broken {").unwrap();
    fs::write(computer.files.join("z"), "a zebra").unwrap();
    let found = computer.scan(&["--rules", rules.to_str().unwrap()]);
    assert!(out(&found).starts_with("found\tmine\t"), "{}", out(&found));
    assert!(err(&found).contains("b.yar"), "{}", err(&found));
    let missing = computer.scan(&["--known-bad", "/no/such/list"]);
    assert_eq!(code(&missing), exit::ERROR);
    assert!(err(&missing).contains("/no/such/list"));
}

#[test]
fn a_state_folder_that_cannot_serve_is_named() {
    let computer = Computer::new();
    fs::create_dir(&computer.state).unwrap();
    fs::write(computer.state.join("letter"), "dear").unwrap();
    let refused = computer.run(&["status"]);
    assert_eq!(code(&refused), exit::ERROR);
    assert!(
        err(&refused).contains("ce n’est pas le dossier d’un agent"),
        "{}",
        err(&refused)
    );
    assert!(Path::new(&computer.state).join("letter").exists());
}

/// Kills it, as the system does, once it has told of `lines` things.
fn kill_after(mut command: Command, lines: usize) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
    (0..lines).for_each(|_| drop(told.next()));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Every file is whole, and either at its place or held; returns the ids of those that are held.
fn each_in_one_place(computer: &Computer, names: &[String]) -> Vec<String> {
    let listed = json(&computer.run(&["quarantine", "list", "--json"]));
    assert_eq!(listed["damaged"].as_array().unwrap().len(), 0);
    let items = listed["items"].as_array().unwrap();
    let held: Vec<&str> = items
        .iter()
        .map(|item| item["path"]["text"].as_str().unwrap())
        .collect();
    for name in names {
        let path = computer.files.join(name);
        let there = path.exists();
        assert_eq!(
            held.iter().filter(|held| Path::new(held) == path).count(),
            usize::from(!there),
            "{name}"
        );
        assert!(!there || fs::read_to_string(&path).unwrap() == EICAR.concat());
    }
    let left = fs::read_dir(&computer.files).unwrap().count();
    assert_eq!(left + held.len(), names.len(), "nothing else lies about");
    items
        .iter()
        .map(|item| item["item"].as_str().unwrap().to_owned())
        .collect()
}

fn restore(items: &[String]) -> Vec<&str> {
    ["quarantine", "restore"]
        .into_iter()
        .chain(items.iter().map(String::as_str))
        .collect()
}

#[test]
fn killed_at_any_moment_every_file_is_in_one_place() {
    let computer = Computer::new();
    let names: Vec<String> = (0..20).map(|n| format!("bad{n}")).collect();
    for round in 0..5 {
        names.iter().for_each(|name| drop(computer.eicar(name)));
        kill_after(
            computer.command(&["scan", computer.files.to_str().unwrap()]),
            round * 3,
        );
        let held = each_in_one_place(&computer, &names);
        kill_after(computer.command(&restore(&held)), round * 3);
        let held = each_in_one_place(&computer, &names);
        if !held.is_empty() {
            assert_eq!(code(&computer.run(&restore(&held))), exit::OK);
        }
        assert_eq!(each_in_one_place(&computer, &names), Vec::<String>::new());
    }
}
