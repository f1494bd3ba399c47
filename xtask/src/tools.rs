//! What the checks need beyond a Rust toolchain and a C compiler. Each is taken from the machine when it is
//! there, installed when it can be, and named with how to get it when it cannot.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};

use crate::process;

const NEXTEST: &str = "0.9.143";
const DENY: &str = "0.20.2";
const TYPOS: &str = "1.52.0";
const LOCALSTRIPE: &str = "1.15.10";

/// Where tools are put that the machine does not have: `REMPART_TOOLS`, or `target/tools`.
fn folder() -> PathBuf {
    std::env::var_os("REMPART_TOOLS").map_or_else(|| process::target().join("tools"), PathBuf::from)
}

/// `cargo nextest`.
pub(crate) fn nextest() -> Result<Command> {
    cargo_tool("nextest", "cargo-nextest", NEXTEST, |version| version >= (0, 9))
}

/// `cargo deny`.
pub(crate) fn deny() -> Result<Command> {
    cargo_tool("deny", "cargo-deny", DENY, |version| version >= (0, 18))
}

/// A cargo subcommand: the machine's if new enough, else our own, built without optimising (it runs for seconds).
fn cargo_tool(verb: &str, name: &str, version: &str, fits: fn((u32, u32)) -> bool) -> Result<Command> {
    let mut found = process::cargo(&[verb, "--version"]);
    if process::output(&mut found)
        .ok()
        .and_then(|said| major_minor(&said))
        .is_some_and(fits)
    {
        return Ok(process::cargo(&[verb]));
    }
    let program = folder().join("bin").join(name);
    if !program.is_file() {
        let root = folder();
        let mut install = process::cargo(&[
            "install",
            "--quiet",
            "--locked",
            "--debug",
            "--version",
            version,
            name,
        ]);
        install
            .arg("--root")
            .arg(&root)
            .env("CARGO_TARGET_DIR", root.join(format!("build-{name}")));
        let hint = format!("{name} is missing: `cargo install --locked {name}` needs crates.io");
        process::run(&mut install).context(hint)?;
        let built = root.join(format!("build-{name}"));
        std::fs::remove_dir_all(&built).with_context(|| built.display().to_string())?;
    }
    let mut command = process::command(program);
    command.arg(verb);
    Ok(command)
}

/// The first version number in a program's words.
fn major_minor(said: &str) -> Option<(u32, u32)> {
    said.split_whitespace().find_map(|word| {
        let mut parts = word.trim_start_matches('v').split('.');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    })
}

/// `typos`: on the path, or a wheel in an environment of our own, or built.
pub(crate) fn typos() -> Result<Command> {
    if process::works(Command::new("typos").arg("--version")) {
        return Ok(process::command("typos"));
    }
    let places = [folder().join("python/bin/typos"), folder().join("bin/typos")];
    if let Some(program) = places.iter().find(|program| program.is_file()) {
        return Ok(process::command(program));
    }
    if typos_wheel().is_ok() {
        return Ok(process::command(&places[0]));
    }
    let mut build = process::cargo(&[
        "install",
        "--quiet",
        "--locked",
        "--debug",
        "--version",
        TYPOS,
        "typos-cli",
    ]);
    build.arg("--root").arg(folder());
    process::run(&mut build)
        .context("typos is missing: `pip install typos` or `cargo install --locked typos-cli`")?;
    Ok(process::command(&places[1]))
}

fn typos_wheel() -> Result<()> {
    let home = folder().join("python");
    process::run(process::command("python3").args(["-m", "venv"]).arg(&home))?;
    let wheel = format!("typos=={TYPOS}");
    process::run(process::command(home.join("bin/pip")).args(["install", "--quiet", &wheel]))
}

/// A Python that has `localstripe`, in an environment of its own. It is run as a program of its own, never linked.
pub(crate) fn localstripe() -> Result<PathBuf> {
    let home = folder().join("localstripe");
    let python = home.join("bin/python");
    let asked = format!("import importlib.metadata as m; assert m.version('localstripe') == '{LOCALSTRIPE}'");
    if process::works(process::command(&python).args(["-c", &asked])) {
        return Ok(python);
    }
    let wanted = format!("localstripe=={LOCALSTRIPE}");
    let hint = format!("{wanted} is missing: it needs python3 with venv, and PyPI");
    process::run(process::command("python3").args(["-m", "venv"]).arg(&home))
        .with_context(|| hint.clone())?;
    process::run(process::command(home.join("bin/pip")).args(["install", "--quiet", &wanted]))
        .context(hint)?;
    Ok(python)
}

/// The folder with `initdb` and `pg_ctl`.
pub(crate) fn postgres() -> Result<PathBuf> {
    if let Some(found) = postgres_folder() {
        return Ok(found);
    }
    install("PostgreSQL (initdb, pg_ctl)", &["postgresql"])?;
    postgres_folder().context("postgresql was installed, but initdb is not under /usr/lib/postgresql")
}

fn postgres_folder() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    folders.sort();
    folders.reverse();
    folders.extend(std::env::split_paths(&path));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}

/// A Chromium to drive: `REMPART_CHROMIUM`, or the machine's.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(found) = chromium_program() {
        return Ok(found);
    }
    install("Chromium", &["chromium"])?;
    chromium_program().context("chromium was installed, but is not on the path")
}

fn chromium_program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("REMPART_CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| on_path(name))
}

/// Node.js 20 or later, with npm.
pub(crate) fn node() -> Result<()> {
    if node_is_new_enough() {
        return Ok(());
    }
    install("Node.js 20 with npm", &["nodejs", "npm"])?;
    if node_is_new_enough() {
        return Ok(());
    }
    bail!(
        "the browser stories need Node.js 20 or later with npm, and this system's package is older: install it from nodejs.org"
    )
}

fn node_is_new_enough() -> bool {
    let said = process::output(Command::new("node").arg("--version")).unwrap_or_default();
    major_minor(&said).is_some_and(|(major, _)| major >= 20) && on_path("npm").is_some()
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// Debian packages, when that is ours to do.
fn install(what: &str, packages: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get install {}", packages.join(" "));
    if !rustix::process::geteuid().is_root() || on_path("apt-get").is_none() {
        bail!(
            "{what} is missing. On Debian or Ubuntu, as root: `{by_hand}`. Elsewhere, install {what} and put it on the path"
        );
    }
    static LISTS: OnceLock<bool> = OnceLock::new();
    LISTS.get_or_init(|| process::run(process::command("apt-get").args(["-q", "update"])).is_ok());
    let mut apt = process::command("apt-get");
    apt.args(["-q", "-y", "--no-install-recommends", "install"])
        .args(packages);
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    process::run(&mut apt).with_context(|| format!("{what} is missing, and `{by_hand}` failed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_out_of_a_programs_words() {
        assert_eq!(
            major_minor("cargo-nextest 0.9.143 (60fa45f63 2026-08-04)"),
            Some((0, 9))
        );
        assert_eq!(major_minor("v20.20.2\n"), Some((20, 20)));
        assert_eq!(major_minor("command not found"), None);
    }
}
