//! The program `rempart-agent`: daemon and local command line in one.

use std::process::ExitCode;

fn main() -> ExitCode {
    rempart_agent::cmd::main()
}
