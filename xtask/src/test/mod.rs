//! `cargo xtask test`: every check, one after the other, and a summary nobody has to scroll for.
//!
//! A check that fails does not stop the others. There are no retries.

mod counts;
mod demo;
mod steps;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

pub(crate) use counts::Counts;
use steps::STEPS;

/// Which checks to run.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only these checks, separated by commas.
    #[arg(long, value_name = "STEP,…", value_delimiter = ',')]
    only: Vec<String>,
    /// Only say which checks there are.
    #[arg(long)]
    list: bool,
}

struct Outcome {
    name: &'static str,
    took: Duration,
    counts: Counts,
    fault: Option<String>,
}

/// Runs the checks asked for.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.list {
        for step in STEPS {
            println!("{:8} {}", step.name, step.about);
        }
        return Ok(());
    }
    let chosen = choose(&args.only)?;
    let outcomes: Vec<Outcome> = chosen.into_iter().map(run_one).collect();
    if summarise(&outcomes) {
        Ok(())
    } else {
        std::process::exit(1)
    }
}

fn choose(only: &[String]) -> Result<Vec<&'static steps::Step>> {
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    if let Some(unknown) = only.iter().find(|name| !names.contains(&name.as_str())) {
        bail!(
            "there is no check named {unknown}; there are: {}",
            names.join(", ")
        );
    }
    let asked = |step: &&steps::Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(STEPS.iter().filter(asked).collect())
}

fn run_one(step: &'static steps::Step) -> Outcome {
    eprintln!("\n── {}: {}", step.name, step.about);
    let start = Instant::now();
    let result = (step.run)();
    let took = start.elapsed();
    let (counts, fault) = match result {
        Ok(counts) if counts.failed == 0 => (counts, None),
        Ok(counts) => (counts, Some(format!("{} failed", counts.failed))),
        Err(error) => (Counts { passed: 0, failed: 1 }, Some(format!("{error:#}"))),
    };
    match &fault {
        None => eprintln!("   ok in {}", seconds(took)),
        Some(fault) => eprintln!("   FAILED in {}: {fault}", seconds(took)),
    }
    Outcome {
        name: step.name,
        took,
        counts,
        fault,
    }
}

/// Prints what happened and says whether all is well. The last line is the one machines read.
fn summarise(outcomes: &[Outcome]) -> bool {
    let mut total = Counts { passed: 0, failed: 0 };
    println!();
    for outcome in outcomes {
        let verdict = if outcome.fault.is_none() { "ok" } else { "FAILED" };
        let Counts { passed, failed } = outcome.counts;
        println!(
            "{verdict:7} {:8} {:>8}  {passed} passed, {failed} failed",
            outcome.name,
            seconds(outcome.took)
        );
        if let Some(fault) = &outcome.fault {
            println!(
                "        {}",
                fault.lines().take(12).collect::<Vec<_>>().join("\n        ")
            );
        }
        total.passed += passed;
        total.failed += failed;
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    total.failed == 0
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}
