//! The one binary.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match caravanserai::cli::run(caravanserai::cli::Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            // One line for a person; a backtrace would tell of our source, not of the machine.
            eprintln!("caravanserai: {error:#}");
            ExitCode::FAILURE
        }
    }
}
