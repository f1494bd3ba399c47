//! `licence import` and `licence show` as the person at a computer without a network sees them.
#![expect(clippy::unwrap_used, reason = "a test stops where its assumption fails")]

use ed25519_dalek::SigningKey;
use jiff::SignedDuration;
use rempart_agent::world::World;
use rempart_wire::{
    exit,
    licence_file::{self, IssuerKey, IssuerKeys, Kind, Lock, Period},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

const KEY: &str = "22222-22222-22222-22222-22222";

struct Computer {
    folder: tempfile::TempDir,
}

impl Computer {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn run(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_rempart-agent"))
            .env_clear()
            .env("LANG", "fr_FR.UTF-8")
            .env("REMPART_AGENT_STATE", self.folder.path().join("state"))
            .envs(environment.iter().copied())
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    fn keep(&self, name: &str, text: &str) -> String {
        let path: PathBuf = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// The portal's public keys, as they are published.
    fn keys(&self) -> String {
        let keys: IssuerKeys = [IssuerKey::new(issuer().verifying_key())].into_iter().collect();
        self.keep("keys.json", &serde_json::to_string(&keys).unwrap())
    }

    /// A file of a licence that goes on for a year, good for a day.
    fn file(&self, lock: Option<&Lock<'_>>) -> String {
        let now = World::real().now();
        let says = json!({
            "data": { "type": "licenses", "id": "1", "attributes": {
                "name": "RB-2027-0001-0002",
                "metadata": { "product": "Business", "facts": { "expires_at": now + SignedDuration::from_hours(24 * 365) } },
            } },
            "meta": Period::starting(now, SignedDuration::from_hours(24)).to_json(),
        });
        self.keep(
            "licence.lic",
            &licence_file::write(Kind::Licence, &says, &issuer(), lock),
        )
    }
}

fn issuer() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn shown(computer: &Computer) -> Value {
    let output = computer.run(&["licence", "show", "--json"], &[]);
    assert_eq!(output.status.code(), Some(exit::OK.into()));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_computer_that_was_never_online_takes_a_licence_from_two_files() {
    let computer = Computer::new();
    let (file, keys) = (computer.file(None), computer.keys());
    assert_eq!(shown(&computer)["licence"], Value::Null);
    let alone = computer.run(&["licence", "import", &file], &[]);
    assert_eq!(alone.status.code(), Some(exit::ERROR.into()));
    assert!(said(&alone).contains("--issuer-keys"), "{}", said(&alone));
    let taken = computer.run(&["licence", "import", &file, "--issuer-keys", &keys], &[]);
    assert_eq!(taken.status.code(), Some(exit::OK.into()), "{}", said(&taken));
    assert!(said(&taken).contains("RB-2027-0001-0002"), "{}", said(&taken));
    let now = shown(&computer);
    assert_eq!(
        (&now["state"], &now["source"]),
        (&json!("active"), &json!("file"))
    );
    assert_eq!(now["licence"]["product"], "Business");
    let words = computer.run(&["licence", "show"], &[]);
    assert!(said(&words).contains("connue par un fichier"), "{}", said(&words));
    let status = computer.run(&["status"], &[]);
    assert!(said(&status).contains("Business, jusqu’au"), "{}", said(&status));
}

#[test]
fn an_encrypted_file_asks_for_its_key_and_a_changed_one_is_refused() {
    let computer = Computer::new();
    let lock = Lock {
        key: KEY,
        fingerprint: "",
        nonce: [3; 12],
    };
    let (file, keys) = (computer.file(Some(&lock)), computer.keys());
    let import = |environment: &[(&str, &str)]| {
        let output = computer.run(&["licence", "import", &file, "--issuer-keys", &keys], environment);
        (output.status.code(), said(&output))
    };
    let (code, words) = import(&[]);
    assert!(
        code == Some(exit::ERROR.into()) && words.contains("REMPART_AGENT_LICENCE_KEY"),
        "{words}"
    );
    let (code, words) = import(&[("REMPART_AGENT_LICENCE_KEY", "33333-33333-33333-33333-33333")]);
    assert!(
        code == Some(exit::ERROR.into()) && words.contains("ne s’ouvre pas"),
        "{words}"
    );
    let (code, words) = import(&[("REMPART_AGENT_LICENCE_KEY", KEY)]);
    assert!(code == Some(exit::OK.into()), "{words}");
    let mut changed = fs::read_to_string(&file).unwrap();
    let other = if changed[200..].starts_with('x') { "y" } else { "x" };
    changed.replace_range(200..201, other);
    fs::write(&file, changed).unwrap();
    let (code, words) = import(&[("REMPART_AGENT_LICENCE_KEY", KEY)]);
    assert!(
        code == Some(exit::ERROR.into()) && words.contains("Rien n’a changé"),
        "{words}"
    );
    assert_eq!(
        shown(&computer)["source"],
        "file",
        "the one before is still there"
    );
    let (code, words) = {
        let output = computer.run(&["licence", "import", "/nowhere"], &[]);
        (output.status.code(), said(&output))
    };
    assert!(
        code == Some(exit::ERROR.into()) && words.contains("/nowhere"),
        "{words}"
    );
}
