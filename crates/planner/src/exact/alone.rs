//! Somebody who alone shows that breaks cannot be even: without a break all meetings lie in one block, and
//! there may be no block in which each of them finds a slot.

use super::{
    block::Block,
    encode::{most_breaks, tasks_of},
    reason::Conflict,
};
use crate::{model::Model, problem::spec::Slot};

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
