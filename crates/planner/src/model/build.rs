//! From a description to the model: starts, places, seats and presence as numbers.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::{
    model::{Hall, Interpreter, Place, Task, bits::Bits, seats::seats_filled},
    problem::{
        index::Index,
        interpretation::{Profile, Seat},
        seats,
        spec::{Activity, Grid, Slot, Spec},
    },
};

/// The class of each seat.
pub(crate) type ClassOf = HashMap<Seat, usize, RandomState>;

pub(crate) struct Builder<'a> {
    spec: &'a Spec,
    profile: &'a Profile,
    index: &'a Index,
    apart: &'a [Vec<usize>],
    durations: &'a [u32],
    /// By duration: the starts within a day that keep lunch free, and those that may run over it.
    hours: Vec<[Bits; 2]>,
    /// By person: when they are not there.
    away: Vec<Bits>,
}

/// By delegation: the others from which it is kept apart.
pub(crate) fn apart(spec: &Spec, index: &Index) -> Vec<Vec<usize>> {
    let mut apart = vec![Vec::new(); spec.delegations.len()];
    for (a, b) in &spec.keep_apart {
        if let (Some(a), Some(b)) = (index.delegation(a), index.delegation(b)) {
            apart[a].push(b);
            apart[b].push(a);
        }
    }
    for others in &mut apart {
        others.sort_unstable();
        others.dedup();
    }
    apart
}

/// The starts from which a stay lies within one day and, if need be, outside lunch.
fn hours(grid: &Grid, duration: u32, over_lunch: bool) -> Bits {
    let mut starts = Bits::empty(grid.slots);
    for start in 0..(grid.slots + 1).saturating_sub(duration) {
        let hour = start % grid.slots_per_day;
        let meets = |(from, to)| hour < to && hour + duration > from;
        let lunch = !over_lunch && grid.lunch.is_some_and(meets);
        if hour + duration <= grid.slots_per_day && !lunch {
            starts.add(start);
        }
    }
    starts
}

fn away(spec: &Spec) -> Vec<Bits> {
    let slots = spec.grid.slots;
    let away = |person: &crate::problem::spec::Person| {
        let mut away = Bits::empty(slots);
        away.add_span(0, person.arrive.min(slots));
        away.add_span(person.depart.unwrap_or(slots).min(slots), slots);
        person.busy.iter().for_each(|&(from, to)| away.add_span(from, to));
        away
    };
    spec.people.iter().map(away).collect()
}

impl<'a> Builder<'a> {
    pub(crate) fn new(
        spec: &'a Spec,
        profile: &'a Profile,
        index: &'a Index,
        apart: &'a [Vec<usize>],
        durations: &'a [u32],
    ) -> Self {
        let hours = |&lasts: &u32| [false, true].map(|over| hours(&spec.grid, lasts, over));
        let hours = durations.iter().map(hours).collect();
        Self { spec, profile, index, apart, durations, hours, away: away(spec) }
    }

    pub(crate) fn travel(&self) -> Vec<Slot> {
        let sites = &self.spec.sites;
        let mut travel = vec![0; sites.len() * sites.len()];
        for (a, from) in sites.iter().enumerate() {
            for (b, to) in sites.iter().enumerate() {
                travel[a * sites.len() + b] = if a == b { 0 } else { from.access + to.access };
            }
        }
        // The first entry for a pair counts, as in the checker.
        for entry in self.spec.travel.iter().rev() {
            let (a, b) = (self.index.site(&entry.between.0), self.index.site(&entry.between.1));
            if let (Some(a), Some(b)) = (a, b)
                && a != b
            {
                travel[a * sites.len() + b] = entry.slots;
                travel[b * sites.len() + a] = entry.slots;
            }
        }
        travel
    }

    pub(crate) fn halls(&self) -> Vec<Hall> {
        let hall = |(at, hall): (usize, &crate::problem::spec::Hall)| {
            let mut closed = Bits::empty(self.spec.grid.slots);
            hall.closed.iter().for_each(|&(from, to)| closed.add_span(from, to));
            if hall.units == 0 {
                closed.add_span(0, self.spec.grid.slots);
            }
            Hall { site: self.index.site_of(at), units: hall.units, closed }
        };
        self.spec.halls.iter().enumerate().map(hall).collect()
    }

    pub(crate) fn interpreters(&self) -> Vec<Interpreter> {
        let per_day = self.spec.grid.slots_per_day;
        let interpreter = |one: &crate::problem::spec::Interpreter| {
            let slots = self.spec.grid.slots;
            let mut away = Bits::empty(slots);
            for &day in &one.off {
                let from = day.saturating_mul(per_day);
                away.add_span(from, from.saturating_add(per_day));
            }
            one.busy.iter().for_each(|&(from, to)| away.add_span(from, to));
            let starts = |&duration: &u32| {
                let (mut starts, mut blocked) = (Bits::empty(slots), Bits::empty(slots));
                starts.add_span(0, slots);
                blocked.add_blocked(&away, duration);
                starts.and_not(&blocked);
                starts
            };
            Interpreter { starts: self.durations.iter().map(starts).collect() }
        };
        self.spec.interpreters.iter().map(interpreter).collect()
    }

    pub(crate) fn classes(&self) -> (Vec<Vec<usize>>, ClassOf) {
        let (mut classes, mut class_of) = (Vec::new(), ClassOf::default());
        for activity in &self.spec.activities {
            for seat in seats(self.spec, self.profile, self.index, activity).into_iter().flatten() {
                if class_of.contains_key(&seat) {
                    continue;
                }
                let interpreters = &self.spec.interpreters;
                let suits =
                    |one: &crate::problem::spec::Interpreter| seat.suits(&one.of, &one.pairs);
                let mut who: Vec<usize> =
                    (0..interpreters.len()).filter(|&i| suits(&interpreters[i])).collect();
                who.sort_by_key(|&i| (interpreters[i].pairs.len(), i));
                class_of.insert(seat, classes.len());
                classes.push(who);
            }
        }
        (classes, class_of)
    }

    pub(crate) fn task(
        &self,
        activity: &Activity,
        class_of: &ClassOf,
        classes: &[Vec<usize>],
    ) -> Task {
        let (spec, index) = (self.spec, self.index);
        let delegations = index.delegations_of(activity);
        let small = activity.kind.small();
        let mut apart: Vec<usize> =
            delegations.iter().flat_map(|&d| self.apart[d].iter().copied()).collect();
        apart.sort_unstable();
        apart.dedup();
        let clash = small && delegations.iter().any(|d| apart.contains(d));
        let alternatives = seats(spec, self.profile, index, activity);
        let mut task = Task {
            duration: activity.duration,
            duration_class: self.durations.partition_point(|&d| d < activity.duration),
            people: activity.people.iter().filter_map(|p| index.person(p)).collect(),
            delegations,
            places: self.places(activity),
            starts: Bits::empty(spec.grid.slots),
            teams: alternatives
                .into_iter()
                .map(|seats| seats.iter().map(|seat| class_of[seat]).collect())
                .collect(),
            pinned_team: activity
                .pin
                .interpreters
                .as_ref()
                .map(|team| team.iter().filter_map(|i| index.interpreter(i)).collect()),
            after: activity.after.iter().filter_map(|a| index.activity(a)).collect(),
            before: Vec::new(),
            needed_by: Slot::MAX,
            weight: activity.weight,
            mandatory: activity.mandatory,
            apart: if small { apart } else { Vec::new() },
            small,
            frozen: false,
            rest: activity.rest(self.profile),
            day_slots: activity.day_slots(),
        };
        if let Some(team) = &mut task.pinned_team {
            team.sort_unstable();
        }
        let manned = task
            .pinned_team
            .as_ref()
            .is_none_or(|team| task.teams.iter().any(|seats| seats_filled(classes, seats, team)));
        let most = self.spec.limits.person_day.unwrap_or(Slot::MAX);
        let spoken = task.teams.iter().all(|team| !team.is_empty());
        let brief = (task.people.is_empty() || task.duration <= most)
            && (!spoken || task.day_slots <= self.profile.day.value);
        if !clash && manned && brief && !task.places.is_empty() {
            task.starts = self.starts(activity, task.duration_class, &task.people);
        }
        task
    }

    fn places(&self, activity: &Activity) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        if activity.listeners() > self.profile.listeners.value {
            return places;
        }
        let booths = activity.booths();
        let mut seen = HashSet::<usize, RandomState>::default();
        for id in &activity.halls {
            let pinned = activity.pin.hall.as_ref().is_none_or(|hall| hall == id);
            let Some(hall) = self.index.hall(id).filter(|&hall| pinned && seen.insert(hall)) else {
                continue;
            };
            let it = &self.spec.halls[hall];
            if it.capacity < activity.heads() || it.booths < booths {
                continue;
            }
            let site = self.index.site_of(hall);
            match places.iter_mut().find(|place| place.site == site) {
                Some(place) => place.halls.push(hall),
                None => places.push(Place { site, halls: vec![hall] }),
            }
        }
        places
    }

    fn starts(&self, activity: &Activity, duration_class: usize, people: &[usize]) -> Bits {
        let (slots, duration) = (self.spec.grid.slots, activity.duration);
        let mut starts =
            self.hours[duration_class][usize::from(activity.runs_over_lunch())].clone();
        let mut only = |from: Slot, to: Slot| {
            starts.remove_span(0, from);
            starts.remove_span(to, slots);
        };
        let (from, to) = activity.window.unwrap_or((0, slots));
        only(from, (to.min(slots) + 1).saturating_sub(duration));
        if let Some(pin) = activity.pin.start {
            only(pin, pin + 1);
        }
        let (mut away, mut blocked) = (Bits::empty(slots), Bits::empty(slots));
        for &person in people {
            away.or(&self.away[person]);
        }
        blocked.add_blocked(&away, duration);
        starts.and_not(&blocked);
        starts
    }
}
