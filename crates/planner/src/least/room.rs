//! Where an activity can go beside what is held where it is.

use crate::{
    model::{Task, bits::Bits},
    problem::spec::Slot,
    search::{
        insert::{block_person, open},
        state::{Spot, State},
        team::free,
    },
};

/// The starts, halls and interpreters of one task, each beside the held ones alone.
#[derive(Clone)]
pub(super) struct Room {
    pub(super) task: usize,
    pub(super) starts: Bits,
    /// Halls, and the starts that each admits.
    pub(super) halls: Vec<(usize, Bits)>,
    /// Interpreters at a site, and the starts that each admits.
    pub(super) crew: Vec<(usize, usize, Bits)>,
}

impl Room {
    pub(super) fn new(held: &State<'_>, task: usize) -> Self {
        let model = held.model;
        let it = &model.tasks[task];
        let mut room =
            Self { task, starts: Bits::empty(model.slots), halls: Vec::new(), crew: Vec::new() };
        for place in &it.places {
            let mut ok = it.starts.clone();
            order(held, it, &mut ok);
            for &person in &it.people {
                block_person(model, &held.people[person], it.duration, place.site, &mut ok);
            }
            for one in candidates(held, it) {
                let mut starts = Bits::empty(model.slots);
                free(held, it, one, place.site, &mut starts);
                starts.and(&ok);
                if !starts.is_empty() {
                    room.crew.push((one, place.site, starts));
                }
            }
            for &hall in &place.halls {
                let mut starts = Bits::empty(model.slots);
                open(held, it, hall, &ok, &mut starts);
                if !starts.is_empty() {
                    room.starts.or(&starts);
                    room.halls.push((hall, starts));
                }
            }
        }
        room
    }

    /// The same with one start and one hall alone.
    pub(super) fn only(&self, spot: &Spot) -> Self {
        let mut starts = self.starts.clone();
        starts.clear();
        starts.add(spot.start);
        let halls =
            self.halls.iter().filter(|(hall, open)| *hall == spot.hall && open.has(spot.start));
        let crew = self.crew.iter().filter(|(_, _, open)| open.has(spot.start));
        Self {
            task: self.task,
            halls: halls.map(|&(hall, _)| (hall, starts.clone())).collect(),
            crew: crew.map(|&(one, site, _)| (one, site, starts.clone())).collect(),
            starts,
        }
    }
}

/// Keeps the starts that held predecessors and successors allow.
fn order(held: &State<'_>, it: &Task, ok: &mut Bits) {
    let tasks = &held.model.tasks;
    for &before in &it.after {
        if let Some(spot) = &held.spots[before] {
            ok.remove_span(0, spot.start + tasks[before].duration);
        }
    }
    for &next in &it.before {
        if let Some(spot) = &held.spots[next] {
            ok.remove_span((spot.start + 1).saturating_sub(it.duration), held.model.slots);
        }
    }
}

/// Whoever can take some seat.
fn candidates(held: &State<'_>, it: &Task) -> Vec<usize> {
    if let Some(team) = &it.pinned_team {
        return team.clone();
    }
    let classes = it.teams.iter().flatten();
    let mut who: Vec<usize> =
        classes.flat_map(|&class| held.model.classes[class].iter().copied()).collect();
    who.sort_unstable();
    who.dedup();
    who
}

/// The slots of a day that a stay from `start` takes up with `tail` slots behind it.
pub(super) fn span(held: &State<'_>, it: &Task, start: Slot, tail: Slot) -> std::ops::Range<Slot> {
    let evening = (held.model.day(start) + 1) * held.model.slots_per_day;
    start..(start + it.duration + tail).min(evening).min(held.model.slots)
}
