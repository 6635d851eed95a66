//! The limits of a relaxation: what halls, people and interpreters can hold, by slot and by day.

use crate::{
    model::{Model, Task},
    problem::spec::Slot,
};

/// Most sets of halls or interpreters that get limits; more would cost more than they bring.
const SETS: usize = 64;

/// Most prices: people beyond this many get no limit of their own.
const MOST: usize = 4_000_000;

/// The halls that a task may use, sorted.
pub(crate) fn hall_set(it: &Task) -> Vec<usize> {
    let mut set: Vec<usize> = it.places.iter().flat_map(|p| p.halls.iter().copied()).collect();
    set.sort_unstable();
    set
}

#[expect(clippy::cast_precision_loss, reason = "a few seats")]
pub(crate) const fn real(n: usize) -> f64 {
    n as f64
}

/// The limits under construction.
pub(crate) struct Limits<'a> {
    pub(crate) model: &'a Model,
    pub(crate) slots: usize,
    pub(crate) caps: Vec<f64>,
    pub(crate) day_caps: Vec<f64>,
}

impl Limits<'_> {
    fn add(&mut self, cap: impl Fn(Slot) -> f64) -> usize {
        self.caps.extend((0..self.model.slots).map(cap));
        self.caps.len() / self.slots - 1
    }

    /// A limit for each set of halls that some task is confined to.
    pub(crate) fn halls(&mut self, tasks: &[usize]) -> Vec<(Vec<usize>, usize)> {
        let mut sets: Vec<Vec<usize>> =
            tasks.iter().map(|&task| hall_set(&self.model.tasks[task])).collect();
        sets.sort();
        sets.dedup();
        sets.truncate(SETS);
        let halls = &self.model.halls;
        let mut found = Vec::new();
        for set in sets {
            let limit = self.add(|slot| {
                let open = set.iter().filter(|&&hall| !halls[hall].closed.has(slot));
                open.map(|&hall| f64::from(halls[hall].units)).sum()
            });
            found.push((set, limit));
        }
        found
    }
}

impl Limits<'_> {
    /// By person: the limit of being in one place, for those who are in more than one task.
    pub(crate) fn people(&mut self, tasks: &[usize]) -> Vec<Option<usize>> {
        let mut times = vec![0_usize; self.model.people.len()];
        for &task in tasks {
            self.model.tasks[task].people.iter().for_each(|&person| times[person] += 1);
        }
        let mut limits = vec![None; times.len()];
        for (limit, &times) in limits.iter_mut().zip(&times) {
            if times > 1 && self.caps.len() < MOST {
                *limit = Some(self.add(|_| 1.0));
            }
        }
        limits
    }

    /// A limit for each set of interpreters who can take some seat. They come before all others.
    pub(crate) fn classes(&mut self) -> Vec<Vec<usize>> {
        let model = self.model;
        let mut sets: Vec<Vec<usize>> = model.classes.clone();
        for set in &mut sets {
            set.sort_unstable();
        }
        sets.sort();
        sets.dedup();
        sets.truncate(SETS);
        for set in &sets {
            let most = model.on_duty(set);
            self.add(|slot| f64::from(most[model.day(slot) as usize]));
            let day = f64::from(model.interpreter_day);
            self.day_caps.extend(most.iter().map(|&n| f64::from(n) * day));
        }
        sets
    }
}
