//! Where a task can go: every start, hall and team that keeps all rules beside what is placed, and the
//! cheapest of them.

use crate::{
    model::{Model, Place, Task, bits::Bits, seats::seats_filled},
    problem::spec::Slot,
    rng::Rng,
    search::{
        state::{Item, Spot, State},
        team::{count, fill, free, is_free},
    },
};

/// Buffers of one searcher.
#[derive(Debug)]
pub(crate) struct Finder {
    ok: Bits,
    union: Bits,
    one: Bits,
    levels: Vec<Bits>,
    halls: Vec<Bits>,
    teams: Vec<Bits>,
}

/// The cheapest spot found so far.
struct Best {
    cost: f64,
    spot: Option<Spot>,
}

impl Finder {
    pub(crate) fn new(model: &Model) -> Self {
        let empty = Bits::empty(model.slots);
        Self {
            ok: empty.clone(),
            union: empty.clone(),
            one: empty,
            levels: Vec::new(),
            halls: Vec::new(),
            teams: Vec::new(),
        }
    }

    /// The cheapest spot for a task that is not placed. One candidate in `blink` is passed over.
    pub(crate) fn best(
        &mut self,
        state: &State<'_>,
        task: usize,
        within: Option<&Bits>,
        blink: Option<(&mut Rng, usize)>,
    ) -> Option<(f64, Spot)> {
        let mut best = Best { cost: f64::INFINITY, spot: None };
        let mut blink = blink;
        for place in &state.model.tasks[task].places {
            if self.candidates(state, task, place, within) {
                let blink = blink.as_mut().map(|(rng, n)| (&mut **rng, *n));
                self.cheapest(state, task, place, blink, &mut best);
            }
        }
        best.spot.map(|spot| (best.cost, spot))
    }

    /// The cheapest spot that leaves the breaks of people no less even than they are.
    pub(crate) fn evenly(&mut self, state: &mut State<'_>, task: usize) -> Option<Spot> {
        if state.model.break_spread.is_none() {
            return self.best(state, task, None, None).map(|(_, spot)| spot);
        }
        let excess = state.excess();
        let mut all = self.each(state, task);
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.into_iter().map(|(_, spot)| spot).find(|spot| {
            state.place(task, spot.clone());
            let even = state.excess() <= excess;
            state.unplace(task);
            even
        })
    }

    /// The cheapest spot at every start of every site.
    fn each(&mut self, state: &State<'_>, task: usize) -> Vec<(f64, Spot)> {
        let mut all = Vec::new();
        for place in &state.model.tasks[task].places {
            if self.candidates(state, task, place, None) {
                for start in self.ok.iter() {
                    let mut best = Best { cost: f64::INFINITY, spot: None };
                    self.weigh(state, task, place, start, &mut best);
                    all.extend(best.spot.map(|spot| (best.cost, spot)));
                }
            }
        }
        all
    }

    /// Works out the starts at which everything is free; false when there are none.
    fn candidates(
        &mut self,
        state: &State<'_>,
        task: usize,
        place: &Place,
        within: Option<&Bits>,
    ) -> bool {
        let it = &state.model.tasks[task];
        if !self.times(state, it, place, within) {
            return false;
        }
        self.open_halls(state, it, place);
        if self.ok.is_empty() {
            return false;
        }
        self.free_teams(state, it, place.site);
        !self.ok.is_empty()
    }

    /// The starts that the order of activities and the people allow.
    fn times(
        &mut self,
        state: &State<'_>,
        it: &Task,
        place: &Place,
        within: Option<&Bits>,
    ) -> bool {
        self.ok.copy(&it.starts);
        if let Some(within) = within {
            self.ok.and(within);
        }
        if !order(state, it, &mut self.ok) {
            return false;
        }
        for &person in &it.people {
            let items = &state.people[person];
            block_person(state.model, items, it.duration, place.site, &mut self.ok);
        }
        !self.ok.is_empty()
    }

    fn open_halls(&mut self, state: &State<'_>, it: &Task, place: &Place) {
        let slots = state.model.slots;
        self.halls.resize_with(place.halls.len().max(self.halls.len()), || Bits::empty(slots));
        self.union.clear();
        for (starts, &hall) in self.halls.iter_mut().zip(&place.halls) {
            open(state, it, hall, &self.ok, starts);
        }
        for starts in &self.halls[..place.halls.len()] {
            self.union.or(starts);
        }
        self.ok.and(&self.union);
    }

    /// For each alternative of seats the starts at which each class has enough free interpreters.
    fn free_teams(&mut self, state: &State<'_>, it: &Task, site: usize) {
        let slots = state.model.slots;
        let alternatives = if it.pinned_team.is_some() { 1 } else { it.teams.len() };
        self.teams.resize_with(alternatives.max(self.teams.len()), || Bits::empty(slots));
        self.union.clear();
        for alternative in 0..alternatives {
            let mut mask = std::mem::take(&mut self.teams[alternative]);
            mask.copy(&self.ok);
            if let Some(team) = &it.pinned_team {
                for &one in team {
                    free(state, it, one, site, &mut self.one);
                    mask.and(&self.one);
                }
            } else {
                self.enough(state, it, &it.teams[alternative], site, &mut mask);
            }
            self.union.or(&mask);
            self.teams[alternative] = mask;
        }
        self.ok.and(&self.union);
    }

    fn enough(
        &mut self,
        state: &State<'_>,
        it: &Task,
        seats: &[usize],
        site: usize,
        mask: &mut Bits,
    ) {
        for (i, &class) in seats.iter().enumerate() {
            if seats[..i].contains(&class) {
                continue;
            }
            let need = seats.iter().filter(|&&other| other == class).count();
            let slots = state.model.slots;
            self.levels.resize_with(need.max(self.levels.len()), || Bits::empty(slots));
            self.levels.iter_mut().for_each(Bits::clear);
            for &one in &state.model.classes[class] {
                free(state, it, one, site, &mut self.one);
                count(&mut self.levels[..need], &mut self.one);
                if mask.is_within(&self.levels[need - 1]) {
                    break;
                }
            }
            mask.and(&self.levels[need - 1]);
        }
    }

    fn cheapest(
        &self,
        state: &State<'_>,
        task: usize,
        place: &Place,
        mut blink: Option<(&mut Rng, usize)>,
        best: &mut Best,
    ) {
        for start in self.ok.iter() {
            if let Some((rng, n)) = &mut blink
                && rng.one_in(*n)
            {
                continue;
            }
            self.weigh(state, task, place, start, best);
        }
    }

    /// Notes the cheapest hall and team at a start, when they cost less than the best so far.
    fn weigh(&self, state: &State<'_>, task: usize, place: &Place, start: Slot, best: &mut Best) {
        let it = &state.model.tasks[task];
        let seats = self.fewest_seats(it, start);
        let work = f64::from(seats * it.duration) * state.model.weights.interpreting;
        let rest = time_cost(state, task, start, place) + work;
        if rest >= best.cost {
            return;
        }
        let Some((hall, moves)) = self.hall(state, task, start, place) else {
            return;
        };
        if rest + moves >= best.cost {
            return;
        }
        if let Some((team, extra)) = self.team(state, task, start, place.site, seats) {
            let cost = rest + moves + extra;
            if cost < best.cost {
                best.cost = cost;
                best.spot = Some(Spot { start, hall, team });
            }
        }
    }

    fn fewest_seats(&self, it: &Task, start: Slot) -> u32 {
        let alternatives = it.teams.iter().zip(&self.teams);
        let open = alternatives.filter(|(_, mask)| mask.has(start)).map(|(seats, _)| seats.len());
        u32::try_from(open.min().unwrap_or(0)).unwrap_or(u32::MAX)
    }

    /// The hall with the fewest moves for the people, and what they cost.
    fn hall(
        &self,
        state: &State<'_>,
        task: usize,
        start: Slot,
        place: &Place,
    ) -> Option<(usize, f64)> {
        let it = &state.model.tasks[task];
        let mut best: Option<(usize, f64)> = None;
        for (i, &hall) in place.halls.iter().enumerate() {
            if !self.halls[i].has(start) {
                continue;
            }
            let item = state.item(task, start, hall);
            let moves = it.people.iter().map(|&person| {
                let (prev, next) = neighbours(&state.people[person], start);
                state.change(prev, &item, next).moves
            });
            #[expect(clippy::cast_precision_loss, reason = "a few moves")]
            let moves = moves.sum::<i64>() as f64 * state.model.weights.hall_moves;
            let tax = state.home.as_ref().map_or(0.0, |h| h.shift(state.model, task, start, hall));
            if best.is_none_or(|(_, least)| moves + tax < least) {
                best = Some((hall, moves + tax));
            }
        }
        best
    }

    /// A team for `start`, and what it costs beyond `seats` interpreters.
    fn team(
        &self,
        state: &State<'_>,
        task: usize,
        start: Slot,
        site: usize,
        seats: u32,
    ) -> Option<(Vec<usize>, f64)> {
        let it = &state.model.tasks[task];
        if let Some(team) = &it.pinned_team {
            return Some((team.clone(), 0.0));
        }
        let home = state.home.as_ref().and_then(|home| home.spot(task));
        let fits = |team: &[usize]| {
            it.teams.iter().any(|seats| seats_filled(&state.model.classes, seats, team))
        };
        if let Some(home) = home.filter(|home| home.start == start)
            && fits(&home.team)
            && home.team.iter().all(|&one| is_free(state, it, one, start, site))
        {
            return Some((home.team.clone(), 0.0));
        }
        for (alternative, mask) in it.teams.iter().zip(&self.teams) {
            if !mask.has(start) {
                continue;
            }
            if let Some(team) = fill(state, it, alternative, start, site) {
                let more = u32::try_from(team.len()).unwrap_or(u32::MAX).saturating_sub(seats);
                let slots = f64::from(more * it.duration);
                return Some((team, slots * state.model.weights.interpreting));
            }
        }
        None
    }
}

/// Those of the starts in `ok` at which a hall has a unit left and nobody from whom to be kept apart.
pub(crate) fn open(state: &State<'_>, it: &Task, hall: usize, ok: &Bits, starts: &mut Bits) {
    let mut blocked = Bits::empty(state.model.slots);
    blocked.add_blocked(&state.full[hall], it.duration);
    starts.copy(ok);
    starts.and_not(&blocked);
    for &other in &it.apart {
        for item in state.delegations[other].iter().filter(|item| item.hall == hall) {
            let from = (item.start + 1).saturating_sub(it.duration);
            starts.remove_span(from, item.end);
        }
    }
}

/// Keeps the starts that predecessors and successors allow; false when a predecessor is missing.
fn order(state: &State<'_>, it: &Task, ok: &mut Bits) -> bool {
    for &before in &it.after {
        let Some(spot) = &state.spots[before] else {
            return false;
        };
        ok.remove_span(0, spot.start + state.model.tasks[before].duration);
    }
    for &next in &it.before {
        if let Some(spot) = &state.spots[next] {
            ok.remove_span((spot.start + 1).saturating_sub(it.duration), state.model.slots);
        }
    }
    true
}

/// Removes the starts of one day at which `[start - after, start + duration + before)` meets the item.
pub(crate) fn block(
    model: &Model,
    item: &Item,
    duration: Slot,
    before: Slot,
    after: Slot,
    ok: &mut Bits,
) {
    let morning = model.day(item.start) * model.slots_per_day;
    let from = (item.start + 1).saturating_sub(duration + before).max(morning);
    let to = (item.end + after).min(morning + model.slots_per_day);
    ok.remove_span(from, to);
}

pub(crate) fn block_person(
    model: &Model,
    items: &[Item],
    duration: Slot,
    site: usize,
    ok: &mut Bits,
) {
    let (mut day, mut load) = (Slot::MAX, 0);
    for item in items {
        let travel = model.travel(item.site, site);
        block(model, item, duration, travel, travel, ok);
        if model.day(item.start) != day {
            (day, load) = (model.day(item.start), 0);
        }
        load += item.end - item.start;
        if load.saturating_add(duration) > model.person_day {
            ok.remove_span(day * model.slots_per_day, (day + 1) * model.slots_per_day);
        }
    }
}

pub(crate) fn neighbours(items: &[Item], start: Slot) -> (Option<&Item>, Option<&Item>) {
    let at = items.partition_point(|other| other.start < start);
    (at.checked_sub(1).map(|i| &items[i]), items.get(at))
}

/// Cost of the idle time that a start brings or saves, whatever the hall.
fn time_cost(state: &State<'_>, task: usize, start: Slot, place: &Place) -> f64 {
    let model = state.model;
    let it = &model.tasks[task];
    let item =
        Item { start, end: start + it.duration, site: place.site, hall: place.halls[0], task };
    let mut cost = 0.0;
    for &person in &it.people {
        let (prev, next) = neighbours(&state.people[person], start);
        let change = state.change(prev, &item, next);
        #[expect(clippy::cast_precision_loss, reason = "a few hundred slots")]
        let (idle, breaks) = (change.idle as f64, change.breaks as f64);
        let rank = f64::from(model.people[person].rank);
        cost += idle * rank * model.weights.idle + breaks * model.weights.breaks;
    }
    cost
}
