//! `cargo xtask`: the project's own chores, so that a person and CI run the same thing.
//!
//! * `test` every check, installing what it needs
//! * `demo` the real thing, from nothing
//! * `bench` our figures against floors in the same run
//! * `gen` the files our programs write about themselves
//! * `arch`, `sizes` the two checks that read the source, on their own

mod arch;
mod bench;
mod demo;
mod gen_files;
mod links;
mod localstripe;
mod postgres;
mod process;
mod program;
mod sizes;
mod source;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Rempart's chores.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Run every check that CI runs, installing what it needs.
    Test(test::Args),
    /// Run the real thing: a portal with people in it and an agent that scans.
    Demo(demo::Args),
    /// Measure us against floors in the same run.
    Bench(bench::Args),
    /// Let our programs write the files they write about themselves.
    Gen(gen_files::Args),
    /// Check the shape of the house against ARCHITECTURE.md.
    Arch,
    /// Check that no source file outgrows its limit.
    Sizes,
}

fn main() -> ExitCode {
    match chore(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chore(cli: Cli) -> anyhow::Result<()> {
    match cli.chore {
        Chore::Test(args) => test::run(&args),
        Chore::Demo(args) => demo::run(&args),
        Chore::Bench(args) => bench::run(args),
        Chore::Gen(args) => gen_files::run(&args),
        Chore::Arch => arch::check(),
        Chore::Sizes => sizes::check(),
    }
}
