//! The one binary.

use clap::Parser as _;

fn main() -> anyhow::Result<()> {
    caravanserai::cli::run(caravanserai::cli::Cli::parse())
}
