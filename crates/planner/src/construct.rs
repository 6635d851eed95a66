//! A first plan: the most constrained first, each at its cheapest spot.

use crate::{
    insert::Finder,
    model::{Model, Task},
    state::State,
};

/// Places what can be placed, in one pass; predecessors come before those who wait for them.
pub(crate) fn construct(state: &mut State<'_>, finder: &mut Finder) {
    for task in in_order(state.model) {
        insert(state, finder, task);
    }
}

/// The tasks, the most urgent first.
pub(crate) fn in_order(model: &Model) -> Vec<usize> {
    let mut order: Vec<usize> = (0..model.tasks.len()).collect();
    order.sort_by_key(|&task| (urgency(&model.tasks[task]), task));
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

/// Places a task, its predecessors first; they are few and never wait for each other in a circle.
fn insert(state: &mut State<'_>, finder: &mut Finder, task: usize) {
    let mut stack = vec![task];
    while let Some(&top) = stack.last() {
        let model = state.model;
        let waits = model.tasks[top].after.iter().find(|&&before| {
            state.spots[before].is_none() && !stack.contains(&before) && stack.len() < 100
        });
        match waits {
            Some(&before) if stack.len() == 1 || !stack.contains(&before) => stack.push(before),
            _ => {
                stack.pop();
                if state.spots[top].is_none()
                    && let Some((_, spot)) = finder.best(state, top, None, None)
                {
                    state.place(top, spot);
                }
                if state.spots[top].is_none() && !stack.is_empty() {
                    return;
                }
            }
        }
    }
}
