//! As many slots as somebody has meetings, without a gap: where their meetings lie when they have no break.

use crate::{model::Model, problem::spec::Slot};

/// A block of one person.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) model: &'a Model,
    /// All the tasks of the person.
    pub(super) tasks: &'a [usize],
    pub(super) first: Slot,
}

/// By slot of the block: the place in the list of the task that has it.
type Holders = Vec<Option<usize>>;

impl Block<'_> {
    /// Whether each task finds a slot of its own.
    pub(super) fn holds_all(&self) -> bool {
        self.fill().is_some()
    }

    /// Tasks and slots that are open to them, but not when each of the others is to find a slot as well;
    /// nothing when they never all do.
    pub(super) fn useless(&self) -> Option<Vec<(usize, Slot)>> {
        let holders = self.fill()?;
        let mut useless = Vec::new();
        for (home, task) in
            holders.iter().enumerate().filter_map(|(home, task)| Some((home, (*task)?)))
        {
            for (at, slot) in self.slots().filter(|&(_, slot)| self.is_open(task, slot)) {
                let Some(other) = holders[at].filter(|&other| other != task) else { continue };
                // It moves there for good, and the other looks for a way to the slot that it leaves.
                let mut trial = holders.clone();
                trial[home] = None;
                trial[at] = Some(task);
                let mut seen = vec![false; trial.len()];
                seen[at] = true;
                if !self.seat(other, &mut trial, &mut seen) {
                    useless.push((self.tasks[task], slot));
                }
            }
        }
        Some(useless)
    }

    fn slots(&self) -> impl Iterator<Item = (usize, Slot)> {
        (self.first..).enumerate().take(self.tasks.len())
    }

    fn is_open(&self, task: usize, slot: Slot) -> bool {
        self.model.tasks[self.tasks[task]].starts.has(slot)
    }

    /// A slot for each task, when there is one.
    fn fill(&self) -> Option<Holders> {
        let mut holders = vec![None; self.tasks.len()];
        (0..self.tasks.len())
            .all(|task| self.seat(task, &mut holders, &mut vec![false; self.tasks.len()]))
            .then_some(holders)
    }

    /// Finds a slot for a task, others make way (augmenting paths).
    fn seat(&self, task: usize, holders: &mut Holders, seen: &mut [bool]) -> bool {
        for (at, slot) in self.slots() {
            if !self.is_open(task, slot) || std::mem::replace(&mut seen[at], true) {
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
