//! The command line. Flags and the environment are the whole configuration; `--help` is its
//! reference.

mod backup;
mod check;
mod database;
mod demo;
mod desk;
mod doctor;
mod exchange;
mod invite;
mod mirror;
mod plan;
mod plan_bench;
mod plan_file;
mod plan_judge;
mod plan_make;
mod plan_report;
mod register;
mod rehearse;
mod routes;
mod serve;
mod verify;

use std::process::ExitCode;

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
    /// Copy everything to a file, consistently, while the platform runs
    Backup(backup::Backup),
    /// Give a copy back into an empty database of either engine
    Restore(backup::Restore),
    /// Check the machine: database, fonts, mail, clock, zones
    Doctor(doctor::Args),
    /// Give somebody an account and print a one-time link
    Invite(invite::Args),
    /// Read a file into the register
    Import(exchange::Import),
    /// Write a list to a file
    Export(exchange::Export),
    /// Check what is stored: every document, every reference
    Check(check::Args),
    /// The register of formal acts: its key, its witnesses, what is done after a restore
    #[command(subcommand)]
    Register(register::What),
    /// Check a document of the register, without network and database
    Verify(verify::Args),
    /// Keep a copy of a register, which grows only by what was signed
    Mirror(mirror::Mirror),
    /// Vouch that a register only grows, for others to rely on
    #[command(subcommand)]
    Witness(mirror::Witness),
    /// Plan, repair, explain, match and check problems that stand in files
    #[command(subcommand)]
    Plan(plan::What),
}

/// Does what the command line says; an error is one for a person to read.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Serve(args) => serve::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Migrate(args) => database::migrate(&args),
        Command::Routes => {
            routes::print();
            Ok(())
        }
        Command::Backup(args) => backup::backup(&args),
        Command::Restore(args) => backup::restore(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Invite(args) => invite::run(&args),
        Command::Import(args) => exchange::import(&args),
        Command::Export(args) => exchange::export(&args),
        Command::Check(args) => check::run(&args),
        Command::Register(what) => register::run(&what),
        Command::Verify(args) => return verify::run(&args),
        Command::Mirror(args) => mirror::mirror(&args),
        Command::Witness(what) => mirror::witness(&what),
        Command::Plan(what) => return Ok(plan::run(&what)),
    }?;
    Ok(ExitCode::SUCCESS)
}
