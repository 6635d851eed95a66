//! Why there is no plan at all: a small set of tasks that cannot all be placed.
//!
//! Every answer is checked by itself: the clauses of the tasks that are named, and of nothing else, were
//! shown to have no model.

use super::{alone, encode::Encoding};
use crate::{
    model::Model,
    sat::{Answer, Limit, Lit, Sat},
};

/// Tasks that cannot all be placed, and people whose breaks would have to be as even as the limit says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) tasks: Vec<usize>,
    /// Empty when even breaks are no part of the reason.
    pub(crate) people: Vec<usize>,
}

/// Conflicts that one question may cost.
const EACH: u64 = 2_000;

/// Conflicts that all questions together may cost, besides as many as the proof took.
const ALL: u64 = 4_000;

/// Clauses that take about as long to write as a conflict to learn from.
const CLAUSES: u64 = 500;

/// Whose constraints were shown to have no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The activities cannot all be placed.
    Activities,
    /// They can, but not with even breaks.
    People,
}

/// Looks for a small reason, after a proof that took `conflicts`.
pub(super) fn conflict(model: &Model, whose: Whose, limit: Limit, conflicts: u64) -> Conflict {
    let limit = limit.at_most(ALL + conflicts);
    let mut seeker = Seeker { model, limit, each: EACH.max(conflicts) };
    match whose {
        Whose::Activities => {
            let tasks = seeker.seed().unwrap_or_else(|| vec![true; model.tasks.len()]);
            seeker.fewer_tasks(tasks)
        }
        Whose::People => alone::conflict(model).unwrap_or_else(|| seeker.people()),
    }
}

struct Seeker<'a> {
    model: &'a Model,
    limit: Limit,
    each: u64,
}

impl Seeker<'_> {
    /// Whether these tasks cannot all be placed; not when that is too hard to tell.
    fn is_impossible(&mut self, tasks: &[bool]) -> bool {
        let mut sat = Sat::new(self.limit.part());
        Encoding::new(self.model, &mut sat, tasks);
        let answer = sat.ask(&[], Some(self.each));
        self.spend(&sat);
        matches!(answer, Answer::No(_))
    }

    fn spend(&mut self, sat: &Sat) {
        self.limit.spend(sat.limit.conflicts() + sat.size() / CLAUSES);
    }

    /// A single task, the tasks of one person, or what one question about all points at.
    fn seed(&mut self) -> Option<Vec<bool>> {
        let tasks = &self.model.tasks;
        if let Some(none) = tasks.iter().position(|task| task.starts.count() == 0) {
            return Some((0..tasks.len()).map(|task| task == none).collect());
        }
        for person in 0..self.model.people.len() {
            let theirs: Vec<bool> =
                tasks.iter().map(|task| task.people.contains(&person)).collect();
            if self.is_impossible(&theirs) {
                return Some(theirs);
            }
        }
        let mut sat = Sat::new(self.limit.part());
        let chosen: Vec<Lit> = tasks.iter().map(|_| sat.fresh()).collect();
        Encoding::chosen(self.model, &mut sat, &chosen);
        let answer = sat.ask(&chosen, Some(self.each));
        self.spend(&sat);
        let Answer::No(core) = answer else { return None };
        Some(chosen.iter().map(|one| core.contains(one)).collect())
    }

    /// Leaves out tasks, many at a time and then each, as long as the rest stays impossible.
    fn fewer_tasks(&mut self, mut tasks: Vec<bool>) -> Conflict {
        let mut size = places(&tasks).len().div_ceil(2);
        while size > 0 && !self.limit.is_over() {
            for chunk in places(&tasks).chunks(size) {
                fill(&mut tasks, chunk, false);
                if !self.is_impossible(&tasks) {
                    fill(&mut tasks, chunk, true);
                }
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
        Conflict { tasks: places(&tasks), people: Vec::new() }
    }

    /// The people whose breaks cannot be kept even.
    fn people(&mut self) -> Conflict {
        let mut sat = Sat::new(self.limit.part());
        let even: Vec<Lit> = self.model.people.iter().map(|_| sat.fresh()).collect();
        let mut core = even.clone();
        if Encoding::has_floor(self.model) {
            Encoding::even(self.model, &mut sat, &even);
            // An easy question first, as in the proof itself.
            sat.ask(&[], Some(self.each));
            if let Answer::No(found) = sat.ask(&core, None) {
                core = found;
            }
            let mut at = 0;
            while at < core.len() && !sat.limit.is_over() {
                let mut fewer = core.clone();
                fewer.remove(at);
                match sat.ask(&fewer, Some(self.each)) {
                    Answer::No(smaller) => core.retain(|one| smaller.contains(one)),
                    Answer::Yes | Answer::Unknown => at += 1,
                }
            }
        }
        let people = (0..even.len()).filter(|&person| core.contains(&even[person])).collect();
        Conflict { tasks: (0..self.model.tasks.len()).collect(), people }
    }
}

fn places(set: &[bool]) -> Vec<usize> {
    (0..set.len()).filter(|&at| set[at]).collect()
}

fn fill(set: &mut [bool], places: &[usize], value: bool) {
    for &place in places {
        set[place] = value;
    }
}
