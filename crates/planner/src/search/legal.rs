//! Whether one exact spot keeps all rules beside what is placed.

use crate::{
    model::{Task, seats::seats_filled},
    problem::spec::Slot,
    search::{
        state::{Item, Spot, State},
        team::is_free,
    },
};

/// The spot, when it is legal as it stands.
pub(crate) fn exactly(
    state: &State<'_>,
    task: usize,
    start: Slot,
    hall: usize,
    team: &[usize],
) -> Option<Spot> {
    let model = state.model;
    let it = &model.tasks[task];
    let place = it.places.iter().find(|place| place.halls.contains(&hall))?;
    if start >= model.slots || !it.starts.has(start) {
        return None;
    }
    let item = state.item(task, start, hall);
    let free = in_turn(state, it, &item)
        && it.people.iter().all(|&person| is_there(state, &state.people[person], &item))
        && is_open(state, it, &item);
    if !free {
        return None;
    }
    let right = match &it.pinned_team {
        Some(pinned) => pinned == team,
        None => it.teams.iter().any(|seats| seats_filled(&model.classes, seats, team)),
    };
    let free = team.iter().all(|&one| is_free(state, it, one, start, place.site));
    (right && free).then(|| Spot { start, hall, team: team.to_vec() })
}

fn in_turn(state: &State<'_>, it: &Task, item: &Item) -> bool {
    let tasks = &state.model.tasks;
    it.after.iter().all(|&before| {
        let spot = state.spots[before].as_ref();
        spot.is_some_and(|spot| spot.start + tasks[before].duration <= item.start)
    }) && it.before.iter().all(|&next| {
        let spot = state.spots[next].as_ref();
        spot.is_none_or(|spot| spot.start >= item.end)
    })
}

fn is_there(state: &State<'_>, items: &[Item], item: &Item) -> bool {
    let model = state.model;
    let mut load = item.end - item.start;
    for other in items.iter().filter(|other| model.day(other.start) == model.day(item.start)) {
        let travel = model.travel(other.site, item.site);
        if item.start < other.end + travel && other.start < item.end + travel {
            return false;
        }
        load += other.end - other.start;
    }
    load <= model.person_day
}

fn is_open(state: &State<'_>, it: &Task, item: &Item) -> bool {
    let meets =
        |other: &Item| other.hall == item.hall && item.start < other.end && other.start < item.end;
    (item.start..item.end).all(|slot| !state.full[item.hall].has(slot))
        && it.apart.iter().all(|&other| !state.delegations[other].iter().any(meets))
}
