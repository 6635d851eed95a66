//! A tax on leaving a released plan: it makes the search repair where it would plan anew.

use crate::{model::Model, problem::spec::Slot, search::state::Spot};

/// What changes cost, in the scale of the score. Whole numbers, so that sums stay exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rates {
    /// Each person of whom anything is moved or dropped, however much of it.
    pub(crate) person: f64,
    /// Moving or dropping an activity, for each of its people.
    pub(crate) moved: f64,
    /// Dropping an activity.
    pub(crate) dropped: f64,
    /// Dropping an activity, for each unit of its weight.
    pub(crate) weight: f64,
    /// Another team where hall and time stay.
    pub(crate) team: f64,
    /// How much worse a step of the search may make the plan at first.
    pub(crate) heat: f64,
}

impl Rates {
    /// No tax: only what is promised counts.
    pub(crate) const NONE: Self =
        Self { person: 0.0, moved: 0.0, dropped: 0.0, weight: 0.0, team: 0.0, heat: 0.0 };
}

/// The released plan, the rates, and the tax of the plan under search.
#[derive(Clone, Debug)]
pub(crate) struct Home<'a> {
    spots: &'a [Option<Spot>],
    /// Tasks that are to be placed though they have no spot in the released plan.
    wanted: &'a [bool],
    rates: Rates,
    /// The tax but for the people.
    tax: f64,
    /// By person: how much of theirs is not where it was.
    changes: Vec<u32>,
    /// People of whom anything is not where it was.
    touched: usize,
    /// How many these are at the least: the people of what the problem no longer allows where it was.
    least: usize,
}

impl<'a> Home<'a> {
    /// The tax as it is when nothing is placed.
    pub(crate) fn new(
        model: &Model,
        spots: &'a [Option<Spot>],
        wanted: &'a [bool],
        rates: Rates,
    ) -> Self {
        let changes = vec![0; model.people.len()];
        let mut home = Self { spots, wanted, rates, tax: 0.0, changes, touched: 0, least: 0 };
        for task in 0..model.tasks.len() {
            home.change(model, task, i32::from(home.lost(model, task)));
        }
        home.least = home.touched;
        home.changes.fill(0);
        home.touched = 0;
        for task in 0..model.tasks.len() {
            home.tax += home.of(model, task, None);
            home.change(model, task, i32::from(home.changed(task, None)));
        }
        home
    }

    pub(crate) fn tax(&self) -> f64 {
        self.tax + self.rates.person * count(self.touched)
    }

    /// Whether nobody is touched but those who have to be.
    pub(crate) fn is_least(&self) -> bool {
        self.touched <= self.least
    }

    fn lost(&self, model: &Model, task: usize) -> bool {
        let it = &model.tasks[task];
        let Some(spot) = self.spots[task].as_ref().filter(|_| !it.frozen) else { return false };
        let end = spot.start + it.duration;
        let closed = |slot: Slot| model.halls[spot.hall].closed.has(slot);
        !it.starts.has(spot.start) || (spot.start..end).any(closed)
    }

    pub(crate) fn spot(&self, task: usize) -> Option<&Spot> {
        self.spots[task].as_ref()
    }

    /// Whether a task is to be placed: it was, or it is new.
    pub(crate) fn promised(&self, task: usize) -> bool {
        self.wanted[task] || self.spots[task].is_some()
    }

    pub(crate) fn turn(
        &mut self,
        model: &Model,
        task: usize,
        from: Option<&Spot>,
        to: Option<&Spot>,
    ) {
        self.tax += self.of(model, task, to) - self.of(model, task, from);
        let change = i32::from(self.changed(task, to)) - i32::from(self.changed(task, from));
        self.change(model, task, change);
    }

    /// Whether a spot is a change to the people of a task.
    fn changed(&self, task: usize, spot: Option<&Spot>) -> bool {
        match (&self.spots[task], spot) {
            (Some(home), Some(spot)) => (home.start, home.hall) != (spot.start, spot.hall),
            (Some(_), None) => true,
            (None, Some(_)) => !self.wanted[task],
            (None, None) => false,
        }
    }

    fn change(&mut self, model: &Model, task: usize, by: i32) {
        if by == 0 {
            return;
        }
        for &person in &model.tasks[task].people {
            let changes = &mut self.changes[person];
            let before = *changes > 0;
            *changes = changes.saturating_add_signed(by);
            match (before, *changes > 0) {
                (false, true) => self.touched += 1,
                (true, false) => self.touched -= 1,
                _ => {}
            }
        }
    }

    fn of(&self, model: &Model, task: usize, spot: Option<&Spot>) -> f64 {
        let people = model.tasks[task].people.len().max(1);
        let moved = f64::from(self.changed(task, spot)) * self.rates.moved * count(people);
        match (spot, &self.spots[task]) {
            (None, _) if self.promised(task) => {
                let weight = f64::from(model.tasks[task].weight);
                moved + self.rates.dropped + self.rates.weight * weight
            }
            (Some(spot), Some(home)) if moved == 0.0 && home.team != spot.team => self.rates.team,
            _ => moved,
        }
    }

    /// The tax on a start and a hall for a task that is not placed.
    pub(crate) fn shift(&self, model: &Model, task: usize, start: Slot, hall: usize) -> f64 {
        let stays = match &self.spots[task] {
            Some(home) => (home.start, home.hall) == (start, hall),
            None => self.wanted[task],
        };
        if stays {
            return 0.0;
        }
        let people = &model.tasks[task].people;
        let own = u32::from(self.spots[task].is_some());
        let new = people.iter().filter(|&&person| self.changes[person] == own).count();
        self.rates.person * count(new) + self.rates.moved * count(people.len().max(1))
    }

    /// Whether a placed task left its place.
    pub(crate) fn strayed(&self, task: usize, spot: &Spot) -> bool {
        self.spots[task].as_ref().is_some_and(|home| home != spot)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand people")]
fn count(people: usize) -> f64 {
    people as f64
}
