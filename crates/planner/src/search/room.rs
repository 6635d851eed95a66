//! Room for a task that has no place: what stands in its way at some start and hall, and taking it out.

use crate::{
    model::bits::Bits,
    problem::spec::Slot,
    search::{
        Search,
        state::{Item, Spot},
    },
};

/// Longest chain of predecessors that are moved for the sake of one task.
const DEEPEST: usize = 8;

/// Starts and halls between which is chosen where every task counts.
const DRAWS: usize = 4;

/// Places a task so that it ends by `until`, whatever stands in its way; what it waits for first. In a
/// repair, and where something mandatory is missing, that is preferred which was easy to place so far;
/// elsewhere chance alone decides.
pub(crate) fn make_room(search: &mut Search<'_>, task: usize, until: Slot, depth: usize) -> bool {
    let eager = search.state.home.is_some() || search.state.missing > 0;
    let draws = if eager { DRAWS } else { 1 };
    let mut best: Option<(u64, Slot, usize, Vec<usize>)> = None;
    for _ in 0..draws {
        let Some((start, hall)) = draw(search, task, until) else { continue };
        let out = at(search, task, start, hall);
        let effort = out.iter().map(|&other| search.effort(other)).sum();
        if best.as_ref().is_none_or(|(least, ..)| effort < *least) {
            best = Some((effort, start, hall, out));
        }
    }
    let Some((_, start, _, out)) = best else { return false };
    if !lead(search, task, start, depth) {
        return false;
    }
    search.remove_each(out);
    let mut within = Bits::empty(search.state.model.slots);
    within.add(start);
    let found = search.finder.best(&search.state, task, Some(&within), None);
    if let Some((_, spot)) = found {
        search.put(task, spot);
    }
    search.state.spots[task].is_some()
}

/// A start and a hall that is open then, by chance.
fn draw(search: &mut Search<'_>, task: usize, until: Slot) -> Option<(Slot, usize)> {
    let model = search.state.model;
    let it = &model.tasks[task];
    let starts: Vec<Slot> = it.starts.iter().filter(|s| s + it.duration <= until).collect();
    let start = search.rng.pick(&starts)?;
    let open = |hall: &usize| {
        (start..start + it.duration).all(|slot| !model.halls[*hall].closed.has(slot))
    };
    let halls = it.places.iter().flat_map(|place| place.halls.iter().copied());
    let hall = search.rng.pick(&halls.filter(open).collect::<Vec<_>>())?;
    Some((start, hall))
}

/// Sees to it that what a task waits for ends in time for it to begin at `start`.
fn lead(search: &mut Search<'_>, task: usize, start: Slot, depth: usize) -> bool {
    let model = search.state.model;
    for &before in &model.tasks[task].after {
        let ends = |spot: &Spot| spot.start + model.tasks[before].duration;
        let by = model.due(before, task, start);
        if search.state.spots[before].as_ref().is_some_and(|spot| ends(spot) <= by) {
            continue;
        }
        search.remove(before);
        let there = depth < DEEPEST && search.state.spots[before].is_none();
        if !there || !make_room(search, before, by, depth + 1) {
            return false;
        }
    }
    true
}

/// What stands in the way of a task at a start and a hall.
pub(crate) fn at(search: &mut Search<'_>, task: usize, start: Slot, hall: usize) -> Vec<usize> {
    let mut out = Vec::new();
    of_people(search, task, start, hall, &mut out);
    in_hall(search, task, start, hall, &mut out);
    of_interpreters(search, task, start, hall, &mut out);
    let end = start + search.state.model.tasks[task].duration;
    for &next in &search.state.model.tasks[task].before {
        if search.state.spots[next].as_ref().is_some_and(|spot| spot.start < end) {
            out.push(next);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn of_people(search: &mut Search<'_>, task: usize, start: Slot, hall: usize, out: &mut Vec<usize>) {
    let model = search.state.model;
    let item = search.state.item(task, start, hall);
    for &person in &model.tasks[task].people {
        let (mut load, mut rest) = (item.end - item.start, Vec::new());
        for other in &search.state.people[person] {
            let travel = model.travel(other.site, item.site);
            if model.day(other.start) != model.day(start) || out.contains(&other.task) {
                continue;
            }
            if item.start < other.end + travel && other.start < item.end + travel {
                out.push(other.task);
            } else {
                load += other.end - other.start;
                rest.push(other.task);
            }
        }
        if load > model.person_day {
            search.rng.shuffle(&mut rest);
        }
        while load > model.person_day {
            let Some(other) = rest.pop() else { break };
            load -= model.tasks[other].duration;
            out.push(other);
        }
    }
}

fn in_hall(search: &mut Search<'_>, task: usize, start: Slot, hall: usize, out: &mut Vec<usize>) {
    let model = search.state.model;
    let end = start + model.tasks[task].duration;
    for slot in start..end {
        if search.state.full[hall].has(slot) {
            let tasks = search.state.tasks_in(hall, slot, slot + 1);
            if tasks.iter().any(|other| out.contains(other)) {
                continue;
            }
            out.extend(search.rng.pick(&tasks));
        }
    }
    for &other in &model.tasks[task].apart {
        let meets = |item: &&Item| item.hall == hall && item.start < end && start < item.end;
        let items = &search.state.delegations[other];
        out.extend(items.iter().filter(meets).map(|item| item.task));
    }
}

/// For one alternative of seats, an interpreter for each: those who leave the least for it.
fn of_interpreters(
    search: &mut Search<'_>,
    task: usize,
    start: Slot,
    hall: usize,
    out: &mut Vec<usize>,
) {
    let model = search.state.model;
    if let Some(team) = &model.tasks[task].pinned_team {
        for &one in team {
            let tasks = obstacles(search, task, one, start, hall, out);
            out.extend(tasks.unwrap_or_default());
        }
        return;
    }
    let alternatives: Vec<usize> = (0..model.tasks[task].teams.len()).collect();
    let Some(alternative) = search.rng.pick(&alternatives) else { return };
    let mut seats = model.tasks[task].teams[alternative].clone();
    seats.sort_by_key(|&class| model.classes[class].len());
    let mut chosen: Vec<usize> = Vec::new();
    for class in seats {
        let mut best: Option<(u64, usize, Vec<usize>)> = None;
        for &one in model.classes[class].iter().filter(|one| !chosen.contains(one)) {
            let Some(tasks) = obstacles(search, task, one, start, hall, out) else { continue };
            let effort: u64 = tasks.iter().map(|&other| search.effort(other)).sum();
            let key = 8 * effort + search.rng.below(8) as u64;
            if best.as_ref().is_none_or(|(least, ..)| key < *least) {
                best = Some((key, one, tasks));
            }
        }
        let Some((_, one, tasks)) = best else { return };
        chosen.push(one);
        out.extend(tasks);
    }
}

/// What an interpreter would have to leave to take the task, beside what is out anyway; nothing when it
/// cannot be at all.
fn obstacles(
    search: &Search<'_>,
    task: usize,
    one: usize,
    start: Slot,
    hall: usize,
    out: &[usize],
) -> Option<Vec<usize>> {
    let model = search.state.model;
    let (it, site) = (&model.tasks[task], model.halls[hall].site);
    if !model.interpreters[one].starts[it.duration_class].has(start) {
        return None;
    }
    let end = start + it.duration;
    let (mut tasks, mut load) = (Vec::new(), it.day_slots);
    let mut rest = Vec::new();
    for item in &search.state.interpreters[one] {
        if model.day(item.start) != model.day(start) || out.contains(&item.task) {
            continue;
        }
        let other = &model.tasks[item.task];
        let travel = model.travel(item.site, site);
        if start < item.end + travel.max(other.rest) && item.start < end + travel.max(it.rest) {
            tasks.push(item.task);
        } else {
            load += other.day_slots;
            rest.push(item.task);
        }
    }
    while load > model.interpreter_day {
        let other = rest.pop()?;
        load -= model.tasks[other].day_slots;
        tasks.push(other);
    }
    Some(tasks)
}
