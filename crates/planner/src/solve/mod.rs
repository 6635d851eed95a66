//! Planning: a first plan, then a better one for as long as the budget lasts.
//!
//! The same problem, seed and number of steps give the same plan. A limit of CPU time may cut a run at any
//! step; what is then returned is the best plan so far.

pub(crate) mod begin;

use std::{
    cell::{Cell, RefCell},
    ops::ControlFlow,
    thread,
    time::Duration,
};

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

use crate::{
    bound,
    exact::{self, Proof, Standing},
    judge::score::{Score, score},
    least::must,
    model::Model,
    problem::{
        Problem,
        id::{ActivityId, PersonId},
        plan::Plan,
        spec::Slot,
    },
    sat::Limit,
    search::{
        construct::complete,
        insert::Finder,
        lanes::Crew,
        state::{Spot, State},
    },
    solve::begin::{begin, evened},
};

/// How much work a run may do. The first plan and the last look for places are not cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Steps of search, and conflicts of each proof. They also set the pace of cooling, so that the same
    /// steps give the same plan; when left out, CPU time sets it, and with no CPU time either a hundred
    /// thousand steps are done.
    pub steps: Option<u64>,
    /// Seed of chance.
    pub seed: u64,
    /// Threads to use at most. How many there are never changes the plan that the steps lead to, only how
    /// long it takes.
    pub threads: usize,
    /// CPU time of all threads together, the calling one included, after which the run is cut.
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
    /// No plan that keeps all rules scores less than this; told while a proof is under way.
    pub bound: Option<f64>,
}

/// What is known about a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// No plan is better, but for what rounding hides.
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
    /// No plan that keeps all rules scores less than this; nothing where there is no such plan.
    pub bound: Option<f64>,
    /// With status infeasible: mandatory activities that no plan places together, whatever else is left
    /// out. None of them was found that could be spared, unless the run was stopped or out of time. Empty
    /// where the proof names none.
    pub conflict: Vec<ActivityId>,
    /// With status infeasible, where the activities of the conflict can be placed but not so that the
    /// breaks of all are as even as they have to be: people among whom that fails.
    pub uneven: Vec<PersonId>,
    /// Steps done.
    pub steps: u64,
    /// What is not placed; [`explain`](crate::explain()) says why.
    pub unplaced: Vec<ActivityId>,
}

/// Steps between two looks at the clock and two reports.
const STRIDE: u64 = 64;

/// The part of the CPU time that goes into the search; the rest is for what is known of all plans.
const SEARCHING: f64 = 0.95;

/// Steps of search before a proof is tried.
const WARM_UP: u64 = 20_000;

/// Steps after which the engine of proofs is asked for a plan, when the search has none that holds all.
const HARD_START: u64 = 4_000;

/// Conflicts that this may take: more are better spent on the whole question.
const MOST_ASKED: u64 = 5_000;

/// The same where nobody may have a break: most such questions take less than half of it.
const MOST_CALM: u64 = 10_000;

/// Looks at whether a first plan takes too long, between two reports.
const LOOKS: u64 = 64;

/// Steps of search that take about as long as a portion of a proof.
const STEPS_A_PORTION: u64 = 50;

/// Steps when nothing else is said.
const STEPS: u64 = 100_000;

/// Plans from nothing.
///
/// Whatever finds a place at last is placed, even where the score would be better without it: of all that is
/// left out [`explain`](crate::explain()) can say why.
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
    let (clock, model) = (ThreadTime::now(), &problem.model);
    let (stopped, listener) = (Cell::new(false), RefCell::new(progress));
    // Once stopped, it is not asked again.
    let tell = |now: Progress| {
        if stopped.get() || (*listener.borrow_mut())(now).is_break() {
            stopped.set(true);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    };
    let progress = &mut |now: Progress| tell(now);
    let (opening, looks) = (opening(problem, base), Cell::new(0));
    let over = || {
        looks.set(looks.get() + 1);
        let heard = looks.get() % LOOKS != 1 || tell(opening).is_continue();
        !heard || stopped.get() || budget.spent(clock, Duration::ZERO) >= 1.0
    };
    over();
    let state = begin(problem, base, &over);
    let provable = exact::applies(model);
    if provable
        && state.missing == 0
        && let Some(finding) = exact::at_sight(model)
    {
        let proof = Proven::new(problem, &state, Some(finding), &Proofs::NONE);
        return conclude(problem, &state, 0, proof);
    }
    // Where nobody may have a break, local search hardly ever finds a plan, and the engine soon does.
    let calm = provable && exact::is_calm(model);
    let most = match (provable, calm) {
        (_, true) => 0,
        (true, false) => WARM_UP,
        (false, false) => u64::MAX,
    };
    let mut climb = Climb { budget, clock, most, done: 0, elsewhere: Duration::ZERO };
    if calm
        && !stopped.get()
        && let ControlFlow::Continue(Some(starts)) =
            climb.ask((exact::place_calmly, MOST_CALM), &state, progress)
    {
        let proof = Proven { optimal: true, bound: Some(0.0), ..Proven::default() };
        return conclude(problem, &at_tables(model, &starts), 0, proof);
    }
    let mut state = climb.run(&state, progress);
    if provable
        && !stopped.get()
        && state.missing > 0
        && let ControlFlow::Continue(Some(starts)) =
            climb.ask((exact::place, MOST_ASKED), &state, progress)
    {
        state = climb.run(&at_tables(model, &starts), progress);
    }
    state = evened(state);
    // What finds a place is never left out: for all the rest there are reasons.
    complete(&mut state, &mut Finder::new(model));
    let mut outcome = None;
    if provable && !stopped.get() {
        let finding = climb.prove(&state, progress);
        if let Some(starts) = &finding.starts {
            state = at_tables(model, starts);
        }
        outcome = Some(finding);
    }
    let over = || stopped.get() || budget.spent(clock, climb.elsewhere) >= 1.0;
    let proofs = Proofs { steps: climb.done, portions: budget.portions(), over: &over };
    let proof = Proven::new(problem, &state, outcome, &proofs);
    conclude(problem, &state, climb.done, proof)
}

/// How a run stands before it has done anything: what of `base` keeps the rules.
fn opening(problem: &Problem, base: &Plan) -> Progress {
    let mut state = State::new(&problem.model);
    begin::adopt(problem, base, &mut state);
    let (score, unplaced) = (state.objective().cost, state.absent().len());
    Progress { steps: 0, used: 0.0, score, unplaced, bound: None }
}

/// Whether all that is mandatory is placed and no limit on the whole is passed.
fn whole(state: &State<'_>) -> bool {
    state.objective().is_whole()
}

fn at_tables<'a>(model: &'a Model, starts: &[Slot]) -> State<'a> {
    let mut state = State::new(model);
    for (task, &start) in starts.iter().enumerate() {
        state.place(task, Spot { start, hall: 0, team: Vec::new() });
    }
    state
}

/// What is known about all plans.
#[derive(Default)]
struct Proven {
    infeasible: bool,
    optimal: bool,
    bound: Option<f64>,
    conflict: Vec<ActivityId>,
    uneven: Vec<PersonId>,
}

/// What proofs may cost.
struct Proofs<'a> {
    /// Steps of search, which a bound is not to outlast by far.
    steps: u64,
    /// Portions of work for what excludes each other.
    portions: u64,
    over: &'a dyn Fn() -> bool,
}

impl Proofs<'_> {
    const NONE: Proofs<'static> = Proofs { steps: 0, portions: 0, over: &|| true };
}

/// By how much a score may be above a bound and be called the least: both are rounded sums.
const ROUNDING: f64 = 1e-5;

impl Proven {
    fn new(
        problem: &Problem,
        state: &State<'_>,
        finding: Option<exact::Finding>,
        proofs: &Proofs<'_>,
    ) -> Self {
        let (model, spec) = (&problem.model, problem.spec());
        let ids = |tasks: Vec<usize>| -> Vec<ActivityId> {
            tasks.into_iter().map(|task| spec.activities[task].id.clone()).collect()
        };
        if let Some(finding) = finding {
            let Proof::Infeasible(exact::Conflict { tasks, people }) = finding.proof else {
                let bound = f64::from(finding.bound) * spec.weights.breaks;
                let optimal = finding.proof == Proof::Optimal;
                return Self { optimal, bound: Some(bound), ..Self::default() };
            };
            let uneven = people.into_iter().map(|person| spec.people[person].id.clone());
            let uneven = uneven.collect();
            return Self { infeasible: true, conflict: ids(tasks), uneven, ..Self::default() };
        }
        if state.missing > 0
            && let Some(tasks) = conflict(model, proofs)
        {
            return Self { infeasible: true, conflict: ids(tasks), ..Self::default() };
        }
        let looks = usize::try_from(proofs.steps).unwrap_or(usize::MAX);
        let known = if whole(state) { state.objective().cost } else { f64::INFINITY };
        let bound = bound::bound(state, known, looks, proofs.over);
        Self { optimal: known <= bound + ROUNDING, bound: Some(bound), ..Self::default() }
    }
}

/// Mandatory tasks that no plan places together: by prices and trees, which see at once what is far too much,
/// and by the engine of proofs, which sees the rest and what can be spared.
fn conflict(model: &Model, proofs: &Proofs<'_>) -> Option<Vec<usize>> {
    let seen = bound::conflict(model, proofs.over);
    let all = || bound::mandatory(model).collect();
    let asked = seen.clone().unwrap_or_else(all);
    must::conflict(model, &asked, proofs.portions, proofs.over).or(seen)
}

fn conclude(problem: &Problem, state: &State<'_>, steps: u64, proven: Proven) -> Outcome {
    let plan = state.plan(problem);
    let score = score(problem, &plan);
    let status = match (proven.infeasible, whole(state)) {
        (true, _) => Status::Infeasible,
        (false, true) if proven.optimal => Status::Optimal,
        (false, true) => Status::Feasible,
        (false, false) => Status::Unknown,
    };
    let unplaced = unplaced(problem, &plan);
    let Proven { bound, conflict, uneven, .. } = proven;
    Outcome { plan, score, status, bound, conflict, uneven, steps, unplaced }
}

/// The search under a budget.
struct Climb<'a> {
    budget: &'a Budget,
    clock: ThreadTime,
    most: u64,
    done: u64,
    /// CPU time of other threads.
    elsewhere: Duration,
}

impl Climb<'_> {
    /// The best plan found.
    fn run<'a>(
        &mut self,
        state: &State<'a>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> State<'a> {
        let steps = self.budget.limit().map(|steps| steps.min(self.most));
        let steps = steps.or((self.most < u64::MAX).then_some(self.most));
        let mut told = None;
        thread::scope(|scope| {
            let mut crew = Crew::new(scope, state, self.budget.seed, self.budget.threads);
            while steps.is_none_or(|steps| self.done < steps) {
                self.elsewhere = crew.elsewhere();
                let spent = self.budget.spent(self.clock, self.elsewhere) / SEARCHING;
                let used = steps.map_or(spent, |steps| part(self.done, steps));
                let best = crew.first().best();
                if told.is_none_or(|told| self.done >= told + STRIDE) {
                    told = Some(self.done);
                    let (score, unplaced) = (best.cost, crew.first().absent.len());
                    let now = Progress { steps: self.done, used, score, unplaced, bound: None };
                    if progress(now).is_break() {
                        break;
                    }
                }
                let stuck = self.done >= HARD_START && best.missing > 0;
                if used >= 1.0 || spent >= 1.0 || stuck && self.most < u64::MAX {
                    break;
                }
                let left = steps.map_or(u64::MAX, |steps| steps - self.done);
                let round = crew.round().min(left);
                crew.go(temperature(used), round);
                self.done += round;
            }
            crew.finish()
        })
    }

    /// Asks the engine of proofs for a plan near this one.
    fn ask(
        &self,
        (place, most): (exact::Place, u64),
        state: &State<'_>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> ControlFlow<(), Option<Vec<Slot>>> {
        let near = state.spots.iter().map(|spot| Some(spot.as_ref()?.start));
        let near: Vec<Option<Slot>> = near.collect();
        let limit = self.budget.proof(self.clock, self.elsewhere, most);
        place(state.model, &near, limit, &mut |standing| progress(self.standing(state, standing)))
    }

    /// Proves what can be proved with what is left of the budget.
    fn prove(
        &self,
        state: &State<'_>,
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> exact::Finding {
        let known = whole(state).then(|| state.breaks());
        let limit = self.budget.proof(self.clock, self.elsewhere, u64::MAX);
        exact::prove(state.model, known, limit, &mut |standing| {
            progress(self.standing(state, standing))
        })
    }

    /// How a proof stands that began from this plan.
    fn standing(&self, state: &State<'_>, standing: Standing) -> Progress {
        let weight = state.model.weights.breaks;
        let spent = self.budget.spent(self.clock, self.elsewhere);
        let used = self.budget.limit().map_or(0.0, |steps| part(standing.conflicts, steps));
        let (score, unplaced) = match standing.best {
            Some(breaks) => (f64::from(breaks) * weight, 0),
            None => {
                (state.objective().cost, state.spots.iter().filter(|spot| spot.is_none()).count())
            }
        };
        Progress {
            steps: self.done + standing.conflicts,
            used: used.max(spent).min(1.0),
            score,
            unplaced,
            bound: Some(f64::from(standing.bound) * weight),
        }
    }
}

fn unplaced(problem: &Problem, plan: &Plan) -> Vec<ActivityId> {
    let ids = problem.spec().activities.iter().map(|activity| &activity.id);
    ids.filter(|id| !plan.activities.contains_key(id)).cloned().collect()
}

impl Budget {
    /// How much of the CPU time is spent; 0 when there is no limit.
    fn spent(&self, clock: ThreadTime, elsewhere: Duration) -> f64 {
        let spent = (clock.elapsed() + elsewhere).as_secs_f64();
        self.cpu.map_or(0.0, |cpu| spent / cpu.as_secs_f64().max(1e-9))
    }

    /// What is left for a proof: the CPU time not spent, and as many conflicts as there are steps, or `most`.
    fn proof(&self, clock: ThreadTime, elsewhere: Duration, most: u64) -> Limit {
        let left = self.cpu.map(|cpu| cpu.saturating_sub(clock.elapsed() + elsewhere));
        Limit::new(left, self.limit().unwrap_or(u64::MAX).min(most))
    }

    /// Portions of work for what excludes each other: as many as the steps are worth.
    fn portions(&self) -> u64 {
        self.limit().map_or(u64::MAX, |steps| steps / STEPS_A_PORTION)
    }

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
pub(crate) fn temperature(used: f64) -> f64 {
    const HOT: f64 = 60.0;
    const COLD: f64 = 0.5;
    HOT * (COLD / HOT).powf(used)
}
