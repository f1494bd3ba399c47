//! The checks themselves, quick ones first.

use anyhow::{Context, Result, bail, ensure};

use super::{Counts, demo};
use crate::localstripe::{self, Localstripe};
use crate::postgres::{self, Postgres};
use crate::{arch, gen_files, links, process, sizes, tools};

/// One check.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) run: fn() -> Result<Counts>,
}

impl Step {
    const fn new(name: &'static str, about: &'static str, run: fn() -> Result<Counts>) -> Self {
        Self { name, about, run }
    }
}

/// In the order they run.
pub(super) const STEPS: &[Step] = &[
    Step::new("fmt", "the code is formatted", fmt),
    Step::new("sizes", "no file outgrows its limit", sizes),
    Step::new("arch", "the house has the shape ARCHITECTURE.md says", arch),
    Step::new("links", "links between our pages lead somewhere", links),
    Step::new("typos", "the words are spelt right", typos),
    Step::new("deny", "licences and sources of what we link are allowed", deny),
    Step::new("clippy", "no lint warns", clippy),
    Step::new("doc", "the documentation builds and its links hold", doc),
    Step::new("build", "everything builds", build),
    Step::new("gen", "generated files are what would be generated", generated),
    Step::new("demo", "the demo does what it says, and ends", demonstrated),
    Step::new("tests", "the tests pass, on SQLite and on PostgreSQL", tests),
    Step::new("browser", "the stories pass in a real browser", browser),
];

fn one(result: Result<()>) -> Result<Counts> {
    result.map(|()| Counts::ONE)
}

fn fmt() -> Result<Counts> {
    one(process::run(&mut process::cargo(&["fmt", "--all", "--check"])))
}

fn sizes() -> Result<Counts> {
    one(sizes::check())
}

fn arch() -> Result<Counts> {
    one(arch::check())
}

fn links() -> Result<Counts> {
    one(links::check())
}

fn typos() -> Result<Counts> {
    one(process::run(tools::typos()?.args(["--color", "never"])))
}

fn deny() -> Result<Counts> {
    let mut deny = tools::deny()?;
    deny.args([
        "--log-level",
        "error",
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "bans",
        "sources",
    ]);
    one(process::run(&mut deny))
}

fn clippy() -> Result<Counts> {
    let args = [
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ];
    one(process::run(&mut process::cargo(&args)))
}

fn doc() -> Result<Counts> {
    let args = [
        "doc",
        "--quiet",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        "--locked",
    ];
    one(process::run(
        process::cargo(&args).env("RUSTDOCFLAGS", "-D warnings"),
    ))
}

fn build() -> Result<Counts> {
    one(process::run(&mut process::cargo(&[
        "build",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--locked",
    ])))
}

fn generated() -> Result<Counts> {
    build()?;
    one(gen_files::check())
}

fn demonstrated() -> Result<Counts> {
    build()?;
    one(demo::check())
}

/// Every scene on SQLite, and again on a PostgreSQL of our own; proof that the second half ran is in a file.
fn tests() -> Result<Counts> {
    build()?;
    let mut nextest = tools::nextest()?;
    nextest.args(["run", "--workspace", "--all-targets", "--locked", "--cargo-quiet"]);
    let proof = postgres::proof_file(&process::target());
    std::fs::write(&proof, "").with_context(|| proof.display().to_string())?;
    let report = process::target().join("nextest/default/junit.xml");
    if report.is_file() {
        std::fs::remove_file(&report).with_context(|| report.display().to_string())?;
    }
    let server = Postgres::start()?;
    let payments = Localstripe::start()?;
    nextest
        .env("REMPART_TEST_POSTGRES", &server.url)
        .env("REMPART_TEST_LOCALSTRIPE", &payments.url)
        .env("REMPART_TEST_PROOF", &proof)
        .env("INSTA_UPDATE", "no");
    let ran = process::run(&mut nextest);
    drop((server, payments));
    let Ok(report) = std::fs::read_to_string(&report) else {
        ran?;
        bail!("nextest wrote no report");
    };
    let counts = Counts::from_junit(&report)?;
    ensure!(
        ran.is_ok() || counts.failed > 0,
        "nextest failed without a failed test"
    );
    let proofs = std::fs::read_to_string(&proof)?;
    let (paid, ran): (Vec<&str>, Vec<&str>) = proofs.lines().partition(|line| *line == localstripe::PROOF);
    ensure!(
        !paid.is_empty(),
        "the scene that asks localstripe did not run to its end"
    );
    let scenes = ran.len();
    eprintln!("   {scenes} scenes ran on PostgreSQL");
    ensure!(
        scenes > 0,
        "no scene ran on PostgreSQL: each must add a line to $REMPART_TEST_PROOF"
    );
    Ok(counts)
}

/// The stories in `crates/e2e/browser`, by node's own runner, in the system's Chromium.
fn browser() -> Result<Counts> {
    build()?;
    tools::node()?;
    let chromium = tools::chromium()?;
    let folder = process::root().join("crates/e2e/browser");
    let mut install = process::command("npm");
    install
        .current_dir(&folder)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]);
    process::run(&mut install).context("the browser stories need playwright-core and axe-core from npm")?;
    let payments = Localstripe::start()?;
    let report = process::target().join("browser.tap");
    let mut node = process::command("node");
    node.current_dir(&folder)
        .env("REMPART_CHROMIUM", chromium)
        .env("REMPART_BIN", process::built(""))
        .env("REMPART_TEST_LOCALSTRIPE", &payments.url);
    node.args([
        "--test",
        "--test-concurrency=2",
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
    ]);
    node.arg("--test-reporter=tap")
        .arg(format!("--test-reporter-destination={}", report.display()));
    let ran = process::run(&mut node);
    let counts =
        Counts::from_tap(&std::fs::read_to_string(&report).context("node's runner wrote no report")?)?;
    ensure!(
        ran.is_ok() || counts.failed > 0,
        "node's runner failed without a failed story"
    );
    ensure!(counts.passed > 0, "no story ran");
    Ok(counts)
}
