//! `rempart` as whoever runs it sees it: its configuration, its certificate, what it prints and for whom.

use crate::{
    computer::Computer,
    programs::{demo, free_port, program},
};
use anyhow::{Context, Result};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

fn rempart() -> Result<Command> {
    let mut command = Command::new(program("rempart")?);
    command.env_clear().stdin(Stdio::null());
    Ok(command)
}

#[test]
fn what_it_prints_may_be_read_by_nobody_and_is_not_lost_in_silence() -> Result<()> {
    for printing in ["openapi", "roles", "errors", "config-reference", "--help"] {
        let mut child = rempart()?
            .arg(printing)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        drop(child.stdout.take());
        let output = child.wait_with_output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""), "{printing}");
    }
    let full = File::options().write(true).open("/dev/full")?;
    let output = rempart()?.arg("openapi").stdout(full).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.starts_with("rempart: the results could not be written: "),
        "{said}"
    );
    Ok(())
}

#[test]
fn a_file_of_options_with_mistakes_is_refused_and_each_of_them_named() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("rempart.toml");
    fs::write(
        &file,
        "listn = '127.0.0.1:0'\ndemo = 'yes'\nlisten = 'here'\ndatabse = 'x'\n",
    )?;
    let data = folder.path().join("data");
    let output = rempart()?
        .args(["serve", "--config"])
        .arg(&file)
        .arg("--data")
        .arg(&data)
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for named in [
        "rempart.toml",
        "listn",
        "databse",
        "demo: ",
        "listen: ",
        "Known are: ",
    ] {
        assert!(said.contains(named), "{named}: {said}");
    }
    assert!(!data.exists(), "nothing was begun");
    Ok(())
}

#[test]
fn beyond_this_computer_it_speaks_tls_or_is_told_not_to() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    // An address set aside for documentation: it could not be listened on, which is not why it is refused.
    let output = rempart()?
        .args(["serve", "--listen", "192.0.2.1:8420", "--data"])
        .arg(&data)
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("192.0.2.1:8420 is not loopback and there is no TLS"),
        "{said}"
    );
    assert!(!data.exists(), "nothing was begun");
    let output = rempart()?
        .args([
            "serve",
            "--listen",
            "192.0.2.1:8420",
            "--allow-plain-http",
            "--data",
        ])
        .arg(&data)
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot listen on 192.0.2.1:8420"), "{said}");
    Ok(())
}

/// A portal that ends with the value.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn with_a_certificate_from_files_agents_come_by_tls_and_only_those_that_trust_it() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()])?;
    fs::write(path("cert.pem"), own.cert.pem())?;
    fs::write(path("key.pem"), own.signing_key.serialize_pem())?;
    let port = free_port()?;
    let url = format!("https://localhost:{port}");
    let mut portal = Serving(
        rempart()?
            .args([
                "serve",
                "--demo",
                "--listen",
                &format!("127.0.0.1:{port}"),
                "--public-url",
                &url,
            ])
            .arg("--tls-cert")
            .arg(path("cert.pem"))
            .arg("--tls-key")
            .arg(path("key.pem"))
            .arg("--data")
            .arg(path("data"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?,
    );
    let mut log = BufReader::new(portal.0.stderr.take().context("its log")?).lines();
    assert!(
        log.any(|line| line.is_ok_and(|line| line.contains("ready"))),
        "the portal ended at its start"
    );
    std::thread::spawn(move || {
        log.map_while(Result::ok)
            .for_each(|line| eprintln!("portal: {line}"))
    });
    let demo = demo(&path("data"))?;
    let token = demo["enrolment_token"].as_str().context("a token")?;

    let stranger = Computer::new()?;
    let refused = stranger.enrol(&url, token, &[])?;
    assert_eq!(refused.status.code(), Some(2), "{}", Computer::said(&refused));
    assert!(
        Computer::said(&refused).contains("ertificate"),
        "{}",
        Computer::said(&refused)
    );
    let trusting = Computer::new()?;
    let certificate = path("cert.pem").display().to_string();
    let enrolled = trusting.enrol(&url, token, &["--ca", &certificate])?;
    assert_eq!(enrolled.status.code(), Some(0), "{}", Computer::said(&enrolled));
    let once = trusting.run(&["run", "--once"])?;
    assert_eq!(once.status.code(), Some(0), "{}", Computer::said(&once));
    let plain = Computer::new()?;
    let refused = plain.enrol(&format!("http://localhost:{port}"), token, &[])?;
    assert_eq!(refused.status.code(), Some(2), "{}", Computer::said(&refused));
    Ok(())
}
