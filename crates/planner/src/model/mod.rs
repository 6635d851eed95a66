//! A problem by numbers: what the search works on. Everything that does not depend on the plan is worked
//! out here once: starts that can ever do, seats as classes of interpreters, delegations kept apart.

pub(crate) mod bits;
pub(crate) mod build;
pub(crate) mod limits;
pub(crate) mod seats;

use crate::{
    model::{
        bits::Bits,
        build::{Builder, ClassOf, apart},
    },
    problem::{
        index::Index,
        interpretation::Profile,
        spec::{Slot, Span, Spec, Weights},
    },
};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hall {
    pub(crate) site: usize,
    pub(crate) units: u32,
    pub(crate) closed: Bits,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Person {
    pub(crate) rank: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Interpreter {
    /// By class of duration: starts at which they are not off or busy.
    pub(crate) starts: Vec<Bits>,
}

/// Halls of one site that an activity may use.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) site: usize,
    pub(crate) halls: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
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

#[derive(Clone, Debug, PartialEq)]
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
    /// By delegation: total weight of its optional tasks; a whole number.
    pub(crate) wanted: Vec<f64>,
    /// By delegation: whether any other is kept apart from it.
    pub(crate) has_apart: Vec<bool>,
    pub(crate) longest: Slot,
    pub(crate) person_day: u32,
    pub(crate) interpreter_day: u32,
    pub(crate) break_spread: Option<u32>,
    pub(crate) weights: Weights,
    class_of: ClassOf,
    /// By delegation: from which it is kept apart.
    apart: Vec<Vec<usize>>,
    /// The different durations, in order.
    durations: Vec<u32>,
}

impl Model {
    pub(crate) fn new(spec: &Spec, profile: &Profile, index: &Index) -> Self {
        let mut durations: Vec<u32> = spec.activities.iter().map(|a| a.duration).collect();
        durations.sort_unstable();
        durations.dedup();
        let apart = apart(spec, index);
        let builder = Builder::new(spec, profile, index, &apart, &durations);
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
        let has_apart = apart.iter().map(|others| !others.is_empty()).collect();
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
            wanted: Vec::new(),
            has_apart,
            longest: durations.last().copied().unwrap_or(1),
            person_day: spec.limits.person_day.unwrap_or(u32::MAX),
            interpreter_day: profile.day.value,
            break_spread: spec.limits.break_spread,
            weights: spec.weights.clone(),
            class_of,
            apart,
            durations,
        };
        model.sums();
        model
    }

    /// Works out again who is there when, and all of these tasks, of which none may last longer or need
    /// interpreters from elsewhere.
    pub(crate) fn revise(
        &mut self,
        spec: &Spec,
        profile: &Profile,
        index: &Index,
        tasks: &[usize],
    ) {
        let builder = Builder::new(spec, profile, index, &self.apart, &self.durations);
        self.halls = builder.halls();
        self.interpreters = builder.interpreters();
        for &task in tasks {
            let new = builder.task(&spec.activities[task], &self.class_of, &self.classes);
            let before = std::mem::take(&mut self.tasks[task].before);
            self.tasks[task] = Task { before, ..new };
        }
        self.sums();
    }

    /// What follows from all tasks together.
    fn sums(&mut self) {
        self.wanted = vec![0.0; self.delegations];
        for task in self.tasks.iter().filter(|task| !task.mandatory) {
            task.delegations.iter().for_each(|&d| self.wanted[d] += f64::from(task.weight));
        }
        deadlines(self);
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
    model.tasks.iter_mut().for_each(|task| task.needed_by = Slot::MAX);
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
