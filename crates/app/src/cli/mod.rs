//! The command line. Flags and the environment are the whole configuration; `--help` is its
//! reference.

mod database;
mod demo;
mod routes;
mod serve;

use clap::{Parser, Subcommand};

/// An open platform for a standing dialogue between cities.
#[derive(Debug, Parser)]
#[command(name = "caravanserai", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the platform
    Serve(serve::Args),
    /// Show the exercise edition on this machine, with a database of its own
    Demo(demo::Args),
    /// Bring the database up to this binary's schema
    Migrate(database::Migrate),
    /// Print every address as JSON
    #[command(hide = true)]
    Routes,
}

/// Does what the command line says.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(args) => serve::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Migrate(args) => database::migrate(&args),
        Command::Routes => {
            routes::print();
            Ok(())
        }
    }
}
