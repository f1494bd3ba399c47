//! Who reads what the commands print may leave early, or have no room for it: `scan | head -1`, a full disk.
#![expect(clippy::unwrap_used, reason = "a test stops where its assumption fails")]

use rempart_wire::exit;
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// The harmless file every scanner knows, in two parts so that this file is not one.
const EICAR: [&str; 2] = [
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-",
    "ANTIVIRUS-TEST-FILE!$H+H*",
];
const FINDS: usize = 200;

struct Computer {
    _folder: tempfile::TempDir,
    files: PathBuf,
    state: PathBuf,
}

impl Computer {
    /// With many files to find.
    fn infested() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (files, state) = (folder.path().join("files"), folder.path().join("state"));
        fs::create_dir(&files).unwrap();
        for number in 0..FINDS {
            fs::write(files.join(format!("bad{number}")), EICAR.concat()).unwrap();
        }
        Self {
            files,
            state,
            _folder: folder,
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rempart-agent"));
        command
            .env_clear()
            .args(["--lang", "en", "--state"])
            .arg(&self.state)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn scan(&self, more: &[&str]) -> Command {
        self.command(&[&["scan", self.files.to_str().unwrap()], more].concat())
    }

    fn left(&self) -> usize {
        fs::read_dir(&self.files).unwrap().count()
    }
}

/// What a program said on standard error and how it ended.
fn end(mut child: Child) -> (Option<i32>, String) {
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

#[test]
fn a_reader_that_leaves_after_the_first_line_does_not_stop_the_scan() {
    let computer = Computer::infested();
    let mut scan = computer.scan(&[]).spawn().unwrap();
    let mut first = String::new();
    let mut reader = BufReader::with_capacity(16, scan.stdout.take().unwrap());
    reader.read_line(&mut first).unwrap();
    drop(reader);
    assert!(first.starts_with("found\t"), "{first}");
    let (code, said) = end(scan);
    assert_eq!(code, Some(exit::FOUND.into()), "{said}");
    assert!(said.contains("200 detections."), "{said}");
    assert_eq!(computer.left(), 0, "all of them are in quarantine: {said}");
}

#[test]
fn every_command_that_prints_survives_a_reader_that_was_never_there() {
    let computer = Computer::infested();
    for (arguments, wanted) in [
        (
            &["scan", "--json", computer.files.to_str().unwrap()][..],
            exit::FOUND,
        ),
        (&["quarantine", "list"], exit::OK),
        (&["quarantine", "list", "--json"], exit::OK),
        (&["status"], exit::OK),
        (&["status", "--json"], exit::OK),
        (&["--help"], exit::OK),
    ] {
        let mut child = computer.command(arguments).spawn().unwrap();
        drop(child.stdout.take());
        let (code, said) = end(child);
        assert_eq!(code, Some(wanted.into()), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
    assert_eq!(computer.left(), 0);
}

#[test]
fn nobody_on_standard_error_is_no_reason_to_stop_either() {
    let computer = Computer::infested();
    let mut scan = computer.scan(&[]).spawn().unwrap();
    drop(scan.stderr.take());
    let lines = BufReader::new(scan.stdout.take().unwrap()).lines().count();
    assert_eq!(lines, FINDS);
    assert_eq!(scan.wait().unwrap().code(), Some(exit::FOUND.into()));
}

#[test]
fn results_that_could_not_be_written_are_said_to_be_lost() {
    let computer = Computer::infested();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    for arguments in [
        &["scan", computer.files.to_str().unwrap()][..],
        &["quarantine", "list", "--json"],
        &["status"],
    ] {
        let child = computer.command(arguments).stdout(full()).spawn().unwrap();
        let (code, said) = end(child);
        assert_eq!(code, Some(exit::ERROR.into()), "{arguments:?}: {said}");
        let lost = "The results could not be written: the disk is full.";
        assert_eq!(said.matches(lost).count(), 1, "{arguments:?}: {said}");
    }
    assert_eq!(computer.left(), 0, "the scan went on to its end");
}
