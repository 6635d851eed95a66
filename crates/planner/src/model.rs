//! A problem by numbers: what the search works on. Everything that does not depend on the plan is worked
//! out here once: starts that can ever do, seats as classes of interpreters, delegations kept apart.

use std::collections::HashMap;

use crate::{
    bits::Bits,
    index::Index,
    interpretation::{Need, Profile, Seat, sorted},
    problem::seats,
    rule::Rule,
    spec::{Activity, Slot, Span, Spec, Weights},
    team::seats_filled,
};

#[derive(Clone, Debug)]
pub(crate) struct Hall {
    pub(crate) site: usize,
    pub(crate) units: u32,
    pub(crate) closed: Bits,
}

#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) rank: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Interpreter {
    /// By class of duration: starts at which they are not off or busy.
    pub(crate) starts: Vec<Bits>,
}

/// Halls of one site that an activity may use.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) site: usize,
    pub(crate) halls: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) duration: u32,
    /// Position of the duration among the different durations of the problem.
    pub(crate) duration_class: usize,
    pub(crate) people: Vec<usize>,
    pub(crate) delegations: Vec<usize>,
    pub(crate) places: Vec<Place>,
    /// Starts that the grid, the window, the pin, lunch and the presence of people allow.
    pub(crate) starts: Bits,
    /// Alternatives of seats, as classes; the first are direct.
    pub(crate) teams: Vec<Vec<usize>>,
    pub(crate) pinned_team: Option<Vec<usize>>,
    pub(crate) after: Vec<usize>,
    pub(crate) before: Vec<usize>,
    /// Ended later, it would leave no time for something mandatory that waits for it.
    pub(crate) needed_by: Slot,
    pub(crate) weight: u32,
    pub(crate) mandatory: bool,
    /// Delegations from which it is kept apart; empty for activities that are not small.
    pub(crate) apart: Vec<usize>,
    pub(crate) small: bool,
    /// Never taken out once it is placed.
    pub(crate) frozen: bool,
    /// Rest that its interpreters need afterwards.
    pub(crate) rest: u32,
    /// Slots that count towards an interpreter's day.
    pub(crate) day_slots: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) slots: Slot,
    pub(crate) slots_per_day: Slot,
    pub(crate) lunch: Span,
    pub(crate) sites: usize,
    travel: Vec<Slot>,
    pub(crate) halls: Vec<Hall>,
    pub(crate) people: Vec<Person>,
    pub(crate) interpreters: Vec<Interpreter>,
    /// By class of seat: who can take it, the least versatile first.
    pub(crate) classes: Vec<Vec<usize>>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) delegations: usize,
    /// By delegation: total weight of its optional tasks.
    pub(crate) wanted: Vec<u32>,
    /// By delegation: whether any other is kept apart from it.
    pub(crate) has_apart: Vec<bool>,
    pub(crate) longest: Slot,
    pub(crate) person_day: u32,
    pub(crate) interpreter_day: u32,
    pub(crate) break_spread: Option<u32>,
    pub(crate) weights: Weights,
}

impl Model {
    pub(crate) fn new(spec: &Spec, profile: &Profile, index: &Index) -> Self {
        let mut durations: Vec<u32> = spec.activities.iter().map(|a| a.duration).collect();
        durations.sort_unstable();
        durations.dedup();
        let builder = Builder { spec, profile, index, apart: apart(spec, index), durations };
        let (classes, class_of) = builder.classes();
        let mut tasks: Vec<Task> = spec
            .activities
            .iter()
            .map(|activity| builder.task(activity, &class_of, &classes))
            .collect();
        for i in 0..tasks.len() {
            for before in tasks[i].after.clone() {
                tasks[before].before.push(i);
            }
        }
        let mut wanted = vec![0; spec.delegations.len()];
        for task in &tasks {
            if !task.mandatory {
                task.delegations.iter().for_each(|&d| wanted[d] += task.weight);
            }
        }
        let has_apart = builder.apart.iter().map(|others| !others.is_empty()).collect();
        let mut model = Self {
            slots: spec.grid.slots,
            slots_per_day: spec.grid.slots_per_day,
            lunch: spec.grid.lunch.unwrap_or((0, 0)),
            sites: spec.sites.len(),
            travel: builder.travel(),
            halls: builder.halls(),
            people: spec.people.iter().map(|p| Person { rank: p.rank }).collect(),
            interpreters: builder.interpreters(),
            classes,
            tasks,
            delegations: spec.delegations.len(),
            wanted,
            has_apart,
            longest: builder.durations.last().copied().unwrap_or(1),
            person_day: spec.limits.person_day.unwrap_or(u32::MAX),
            interpreter_day: profile.day.value,
            break_spread: spec.limits.break_spread,
            weights: spec.weights.clone(),
        };
        deadlines(&mut model);
        model
    }

    /// Whether two tasks share people, halls or interpreters.
    pub(crate) fn close(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.tasks[a], &self.tasks[b]);
        let halls =
            |task: &Task| task.places.iter().flat_map(|p| p.halls.clone()).collect::<Vec<_>>();
        let seats = |task: &Task| {
            let of = |&class: &usize| self.classes[class].clone();
            task.teams.iter().flatten().flat_map(of).collect::<Vec<_>>()
        };
        let meet = |x: &[usize], y: &[usize]| x.iter().any(|one| y.contains(one));
        meet(&a.people, &b.people) || meet(&halls(a), &halls(b)) || meet(&seats(a), &seats(b))
    }

    /// By day: how many of these interpreters are there at some time.
    pub(crate) fn on_duty(&self, set: &[usize]) -> Vec<u32> {
        let days = self.slots.div_ceil(self.slots_per_day);
        let there = |one: &usize, day: Slot| {
            let starts = &self.interpreters[*one].starts;
            let hours = day * self.slots_per_day..(day + 1) * self.slots_per_day;
            starts.first().is_some_and(|starts| hours.into_iter().any(|slot| starts.has(slot)))
        };
        let count = |day: Slot| set.iter().filter(|one| there(one, day)).count();
        (0..days).map(|day| u32::try_from(count(day)).unwrap_or(u32::MAX)).collect()
    }

    /// The first start of `then` after `before`, which it waits for, ended at `end`: those who are in both
    /// have to travel on the same day.
    pub(crate) fn ready(&self, before: usize, end: Slot, then: usize) -> Slot {
        let evening = (self.day(end.saturating_sub(1)) + 1) * self.slots_per_day;
        (end + self.lead(before, then)).min(evening).max(end)
    }

    /// By when `before` has to end for `then`, which waits for it, to begin at `start`.
    pub(crate) fn due(&self, before: usize, then: usize, start: Slot) -> Slot {
        let morning = self.day(start) * self.slots_per_day;
        start.saturating_sub(self.lead(before, then)).max(morning)
    }

    /// Slots of travel that lie between two tasks of a day at the least, for those who are in both.
    pub(crate) fn lead(&self, before: usize, then: usize) -> Slot {
        let (before, then) = (&self.tasks[before], &self.tasks[then]);
        if !before.people.iter().any(|person| then.people.contains(person)) {
            return 0;
        }
        let sites = |task: &Task| task.places.iter().map(|p| p.site).collect::<Vec<_>>();
        let (from, to) = (sites(before), sites(then));
        let ways = from.iter().flat_map(|&a| to.iter().map(move |&b| (a, b)));
        ways.map(|(a, b)| self.travel(a, b)).min().unwrap_or(0)
    }

    pub(crate) fn travel(&self, a: usize, b: usize) -> Slot {
        self.travel[a * self.sites + b]
    }

    pub(crate) fn day(&self, slot: Slot) -> Slot {
        slot / self.slots_per_day
    }
}

impl Task {
    /// The last start from which it ends by `until`.
    pub(crate) fn last_start(&self, until: Slot) -> Option<Slot> {
        self.starts.iter().take_while(|start| start + self.duration <= until).last()
    }
}

/// Works out by when tasks are needed, those that wait before those they wait for.
fn deadlines(model: &mut Model) {
    let tasks = &model.tasks;
    let mut waiting: Vec<usize> = tasks.iter().map(|task| task.before.len()).collect();
    let mut ready: Vec<usize> = (0..tasks.len()).filter(|&task| waiting[task] == 0).collect();
    while let Some(task) = ready.pop() {
        let it = &model.tasks[task];
        let needed = it.mandatory || it.needed_by < Slot::MAX;
        let last = it.last_start(it.needed_by).filter(|_| needed);
        for before in it.after.clone() {
            let by = last.map_or(Slot::MAX, |last| model.due(before, task, last));
            model.tasks[before].needed_by = model.tasks[before].needed_by.min(by);
            waiting[before] -= 1;
            if waiting[before] == 0 {
                ready.push(before);
            }
        }
    }
}

fn apart(spec: &Spec, index: &Index) -> Vec<Vec<usize>> {
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

type ClassOf = HashMap<Seat, usize>;

struct Builder<'a> {
    spec: &'a Spec,
    profile: &'a Profile,
    index: &'a Index,
    apart: Vec<Vec<usize>>,
    durations: Vec<u32>,
}

impl Builder<'_> {
    fn travel(&self) -> Vec<Slot> {
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

    fn halls(&self) -> Vec<Hall> {
        let hall = |hall: &crate::spec::Hall| {
            let mut closed = Bits::empty(self.spec.grid.slots);
            hall.closed.iter().for_each(|&(from, to)| closed.add_span(from, to));
            if hall.units == 0 {
                closed.add_span(0, self.spec.grid.slots);
            }
            let site = self.index.site(&hall.site).unwrap_or_default();
            Hall { site, units: hall.units, closed }
        };
        self.spec.halls.iter().map(hall).collect()
    }

    fn interpreters(&self) -> Vec<Interpreter> {
        let per_day = self.spec.grid.slots_per_day;
        let interpreter = |one: &crate::spec::Interpreter| {
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

    fn classes(&self) -> (Vec<Vec<usize>>, ClassOf) {
        let (mut classes, mut class_of) = (Vec::new(), HashMap::new());
        for activity in &self.spec.activities {
            for seat in seats(self.spec, self.profile, self.index, activity).into_iter().flatten() {
                if class_of.contains_key(&seat) {
                    continue;
                }
                let interpreters = &self.spec.interpreters;
                let suits = |one: &crate::spec::Interpreter| {
                    one.of == seat.source && one.pairs.iter().any(|p| sorted(p) == seat.pair)
                };
                let mut who: Vec<usize> =
                    (0..interpreters.len()).filter(|&i| suits(&interpreters[i])).collect();
                who.sort_by_key(|&i| (interpreters[i].pairs.len(), i));
                class_of.insert(seat, classes.len());
                classes.push(who);
            }
        }
        (classes, class_of)
    }

    fn task(&self, activity: &Activity, class_of: &ClassOf, classes: &[Vec<usize>]) -> Task {
        let (spec, index) = (self.spec, self.index);
        let waived = |rule: Rule| activity.waivers.iter().any(|waiver| waiver.rule == rule);
        let delegations = index.delegations_of(spec, activity);
        let small = activity.kind.small();
        let mut apart: Vec<usize> =
            delegations.iter().flat_map(|&d| self.apart[d].iter().copied()).collect();
        apart.sort_unstable();
        apart.dedup();
        let clash = small && delegations.iter().any(|d| apart.contains(d));
        let long = activity.duration >= self.profile.rest_after.value;
        let rests = long && !waived(Rule::InterpreterRest);
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
            rest: if rests { self.profile.rest.value } else { 0 },
            day_slots: if waived(Rule::InterpreterDay) { 0 } else { activity.duration },
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
            task.starts = self.starts(activity);
        }
        task
    }

    fn places(&self, activity: &Activity) -> Vec<Place> {
        let waived = |rule: Rule| activity.waivers.iter().any(|waiver| waiver.rule == rule);
        let most = self.profile.listeners.value;
        let crowd =
            |need: &Need| matches!(need, Need::Whispered { listeners, .. } if *listeners > most);
        let mut places: Vec<Place> = Vec::new();
        if activity.interpretation.iter().any(crowd) && !waived(Rule::Whisper) {
            return places;
        }
        let booths = activity.interpretation.iter().map(|need| match need {
            Need::Simultaneous { languages } => languages.len(),
            _ => 0,
        });
        let booths = if waived(Rule::Booths) { 0 } else { booths.sum() };
        let mut seen = Vec::new();
        for id in &activity.halls {
            let pinned = activity.pin.hall.as_ref().is_none_or(|hall| hall == id);
            let Some(hall) = self.index.hall(id).filter(|hall| pinned && !seen.contains(hall))
            else {
                continue;
            };
            seen.push(hall);
            let it = &self.spec.halls[hall];
            if it.capacity < activity.heads() || (it.booths as usize) < booths {
                continue;
            }
            let site = self.index.site(&it.site).unwrap_or_default();
            match places.iter_mut().find(|place| place.site == site) {
                Some(place) => place.halls.push(hall),
                None => places.push(Place { site, halls: vec![hall] }),
            }
        }
        places
    }

    fn starts(&self, activity: &Activity) -> Bits {
        let grid = &self.spec.grid;
        let mut starts = Bits::empty(grid.slots);
        let (from, to) = activity.window.unwrap_or((0, grid.slots));
        let last = to.min(grid.slots);
        let mut away = Bits::empty(grid.slots);
        for person in activity.people.iter().filter_map(|p| self.index.person(p)) {
            let person = &self.spec.people[person];
            away.add_span(0, person.arrive.min(grid.slots));
            away.add_span(person.depart.unwrap_or(grid.slots).min(grid.slots), grid.slots);
            person.busy.iter().for_each(|&(from, to)| away.add_span(from, to));
        }
        let mut blocked = Bits::empty(grid.slots);
        blocked.add_blocked(&away, activity.duration);
        for start in from..last.saturating_sub(activity.duration - 1) {
            let (hour, end) = (start % grid.slots_per_day, start + activity.duration);
            let lunch = grid.lunch.is_some_and(|(from, to)| {
                hour < to && hour + activity.duration > from && !activity.runs_over_lunch()
            });
            let one_day = start / grid.slots_per_day == (end - 1) / grid.slots_per_day;
            let pinned = activity.pin.start.is_none_or(|pin| pin == start);
            if one_day && pinned && !lunch && !blocked.has(start) {
                starts.add(start);
            }
        }
        starts
    }
}
