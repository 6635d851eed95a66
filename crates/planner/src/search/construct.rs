//! A first plan: the most constrained first, each at its cheapest spot.

use crate::{
    model::{Model, Task, bits::Bits},
    problem::spec::Slot,
    search::{
        insert::Finder,
        legal::exactly,
        state::{Spot, State},
    },
};

/// Longest chain of predecessors that is placed for the sake of one task.
const DEEPEST: usize = 50;

/// Places what can be placed, in one pass; predecessors come before those who wait for them.
pub(crate) fn construct(state: &mut State<'_>, finder: &mut Finder) {
    let tasks = in_order(state.model, |task| state.spots[task].is_none());
    Builder { state, finder, hints: &[] }.each(&tasks);
}

/// The same, but where breaks have to be even nothing optional is placed that makes them less so.
pub(crate) fn complete(state: &mut State<'_>, finder: &mut Finder) {
    if state.model.break_spread.is_none() {
        return construct(state, finder);
    }
    // Once round for what waits for the last that was placed.
    for _ in 0..DEEPEST {
        let open = in_order(state.model, |task| state.spots[task].is_none());
        let before = open.len();
        let mut left = before;
        for task in open {
            let even = finder.evenly(state, task);
            let any = || by(finder, state, task, Slot::MAX);
            if let Some(spot) = even.or_else(|| state.model.tasks[task].mandatory.then(any)?) {
                state.place(task, spot);
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
}

/// The tasks that are wanted, the most urgent first.
pub(crate) fn in_order(model: &Model, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..model.tasks.len()).filter(|&task| wanted(task)).collect();
    order.sort_by_cached_key(|&task| (urgency(&model.tasks[task]), task));
    order
}

fn urgency(task: &Task) -> (bool, u32, u64) {
    let people = u64::try_from(task.people.len()).unwrap_or(u64::MAX);
    let seats = u64::try_from(task.teams.iter().map(Vec::len).min().unwrap_or(0)).unwrap_or(0);
    let effort = u64::from(task.duration) * (people + seats).max(1);
    let fixed = u32::from(task.starts.count() > 1);
    if task.mandatory {
        return (false, fixed, u64::MAX - effort);
    }
    (true, fixed, u64::MAX - u64::from(task.weight) * 1_000_000 / effort.max(1))
}

/// Places tasks one by one, each at its hint where that keeps all rules, else at its cheapest spot.
pub(crate) struct Builder<'b, 'a> {
    pub(crate) state: &'b mut State<'a>,
    pub(crate) finder: &'b mut Finder,
    /// By task: where it was; may be empty.
    pub(crate) hints: &'b [Option<Spot>],
}

impl Builder<'_, '_> {
    pub(crate) fn each(&mut self, tasks: &[usize]) {
        for &task in tasks {
            // In time for what is mandatory and waits for it; late rather than never.
            let until = self.state.model.tasks[task].needed_by;
            if !self.insert(task, until, 0) && until < Slot::MAX {
                self.insert(task, Slot::MAX, 0);
            }
        }
    }

    /// Places a task so that it ends by `until`, its predecessors first.
    fn insert(&mut self, task: usize, until: Slot, depth: usize) -> bool {
        let it = &self.state.model.tasks[task];
        if let Some(spot) = &self.state.spots[task] {
            return spot.start + it.duration <= until;
        }
        let Some(last) = it.last_start(until) else { return false };
        for &before in &it.after {
            if depth > DEEPEST
                || !self.insert(before, self.state.model.due(before, task, last), depth + 1)
            {
                return false;
            }
        }
        let hint = self.hints.get(task).and_then(Option::as_ref);
        let hint = hint.filter(|spot| spot.start <= last);
        let kept = hint.and_then(|s| exactly(self.state, task, s.start, s.hall, &s.team));
        let Some(spot) = kept.or_else(|| by(self.finder, self.state, task, until)) else {
            return false;
        };
        self.state.place(task, spot);
        true
    }
}

/// The cheapest spot that ends by `until`.
pub(crate) fn by(finder: &mut Finder, state: &State<'_>, task: usize, until: Slot) -> Option<Spot> {
    let model = state.model;
    if until >= model.slots {
        return finder.best(state, task, None, None).map(|(_, spot)| spot);
    }
    let mut within = Bits::empty(model.slots);
    within.add_span(0, (until + 1).saturating_sub(model.tasks[task].duration));
    finder.best(state, task, Some(&within), None).map(|(_, spot)| spot)
}
