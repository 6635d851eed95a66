//! Why an activity is not placed, and what would have to give way.
//!
//! A reason is relative to everything else held where it is. It is a set of facts at the cheapest
//! spot: when all of them are relaxed ([`relax`](crate::relax())), the activity can be placed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    judge::timeline::{Stay, Timeline},
    model::seats::seats_filled,
    problem::{
        Problem,
        fact::{Fact, relax},
        id::{ActivityId, HallId},
        interpretation::{Need, Seat, sorted},
        plan::{Placement, Plan},
        rule::Rule,
        seats,
        spec::{Activity, Slot, Span},
    },
    search::{
        insert::Finder,
        state::{State, placement},
    },
    solve::begin::adopt,
};

/// A set of facts that, relaxed together, let the activity be placed at a spot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relaxation {
    /// What has to give way.
    pub facts: Vec<Fact>,
    /// How hard that is, on the scale of the score.
    pub cost: f64,
    /// The spot: first slot.
    pub start: Slot,
    /// The spot: hall.
    pub hall: HallId,
}

/// Why one activity is not placed: the cheapest relaxations, the best first, no two with the same facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The activity.
    pub activity: ActivityId,
    /// At most [`Explanation::MOST`]; empty when no hall of the grid could ever hold it.
    pub relaxations: Vec<Relaxation>,
}

impl Explanation {
    /// Most relaxations given.
    pub const MOST: usize = 5;
}

/// Explains one activity that `plan` does not place; nothing when it is unknown or placed.
pub fn explain(problem: &Problem, plan: &Plan, activity: &ActivityId) -> Option<Explanation> {
    let at = problem.index.activity(activity)?;
    if plan.activities.contains_key(activity) {
        return None;
    }
    let line = Timeline::new(problem, plan);
    let inquiry = Inquiry { problem, line: &line, activity: &problem.spec().activities[at] };
    let mut relaxations: Vec<Relaxation> = Vec::new();
    for mut relaxation in inquiry.relaxations() {
        minimise(problem, plan, activity, &mut relaxation);
        if relaxations.iter().all(|other| other.facts != relaxation.facts) {
            relaxations.push(relaxation);
        }
    }
    relaxations.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    Some(Explanation { activity: activity.clone(), relaxations })
}

/// The cheapest legal place for an activity that `plan` does not place, everything else held fixed.
pub fn place(problem: &Problem, plan: &Plan, activity: &ActivityId) -> Option<Placement> {
    let task = problem.index.activity(activity)?;
    let mut state = State::new(&problem.model);
    let mut finder = Finder::new(&problem.model);
    adopt(problem, plan, &mut state);
    state.unplace(task);
    let (_, spot) = finder.best(&state, task, None, None)?;
    Some(placement(problem.spec(), &spot))
}

/// Leaves out every fact without which the rest is still enough. The spot found last is the one kept.
fn minimise(problem: &Problem, plan: &Plan, activity: &ActivityId, relaxation: &mut Relaxation) {
    let mut i = relaxation.facts.len();
    while i > 0 && relaxation.facts.len() > 1 {
        i -= 1;
        let mut fewer = relaxation.facts.clone();
        fewer.remove(i);
        let (spec, plan) = relax(problem, plan, &fewer);
        let Ok(relaxed) = Problem::new(spec) else { continue };
        if let Some(placement) = place(&relaxed, &plan, activity) {
            relaxation.start = placement.start;
            relaxation.hall = placement.hall;
            relaxation.facts = fewer;
        }
    }
    relaxation.cost = relaxation.facts.iter().map(|fact| fact.cost(problem)).sum();
}

pub(crate) struct Inquiry<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) line: &'a Timeline<'a>,
    pub(crate) activity: &'a Activity,
}

/// A spot under inquiry and the facts found against it.
struct Case {
    start: Slot,
    end: Slot,
    hall: usize,
    site: usize,
    facts: BTreeSet<Fact>,
}

impl Case {
    fn meets(&self, span: Span) -> bool {
        self.start < span.1 && span.0 < self.end
    }
}

impl Inquiry<'_> {
    fn relaxations(&self) -> Vec<Relaxation> {
        let spec = self.problem.spec();
        let teams = seats(spec, self.problem.profile(), &self.problem.index, self.activity);
        let mut found: Vec<Relaxation> = Vec::new();
        for start in 0..=spec.grid.slots.saturating_sub(self.activity.duration) {
            let end = start + self.activity.duration;
            if self.line.day(start) != self.line.day(end - 1) {
                continue;
            }
            for id in &self.activity.halls {
                let Some(hall) = self.problem.index.hall(id) else {
                    continue;
                };
                let site = self.problem.index.site_of(hall);
                let mut case = Case { start, end, hall, site, facts: BTreeSet::new() };
                self.inquire(&mut case, &teams);
                self.offer(&mut found, &case, id);
            }
        }
        found
    }

    /// Keeps the cheapest, none of whose facts contain those of a cheaper one.
    fn offer(&self, found: &mut Vec<Relaxation>, case: &Case, hall: &HallId) {
        let facts: Vec<Fact> = case.facts.iter().cloned().collect();
        let cost = facts.iter().map(|fact| fact.cost(self.problem)).sum();
        let includes = |large: &[Fact], small: &[Fact]| small.iter().all(|f| large.contains(f));
        if found.iter().any(|other| other.cost <= cost && includes(&facts, &other.facts)) {
            return;
        }
        found.retain(|other| !includes(&other.facts, &facts));
        let at = found.partition_point(|other| other.cost <= cost);
        if at < Explanation::MOST {
            let hall = hall.clone();
            found.insert(at, Relaxation { facts, cost, start: case.start, hall });
            found.truncate(Explanation::MOST);
        }
    }

    fn inquire(&self, case: &mut Case, teams: &[Vec<Seat>]) {
        self.times(case);
        self.people(case);
        self.hall(case);
        self.apart(case);
        self.order(case);
        self.team(case, teams);
    }

    fn times(&self, case: &mut Case) {
        let (it, grid) = (self.activity, &self.problem.spec().grid);
        let activity = it.id.clone();
        if it.window.is_some_and(|(from, to)| case.start < from || case.end > to) {
            let (needed, activity) = ((case.start, case.end), activity.clone());
            case.facts.insert(Fact::Window { activity, needed });
        }
        let hall = &self.problem.spec().halls[case.hall].id;
        if it.pin.start.is_some_and(|start| start != case.start)
            || it.pin.hall.as_ref().is_some_and(|pin| pin != hall)
        {
            case.facts.insert(Fact::Pinned { activity: activity.clone() });
        }
        let morning = case.start % grid.slots_per_day;
        let over = |(from, to): Span| morning < to && morning + it.duration > from;
        if grid.lunch.is_some_and(over) && !it.runs_over_lunch() {
            case.facts.insert(Fact::Lunch { activity });
        }
    }

    fn people(&self, case: &mut Case) {
        let spec = self.problem.spec();
        for at in self.activity.people.iter().filter_map(|p| self.problem.index.person(p)) {
            let person = &spec.people[at];
            let id = || person.id.clone();
            if case.start < person.arrive || person.depart.is_some_and(|d| case.end > d) {
                let needed = (case.start, case.end);
                case.facts.insert(Fact::Away { person: id(), needed });
            }
            for &span in &person.busy {
                if case.meets(span) {
                    case.facts.insert(Fact::Busy { person: id(), span });
                }
            }
            let day = self.line.day(case.start);
            let mut load = self.activity.duration;
            for stay in self.line.people[at].iter().filter(|s| self.line.day(s.start) == day) {
                let travel = self.line.travel(stay.site, case.site);
                if case.start < stay.end + travel && stay.start < case.end + travel {
                    self.take(case, stay);
                } else {
                    load += stay.end - stay.start;
                }
            }
            if spec.limits.person_day.is_some_and(|most| load > most) {
                case.facts.insert(Fact::PersonDay { person: id(), needed: load });
            }
        }
    }

    /// What goes takes along what waits for it.
    fn take(&self, case: &mut Case, stay: &Stay) {
        let by = self.line.activity(stay).id.clone();
        case.facts.extend(self.gone(&by));
    }

    fn along(&self, fact: &Fact) -> Vec<Fact> {
        match fact {
            Fact::Taken { by } => self.gone(by),
            _ => vec![fact.clone()],
        }
    }

    fn gone(&self, by: &ActivityId) -> Vec<Fact> {
        let model = &self.problem.model;
        let mut all: Vec<usize> = self.problem.index.activity(by).into_iter().collect();
        let mut done = 0;
        while let Some(&task) = all.get(done) {
            done += 1;
            for &next in &model.tasks[task].before {
                if self.line.placed[next].is_some() && !all.contains(&next) {
                    all.push(next);
                }
            }
        }
        let id = |&task: &usize| self.problem.spec().activities[task].id.clone();
        all.iter().map(|task| Fact::Taken { by: id(task) }).collect()
    }

    fn hall(&self, case: &mut Case) {
        let hall = &self.problem.spec().halls[case.hall];
        let id = || hall.id.clone();
        for &span in &hall.closed {
            if case.meets(span) {
                case.facts.insert(Fact::Closed { hall: id(), span });
            }
        }
        if self.activity.heads() > hall.capacity {
            case.facts.insert(Fact::Capacity { hall: id(), needed: self.activity.heads() });
        }
        let booths = self.activity.interpretation.iter().map(|need| match need {
            Need::Simultaneous { languages } => languages.len(),
            _ => 0,
        });
        let booths = u32::try_from(booths.sum::<usize>()).unwrap_or(u32::MAX);
        if booths > hall.booths {
            case.facts.insert(Fact::Booths { hall: id(), needed: booths });
        }
        self.units(case);
    }

    /// Either enough of those in the hall go, or the hall gets one more unit.
    fn units(&self, case: &mut Case) {
        let hall = &self.problem.spec().halls[case.hall];
        let cost = |fact: &Fact| fact.cost(self.problem);
        let mut gone: Vec<Fact> = Vec::new();
        for slot in case.start..case.end {
            let here = self.line.halls[case.hall].iter();
            let here = here.filter(|stay| stay.start <= slot && slot < stay.end);
            let mut left: Vec<Fact> = here
                .map(|stay| Fact::Taken { by: self.line.activity(stay).id.clone() })
                .filter(|fact| !case.facts.contains(fact) && !gone.contains(fact))
                .collect();
            left.sort_by(|a, b| cost(b).total_cmp(&cost(a)));
            while left.len() >= (hall.units as usize).max(1) {
                gone.extend(left.pop());
            }
        }
        let unit = Fact::Units { hall: hall.id.clone() };
        let closed = hall.units == 0;
        let all = gone.iter().flat_map(|fact| self.along(fact)).collect::<BTreeSet<_>>();
        if closed || all.iter().map(cost).sum::<f64>() > cost(&unit) {
            case.facts.insert(unit);
        } else {
            case.facts.extend(all);
        }
    }

    fn apart(&self, case: &mut Case) {
        if !self.activity.kind.small() {
            return;
        }
        let (spec, index) = (self.problem.spec(), &self.problem.index);
        let ours = index.delegations_of(self.activity);
        for stay in &self.line.halls[case.hall] {
            let other = self.line.activity(stay);
            if !other.kind.small() || !case.meets((stay.start, stay.end)) {
                continue;
            }
            let theirs = index.delegations_of(other);
            let clash = self.problem.apart.iter().any(|(a, b)| {
                (ours.contains(a) && theirs.contains(b)) || (ours.contains(b) && theirs.contains(a))
            });
            if clash {
                self.take(case, stay);
            }
        }
        for (a, b) in &self.problem.apart {
            if ours.contains(a) && ours.contains(b) {
                let id = |d: usize| spec.delegations[d].id.clone();
                case.facts.insert(Fact::Apart { pair: (id(*a), id(*b)) });
            }
        }
    }

    fn order(&self, case: &mut Case) {
        for before in &self.activity.after {
            let at = self.problem.index.activity(before).and_then(|b| self.line.placed[b]);
            if at.is_none_or(|(_, stay)| stay.end > case.start) {
                let after = self.activity.id.clone();
                case.facts.insert(Fact::After { before: before.clone(), after });
            }
        }
        for (_, stay) in self.line.placed.iter().flatten() {
            let next = self.line.activity(stay);
            if next.after.contains(&self.activity.id) && stay.start < case.end {
                let (before, after) = (self.activity.id.clone(), next.id.clone());
                case.facts.insert(Fact::After { before, after });
            }
        }
    }

    /// The alternative of seats, or the pinned team, that takes the least to fill.
    fn team(&self, case: &mut Case, teams: &[Vec<Seat>]) {
        let cost = |facts: &BTreeSet<Fact>| -> f64 {
            facts.difference(&case.facts).map(|fact| fact.cost(self.problem)).sum()
        };
        let mut options: Vec<BTreeSet<Fact>> =
            teams.iter().map(|seats| self.fill(case, seats)).collect();
        if self.activity.pin.interpreters.is_some() {
            for option in &mut options {
                option.insert(Fact::Pinned { activity: self.activity.id.clone() });
            }
            options.extend(self.pinned(case));
        }
        let best = options.into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b)));
        case.facts.extend(best.unwrap_or_default());
    }

    /// What it takes to free the pinned team, where it can be freed and fits.
    fn pinned(&self, case: &Case) -> Option<BTreeSet<Fact>> {
        let at = self.problem.index.activity(&self.activity.id)?;
        let task = &self.problem.model.tasks[at];
        let team = task.pinned_team.as_ref()?;
        let classes = &self.problem.model.classes;
        if !task.teams.iter().any(|seats| seats_filled(classes, seats, team)) {
            return None;
        }
        let mut facts = case.facts.clone();
        for &one in team {
            let new = self.frees(case, one, &facts)?;
            facts.extend(new);
        }
        Some(facts)
    }

    fn fill(&self, case: &Case, seats: &[Seat]) -> BTreeSet<Fact> {
        let mut facts = case.facts.clone();
        let mut used: Vec<usize> = Vec::new();
        for (i, seat) in seats.iter().enumerate() {
            if seats[..i].contains(seat) {
                continue;
            }
            let need = seats.iter().filter(|other| *other == seat).count();
            let mut options: Vec<(f64, usize, Vec<Fact>)> = Vec::new();
            for (one, interpreter) in self.problem.spec().interpreters.iter().enumerate() {
                let suits = interpreter.of == seat.source
                    && interpreter.pairs.iter().any(|pair| sorted(pair) == seat.pair);
                if suits
                    && !used.contains(&one)
                    && let Some(new) = self.frees(case, one, &facts)
                {
                    let cost = new.iter().map(|fact| fact.cost(self.problem)).sum();
                    options.push((cost, one, new));
                }
            }
            options.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let pair = seat.pair.clone();
            let hire = Fact::Interpreters { pair, of: seat.source.clone(), more: 1 };
            let hire = hire.cost(self.problem);
            let mut more = 0;
            for seat in 0..need {
                match options.get(seat).filter(|option| option.0 <= hire) {
                    Some((_, one, new)) => {
                        used.push(*one);
                        facts.extend(new.iter().cloned());
                    }
                    None => more += 1,
                }
            }
            if more > 0 {
                let (pair, of) = (seat.pair.clone(), seat.source.clone());
                facts.insert(Fact::Interpreters { pair, of, more });
            }
        }
        facts
    }

    /// What must go, besides `gone`, for an interpreter to be free; nothing when they are off.
    fn frees(&self, case: &Case, one: usize, gone: &BTreeSet<Fact>) -> Option<Vec<Fact>> {
        let (interpreter, profile) =
            (&self.problem.spec().interpreters[one], self.problem.profile());
        let day = self.line.day(case.start);
        let busy = |&span: &Span| case.meets(span);
        if interpreter.off.contains(&day) || interpreter.busy.iter().any(busy) {
            return None;
        }
        let waived = |it: &Activity, rule| it.waivers.iter().any(|waiver| waiver.rule == rule);
        let rest = |it: &Activity| {
            let long = it.duration >= profile.rest_after.value;
            if long && !waived(it, Rule::InterpreterRest) { profile.rest.value } else { 0 }
        };
        let counts = |it: &Activity| {
            if waived(it, Rule::InterpreterDay) { 0 } else { it.duration }
        };
        let (mut facts, mut load) = (Vec::new(), counts(self.activity));
        let mut others = Vec::new();
        let same_day = |s: &&Stay| self.line.day(s.start) == day;
        for stay in self.line.interpreters[one].iter().filter(same_day) {
            let other = self.line.activity(stay);
            let fact = Fact::Taken { by: other.id.clone() };
            if gone.contains(&fact) {
                continue;
            }
            let travel = self.line.travel(stay.site, case.site);
            let (before, after) = (travel.max(rest(other)), travel.max(rest(self.activity)));
            if case.start < stay.end + before && stay.start < case.end + after {
                facts.extend(self.along(&fact));
            } else {
                load += counts(other);
                others.push((counts(other), fact));
            }
        }
        while load > profile.day.value {
            let (slots, fact) = others.pop()?;
            load -= slots;
            facts.extend(self.along(&fact));
        }
        Some(facts)
    }
}
