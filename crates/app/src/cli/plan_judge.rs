//! `plan check` and `plan explain`: what a plan breaks, why something has no place, and what it costs.

use std::path::PathBuf;

use clap::Args;
use planner::{changes, check, explain, loads, score, shares};
use serde_json::json;

use super::{
    plan_file::{Input, read_plan},
    plan_make::event,
    plan_report::Verdict,
};

/// `plan check`
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    input: Input,
    /// The plan
    #[arg(value_name = "OUT")]
    plan: PathBuf,
    /// The plan in force before: tells what differs
    #[arg(long, value_name = "OLD")]
    base: Option<PathBuf>,
    /// The event that came between, counted from 0
    #[arg(long, value_name = "K")]
    event: Option<usize>,
}

impl Check {
    pub(super) fn run(&self) -> anyhow::Result<Verdict> {
        let case = self.input.case()?;
        let plan = read_plan(&case, &self.plan)?;
        let problem = match self.event {
            None => case.problem.clone(),
            Some(number) => event(&case, number)?
                .apply(case.problem.clone(), &plan)
                .map_err(|faults| anyhow::anyhow!("the event: {faults}"))?,
        };
        for violation in check(&problem, &plan) {
            println!("{}", json!(violation));
        }
        if let Some(base) = &self.base {
            println!(
                "{}",
                json!({ "changes": changes(&case.problem, &problem, &read_plan(&case, base)?, &plan) })
            );
        }
        Ok(Verdict::given(&problem, &plan))
    }
}

/// `plan explain`
#[derive(Debug, Args)]
pub(super) struct Explain {
    #[command(flatten)]
    input: Input,
    /// The plan
    #[arg(long, value_name = "OUT")]
    plan: PathBuf,
    /// Only this activity
    #[arg(long, value_name = "ID")]
    activity: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> anyhow::Result<Verdict> {
        let case = self.input.case()?;
        let plan = read_plan(&case, &self.plan)?;
        let problem = &case.problem;
        if let Some(asked) = &self.activity {
            let known = problem.spec().activities.iter().any(|it| it.id.as_str() == asked);
            anyhow::ensure!(known, "the problem has no activity {asked}");
        }
        let asked = |id: &str| self.activity.as_deref().is_none_or(|only| only == id);
        for activity in problem.spec().activities.iter().filter(|it| asked(it.id.as_str())) {
            if let Some(why) = explain(problem, &plan, &activity.id) {
                println!("{}", json!(why));
            }
        }
        if self.activity.is_none() {
            let (delegations, people) = (shares(problem, &plan), loads(problem, &plan));
            let terms = score(problem, &plan);
            println!("{}", json!({ "terms": terms, "delegations": delegations, "people": people }));
        }
        // A plan is explained whether or not it keeps the rules.
        Ok(Verdict { exit: 0, ..Verdict::given(problem, &plan) })
    }
}
