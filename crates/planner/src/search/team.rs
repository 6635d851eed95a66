//! Interpreters for a spot: who is free when, and who takes which seat.

use crate::{
    model::{Task, bits::Bits, seats::augment},
    problem::spec::Slot,
    search::{insert::block, state::State},
};

/// The starts at which an interpreter can take the task.
pub(crate) fn free(state: &State<'_>, it: &Task, one: usize, site: usize, out: &mut Bits) {
    let model = state.model;
    out.copy(&model.interpreters[one].starts[it.duration_class]);
    let (mut day, mut load) = (Slot::MAX, 0);
    for item in &state.interpreters[one] {
        let other = &model.tasks[item.task];
        let travel = model.travel(item.site, site);
        block(model, item, it.duration, travel.max(it.rest), travel.max(other.rest), out);
        if model.day(item.start) != day {
            (day, load) = (model.day(item.start), 0);
        }
        load += other.day_slots;
        if load.saturating_add(it.day_slots) > model.interpreter_day {
            out.remove_span(day * model.slots_per_day, (day + 1) * model.slots_per_day);
        }
    }
}

/// Adds one interpreter's starts to sets of "at least one, at least two, …".
pub(crate) fn count(levels: &mut [Bits], one: &mut Bits) {
    for level in levels {
        level.carry(one);
    }
}

/// Whether one interpreter can take the task at `start`.
pub(crate) fn is_free(state: &State<'_>, it: &Task, one: usize, start: Slot, site: usize) -> bool {
    let model = state.model;
    if !model.interpreters[one].starts[it.duration_class].has(start) {
        return false;
    }
    let (day, end) = (model.day(start), start + it.duration);
    let mut load = it.day_slots;
    for item in &state.interpreters[one] {
        if model.day(item.start) != day {
            continue;
        }
        let other = &model.tasks[item.task];
        let travel = model.travel(item.site, site);
        if start < item.end + travel.max(other.rest) && item.start < end + travel.max(it.rest) {
            return false;
        }
        load = load.saturating_add(other.day_slots);
    }
    load <= model.interpreter_day
}

/// Fills the seats one to one, the least versatile interpreters first (augmenting paths).
pub(crate) fn fill(
    state: &State<'_>,
    it: &Task,
    seats: &[usize],
    start: Slot,
    site: usize,
) -> Option<Vec<usize>> {
    let free_for = |class: usize| -> Vec<usize> {
        let who = &state.model.classes[class];
        who.iter().copied().filter(|&one| is_free(state, it, one, start, site)).collect()
    };
    let mut options: Vec<(usize, Vec<usize>)> = Vec::new();
    for &class in seats {
        if options.iter().all(|(known, _)| *known != class) {
            options.push((class, free_for(class)));
        }
    }
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for seat in 0..seats.len() {
        if !augment(seat, seats, &options, &mut taken, &mut Vec::new()) {
            return None;
        }
    }
    let mut team: Vec<usize> = taken.into_iter().map(|(one, _)| one).collect();
    team.sort_unstable();
    Some(team)
}
