//! A tax on leaving a released plan: it makes the search repair where it would plan anew.

use crate::{model::Model, spec::Slot, state::Spot};

/// What changes cost, in the scale of the score. Whole numbers, so that sums stay exact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rates {
    /// Moving or dropping an activity, for each of its people.
    pub(crate) person: f64,
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
        Self { person: 0.0, dropped: 0.0, weight: 0.0, team: 0.0, heat: 0.0 };
}

/// The released plan, the rates, and the tax of the plan under search.
#[derive(Clone, Debug)]
pub(crate) struct Home<'a> {
    spots: &'a [Option<Spot>],
    /// Tasks that are to be placed though they have no spot in the released plan.
    wanted: &'a [bool],
    rates: Rates,
    pub(crate) tax: f64,
    /// What has to move at the least: the tax on spots that the problem no longer allows.
    pub(crate) floor: f64,
}

impl<'a> Home<'a> {
    /// The tax as it is when nothing is placed.
    pub(crate) fn new(
        model: &Model,
        spots: &'a [Option<Spot>],
        wanted: &'a [bool],
        rates: Rates,
    ) -> Self {
        let mut home = Self { spots, wanted, rates, tax: 0.0, floor: 0.0 };
        home.tax = (0..model.tasks.len()).map(|task| home.of(model, task, None)).sum();
        let lost = (0..model.tasks.len()).filter(|&task| home.lost(model, task));
        home.floor = lost.map(|task| home.move_of(model, task)).sum();
        home
    }

    /// Whether nothing but teams differs, apart from what has to move.
    pub(crate) fn is_least(&self) -> bool {
        self.tax - self.floor < self.rates.person
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
    }

    fn of(&self, model: &Model, task: usize, spot: Option<&Spot>) -> f64 {
        let Some(spot) = spot else {
            let it = &model.tasks[task];
            let dropped = self.rates.dropped + self.rates.weight * f64::from(it.weight);
            let moved = if self.spots[task].is_some() { self.move_of(model, task) } else { 0.0 };
            return if self.promised(task) { dropped + moved } else { 0.0 };
        };
        let shift = self.shift(model, task, spot.start, spot.hall);
        let same = self.spots[task].as_ref().is_none_or(|home| home.team == spot.team);
        if shift > 0.0 || same { shift } else { self.rates.team }
    }

    fn move_of(&self, model: &Model, task: usize) -> f64 {
        let people = u32::try_from(model.tasks[task].people.len()).unwrap_or(u32::MAX);
        self.rates.person * f64::from(people.max(1))
    }

    /// The tax on a start and a hall.
    pub(crate) fn shift(&self, model: &Model, task: usize, start: Slot, hall: usize) -> f64 {
        match &self.spots[task] {
            Some(home) if home.start == start && home.hall == hall => 0.0,
            None if self.wanted[task] => 0.0,
            _ => self.move_of(model, task),
        }
    }

    /// Whether a placed task left its place.
    pub(crate) fn strayed(&self, task: usize, spot: &Spot) -> bool {
        self.spots[task].as_ref().is_some_and(|home| home != spot)
    }
}
