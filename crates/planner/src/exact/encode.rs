//! The problem in clauses, with constraints that follow from the others but make proofs short: each
//! person has as many slots in use as meetings, and no slot has more people than seats.

use std::collections::{BTreeMap, BTreeSet};

use super::block::Block;
use crate::{
    model::Model,
    problem::spec::Slot,
    sat::{Lit, Sat},
};

/// The literals that the search works with.
pub(super) struct Encoding<'a> {
    model: &'a Model,
    /// Whether nobody may have a break.
    calm: bool,
    /// By task: that it has to be placed; empty when each always has to.
    chosen: &'a [Lit],
    /// By person: that their breaks have to be even; empty when nobody's have to.
    even: Vec<Lit>,
    /// Breaks that everybody can have.
    floor: usize,
    /// By task and slot: that it is there then.
    pub(super) at: Vec<BTreeMap<Slot, Lit>>,
    /// By person and slot: that they are in some meeting; empty for those who have none.
    used: Vec<Vec<Lit>>,
    /// By person: every possible end of a break.
    pub(super) ends: Vec<Vec<Lit>>,
    /// By person: that there are more breaks than one, two, … up to what matters.
    sums: Vec<Vec<Lit>>,
    /// By person: tasks.
    tasks_of: Vec<Vec<usize>>,
}

impl<'a> Encoding<'a> {
    /// Writes the clauses for some of the tasks. The breaks have to be even when [`Self::fair`] holds.
    pub(super) fn new(model: &'a Model, sat: &mut Sat, tasks: &[bool]) -> Self {
        let fair = model.break_spread.map(|_| sat.fresh());
        let even = model.people.iter().filter_map(|_| fair).collect();
        Self::write(model, sat, tasks, (false, &[], even))
    }

    /// Writes the clauses for plans in which nobody has a break.
    pub(super) fn calm(model: &'a Model, sat: &mut Sat) -> Self {
        Self::write(model, sat, &vec![true; model.tasks.len()], (true, &[], Vec::new()))
    }

    /// Writes the clauses so that a task has to be placed only when its literal holds.
    pub(super) fn chosen(model: &'a Model, sat: &mut Sat, chosen: &'a [Lit]) {
        let tasks = vec![true; model.tasks.len()];
        Self::write(model, sat, &tasks, (false, chosen, Vec::new()));
    }

    /// Writes the clauses so that the breaks of a person have to be even only when their literal holds.
    pub(super) fn even(model: &'a Model, sat: &mut Sat, even: &[Lit]) {
        let tasks = vec![true; model.tasks.len()];
        Self::write(model, sat, &tasks, (false, &[], even.to_vec()));
    }

    fn write(
        model: &'a Model,
        sat: &mut Sat,
        tasks: &[bool],
        (calm, chosen, even): (bool, &'a [Lit], Vec<Lit>),
    ) -> Self {
        let tasks_of = tasks_of(model, tasks);
        let floor = floor(model, &tasks_of);
        let (at, used, ends, sums) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut it = Self { model, calm, chosen, even, floor, at, used, ends, sums, tasks_of };
        it.slots(sat, tasks);
        it.order(sat, tasks);
        for person in 0..model.people.len() {
            it.person(sat, person);
        }
        for slot in 0..model.slots {
            it.tables(sat, slot);
        }
        if !calm {
            it.level(sat);
        }
        it
    }

    /// Whether somebody has no break in any plan.
    pub(super) fn has_floor(model: &Model) -> bool {
        floor(model, &tasks_of(model, &vec![true; model.tasks.len()])) == 0
    }

    /// That breaks are even, when that is asked of everybody at once.
    pub(super) fn fair(&self) -> Option<Lit> {
        self.even.first().copied()
    }

    /// The slots of all tasks in the last model of the engine.
    pub(super) fn starts(&self, sat: &Sat) -> Option<Vec<Slot>> {
        let slot = |slots: &BTreeMap<Slot, Lit>| {
            slots.iter().find(|(_, here)| sat.holds(**here)).map(|(&slot, _)| slot)
        };
        self.at.iter().map(slot).collect()
    }

    /// Every task has one slot.
    fn slots(&mut self, sat: &mut Sat, tasks: &[bool]) {
        for (task, it) in self.model.tasks.iter().enumerate() {
            let mut here = BTreeMap::new();
            if tasks[task] {
                here.extend(it.starts.iter().map(|slot| (slot, sat.fresh())));
                let mut literals: Vec<Lit> = here.values().copied().collect();
                sat.at_most_one(&literals);
                literals.extend(self.chosen.get(task).map(|&chosen| !chosen));
                sat.clause(&literals);
            }
            self.at.push(here);
        }
    }

    fn order(&self, sat: &mut Sat, tasks: &[bool]) {
        for (task, it) in self.model.tasks.iter().enumerate() {
            for &before in it.after.iter().filter(|&&before| tasks[before]) {
                for (&slot, &here) in &self.at[task] {
                    let mut clause = vec![!here];
                    clause.extend(self.at[before].range(..slot).map(|(_, &earlier)| earlier));
                    clause.extend(self.chosen.get(before).map(|&chosen| !chosen));
                    sat.clause(&clause);
                }
            }
        }
    }

    /// The slots that a person has in use, and the ends of their breaks.
    fn person(&mut self, sat: &mut Sat, person: usize) {
        let tasks = &self.tasks_of[person];
        let mut used = Vec::new();
        let mut ends_here = Vec::new();
        if !tasks.is_empty() {
            for slot in 0..self.model.slots {
                let here: Vec<Lit> =
                    tasks.iter().filter_map(|&t| self.at[t].get(&slot).copied()).collect();
                let use_of = sat.fresh();
                for &one in &here {
                    sat.clause(&[!one, use_of]);
                }
                sat.clause(&[here.as_slice(), &[!use_of]].concat());
                sat.at_most_one(&here);
                used.push(use_of);
            }
            if self.calm {
                self.block(sat, tasks, &used);
            } else if self.chosen.is_empty() {
                sat.exactly(&used, tasks.len());
            } else {
                sat.at_most(&used, tasks.len());
            }
            if !self.calm && most_breaks(self.model, tasks) > 0 {
                ends_here = ends(sat, &used);
            }
        }
        let mut sums = Vec::new();
        if let Some(spread) = self.model.break_spread.filter(|_| !self.even.is_empty()) {
            let most = self.floor + spread as usize;
            if ends_here.len() > most || self.floor > 0 {
                sums = sat.counter(&ends_here, most + 1, self.floor > 0);
            }
        }
        self.used.push(used);
        self.ends.push(ends_here);
        self.sums.push(sums);
    }

    /// The slots in use are one block. Where it may begin, and which slots the tasks may have when it begins
    /// there, is found by matching: that takes an engine of clauses very long.
    fn block(&self, sat: &mut Sat, tasks: &[usize], used: &[Lit]) {
        let Some(last) = used.len().checked_sub(tasks.len()) else { return sat.clause(&[]) };
        // By slot: that the block has begun by then.
        let begun: Vec<Lit> = (0..=last).map(|_| sat.fresh()).collect();
        sat.clause(&begun[last..]);
        for (slot, &use_of) in used.iter().enumerate() {
            let by_now = begun[slot.min(last)];
            let over = slot.checked_sub(tasks.len()).map(|slot| begun[slot]);
            let mut is_within = vec![use_of, !by_now];
            is_within.extend(over);
            sat.clause(&is_within);
            sat.clause(&[!use_of, by_now]);
            if let Some(over) = over {
                sat.clause(&[!use_of, !over]);
            }
        }
        for (at, first) in (0..=last).zip(0..) {
            let mut elsewhere = vec![!begun[at]];
            if let Some(before) = at.checked_sub(1) {
                sat.clause(&[!begun[before], begun[at]]);
                elsewhere.push(begun[before]);
            }
            let Some(useless) = (Block { model: self.model, tasks, first }).useless() else {
                sat.clause(&elsewhere);
                continue;
            };
            for (task, slot) in useless {
                sat.clause(&[elsewhere.as_slice(), &[!self.at[task][&slot]]].concat());
            }
        }
    }

    /// No more meetings in a slot than tables. Meetings of one person count once: one of them at most
    /// is there.
    fn tables(&self, sat: &mut Sat, slot: Slot) {
        let units = self.model.halls[0].units as usize;
        let two = self.model.tasks.iter().all(|task| task.people.len() == 2);
        if two {
            let seats = self.used.iter().filter_map(|slots| slots.get(slot as usize));
            let seats: Vec<Lit> = seats.copied().collect();
            sat.at_most(&seats, 2 * units);
            if self.calm {
                return; // Blocks decide the seats; to count the meetings as well only takes time.
            }
        }
        let mut left: BTreeSet<usize> =
            (0..self.at.len()).filter(|&task| self.at[task].contains_key(&slot)).collect();
        let mut people: Vec<usize> = (0..self.used.len()).collect();
        people.sort_by_key(|&person| std::cmp::Reverse(self.tasks_of[person].len()));
        let mut clusters = Vec::new();
        for person in people {
            let cluster: Vec<usize> =
                self.tasks_of[person].iter().copied().filter(|task| left.remove(task)).collect();
            if !cluster.is_empty() {
                let any = sat.fresh();
                for task in cluster {
                    sat.clause(&[!self.at[task][&slot], any]);
                }
                clusters.push(any);
            }
        }
        clusters.extend(left.iter().map(|task| self.at[*task][&slot]));
        sat.at_most(&clusters, units);
    }

    /// The breaks of any two people differ by no more than the spread: there is a number that nobody is
    /// below, and nobody is above by more.
    fn level(&self, sat: &mut Sat) {
        let Some(spread) = self.model.break_spread else { return };
        let levels: Vec<Lit> = (0..=self.floor).map(|_| sat.fresh()).collect();
        sat.clause(&levels);
        for (floor, &level) in levels.iter().enumerate() {
            for (sum, &even) in self.sums.iter().zip(&self.even) {
                if let Some(&more) = sum.get(floor + spread as usize) {
                    sat.clause(&[!even, !level, !more]);
                }
                if let Some(last) = floor.checked_sub(1) {
                    let enough = sum.get(last..=last).unwrap_or(&[]);
                    sat.clause(&[&[!even, !level], enough].concat());
                }
            }
        }
    }
}

/// By person: those of the tasks that are theirs.
pub(super) fn tasks_of(model: &Model, tasks: &[bool]) -> Vec<Vec<usize>> {
    let mut tasks_of = vec![Vec::new(); model.people.len()];
    for (task, it) in model.tasks.iter().enumerate().filter(|(task, _)| tasks[*task]) {
        for &person in &it.people {
            tasks_of[person].push(task);
        }
    }
    tasks_of
}

/// Breaks that a person with these tasks can have.
pub(super) fn most_breaks(model: &Model, tasks: &[usize]) -> usize {
    let idle = (model.slots as usize).saturating_sub(tasks.len());
    tasks.len().saturating_sub(1).min(idle)
}

/// Breaks that everybody can have.
fn floor(model: &Model, tasks_of: &[Vec<usize>]) -> usize {
    tasks_of.iter().map(|tasks| most_breaks(model, tasks)).min().unwrap_or(0)
}

/// A break ends where an idle slot with something before it has something right after it.
fn ends(sat: &mut Sat, used: &[Lit]) -> Vec<Lit> {
    let mut ends = Vec::new();
    let mut begun = used[0];
    for slots in used.windows(2) {
        let [this, next] = [slots[0], slots[1]];
        let end = sat.fresh();
        sat.clause(&[this, !begun, !next, end]);
        sat.clause(&[!end, !this]);
        sat.clause(&[!end, begun]);
        sat.clause(&[!end, next]);
        ends.push(end);
        let begun_then = sat.fresh();
        sat.clause(&[!begun, begun_then]);
        sat.clause(&[!next, begun_then]);
        sat.clause(&[!begun_then, begun, next]);
        begun = begun_then;
    }
    ends
}
