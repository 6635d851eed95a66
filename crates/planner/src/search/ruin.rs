//! What a step of the search takes out: tasks that compete for the same people, halls, hours or
//! interpreters.

use crate::{
    problem::spec::Slot,
    search::{
        Search,
        room::{self, make_room},
        state::Item,
    },
};

/// Takes a few related tasks out.
pub(crate) fn ruin(search: &mut Search<'_>) {
    let count = search.state.model.tasks.len();
    if count == 0 {
        return;
    }
    let size = 2 + search.rng.below(9);
    if search.state.home.is_some() {
        return mend(search);
    }
    match search.rng.below(10) {
        0..=2 if !search.absent.is_empty() => eject(search),
        3 | 4 if search.state.excess() > 0 => uneven(search, size),
        0..=4 => person(search, size),
        5 | 6 => hall(search, size),
        7 | 8 => interpreter(search, size),
        _ => scatter(search, size),
    }
}

/// What a step of repair takes out: room for a broken task, or something that strayed and what keeps
/// it away.
fn mend(search: &mut Search<'_>) {
    if let Some(task) = search.rng.pick(&search.absent)
        && !search.rng.one_in(4)
    {
        if search.rng.one_in(2) {
            return around(search, task);
        }
        make_room(search, task, Slot::MAX, 0);
        return chain(search);
    }
    let Some(task) = search.stray() else { return };
    let home = search.state.home.as_ref().and_then(|home| home.spot(task)).cloned();
    search.remove(task);
    let starts = &search.state.model.tasks[task].starts;
    match (search.rng.below(4), home.filter(|home| starts.has(home.start))) {
        (0 | 1, Some(home)) => {
            let room = room::at(search, task, home.start, home.hall);
            search.remove_each(room);
        }
        (2, _) if search.absent.is_empty() => {
            make_room(search, task, Slot::MAX, 0);
            chain(search);
        }
        _ => {
            if let Some(other) = search.stray() {
                search.remove(other);
            }
        }
    }
}

fn loose(search: &mut Search<'_>, task: usize) -> bool {
    search.state.model.tasks[task].starts.count() > 1 || search.rng.one_in(10)
}

fn remove_all(search: &mut Search<'_>, tasks: &[usize], most: usize) {
    let mut left = most;
    for &task in tasks {
        if left == 0 {
            return;
        }
        if loose(search, task) {
            search.remove(task);
            left -= 1;
        }
    }
}

/// Any placed task, by chance.
fn placed(search: &mut Search<'_>) -> Option<usize> {
    let count = search.state.model.tasks.len();
    (0..8).find_map(|_| {
        let task = search.rng.below(count);
        search.state.spots[task].is_some().then_some(task)
    })
}

/// A stretch of one person's day, and some of what their partners do then.
fn person(search: &mut Search<'_>, size: usize) {
    let Some(task) = placed(search) else { return };
    let Some(person) = search.rng.pick(&search.state.model.tasks[task].people) else {
        return;
    };
    let Some(start) = search.state.spots[task].as_ref().map(|spot| spot.start) else {
        return;
    };
    day_of(search, person, start, size);
}

/// The same for somebody whose day has more breaks than is even.
fn uneven(search: &mut Search<'_>, size: usize) {
    let Some(person) = search.rng.pick(&search.state.most_breaks()) else { return };
    let starts: Vec<Slot> = search.state.people[person].iter().map(|item| item.start).collect();
    if let Some(start) = search.rng.pick(&starts) {
        day_of(search, person, start, size);
    }
}

fn day_of(search: &mut Search<'_>, person: usize, start: Slot, size: usize) {
    let model = search.state.model;
    let same_day = |item: &&Item| model.day(item.start) == model.day(start);
    let mut tasks: Vec<usize> =
        search.state.people[person].iter().filter(same_day).map(|item| item.task).collect();
    let others: Vec<usize> = tasks.iter().flat_map(|&t| model.tasks[t].people.clone()).collect();
    search.rng.shuffle(&mut tasks);
    remove_all(search, &tasks, size.div_ceil(2));
    for _ in 0..size / 2 {
        let Some(other) = search.rng.pick(&others) else {
            return;
        };
        let items: Vec<usize> = search.state.people[other]
            .iter()
            .filter(|item| model.day(item.start) == model.day(start))
            .map(|item| item.task)
            .collect();
        if let Some(task) = search.rng.pick(&items) {
            remove_all(search, &[task], 1);
        }
    }
}

/// What a hall holds in a window of time.
fn hall(search: &mut Search<'_>, size: usize) {
    let Some(task) = placed(search) else { return };
    let Some(spot) = search.state.spots[task].clone() else {
        return;
    };
    let reach = 1 + u32::try_from(search.rng.below(6)).unwrap_or(0);
    let (from, to) = (spot.start.saturating_sub(reach), spot.start + reach);
    let mut tasks = search.state.tasks_in(spot.hall, from, to);
    search.rng.shuffle(&mut tasks);
    remove_all(search, &tasks, size);
}

/// What a few interpreters of one class do in a day.
fn interpreter(search: &mut Search<'_>, size: usize) {
    let Some(task) = placed(search) else { return };
    let Some(spot) = search.state.spots[task].clone() else {
        return;
    };
    let Some(one) = search.rng.pick(&spot.team) else {
        scatter(search, size);
        return;
    };
    let model = search.state.model;
    let reach = 4 + u32::try_from(search.rng.below(20)).unwrap_or(0);
    let close = |item: &Item| {
        model.day(item.start) == model.day(spot.start) && item.start.abs_diff(spot.start) <= reach
    };
    let mut tasks: Vec<usize> = Vec::new();
    let alternatives = &model.tasks[task].teams;
    let classes = alternatives.iter().flatten().filter(|&&c| model.classes[c].contains(&one));
    let colleagues: Vec<usize> = classes.flat_map(|&c| model.classes[c].clone()).collect();
    for who in [Some(one), search.rng.pick(&colleagues), search.rng.pick(&colleagues)] {
        let Some(who) = who else { continue };
        let items = &search.state.interpreters[who];
        tasks.extend(items.iter().filter(|item| close(item)).map(|item| item.task));
    }
    search.rng.shuffle(&mut tasks);
    remove_all(search, &tasks, size);
}

/// Tasks from everywhere.
fn scatter(search: &mut Search<'_>, size: usize) {
    for _ in 0..size {
        if let Some(task) = placed(search) {
            remove_all(search, &[task], 1);
        }
    }
}

/// Makes room for a task that is not placed: picks a spot and takes out whatever stands in its way.
fn eject(search: &mut Search<'_>) {
    if let Some(task) = search.rng.pick(&search.absent) {
        make_room(search, task, Slot::MAX, 0);
    }
}

/// Takes out much of what competes with a task at one time: its people, halls and interpreters are
/// shared out anew.
fn around(search: &mut Search<'_>, task: usize) {
    let model = search.state.model;
    let it = &model.tasks[task];
    let starts: Vec<Slot> = it.starts.iter().collect();
    let Some(start) = search.rng.pick(&starts) else { return };
    let reach = u32::try_from(search.rng.below(6)).unwrap_or(0);
    let (from, to) = (start.saturating_sub(reach), start + it.duration + reach);
    let meets = |item: &&Item| item.start < to && from < item.end;
    let one_class = search.rng.pick(&it.teams.iter().flatten().copied().collect::<Vec<_>>());
    let interpreters = one_class.map_or(&[][..], |class| &model.classes[class]);
    let items = it.people.iter().map(|&person| &search.state.people[person]);
    let items = items.chain(interpreters.iter().map(|&one| &search.state.interpreters[one]));
    let mut tasks: Vec<usize> = items.flatten().filter(meets).map(|item| item.task).collect();
    let halls: Vec<usize> = it.places.iter().flat_map(|place| place.halls.clone()).collect();
    if let Some(hall) = search.rng.pick(&halls) {
        tasks.extend(search.state.tasks_in(hall, from, to.min(model.slots)));
    }
    tasks.sort_unstable();
    tasks.dedup();
    search.rng.shuffle(&mut tasks);
    tasks.truncate(2 + search.rng.below(10));
    search.remove_each(tasks);
}

/// Makes room for some of those that had to make way, who push out others in turn.
fn chain(search: &mut Search<'_>) {
    while search.rng.one_in(2) {
        let Some(task) = search.rng.pick(&search.evicted()) else { return };
        make_room(search, task, Slot::MAX, 0);
    }
}
