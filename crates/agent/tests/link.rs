//! `enrol` and `run` as a person or a service manager sees them: exit codes, sentences, signals.
#![expect(clippy::unwrap_used, reason = "a test stops where its assumption fails")]

use rempart_agent::state::{Credential, Enrolment, StateDir};
use rempart_wire::{DeviceId, exit};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    thread,
};
use uuid::Uuid;

fn agent(state: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rempart-agent"));
    command.env_clear().arg("--state").arg(state).stdin(Stdio::null());
    command
}

/// Answers one request with a refusal.
fn refusing(status: &'static str, body: &'static str) -> (String, thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let thread = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            request.push(byte[0]);
        }
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
    });
    (url, thread)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn enrolled(state: &Path, portal: &str) {
    let enrolment = Enrolment {
        portal: portal.to_owned(),
        device: DeviceId(Uuid::from_u128(1)),
        credential: Credential::new("very-secret"),
    };
    StateDir::open(state).unwrap().set_enrolment(&enrolment).unwrap();
}

#[test]
fn no_seat_left_is_said_in_the_persons_language_with_exit_code_3_and_nothing_is_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let body = r#"{"code":"seats_exhausted","detail":"All seats are taken.","workspace":"Atelier (Rezé)"}"#;
    let (url, portal) = refusing("403 Forbidden", body);
    let output = agent(&state)
        .args(["--lang", "fr", "enrol", "--portal", &url])
        .env("REMPART_AGENT_TOKEN", "token-1")
        .output()
        .unwrap();
    portal.join().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(exit::REFUSED.into()), "{said}");
    let full = "Toutes les places du Workspace «\u{a0}Atelier (Rezé)\u{a0}» sont prises.";
    assert!(said.contains(full), "{said}");
    assert!(said.contains("Rien n’a changé sur cet ordinateur."), "{said}");
    assert_eq!(text(&output.stdout), "");
    let state = StateDir::open(&state).unwrap();
    assert_eq!(state.enrolment().unwrap(), None);
    assert_eq!(state.candidate_credential().unwrap(), None);
}

#[test]
fn a_daemon_whose_credential_was_revoked_ends_with_exit_code_3_and_logs_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    let (url, portal) = refusing("401 Unauthorized", r#"{"code":"credential_revoked"}"#);
    enrolled(&state, &url);
    let output = agent(&state)
        .arg("run")
        .env("REMPART_AGENT_LOG", "trace")
        .output()
        .unwrap();
    portal.join().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(exit::REFUSED.into()), "{said}");
    assert!(said.contains("The portal has retired this device"), "{said}");
    assert!(said.contains("DEBUG"), "{said}");
    assert!(!said.contains("very-secret"), "{said}");
}

#[test]
fn a_daemon_without_a_portal_goes_on_until_it_is_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state");
    enrolled(&state, "http://127.0.0.1:1");
    let mut daemon = agent(&state).arg("run").stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(daemon.stderr.take().unwrap()).lines();
    let waits = lines.any(|line| line.unwrap().contains("not connected"));
    assert!(waits);
    let stopped = Command::new("kill")
        .arg(daemon.id().to_string())
        .status()
        .unwrap();
    assert!(stopped.success());
    assert_eq!(daemon.wait().unwrap().code(), Some(exit::OK.into()));
}

#[test]
fn a_computer_that_is_not_enrolled_is_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let output = agent(&folder.path().join("state"))
        .args(["run", "--once"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(exit::ERROR.into()));
    assert!(text(&output.stderr).contains("This computer is not enrolled."));
}

#[test]
fn help_does_not_show_the_token() {
    let output = agent(Path::new("/nonexistent"))
        .args(["enrol", "--help"])
        .env("REMPART_AGENT_TOKEN", "token-1")
        .output()
        .unwrap();
    assert!(text(&output.stdout).contains("REMPART_AGENT_TOKEN"));
    assert!(!text(&output.stdout).contains("token-1"));
}
