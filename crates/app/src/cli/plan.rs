//! `plan`: problems in files, plans in files, by the planner alone and without a database.
//!
//! The last line of standard output is one JSON object with `status`, `score`, `bound` and `cpu_s`; lines
//! before it are JSON objects too. The exit status is 0 with a plan, 1 for a plan that breaks rules, 2 for
//! what cannot be read, 3 when there is proved to be no plan, and 4 when none was found in time.

use std::process::ExitCode;

use clap::Subcommand;

use super::{plan_bench, plan_judge, plan_make};

/// What is asked of the planner.
#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Find a plan, and improve it for as long as the budget lasts
    Solve(plan_make::Solve),
    /// Go on after an event, with as few changes as possible
    Repair(plan_make::Repair),
    /// Say why activities have no place, what would have to give way, and what the plan costs
    Explain(plan_judge::Explain),
    /// Say who should meet whom
    Match(plan_make::Match),
    /// Name every rule that a plan breaks
    Check(plan_judge::Check),
    /// Plan every problem of a folder, beside other solvers, and write a table
    Bench(plan_bench::Bench),
}

/// Does what is asked, and says how it ended.
pub(super) fn run(what: &What) -> ExitCode {
    let verdict = match what {
        What::Solve(args) => args.run(),
        What::Repair(args) => args.run(),
        What::Explain(args) => args.run(),
        What::Match(args) => args.run(),
        What::Check(args) => args.run(),
        What::Bench(args) => args.run(),
    };
    match verdict {
        Ok(verdict) => {
            println!("{}", verdict.line());
            ExitCode::from(verdict.exit)
        }
        Err(error) => {
            eprintln!("caravanserai: {error:#}");
            ExitCode::from(2)
        }
    }
}
