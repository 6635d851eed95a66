//! A plan under search, with every amount of its score kept up to date.
//!
//! Invariant: after any sequence of `place` and `unplace` the amounts equal those of the full score.

use crate::{
    judge::score::{Amounts, real, spread},
    model::{Model, bits::Bits},
    problem::{
        Problem,
        id::InterpreterId,
        plan::{Placement, Plan},
        spec::{Slot, Spec},
    },
    search::{home::Home, objective::Objective},
};

/// Where a task goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) start: Slot,
    pub(crate) hall: usize,
    pub(crate) team: Vec<usize>,
}

/// A placed task as one of its people, interpreters or delegations sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) start: Slot,
    pub(crate) end: Slot,
    pub(crate) site: usize,
    pub(crate) hall: usize,
    pub(crate) task: usize,
}

/// What a stretch between two items costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) idle: i64,
    pub(crate) breaks: i64,
    pub(crate) moves: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct State<'a> {
    pub(crate) model: &'a Model,
    pub(crate) spots: Vec<Option<Spot>>,
    pub(crate) people: Vec<Vec<Item>>,
    pub(crate) interpreters: Vec<Vec<Item>>,
    /// Small tasks of delegations that are kept apart from others.
    pub(crate) delegations: Vec<Vec<Item>>,
    /// By hall and slot: tasks there.
    used: Vec<u32>,
    /// By hall and slot: tasks that start there then.
    begun: Vec<Vec<usize>>,
    /// By hall: slots at which no unit is left.
    pub(crate) full: Vec<Bits>,
    breaks: Vec<u32>,
    /// By delegation: weight placed. Whole numbers, so that sums stay exact.
    got: Vec<f64>,
    amounts: Amounts,
    /// The plan from which every change is taxed.
    pub(crate) home: Option<Home<'a>>,
    /// Mandatory tasks not placed.
    pub(crate) missing: usize,
}

impl<'a> State<'a> {
    pub(crate) fn new(model: &'a Model) -> Self {
        let optional = model.tasks.iter().filter(|t| !t.mandatory);
        let unplaced = optional.map(|t| u64::from(t.weight)).sum();
        Self {
            model,
            spots: vec![None; model.tasks.len()],
            people: vec![Vec::new(); model.people.len()],
            interpreters: vec![Vec::new(); model.interpreters.len()],
            delegations: vec![Vec::new(); model.delegations],
            used: vec![0; model.halls.len() * model.slots as usize],
            begun: vec![Vec::new(); model.halls.len() * model.slots as usize],
            full: model.halls.iter().map(|hall| hall.closed.clone()).collect(),
            breaks: vec![0; model.people.len()],
            got: vec![0.0; model.delegations],
            amounts: Amounts { unplaced, ..Amounts::default() },
            home: None,
            missing: model.tasks.iter().filter(|task| task.mandatory).count(),
        }
    }

    /// What lies between two consecutive items: nothing across nights.
    pub(crate) fn stretch(&self, a: &Item, b: &Item) -> Stretch {
        let model = self.model;
        if model.day(a.start) != model.day(b.start) {
            return Stretch::default();
        }
        let morning = model.day(a.start) * model.slots_per_day;
        let (from, to) = (morning + model.lunch.0, morning + model.lunch.1);
        let lunch = b.start.min(to).saturating_sub(a.end.max(from));
        let away = lunch + model.travel(a.site, b.site);
        let idle = i64::from(b.start.saturating_sub(a.end).saturating_sub(away));
        Stretch { idle, breaks: i64::from(idle > 0), moves: i64::from(a.hall != b.hall) }
    }

    /// What changes for a person when `item` comes between its neighbours.
    pub(crate) fn change(&self, prev: Option<&Item>, item: &Item, next: Option<&Item>) -> Stretch {
        let none = Stretch::default();
        let before = prev.map_or(none, |prev| self.stretch(prev, item));
        let after = next.map_or(none, |next| self.stretch(item, next));
        let gone = prev.zip(next).map_or(none, |(prev, next)| self.stretch(prev, next));
        Stretch {
            idle: before.idle + after.idle - gone.idle,
            breaks: before.breaks + after.breaks - gone.breaks,
            moves: before.moves + after.moves - gone.moves,
        }
    }

    pub(crate) fn item(&self, task: usize, start: Slot, hall: usize) -> Item {
        let end = start + self.model.tasks[task].duration;
        Item { start, end, site: self.model.halls[hall].site, hall, task }
    }

    fn account(&mut self, person: usize, change: Stretch, sign: i64) {
        let rank = i64::from(self.model.people[person].rank);
        let add = |amount: &mut u64, by: i64| *amount = amount.wrapping_add_signed(sign * by);
        add(&mut self.amounts.idle, rank * change.idle);
        add(&mut self.amounts.breaks, change.breaks);
        add(&mut self.amounts.hall_moves, change.moves);
        let breaks = i64::from(self.breaks[person]) + sign * change.breaks;
        self.breaks[person] = u32::try_from(breaks).unwrap_or(0);
    }

    fn occupy(&mut self, item: &Item, sign: i32) {
        let hall = &self.model.halls[item.hall];
        let begun = &mut self.begun[item.hall * self.model.slots as usize + item.start as usize];
        if sign > 0 {
            begun.push(item.task);
        } else {
            begun.retain(|&task| task != item.task);
        }
        // What has begun may last beyond the grid since the news.
        for slot in item.start..item.end.min(self.model.slots) {
            let used = &mut self.used[item.hall * self.model.slots as usize + slot as usize];
            *used = used.wrapping_add_signed(sign);
            if *used >= hall.units {
                self.full[item.hall].add(slot);
            } else if !hall.closed.has(slot) {
                self.full[item.hall].remove(slot);
            }
        }
    }

    fn weigh(&mut self, task: usize, placed: bool) {
        let task = &self.model.tasks[task];
        if task.mandatory {
            self.missing = if placed { self.missing - 1 } else { self.missing + 1 };
            return;
        }
        let (amount, by) = (&mut self.amounts.unplaced, u64::from(task.weight));
        *amount = if placed { *amount - by } else { *amount + by };
        for &d in &task.delegations {
            self.got[d] += if placed { real(by) } else { -real(by) };
        }
    }

    /// Places a task that is not placed.
    pub(crate) fn place(&mut self, task: usize, spot: Spot) {
        let model = self.model;
        let item = self.item(task, spot.start, spot.hall);
        for &person in &model.tasks[task].people {
            let items = &self.people[person];
            let at = items.partition_point(|other| other.start < item.start);
            let prev = at.checked_sub(1).map(|i| &items[i]);
            let change = self.change(prev, &item, items.get(at));
            self.account(person, change, 1);
            self.people[person].insert(at, item);
        }
        self.occupy(&item, 1);
        self.weigh(task, true);
        for &one in &spot.team {
            let items = &mut self.interpreters[one];
            let at = items.partition_point(|other| other.start < item.start);
            items.insert(at, item);
            self.amounts.interpreting += u64::from(item.end - item.start);
        }
        if model.tasks[task].small {
            for &d in model.tasks[task].delegations.iter().filter(|&&d| model.has_apart[d]) {
                self.delegations[d].push(item);
            }
        }
        if let Some(home) = &mut self.home {
            home.turn(model, task, None, Some(&spot));
        }
        self.spots[task] = Some(spot);
    }

    /// Takes a task out and gives its spot; nothing when it is not placed.
    pub(crate) fn unplace(&mut self, task: usize) -> Option<Spot> {
        let spot = self.spots[task].take()?;
        let model = self.model;
        let item = self.item(task, spot.start, spot.hall);
        for &person in &model.tasks[task].people {
            let Some(at) = self.people[person].iter().position(|i| i.task == task) else {
                continue;
            };
            self.people[person].remove(at);
            let items = &self.people[person];
            let prev = at.checked_sub(1).map(|i| &items[i]);
            let change = self.change(prev, &item, items.get(at));
            self.account(person, change, -1);
        }
        self.occupy(&item, -1);
        self.weigh(task, false);
        for &one in &spot.team {
            self.interpreters[one].retain(|other| other.task != task);
            self.amounts.interpreting -= u64::from(item.end - item.start);
        }
        if model.tasks[task].small {
            for &d in model.tasks[task].delegations.iter().filter(|&&d| model.has_apart[d]) {
                self.delegations[d].retain(|other| other.task != task);
            }
        }
        if let Some(home) = &mut self.home {
            home.turn(model, task, Some(&spot), None);
        }
        Some(spot)
    }

    /// Tasks in a hall that meet `[from, to)`.
    pub(crate) fn tasks_in(&self, hall: usize, from: Slot, to: Slot) -> Vec<usize> {
        let model = self.model;
        let row = hall * model.slots as usize;
        let first = (from + 1).saturating_sub(model.longest);
        let begun = &self.begun[row + first as usize..row + to.min(model.slots) as usize];
        let tasks = begun.iter().flatten().copied();
        let ends = |task: &usize| {
            self.spots[*task].as_ref().is_some_and(|s| s.start + model.tasks[*task].duration > from)
        };
        tasks.filter(ends).collect()
    }

    pub(crate) fn share(&self, delegation: usize) -> Option<f64> {
        let wanted = self.model.wanted[delegation];
        (wanted > 0.0).then(|| self.got[delegation] / wanted)
    }

    pub(crate) fn amounts(&self) -> Amounts {
        let unfairness = spread((0..self.got.len()).filter_map(|d| self.share(d)));
        Amounts { unfairness, ..self.amounts }
    }

    /// Runs of idle slots of all people.
    pub(crate) fn breaks(&self) -> u32 {
        self.breaks.iter().sum()
    }

    /// Breaks beyond the limit on how much people may differ, of all people together.
    pub(crate) fn excess(&self) -> u32 {
        let Some(limit) = self.model.break_spread else {
            return 0;
        };
        let least = self.breaks.iter().min().copied().unwrap_or(0);
        let most = least.saturating_add(limit);
        self.breaks.iter().map(|breaks| breaks.saturating_sub(most)).sum()
    }

    /// The people with the most breaks.
    pub(crate) fn most_breaks(&self) -> Vec<usize> {
        let most = self.breaks.iter().max();
        (0..self.breaks.len()).filter(|&person| self.breaks.get(person) == most).collect()
    }

    /// By how much the breaks of two people differ at most.
    pub(crate) fn spread(&self) -> u32 {
        let (least, most) = (self.breaks.iter().min(), self.breaks.iter().max());
        most.zip(least).map_or(0, |(most, least)| most - least)
    }

    /// What the search compares.
    pub(crate) fn objective(&self) -> Objective {
        let score = self.amounts().score(&self.model.weights).total;
        let tax = self.home.as_ref().map_or(0.0, Home::tax);
        Objective { missing: self.missing, excess: self.excess(), cost: score + tax }
    }

    /// Taxes changes from now on.
    pub(crate) fn tax(&mut self, mut home: Home<'a>) {
        for (task, spot) in self.spots.iter().enumerate() {
            home.turn(self.model, task, None, spot.as_ref());
        }
        self.home = Some(home);
    }

    /// Placed tasks that are not where the released plan has them.
    pub(crate) fn strays(&self) -> Vec<usize> {
        let Some(home) = &self.home else { return Vec::new() };
        let strayed =
            |&task: &usize| self.spots[task].as_ref().is_some_and(|spot| home.strayed(task, spot));
        (0..self.spots.len()).filter(strayed).collect()
    }

    /// Tasks that are to be placed and are not.
    pub(crate) fn absent(&self) -> Vec<usize> {
        let promised = |&t: &usize| self.home.as_ref().is_none_or(|home| home.promised(t));
        let absent = (0..self.spots.len()).filter(|&task| self.spots[task].is_none());
        absent.filter(promised).collect()
    }

    pub(crate) fn plan(&self, problem: &Problem) -> Plan {
        let spec = problem.spec();
        let mut plan = Plan::default();
        for (activity, spot) in spec.activities.iter().zip(&self.spots) {
            if let Some(spot) = spot {
                plan.activities.insert(activity.id.clone(), placement(spec, spot));
            }
        }
        plan
    }
}

/// A spot as a plan says it.
pub(crate) fn placement(spec: &Spec, spot: &Spot) -> Placement {
    let name = |&i: &usize| spec.interpreters[i].id.clone();
    let mut interpreters: Vec<InterpreterId> = spot.team.iter().map(name).collect();
    interpreters.sort();
    Placement { start: spot.start, hall: spec.halls[spot.hall].id.clone(), interpreters }
}
