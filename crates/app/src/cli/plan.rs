//! `plan`: problems in files, plans in files, by the planner alone and without a database.
//!
//! The last line of standard output is one JSON object with `status`, `score`, `bound` and `cpu_s`; lines
//! before it are JSON objects too. The exit status is 0 with a plan, 1 for a plan that breaks rules, 2 for
//! what cannot be read, 3 when there is proved to be no plan, and 4 when none was found in time.

use std::{fs::File, io::Read as _, path::Path, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use planner::{
    Plan,
    formats::{self, Case},
};

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

/// A problem in a file.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// The problem: own JSON, summit-1 JSON or a B2B `.dzn`
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// Most by which the breaks of two people may differ, in B2B files; -1 for any
    #[arg(long, value_name = "D", default_value_t = 2, allow_negative_numbers = true)]
    fairness: i64,
}

impl Input {
    /// The problem, its market and its events.
    pub(super) fn case(&self) -> anyhow::Result<Case> {
        let bytes = read(&self.input)?;
        formats::read(&bytes, u32::try_from(self.fairness).ok()).map_err(|faults| {
            anyhow::anyhow!("{}: {}", self.input.display(), one_line(&faults.to_string()))
        })
    }
}

/// Reads a file of bearable length; what is longer is refused by the reader of its format.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(cannot)?;
    let mut bytes = Vec::new();
    let most = formats::LARGEST as u64 + 1;
    file.take(most).read_to_end(&mut bytes).with_context(cannot)?;
    Ok(bytes)
}

/// A plan of a case, in the format of the case.
pub(super) fn read_plan(case: &Case, path: &Path) -> anyhow::Result<Plan> {
    let plan = formats::read_plan(case, &read(path)?);
    plan.map_err(|faults| anyhow::anyhow!("{}: {}", path.display(), one_line(&faults.to_string())))
}

/// Writes a file whole.
pub(super) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
