//! Which of the facts at a spot are needed.

use std::borrow::Cow;

use super::Relaxation;
use crate::{
    problem::{
        Problem,
        fact::{Fact, relax},
        plan::Plan,
    },
    search::{
        insert::Finder,
        legal::exactly,
        state::{Spot, State},
    },
    solve::begin::{adopt, spots},
};

/// The facts less every one without which the rest is still enough, the dearest first, and the spot to which
/// they lead; nothing when not even all of them are enough.
pub(super) fn needed(
    problem: &Problem,
    plan: &Plan,
    task: usize,
    facts: Vec<Fact>,
) -> Option<Relaxation> {
    let (mut gone, mut changes) = (Vec::new(), Vec::new());
    let mut rest = plan.clone();
    for fact in facts {
        match fact {
            Fact::Taken { by } => {
                rest.activities.remove(&by);
                gone.push(Fact::Taken { by });
            }
            change => changes.push(change),
        }
    }
    let dearest = |a: &Fact, b: &Fact| b.cost(problem).total_cmp(&a.cost(problem));
    let mut relaxed = changed(problem, &changes)?;
    let mut found = find(&relaxed, &rest, task);
    if found.is_none() {
        changes.push(Fact::Breaks { needed: spread(&relaxed, &rest, task)? });
        relaxed = changed(problem, &changes)?;
        found = find(&relaxed, &rest, task);
    }
    let mut spot = found?;
    changes.sort_by(dearest);
    let mut at = 0;
    while at < changes.len() {
        let mut fewer = changes.clone();
        fewer.remove(at);
        let less = changed(problem, &fewer);
        match less.and_then(|less| Some((find(&less, &rest, task)?, less))) {
            Some((new, less)) => (spot, relaxed, changes) = (new, less, fewer),
            None => at += 1,
        }
    }
    gone.sort_by(dearest);
    put_back(&relaxed, (plan, &rest), task, &mut gone, &mut spot);
    let mut facts = [gone, changes].concat();
    facts.sort();
    let cost = facts.iter().map(|fact| fact.cost(problem)).sum();
    let hall = problem.spec().halls[spot.hall].id.clone();
    Some(Relaxation { facts, cost, start: spot.start, hall })
}

/// The problem without these facts, none of which is about what is placed.
fn changed<'a>(problem: &'a Problem, facts: &[Fact]) -> Option<Cow<'a, Problem>> {
    if facts.is_empty() {
        return Some(Cow::Borrowed(problem));
    }
    let (spec, _) = relax(problem, &Plan::default(), facts);
    Problem::new(spec).ok().map(Cow::Owned)
}

fn adopted<'a>(problem: &'a Problem, plan: &Plan) -> State<'a> {
    let mut state = State::new(&problem.model);
    adopt(problem, plan, &mut state);
    state
}

fn find(problem: &Problem, plan: &Plan, task: usize) -> Option<Spot> {
    Finder::new(&problem.model).evenly(&mut adopted(problem, plan), task)
}

/// By how much breaks would differ if that were no matter, where a limit is set to it.
fn spread(problem: &Problem, plan: &Plan, task: usize) -> Option<u32> {
    problem.model.break_spread?;
    let mut state = adopted(problem, plan);
    let (_, spot) = Finder::new(&problem.model).best(&state, task, None, None)?;
    state.place(task, spot);
    Some(state.spread())
}

/// Puts back what can stay after all. What waits for something that goes cannot.
fn put_back(
    problem: &Problem,
    (plan, rest): (&Plan, &Plan),
    task: usize,
    gone: &mut Vec<Fact>,
    spot: &mut Spot,
) {
    let (mut state, mut finder) = (adopted(problem, rest), Finder::new(&problem.model));
    let homes = spots(problem, plan);
    let mut stays = |fact: &Fact| -> Option<Spot> {
        let Fact::Taken { by } = fact else { return None };
        let other = problem.index.activity(by)?;
        let home = homes[other].as_ref()?;
        let home = exactly(&state, other, home.start, home.hall, &home.team)?;
        state.place(other, home);
        let found = finder.evenly(&mut state, task);
        if found.is_none() {
            state.unplace(other);
        }
        found
    };
    let mut at = 0;
    while at < gone.len() {
        if let Some(new) = stays(&gone[at]) {
            *spot = new;
            gone.remove(at);
            // What waited for it may stay, too.
            at = 0;
        } else {
            at += 1;
        }
    }
}
