//! Repair: a released plan, news, and several ways to go on.
//!
//! What has begun stays; what can stay does; of the rest as little as possible is dropped and as few people
//! as possible are touched. The same search does it, with a tax on every change.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    bound,
    check::check,
    construct::{Builder, in_order},
    event::{Event, News},
    fault::Faults,
    home::{Home, Rates},
    id::{ActivityId, Object, PersonId},
    insert::Finder,
    legal::exactly,
    model::Model,
    plan::Plan,
    problem::Problem,
    rule::Rule,
    score::Score,
    search::{Lack, Search},
    solve::part,
    spec::Slot,
    state::{Spot, State},
};

/// What differs between two plans.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Another start or hall.
    pub moved: Vec<ActivityId>,
    /// No longer placed.
    pub dropped: Vec<ActivityId>,
    /// Newly placed.
    pub added: Vec<ActivityId>,
    /// Other interpreters, same start and hall.
    pub restaffed: Vec<ActivityId>,
    /// The people of what was moved, dropped or added.
    pub people: BTreeSet<PersonId>,
}

/// What differs, as seen by the people of `problem`. What the problem no longer contains is dropped.
pub fn changes(problem: &Problem, old: &Plan, new: &Plan) -> Changes {
    let mut changes = Changes::default();
    let added = new.activities.keys().filter(|&id| !old.activities.contains_key(id));
    for id in old.activities.keys().chain(added) {
        let list = match (old.activities.get(id), new.activities.get(id)) {
            (Some(_), None) => &mut changes.dropped,
            (None, Some(_)) => &mut changes.added,
            (Some(a), Some(b)) if (a.start, &a.hall) != (b.start, &b.hall) => &mut changes.moved,
            (Some(a), Some(b)) => {
                let (mut a, mut b) = (a.interpreters.clone(), b.interpreters.clone());
                a.sort();
                b.sort();
                if a != b {
                    changes.restaffed.push(id.clone());
                }
                continue;
            }
            (None, None) => continue,
        };
        list.push(id.clone());
        if let Some(activity) = problem.index.activity(id) {
            changes.people.extend(problem.spec().activities[activity].people.iter().cloned());
        }
    }
    changes
}

/// What a repair puts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// Drop as little as possible, then touch as few people as possible.
    KeepAll,
    /// Touch nobody but those whose activities are broken, even if more is dropped.
    TouchFew,
    /// The best score, moving people where it pays.
    BestScore,
}

impl Aim {
    /// In the order of the work: each goes on from what the one before found.
    const ALL: [Self; 3] = [Self::TouchFew, Self::KeepAll, Self::BestScore];

    const fn rates(self) -> Rates {
        match self {
            Self::KeepAll => Rates { dropped: 1e7, weight: 100.0, ..FEW },
            Self::TouchFew => FEW,
            Self::BestScore => Rates {
                person: 40.0,
                moved: 10.0,
                dropped: 500.0,
                weight: 50.0,
                team: 10.0,
                heat: 60.0,
            },
        }
    }

    /// Rounds of search: most of them for what will be looked at first.
    const fn rounds(self) -> u64 {
        match self {
            Self::KeepAll => 2 * ROUNDS,
            Self::TouchFew => ROUNDS,
            Self::BestScore => 1,
        }
    }
}

const FEW: Rates = Rates {
    person: 10_000.0,
    moved: 1_000.0,
    dropped: 15_000.0,
    weight: 1.0,
    team: 500.0,
    heat: 15_000.0,
};

/// All that was promised, whoever has to move: so cheap are moves that many are made at once.
const LOOSE: Rates =
    Rates { person: 1_000.0, moved: 100.0, dropped: 1e7, weight: 100.0, team: 50.0, ..FEW };

/// All that is mandatory, at any price.
const ANY: Rates =
    Rates { person: 10.0, moved: 1.0, dropped: 50.0, weight: 5.0, team: 1.0, heat: 15.0 };

/// One way to go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// What it puts first.
    pub aim: Aim,
    /// The new plan.
    pub plan: Plan,
    /// Its score.
    pub score: Score,
    /// What it changes.
    pub changes: Changes,
    /// Why it breaks a rule, when it does and that is proved: mandatory activities and what has begun, which
    /// no plan holds all together any more, and what has begun where a rule no longer allows it.
    pub conflict: Vec<ActivityId>,
}

/// Attempts to make room for what has no place, times activities: a fraction of a tenth of a second.
const ATTEMPTS: usize = 600_000;

/// Attempts to begin with what is mandatory, and to make room for what was promised.
const PASSES: usize = 4;

/// Rounds of search for each way. Most news are mended before the first: the next is begun only when the one
/// before found something better.
const ROUNDS: u64 = 4;

/// On problems of fewer activities several rounds may find nothing better in turn: they cost little there.
const SMALL: usize = 900;

/// The problem after the event, and different ways to go on from `base`, the one that drops and
/// touches least first. `steps` bounds the work on each; on small problems, a few times as many do.
pub fn repair(
    problem: Problem,
    base: &Plan,
    event: &Event,
    steps: u64,
    seed: u64,
) -> Result<(Problem, Vec<Repair>), Faults> {
    let after = event.apply(problem)?;
    let ground = Ground { steps, seed, ..Ground::new(&after, base, event) };
    let mut state = ground.begun();
    ground.keep(&mut state);
    state = ground.rescue(state);
    let (mut seen, mut found) = (Vec::new(), Vec::<(usize, Repair)>::new());
    for aim in Aim::ALL {
        if aim == Aim::KeepAll {
            state = ground.regain(state);
        }
        state = ground.mend(state, aim.rates(), aim.rounds(), seed);
        if !seen.contains(&state.spots) {
            let plan = state.plan(&after);
            let score = state.amounts().score(&after.spec().weights);
            let changes = changes(&after, base, &plan);
            let repair = Repair { aim, plan, score, changes, conflict: Vec::new() };
            found.push((state.missing, repair));
            seen.push(state.spots.clone());
        }
        if state.absent().is_empty() && state.home.as_ref().is_some_and(Home::is_least) {
            break;
        }
    }
    let is_missing = found.iter().any(|(missing, _)| *missing > 0);
    let lost = if is_missing { ground.conflict(&after) } else { Vec::new() };
    let stuck = ground.stuck(&after);
    for (missing, repair) in &mut found {
        let lost = lost.iter().filter(|_| *missing > 0);
        repair.conflict =
            lost.chain(&stuck).cloned().collect::<BTreeSet<_>>().into_iter().collect();
    }
    let cost = |it: &Changes| (it.dropped.len(), it.people.len());
    found.sort_by_key(|(missing, repair)| (*missing, cost(&repair.changes)));
    let found = found.into_iter().map(|(_, repair)| repair).collect();
    Ok((after, found))
}

/// The problem as the repair sees it: nothing new begins before `now`, and what has begun is frozen.
struct Ground {
    model: Model,
    spots: Vec<Option<Spot>>,
    wanted: Vec<bool>,
    /// Steps of search for each way.
    steps: u64,
    seed: u64,
}

impl Ground {
    fn new(after: &Problem, base: &Plan, event: &Event) -> Self {
        let now = event.now;
        let mut model = after.model.clone();
        let mut spots = vec![None; model.tasks.len()];
        for (id, placement) in &base.activities {
            let Some(task) = after.index.activity(id) else { continue };
            let Some(hall) = after.index.hall(&placement.hall) else { continue };
            let team = placement.interpreters.iter().filter_map(|i| after.index.interpreter(i));
            let mut team: Vec<usize> = team.collect();
            team.sort_unstable();
            if placement.start < model.slots {
                spots[task] = Some(Spot { start: placement.start, hall, team });
            }
        }
        for (task, spot) in model.tasks.iter_mut().zip(&spots) {
            task.frozen = spot.as_ref().is_some_and(|spot| spot.start < now);
            task.starts.remove_span(0, now);
        }
        let mut wanted: Vec<bool> = model.tasks.iter().map(|task| task.mandatory).collect();
        if let News::NewActivity(new) = &event.news
            && let Some(task) = after.index.activity(&new.id)
        {
            wanted[task] = true;
        }
        Self { model, spots, wanted, steps: 0, seed: 0 }
    }

    /// The problem with what has begun where it is.
    fn pinned(&self) -> Model {
        let mut model = self.model.clone();
        for (task, spot) in model.tasks.iter_mut().zip(&self.spots) {
            if let Some(spot) = spot.as_ref().filter(|_| task.frozen) {
                task.starts.clear();
                task.starts.add(spot.start);
                task.pinned_team = Some(spot.team.clone());
                task.mandatory = true;
            }
        }
        model
    }

    /// What is mandatory or has begun and can no longer all be placed.
    fn conflict(&self, after: &Problem) -> Vec<ActivityId> {
        let id = |task: usize| after.spec().activities[task].id.clone();
        let found = bound::conflict(&self.pinned(), &|| false).unwrap_or_default();
        found.into_iter().map(id).collect()
    }

    /// What has begun and breaks a rule since the news, so that every plan breaks it.
    fn stuck(&self, after: &Problem) -> Vec<ActivityId> {
        let violations = check(after, &self.begun().plan(after));
        let begun = violations.iter().filter(|found| found.rule != Rule::Mandatory);
        let activities = begun.flat_map(|found| &found.objects).filter_map(|object| match object {
            Object::Activity(id) => Some(id.clone()),
            _ => None,
        });
        activities.collect()
    }

    /// Finds room for what is mandatory, at any price.
    fn rescue<'s>(&'s self, state: State<'s>) -> State<'s> {
        let state = self.fill(state, ANY);
        if state.missing == 0 {
            return state;
        }
        let mut search = Search::new(state, self.seed);
        search.make_room(Lack::Mandatory, self.attempts(), &|| false);
        let mut state = search.finish();
        if state.missing > 0 {
            state = self.anchor(state);
        }
        self.mend(state, ANY, ROUNDS, self.seed)
    }

    /// Attempts to make room.
    fn attempts(&self) -> u64 {
        let attempts = (ATTEMPTS / self.model.tasks.len().max(1)).clamp(100, 3_000) as u64;
        attempts.min(5 * self.steps)
    }

    /// Puts what is mandatory before all else that has not begun: first what was found to lack a place, then
    /// the rest, each where it was released if it can be.
    fn anchor<'s>(&'s self, mut best: State<'s>) -> State<'s> {
        let mandatory = in_order(&self.model, |task| self.model.tasks[task].mandatory);
        let mut lacking = vec![false; self.model.tasks.len()];
        let mut finder = Finder::new(&self.model);
        for &task in &mandatory {
            lacking[task] = best.spots[task].is_none();
        }
        for _ in 0..PASSES {
            let mut order = mandatory.clone();
            order.sort_by_key(|&task| !lacking[task]);
            let mut state = self.begun();
            let hints = &self.spots;
            Builder { state: &mut state, finder: &mut finder, hints }.each(&order);
            self.keep(&mut state);
            for &task in &mandatory {
                lacking[task] |= state.spots[task].is_none();
            }
            if state.missing < best.missing {
                best = state;
            }
            if best.missing == 0 {
                break;
            }
        }
        best
    }

    /// Places what is promised and still finds a place as it is.
    fn fill<'s>(&'s self, mut state: State<'s>, rates: Rates) -> State<'s> {
        state.tax(Home::new(&self.model, &self.spots, &self.wanted, rates));
        let mut finder = Finder::new(&self.model);
        let absent = in_order(&self.model, |task| {
            let promised = state.home.as_ref().is_some_and(|home| home.promised(task));
            promised && state.spots[task].is_none()
        });
        for task in absent {
            if let Some((_, spot)) = finder.best(&state, task, None, None) {
                state.place(task, spot);
            }
        }
        state
    }

    /// Places more of what was promised where that is possible, whoever has to move for it: first by small
    /// steps, which disturb few, then by making room at any price.
    fn regain<'s>(&'s self, state: State<'s>) -> State<'s> {
        let mut best = state;
        for pass in 0..PASSES as u64 {
            let dropped = best.absent().len();
            if dropped == 0 {
                break;
            }
            let seed = self.seed.wrapping_add(pass);
            let mut more = best.clone();
            if pass > 0 {
                let mut search = Search::new(self.fill(more, LOOSE), seed);
                search.make_room(Lack::Promised, self.attempts() / PASSES as u64, &|| false);
                more = search.finish();
            }
            more = self.mend(more, LOOSE, ROUNDS, seed);
            if more.absent().len() < dropped {
                best = more;
            }
        }
        best
    }

    /// Searches from `state` with changes taxed at these rates, in so many rounds of cooling at most.
    fn mend<'s>(&'s self, state: State<'s>, rates: Rates, rounds: u64, seed: u64) -> State<'s> {
        let mut search = Search::new(self.fill(state, rates), seed);
        search.come_home();
        let small = (SMALL / self.model.tasks.len().max(1)).clamp(1, 4) as u64;
        let patience = if small > 1 { small * rounds.div_ceil(ROUNDS) } else { 1 };
        let (steps, mut left, mut vain) = (self.steps.div_ceil(ROUNDS), rounds * patience, 0);
        while left > 0 && vain < patience {
            let before = search.best();
            for step in 0..steps {
                if search.settled() {
                    return search.finish();
                }
                search.step(rates.heat * (1.0 - part(step, steps)));
            }
            search.restore();
            vain = if search.best() < before { 0 } else { vain + 1 };
            left -= 1;
        }
        search.finish()
    }

    /// What has begun stays whatever the rules say.
    fn begun(&self) -> State<'_> {
        let mut state = State::new(&self.model);
        for (_, task) in self.in_time(|task| self.model.tasks[task].frozen) {
            if let Some(spot) = &self.spots[task] {
                state.place(task, spot.clone());
            }
        }
        state
    }

    /// What is not placed yet and may still be where it was released.
    fn keep(&self, state: &mut State<'_>) {
        for (start, task) in self.in_time(|task| state.spots[task].is_none()) {
            if let Some(spot) = &self.spots[task]
                && let Some(spot) = exactly(state, task, start, spot.hall, &spot.team)
            {
                state.place(task, spot);
            }
        }
    }

    /// What was released, in order of time, so that predecessors come first.
    fn in_time(&self, wanted: impl Fn(usize) -> bool) -> Vec<(Slot, usize)> {
        let released = self.spots.iter().enumerate();
        let released = released.filter_map(|(task, spot)| Some((spot.as_ref()?.start, task)));
        let mut tasks: Vec<(Slot, usize)> = released.filter(|&(_, task)| wanted(task)).collect();
        tasks.sort_unstable();
        tasks
    }
}
