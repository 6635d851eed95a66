//! What no plan can do better, and what no plan can do at all.

pub(crate) mod relax;
pub(crate) mod tree;

use crate::{
    bound::{
        relax::{Aim, Relaxation, needed, starts},
        tree::Tree,
    },
    model::Model,
    search::state::State,
};

/// Additions spent on a bound: a fraction of a second.
const WORK: usize = 400_000_000;

/// Most looks at all activities.
const LOOKS: usize = 400;

/// Most tasks left out that are looked at one by one.
const PROBES: usize = 100;

/// Nodes of a search for starts.
const NODES: usize = 5_000;

/// No plan that keeps all rules scores less. `known` is the score of the best plan known, `most` the most
/// looks that the work done so far is worth.
pub(crate) fn bound(state: &State<'_>, known: f64, most: usize, over: &dyn Fn() -> bool) -> f64 {
    let model = state.model;
    let must = needed(model, mandatory(model));
    let all: Vec<usize> = (0..model.tasks.len()).collect();
    let mut relaxation = Relaxation::new(model, Aim::Score, &all, &must);
    let out = (0..must.len()).filter(|&task| state.spots[task].is_none() && !must[task]);
    for task in out.take(most.min(PROBES)).take_while(|_| !over()) {
        if excluded(model, task) {
            relaxation.exclude(task);
        }
    }
    let looks = (WORK / relaxation.work()).clamp(1, LOOKS).min(most.max(1));
    let bound = relaxation.bound(known, looks, over);
    // Sums of prices are rounded; what they may be off by is far less than this.
    (bound - 1e-6 - 1e-9 * bound.abs()).max(0.0)
}

/// Whether it can be proved that no plan places an optional task: what is mandatory near it leaves no room.
fn excluded(model: &Model, task: usize) -> bool {
    let near: Vec<usize> =
        mandatory(model).filter(|&other| model.close(task, other)).chain([task]).collect();
    let must = needed(model, near);
    let starts = starts(model, &must);
    let near: Vec<usize> = (0..must.len()).filter(|&task| must[task]).collect();
    near.iter().any(|&task| starts[task].is_empty() || !manned(model, task))
        || Tree::new(model, &near).fails(&starts, NODES)
}

/// The mandatory tasks.
pub(crate) fn mandatory(model: &Model) -> impl Iterator<Item = usize> {
    (0..model.tasks.len()).filter(|&task| model.tasks[task].mandatory)
}

/// Mandatory tasks that no plan places together, whatever else it leaves out; nothing when that could not
/// be proved. Of those given none was found that could be spared.
pub(crate) fn conflict(model: &Model, over: &dyn Fn() -> bool) -> Option<Vec<usize>> {
    let mut all: Vec<usize> = mandatory(model).collect();
    if !clash(model, &all, over) {
        return None;
    }
    let mut chunk = all.len().div_ceil(2);
    loop {
        let mut from = 0;
        while from < all.len() && all.len() > 1 && !over() {
            let fewer: Vec<usize> = all
                .iter()
                .enumerate()
                .filter(|(i, _)| !(from..from + chunk).contains(i))
                .map(|(_, &task)| task)
                .collect();
            if !fewer.is_empty() && clash(model, &fewer, over) {
                all = fewer;
            } else {
                from += chunk;
            }
        }
        if chunk == 1 || over() {
            return Some(all);
        }
        chunk = chunk.div_ceil(2);
    }
}

/// Whether it can be proved that tasks cannot all be placed: by trying all starts, or by prices at which
/// one of them would have to be left out.
fn clash(model: &Model, tasks: &[usize], over: &dyn Fn() -> bool) -> bool {
    let must = needed(model, tasks.iter().copied());
    let starts = starts(model, &must);
    let every: Vec<usize> = (0..must.len()).filter(|&task| must[task]).collect();
    if every.iter().any(|&task| starts[task].is_empty() || !manned(model, task)) {
        return true;
    }
    if Tree::new(model, &every).fails(&starts, NODES) {
        return true;
    }
    let mut relaxation = Relaxation::new(model, Aim::Count, &every, &must);
    let looks = (WORK / 10 / relaxation.work()).clamp(1, LOOKS);
    relaxation.bound(0.1, looks, over) > 0.01
}

/// Whether some alternative of seats has enough interpreters at all.
fn manned(model: &Model, task: usize) -> bool {
    let it = &model.tasks[task];
    let enough = |seats: &Vec<usize>| {
        seats.iter().all(|class| {
            let need = seats.iter().filter(|other| *other == class).count();
            model.classes[*class].len() >= need
        })
    };
    it.pinned_team.is_some() || it.teams.iter().any(enough)
}
