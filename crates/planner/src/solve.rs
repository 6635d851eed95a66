//! Planning: a first plan, then a better one for as long as the budget lasts.
//!
//! The same problem, seed and number of steps give the same plan. A limit of CPU time may cut a run at any
//! step; what is then returned is the best plan so far.

use std::{ops::ControlFlow, time::Duration};

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

use crate::{
    construct::construct,
    id::ActivityId,
    insert::Finder,
    legal::exactly,
    plan::Plan,
    problem::Problem,
    score::{Score, score},
    search::Search,
    state::{MISSING, State},
};

/// How much work a run may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Steps of search. They also set the pace of cooling, so that the same steps give the same plan;
    /// when left out, CPU time sets it, and with no CPU time either a hundred thousand steps are done.
    pub steps: Option<u64>,
    /// Seed of chance.
    pub seed: u64,
    /// Threads to use.
    pub threads: usize,
    /// CPU time after which the run is cut.
    pub cpu: Option<Duration>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { steps: None, seed: 1, threads: 1, cpu: None }
    }
}

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Steps done.
    pub steps: u64,
    /// How much of the budget is used, from 0 to 1.
    pub used: f64,
    /// Score of the best plan so far.
    pub score: f64,
    /// Activities it leaves out.
    pub unplaced: usize,
}

/// What is known about a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// No plan is better.
    Optimal,
    /// The plan keeps all rules.
    Feasible,
    /// No plan keeps all rules.
    Infeasible,
    /// No plan that keeps all rules was found.
    Unknown,
}

/// The result of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The best plan found; with status unknown or infeasible it leaves out mandatory activities.
    pub plan: Plan,
    /// Its score.
    pub score: Score,
    /// What is known about it.
    pub status: Status,
    /// No plan scores less than this.
    pub bound: Option<f64>,
    /// Steps done.
    pub steps: u64,
    /// What is not placed; [`explain`](crate::explain()) says why.
    pub unplaced: Vec<ActivityId>,
}

/// Steps between two looks at the clock and two reports.
const STRIDE: u64 = 64;

/// Steps when nothing else is said.
const STEPS: u64 = 100_000;

/// Plans from nothing.
pub fn solve(
    problem: &Problem,
    budget: &Budget,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Outcome {
    improve(problem, &Plan::default(), budget, progress)
}

/// Plans again from `base`: what of it still keeps the rules is the beginning.
pub fn improve(
    problem: &Problem,
    base: &Plan,
    budget: &Budget,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Outcome {
    let clock = ThreadTime::now();
    let model = &problem.model;
    let mut state = State::new(model);
    let mut finder = Finder::new(model);
    adopt(problem, base, &mut state);
    construct(&mut state, &mut finder);
    let mut search = Search::new(state, budget.seed);
    let limit = budget.limit();
    let (mut done, mut used) = (0, 0.0);
    while budget.steps.is_none_or(|steps| done < steps) {
        if done.is_multiple_of(STRIDE) {
            let spent =
                budget.cpu.map_or(0.0, |cpu| clock.elapsed().as_secs_f64() / cpu.as_secs_f64());
            used = limit.map_or(spent, |steps| part(done, steps));
            let (score, unplaced) = (search.best() % MISSING, search.absent.len());
            let report = Progress { steps: done, used, score, unplaced };
            if used >= 1.0 || spent >= 1.0 || progress(report).is_break() {
                break;
            }
        }
        search.step(temperature(used));
        done += 1;
    }
    let state = search.finish();
    let plan = state.plan(problem);
    let whole = state.missing == 0 && state.excess() == 0;
    Outcome {
        score: score(problem, &plan),
        status: if whole { Status::Feasible } else { Status::Unknown },
        bound: None,
        steps: done,
        unplaced: unplaced(problem, &plan),
        plan,
    }
}

fn unplaced(problem: &Problem, plan: &Plan) -> Vec<ActivityId> {
    let ids = problem.spec().activities.iter().map(|activity| &activity.id);
    ids.filter(|id| !plan.activities.contains_key(id)).cloned().collect()
}

impl Budget {
    /// The steps that set the pace; CPU time does when there are none.
    fn limit(&self) -> Option<u64> {
        match (self.steps, self.cpu) {
            (None, None) => Some(STEPS),
            (steps, _) => steps,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "steps stay below 2^52")]
pub(crate) fn part(done: u64, of: u64) -> f64 {
    done as f64 / of.max(1) as f64
}

/// Falls evenly in ratio from the cost of a small meeting to that of an idle slot.
fn temperature(used: f64) -> f64 {
    const HOT: f64 = 60.0;
    const COLD: f64 = 0.5;
    HOT * (COLD / HOT).powf(used)
}

/// Places what `base` says wherever that keeps the rules.
pub(crate) fn adopt(problem: &Problem, base: &Plan, state: &mut State<'_>) {
    let index = &problem.index;
    let mut wanted: Vec<_> = base
        .activities
        .iter()
        .filter_map(|(id, placement)| {
            let task = index.activity(id)?;
            let hall = index.hall(&placement.hall)?;
            let team: Option<Vec<usize>> =
                placement.interpreters.iter().map(|i| index.interpreter(i)).collect();
            let mut team = team?;
            team.sort_unstable();
            Some((placement.start, task, hall, team))
        })
        .collect();
    wanted.sort();
    for (start, task, hall, team) in wanted {
        if let Some(spot) = exactly(state, task, start, hall, &team) {
            state.place(task, spot);
        }
    }
}
