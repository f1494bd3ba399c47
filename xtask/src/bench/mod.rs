//! `cargo xtask bench`: our figures against floors measured in the same run, medians of at least five, each bar with
//! pass or fail. Not part of the checks: a busy machine must not fail a change.

mod figures;
mod http;
mod process_figures;
mod scan;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process;
use figures::Figure;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these: scan, http, start, memory, size.
    #[arg(long, value_name = "PART,…", value_delimiter = ',')]
    only: Vec<String>,
    /// The folder that is scanned.
    #[arg(long, default_value = "/usr/lib", value_name = "FOLDER")]
    tree: PathBuf,
    /// How often each thing is measured.
    #[arg(long, default_value_t = 5)]
    runs: usize,
}

type Part = (&'static str, fn(&Args) -> Result<Vec<Figure>>);

const PARTS: &[Part] = &[
    ("scan", |args| scan::measure(&args.tree, args.runs)),
    ("http", |args| http::measure(args.runs)),
    ("start", |args| process_figures::start(args.runs)),
    ("memory", |args| process_figures::memory(args.runs)),
    ("size", |_| process_figures::size()),
];

/// Measures, prints, and fails when a bar is missed.
pub(crate) fn run(args: &Args) -> Result<()> {
    if let Some(unknown) = args
        .only
        .iter()
        .find(|name| !PARTS.iter().any(|(part, _)| part == name))
    {
        bail!("there is nothing named {unknown} to measure");
    }
    let runs = Args {
        only: args.only.clone(),
        tree: args.tree.clone(),
        runs: args.runs.max(5),
    };
    process::run(&mut process::cargo(&[
        "build",
        "--release",
        "-p",
        "rempart-portal",
        "-p",
        "rempart-agent",
        "--bins",
    ]))?;
    let mut missed = 0;
    println!("{}", Figure::HEAD);
    for (name, measure) in PARTS {
        if runs.only.is_empty() || runs.only.iter().any(|asked| asked == name) {
            for figure in measure(&runs)? {
                println!("{figure}");
                missed += usize::from(figure.misses());
            }
        }
    }
    if missed > 0 {
        bail!("{missed} bars missed");
    }
    Ok(())
}

/// A program or example as the release profile builds it.
fn released(name: &str) -> PathBuf {
    process::target().join("release").join(name)
}
