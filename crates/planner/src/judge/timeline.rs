//! A plan laid out by hall, person and interpreter: what the checker and the full score look at.
//!
//! Shares nothing with the search but the description, so that it can judge it.

use crate::problem::{
    Problem,
    index::Index,
    plan::{Placement, Plan},
    spec::{Activity, Slot, Spec},
};

/// One placed activity, by positions in the lists of the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stay {
    pub(crate) start: Slot,
    pub(crate) end: Slot,
    pub(crate) site: usize,
    pub(crate) hall: usize,
    pub(crate) activity: usize,
}

/// The stays of a plan, sorted.
pub(crate) struct Timeline<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) index: &'a Index,
    /// By activity: its placement and stay, when it is placed on the grid in a known hall.
    pub(crate) placed: Vec<Option<(&'a Placement, Stay)>>,
    pub(crate) people: Vec<Vec<Stay>>,
    pub(crate) halls: Vec<Vec<Stay>>,
    pub(crate) interpreters: Vec<Vec<Stay>>,
}

impl<'a> Timeline<'a> {
    pub(crate) fn new(problem: &'a Problem, plan: &'a Plan) -> Self {
        let (spec, index) = (problem.spec(), &problem.index);
        let mut line = Self {
            spec,
            index,
            placed: vec![None; spec.activities.len()],
            people: vec![Vec::new(); spec.people.len()],
            halls: vec![Vec::new(); spec.halls.len()],
            interpreters: vec![Vec::new(); spec.interpreters.len()],
        };
        for (id, placement) in &plan.activities {
            if let Some(activity) = index.activity(id) {
                line.lay(activity, placement);
            }
        }
        let lists = [&mut line.people, &mut line.halls, &mut line.interpreters];
        lists.into_iter().flatten().for_each(|stays| stays.sort_unstable());
        line
    }

    fn lay(&mut self, activity: usize, placement: &'a Placement) {
        let Some(hall) = self.index.hall(&placement.hall) else {
            return;
        };
        if placement.start >= self.spec.grid.slots {
            return;
        }
        let it = &self.spec.activities[activity];
        let site = self.index.site_of(hall);
        let start = placement.start;
        let stay = Stay { start, end: start + it.duration, site, hall, activity };
        self.placed[activity] = Some((placement, stay));
        self.halls[hall].push(stay);
        for person in it.people.iter().filter_map(|p| self.index.person(p)) {
            self.people[person].push(stay);
        }
        for one in placement.interpreters.iter().filter_map(|i| self.index.interpreter(i)) {
            self.interpreters[one].push(stay);
        }
    }

    pub(crate) fn activity(&self, stay: &Stay) -> &'a Activity {
        &self.spec.activities[stay.activity]
    }

    pub(crate) fn day(&self, slot: Slot) -> Slot {
        slot / self.spec.grid.slots_per_day
    }

    /// Slots of travel between two sites.
    pub(crate) fn travel(&self, a: usize, b: usize) -> Slot {
        if a == b {
            return 0;
        }
        let (a, b) = (&self.spec.sites[a], &self.spec.sites[b]);
        let listed = self.spec.travel.iter().find(|travel| {
            let (x, y) = &travel.between;
            (x == &a.id && y == &b.id) || (x == &b.id && y == &a.id)
        });
        listed.map_or(a.access + b.access, |travel| travel.slots)
    }

    /// Idle slots between two consecutive stays of a day, without lunch and travel.
    pub(crate) fn idle(&self, a: &Stay, b: &Stay) -> Slot {
        let morning = self.day(a.start) * self.spec.grid.slots_per_day;
        let lunch = self.spec.grid.lunch.map_or(0, |(from, to)| {
            b.start.min(morning + to).saturating_sub(a.end.max(morning + from))
        });
        b.start.saturating_sub(a.end).saturating_sub(lunch + self.travel(a.site, b.site))
    }

    /// Consecutive stays of the same day.
    pub(crate) fn steps<'s>(
        &'s self,
        stays: &'s [Stay],
    ) -> impl Iterator<Item = (&'s Stay, &'s Stay)> {
        let pairs = stays.iter().zip(stays.iter().skip(1));
        pairs.filter(|(a, b)| self.day(a.start) == self.day(b.start))
    }

    /// Runs of idle slots of one person.
    pub(crate) fn breaks(&self, stays: &[Stay]) -> u32 {
        let runs = self.steps(stays).filter(|(a, b)| self.idle(a, b) > 0).count();
        u32::try_from(runs).unwrap_or(u32::MAX)
    }

    /// Slots by day, in order of days.
    pub(crate) fn load(&self, stays: &[Stay]) -> Vec<(Slot, Slot)> {
        let mut days: Vec<(Slot, Slot)> = Vec::new();
        for stay in stays {
            let (day, slots) = (self.day(stay.start), stay.end - stay.start);
            match days.last_mut() {
                Some(last) if last.0 == day => last.1 += slots,
                _ => days.push((day, slots)),
            }
        }
        days
    }
}
