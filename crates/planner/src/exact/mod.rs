//! Proof for matching problems: short meetings at tables, few breaks (Bofill et al., JAIR 74, 2022).
//!
//! The problem becomes clauses. Breaks are forbidden by assumption and admitted one by one as the engine
//! shows that some set of them cannot all be avoided (core-guided search, OLL of Andres et al., 2012):
//! the number admitted is a lower bound at any time, and the optimum when a model is found.

mod alone;
mod block;
mod encode;
mod reason;
mod search;
#[cfg(test)]
mod tests;

use encode::Encoding;
pub(crate) use reason::Conflict;

use std::ops::ControlFlow;

use crate::{
    model::{Model, Task},
    problem::spec::Slot,
    sat::{Answer, Limit, Sat},
};

/// What was proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// No plan has fewer breaks than the one given.
    Optimal,
    /// No plan keeps all rules.
    Infeasible(Conflict),
    /// No plan has fewer breaks than the bound.
    Open,
}

/// The result of a proof.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) proof: Proof,
    /// No plan has fewer breaks.
    pub(crate) bound: u32,
    /// Starts of a plan better than the one given.
    pub(crate) starts: Option<Vec<Slot>>,
}

/// How a proof stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Conflicts so far.
    pub(crate) conflicts: u64,
    /// Breaks of the best plan, when there is one.
    pub(crate) best: Option<u32>,
    /// No plan has fewer breaks.
    pub(crate) bound: u32,
}

/// Hears how a proof stands, and may end it.
pub(crate) type Listener<'a> = &'a mut dyn FnMut(Standing) -> ControlFlow<()>;

/// A question for starts near those given.
pub(crate) type Place =
    fn(&Model, &[Option<Slot>], Limit, Listener<'_>) -> ControlFlow<(), Option<Vec<Slot>>>;

/// Whether the problem is of the kind that can be proved.
pub(crate) fn applies(model: &Model) -> bool {
    let weights = &model.weights;
    let [hall] = model.halls.as_slice() else { return false };
    let plain = |task: &Task| {
        task.duration == 1
            && task.mandatory
            && task.apart.is_empty()
            && task.teams.iter().all(Vec::is_empty)
    };
    let rest = [weights.idle, weights.hall_moves, weights.interpreting]
        .iter()
        .all(|&weight| weight == 0.0);
    rest && weights.breaks > 0.0
        && model.slots == model.slots_per_day
        && model.lunch.0 == model.lunch.1
        && model.person_day >= model.slots
        && hall.closed.is_empty()
        && !model.tasks.is_empty()
        && model.tasks.iter().all(plain)
        && is_affordable(model)
}

/// Clauses that are worth writing at most: some gigabytes would be needed for much more.
const MOST_CLAUSES: u64 = 10_000_000;

/// Whether the clauses fit into memory.
fn is_affordable(model: &Model) -> bool {
    let square = |count: u64| count.saturating_mul(count);
    let mut tasks = vec![0_u64; model.people.len()];
    for &person in model.tasks.iter().flat_map(|task| &task.people) {
        tasks[person] += 1;
    }
    let alone = model.tasks.iter().map(|task| square(task.starts.count().into()) / 2);
    let together = tasks.iter().map(|&count| u64::from(model.slots) * square(count) / 2);
    let slots = u64::from(model.slots);
    let counts = tasks.iter().filter(|&&count| count > 0).map(|_| square(slots) * 2);
    let busy = tasks.iter().filter(|&&count| count > 0).count() as u64;
    let seats = u64::from(model.halls[0].units).saturating_mul(2).min(busy);
    let tables = slots * busy.saturating_mul(seats) / 2;
    let all = alone.chain(together).chain(counts).chain([tables]);
    all.fold(0, u64::saturating_add) <= MOST_CLAUSES
}

/// That there is no plan, where two people alone show that breaks cannot be even.
pub(crate) fn at_sight(model: &Model) -> Option<Finding> {
    let conflict = alone::conflict(model)?;
    Some(Finding { proof: Proof::Infeasible(conflict), bound: 0, starts: None })
}

/// Whether nobody may have a break: no differences are allowed, and somebody has none in any plan.
pub(crate) fn is_calm(model: &Model) -> bool {
    model.break_spread == Some(0) && Encoding::has_floor(model)
}

/// Conflicts between two reports.
const SLICE: u64 = 1_000;

/// Starts that keep all rules but the one on even breaks, near those given; nothing when there are none, or
/// the limit comes first. The listener may end it.
pub(crate) fn place(
    model: &Model,
    near: &[Option<Slot>],
    limit: Limit,
    listener: Listener<'_>,
) -> ControlFlow<(), Option<Vec<Slot>>> {
    let mut sat = Sat::new(limit);
    let encoding = Encoding::new(model, &mut sat, &vec![true; model.tasks.len()]);
    look(sat, &encoding, near, listener)
}

/// The same for starts that keep all rules and leave nobody a break.
pub(crate) fn place_calmly(
    model: &Model,
    near: &[Option<Slot>],
    limit: Limit,
    listener: Listener<'_>,
) -> ControlFlow<(), Option<Vec<Slot>>> {
    let mut sat = Sat::new(limit);
    let encoding = Encoding::calm(model, &mut sat);
    sat.steady();
    look(sat, &encoding, near, listener)
}

fn look(
    mut sat: Sat,
    encoding: &Encoding<'_>,
    near: &[Option<Slot>],
    listener: Listener<'_>,
) -> ControlFlow<(), Option<Vec<Slot>>> {
    let there = encoding.at.iter().zip(near);
    let there = there.filter_map(|(slots, start)| slots.get(start.as_ref()?).copied());
    there.for_each(|here| sat.suppose(here));
    loop {
        let answer = sat.ask(&[], Some(SLICE));
        listener(Standing { conflicts: sat.limit.conflicts(), best: None, bound: 0 })?;
        match answer {
            Answer::Yes => return ControlFlow::Continue(encoding.starts(&sat)),
            Answer::Unknown if !sat.limit.is_over() => {}
            Answer::No(_) | Answer::Unknown => return ControlFlow::Continue(None),
        }
    }
}

/// Proves what it can. `known` is the number of breaks of the best plan so far.
pub(crate) fn prove(
    model: &Model,
    known: Option<u32>,
    limit: Limit,
    listener: Listener<'_>,
) -> Finding {
    search::Prover::new(model, known, limit, listener).run()
}
