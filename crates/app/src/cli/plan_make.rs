//! `plan solve`, `plan repair` and `plan match`: a problem in, a plan or pairs out.

use std::{path::PathBuf, time::Duration};

use anyhow::Context as _;
use clap::Args;
use planner::{
    ActivityId, Budget, Event, Matching, Status, Violation, check, formats, formats::Case,
};
use serde_json::{Value, json};

use super::{
    plan_file::{Input, read_plan, write},
    plan_report::{Bar, Verdict, made, spent},
};

/// How much work may be done.
#[derive(Debug, Args)]
struct Effort {
    /// CPU seconds in all, reading included; the run may be cut at any step
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    cpu: Option<Duration>,
    /// Steps of search: the same steps and seed give the same plan
    #[arg(long, value_name = "N")]
    steps: Option<u64>,
    /// Seed of chance
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Threads to use at most; all cores when left out
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

fn seconds(raw: &str) -> Result<Duration, String> {
    let number: f64 = raw.parse().map_err(|_| "not a number".to_owned())?;
    Duration::try_from_secs_f64(number).map_err(|error| error.to_string())
}

impl Effort {
    fn budget(&self) -> Budget {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Budget {
            steps: self.steps,
            seed: self.seed,
            threads: self.threads.unwrap_or_else(cores),
            cpu: self.cpu.map(|cpu| cpu.saturating_sub(spent())),
        }
    }
}

/// `plan solve`
#[derive(Debug, Args)]
pub(super) struct Solve {
    #[command(flatten)]
    input: Input,
    /// Where the plan is written, in the solution format of the problem; not when there is none at all
    #[arg(long, value_name = "OUT")]
    out: PathBuf,
    #[command(flatten)]
    effort: Effort,
}

impl Solve {
    pub(super) fn run(&self) -> anyhow::Result<Verdict> {
        let case = self.input.case()?;
        let mut bar = Bar::new();
        let budget = self.effort.budget();
        let outcome = planner::solve(&case.problem, &budget, &mut |now| bar.see(&now));
        drop(bar);
        if outcome.status != Status::Infeasible {
            write(&self.out, &formats::write(&case, &outcome.plan))?;
        }
        Ok(Verdict::found(&outcome))
    }
}

/// The event that a number names.
pub(super) fn event(case: &Case, number: usize) -> anyhow::Result<&Event> {
    let count = case.events.len();
    case.events.get(number).with_context(|| match count {
        0 => "the problem has no events".to_owned(),
        _ => format!("there is no event {number}: they are 0 to {}", count - 1),
    })
}

/// `plan repair`
#[derive(Debug, Args)]
pub(super) struct Repair {
    #[command(flatten)]
    input: Input,
    /// The plan in force
    #[arg(long, value_name = "OLD")]
    base: PathBuf,
    /// The event of the problem, counted from 0
    #[arg(long, value_name = "K")]
    event: usize,
    /// Where the plan of the chosen way is written
    #[arg(long, value_name = "OUT")]
    out: PathBuf,
    /// Which of the ways is written, counted from 1: the first drops least, then touches fewest people
    #[arg(long, value_name = "N", default_value_t = 1)]
    way: usize,
    /// Steps of search in four rounds; a way takes as many rounds as find something better
    #[arg(long, value_name = "N", default_value_t = 600)]
    steps: u64,
    /// Seed of chance
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// CPU seconds in all, reading included: then the ways found so far are all
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    cpu: Option<Duration>,
}

impl Repair {
    pub(super) fn run(&self) -> anyhow::Result<Verdict> {
        let case = self.input.case()?;
        let base = read_plan(&case, &self.base)?;
        let event = event(&case, self.event)?.clone();
        let cpu = self.cpu.map(|cpu| cpu.saturating_sub(spent()));
        let effort = planner::Effort { steps: self.steps, seed: self.seed, cpu };
        let repaired = planner::repair(case.problem, &base, &event, &effort);
        let (problem, ways) = repaired.map_err(|faults| anyhow::anyhow!("the event: {faults}"))?;
        let case = Case { problem, ..case };
        let count = ways.len();
        let chosen = self.way.checked_sub(1).and_then(|at| ways.get(at));
        let chosen = chosen.with_context(|| format!("there are {count} ways, counted from 1"))?;
        write(&self.out, &formats::write(&case, &chosen.plan))?;
        let broken: Vec<Vec<Violation>> =
            ways.iter().map(|way| check(&case.problem, &way.plan)).collect();
        for (number, (way, broken)) in (1..).zip(ways.iter().zip(&broken)) {
            println!("{}", told(number, way, broken));
        }
        let status = match (broken[self.way - 1].is_empty(), chosen.conflict.is_empty()) {
            (true, _) => Status::Feasible,
            (false, true) => Status::Unknown,
            (false, false) => Status::Infeasible,
        };
        if status == Status::Infeasible {
            let names: Vec<&str> = chosen.conflict.iter().map(ActivityId::as_str).collect();
            eprintln!("No plan keeps all rules any more, because of: {}", names.join(", "));
        }
        let score = (status == Status::Feasible).then_some(chosen.score.total);
        Ok(Verdict { status, score, bound: None, exit: made(status) })
    }
}

/// A way in one line. What it breaks is broken by every plan when `conflict` says so.
fn told(number: usize, way: &planner::Repair, broken: &[Violation]) -> Value {
    let changes = &way.changes;
    json!({
        "way": number,
        "aim": way.aim,
        "moved": changes.moved,
        "dropped": changes.dropped,
        "added": changes.added,
        "restaffed": changes.restaffed,
        "people": changes.people,
        "score": way.score.total,
        "violations": broken.len(),
        "broken": broken,
        "conflict": way.conflict,
        "proved": way.proved,
    })
}

/// `plan match`
#[derive(Debug, Args)]
pub(super) struct Match {
    #[command(flatten)]
    input: Input,
    /// Where the pairs are written
    #[arg(long, value_name = "OUT")]
    out: PathBuf,
    /// Steps of search
    #[arg(long, value_name = "N", default_value_t = 3_000_000)]
    steps: u64,
    /// Seed of chance
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

impl Match {
    pub(super) fn run(&self) -> anyhow::Result<Verdict> {
        let case = self.input.case()?;
        let market = case.market.as_ref().context("the problem says nothing of who wishes whom")?;
        let found = planner::suggest(market, self.steps, self.seed);
        write(&self.out, &pairs(&case, &found).to_string())?;
        println!(
            "{}",
            json!({
                "pairs": found.suggestions.len(),
                "mutual": found.mutual,
                "blocking": found.blocking,
                "smallest_share": found.smallest_share(),
                "spread": found.spread(),
                "goals": found.goals,
            })
        );
        let (status, score) = (Status::Feasible, Some(found.mutual));
        Ok(Verdict { status, score, bound: None, exit: 0 })
    }
}

/// The pairs as the format of the problem names delegations: summit-1 by number.
fn pairs(case: &Case, found: &Matching) -> Value {
    let name = |id: &planner::DelegationId| match case.format {
        formats::Format::Own => json!(id),
        _ => id.as_str().parse::<u32>().map_or_else(|_| json!(id), |number| json!(number)),
    };
    found.suggestions.iter().map(|one| json!([name(&one.pair.0), name(&one.pair.1)])).collect()
}
