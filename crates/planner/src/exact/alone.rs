//! Somebody who alone shows that breaks cannot be even: without a break all meetings lie in one block, and
//! there may be no block in which each of them finds a slot.

use super::{
    encode::{most_breaks, tasks_of},
    reason::Conflict,
};
use crate::{model::Model, spec::Slot};

/// Two people, where no differences are allowed: one who has no break in any plan, and one who has some.
pub(crate) fn conflict(model: &Model) -> Option<Conflict> {
    if model.break_spread != Some(0) {
        return None;
    }
    let tasks_of = tasks_of(model, &vec![true; model.tasks.len()]);
    let calm = tasks_of.iter().position(|tasks| most_breaks(model, tasks) == 0)?;
    let torn = tasks_of.iter().position(|tasks| {
        let last =
            (model.slots + 1).saturating_sub(Slot::try_from(tasks.len()).unwrap_or(Slot::MAX));
        !(0..last).any(|first| Block { model, tasks, first }.holds_all())
    })?;
    let mut tasks = [tasks_of[calm].as_slice(), &tasks_of[torn]].concat();
    tasks.sort_unstable();
    tasks.dedup();
    Some(Conflict { tasks, people: vec![calm, torn] })
}

/// As many slots as tasks, without a gap.
struct Block<'a> {
    model: &'a Model,
    tasks: &'a [usize],
    first: Slot,
}

impl Block<'_> {
    /// Whether each task finds a slot of its own.
    fn holds_all(&self) -> bool {
        let mut holders = vec![None; self.tasks.len()];
        (0..self.tasks.len())
            .all(|task| self.seat(task, &mut holders, &mut vec![false; self.tasks.len()]))
    }

    /// Finds a slot for a task, others make way (augmenting paths).
    fn seat(&self, task: usize, holders: &mut [Option<usize>], seen: &mut [bool]) -> bool {
        for (at, slot) in (self.first..).enumerate().take(holders.len()) {
            let open = self.model.tasks[self.tasks[task]].starts.has(slot);
            if !open || std::mem::replace(&mut seen[at], true) {
                continue;
            }
            if holders[at].is_none_or(|other| self.seat(other, holders, seen)) {
                holders[at] = Some(task);
                return true;
            }
        }
        false
    }
}
