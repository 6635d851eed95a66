//! Repair: a released plan, news, and several ways to go on.
//!
//! What has begun stays; what can stay does; of the rest as little as possible is dropped and as few people
//! as possible are touched. The same search does it, with a tax on every change.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    bound,
    construct::in_order,
    event::Event,
    fault::Faults,
    home::{Home, Rates},
    id::{ActivityId, PersonId},
    insert::Finder,
    legal::exactly,
    model::Model,
    plan::Plan,
    problem::Problem,
    score::{Score, score},
    search::Search,
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
            Self::KeepAll => Rates { person: 10_000.0, dropped: 1e8, weight: 1e6, team: 500.0 },
            Self::TouchFew => {
                Rates { person: 10_000.0, dropped: 15_000.0, weight: 1.0, team: 500.0 }
            }
            Self::BestScore => Rates { person: 40.0, dropped: 500.0, weight: 50.0, team: 10.0 },
        }
    }
}

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
    /// Mandatory activities it leaves out, and what has begun already, of which it is proved that no plan
    /// can hold all of them any more. Empty when nothing mandatory is left out, or when that is unknown.
    pub conflict: Vec<ActivityId>,
}

/// Attempts to make room for what is mandatory, times activities: a fraction of a tenth of a second.
const RESCUES: usize = 600_000;

/// The problem after the event, and different ways to go on from `base`, the one that drops and
/// touches least first. `steps` bounds the work on each.
pub fn repair(
    problem: &Problem,
    base: &Plan,
    event: &Event,
    steps: u64,
    seed: u64,
) -> Result<(Problem, Vec<Repair>), Faults> {
    let after = event.apply(problem)?;
    let mut found: Vec<Repair> = Vec::new();
    let ground = Ground::new(&after, problem, base, event.now);
    let mut kept = State::new(&ground.model);
    ground.keep(&mut kept);
    let mut ways: Vec<(Aim, State<'_>)> = Vec::new();
    let mut from = ground.rescue(kept, steps, seed);
    for aim in Aim::ALL {
        let state = ground.mend(from.clone(), aim.rates(), steps, seed);
        let least = state.home.as_ref().is_some_and(Home::is_least);
        from.clone_from(&state);
        if ways.iter().all(|(_, other)| other.spots != state.spots) {
            ways.push((aim, state));
        }
        if least {
            break;
        }
    }
    let missing = ways.iter().any(|(_, state)| state.missing > 0);
    let conflict = if missing { ground.conflict(&after) } else { Vec::new() };
    for (aim, state) in ways {
        let conflict = if state.missing > 0 { conflict.clone() } else { Vec::new() };
        let plan = state.plan(&after);
        let (score, changes) = (score(&after, &plan), changes(&after, base, &plan));
        found.push(Repair { aim, plan, score, changes, conflict });
    }
    found.sort_by_key(|repair| (repair.changes.dropped.len(), repair.changes.people.len()));
    Ok((after, found))
}

/// The problem as the repair sees it: nothing new begins before `now`, and what has begun is frozen.
struct Ground {
    model: Model,
    spots: Vec<Option<Spot>>,
    wanted: Vec<bool>,
}

impl Ground {
    fn new(after: &Problem, before: &Problem, base: &Plan, now: Slot) -> Self {
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
        let activities = after.spec().activities.iter();
        let wanted = activities.map(|it| it.mandatory || before.index.activity(&it.id).is_none());
        Self { model, spots, wanted: wanted.collect() }
    }

    /// What is mandatory or has begun and can no longer all be placed.
    fn conflict(&self, after: &Problem) -> Vec<ActivityId> {
        let mut model = self.model.clone();
        for (task, spot) in model.tasks.iter_mut().zip(&self.spots) {
            if let Some(spot) = spot.as_ref().filter(|_| task.frozen) {
                task.starts.clear();
                task.starts.add(spot.start);
                task.pinned_team = Some(spot.team.clone());
                task.mandatory = true;
            }
        }
        let id = |task: usize| after.spec().activities[task].id.clone();
        let found = bound::conflict(&model, &|| false).unwrap_or_default();
        found.into_iter().map(id).collect()
    }

    /// Finds room for what is mandatory, at any price.
    fn rescue<'s>(&'s self, state: State<'s>, steps: u64, seed: u64) -> State<'s> {
        const ANY: Rates = Rates { person: 10.0, dropped: 50.0, weight: 5.0, team: 1.0 };
        let state = self.fill(state, ANY);
        if state.missing == 0 {
            return state;
        }
        let mut search = Search::new(state, seed);
        let attempts = (RESCUES / self.model.tasks.len().max(1)).clamp(100, 3_000) as u64;
        search.rescue(attempts.min(4 * steps), &|| false);
        self.mend(search.finish(), ANY, steps, seed)
    }

    /// Places what is promised and still finds a place as it is.
    fn fill<'s>(&'s self, mut state: State<'s>, rates: Rates) -> State<'s> {
        let (spots, wanted) = (self.spots.clone(), self.wanted.clone());
        state.tax(Home::new(&self.model, spots, wanted, rates));
        let mut finder = Finder::new(&self.model);
        for task in in_order(&self.model) {
            let promised = state.home.as_ref().is_some_and(|home| home.promised(task));
            if promised
                && state.spots[task].is_none()
                && let Some((_, spot)) = finder.best(&state, task, None, None)
            {
                state.place(task, spot);
            }
        }
        state
    }

    fn mend<'s>(&'s self, state: State<'s>, rates: Rates, steps: u64, seed: u64) -> State<'s> {
        let mut search = Search::new(self.fill(state, rates), seed);
        search.come_home();
        for step in 0..steps {
            if search.settled() {
                break;
            }
            search.step(1.5 * rates.person * (1.0 - part(step, steps)));
        }
        search.finish()
    }

    /// What has begun stays whatever the rules say; of the rest what is still legal.
    fn keep(&self, state: &mut State<'_>) {
        let mut order: Vec<(bool, Slot, usize)> = Vec::new();
        for (task, spot) in self.spots.iter().enumerate() {
            if let Some(spot) = spot {
                order.push((!self.model.tasks[task].frozen, spot.start, task));
            }
        }
        order.sort_unstable();
        for (loose, _, task) in order {
            let Some(spot) = &self.spots[task] else { continue };
            if !loose {
                state.place(task, spot.clone());
            } else if let Some(spot) = exactly(state, task, spot.start, spot.hall, &spot.team) {
                state.place(task, spot);
            }
        }
    }
}
