//! `cargo xtask bench`: our figures against floors measured in the same run, medians of at least five, each bar with
//! pass or fail. Not part of the checks: a busy machine must not fail a change.
//!
//! Always true: ours and its floor take turns, so that whatever else the computer does falls on both; it ends with an
//! error when a bar was missed or something could not be measured, and for nothing else.

mod figures;
mod http;
mod licence;
mod process_figures;
mod scan;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process;
use figures::Figure;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// As `--only`, for one or more.
    #[arg(value_name = "PART")]
    parts: Vec<String>,
    /// Only these: scan, http, licence, start, memory, size.
    #[arg(long, value_name = "PART,…", value_delimiter = ',')]
    only: Vec<String>,
    /// The folder a sample of which is scanned.
    #[arg(long, default_value = "/usr", value_name = "FOLDER")]
    tree: PathBuf,
    /// How large the sample is.
    #[arg(long, default_value_t = 1000, value_name = "MB")]
    sample: u64,
    /// How often each thing is measured, at least five times.
    #[arg(long, default_value_t = 5)]
    runs: usize,
}

type Part = (&'static str, fn(&Args) -> Result<Vec<Figure>>);

const PARTS: &[Part] = &[
    ("scan", |args| scan::measure(&args.tree, args.sample, args.runs)),
    ("http", |args| http::measure(args.runs)),
    ("licence", |args| licence::measure(args.runs)),
    ("start", |args| process_figures::start(args.runs)),
    ("memory", |args| process_figures::memory(args.runs)),
    ("size", |_| process_figures::size()),
];

/// Measures, prints, and fails when a bar is missed.
pub(crate) fn run(args: Args) -> Result<()> {
    let runs = args.runs.max(5);
    let args = Args { runs, ..args };
    let asked: Vec<&String> = args.parts.iter().chain(&args.only).collect();
    let unknown = asked
        .iter()
        .find(|name| !PARTS.iter().any(|(part, _)| part == *name));
    if let Some(unknown) = unknown {
        bail!("there is nothing named {unknown} to measure");
    }
    let programs = [
        "build",
        "--release",
        "-p",
        "rempart-portal",
        "-p",
        "rempart-agent",
        "--bins",
    ];
    process::run(&mut process::cargo(&programs))?;
    let mut figures = Vec::new();
    for (name, measure) in PARTS {
        if asked.is_empty() || asked.iter().any(|asked| asked == name) {
            figures.extend(measure(&args).with_context(|| format!("{name} could not be measured"))?);
        }
    }
    println!("{}", Figure::head());
    for figure in &figures {
        println!("{figure}");
    }
    match figures.iter().filter(|figure| figure.misses()).count() {
        0 => Ok(()),
        1 => bail!("a bar was missed"),
        missed => bail!("{missed} bars were missed"),
    }
}

/// A program or example as the release profile builds it.
fn released(name: &str) -> PathBuf {
    process::target().join("release").join(name)
}

/// A folder of our own, gone when dropped.
struct Scratch {
    path: PathBuf,
}

impl Scratch {
    fn new(name: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("rempart-bench-{name}-{}", std::process::id()));
        std::fs::create_dir(&path).with_context(|| path.display().to_string())?;
        Ok(Self { path })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            eprintln!("{} is left behind: {error}", self.path.display());
        }
    }
}
