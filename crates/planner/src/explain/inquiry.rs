//! What stands in the way of an activity at each spot.

use std::collections::BTreeSet;

use super::{Explanation, includes};
use crate::{
    judge::timeline::{Stay, Timeline},
    model::seats::seats_filled,
    problem::{
        Problem,
        fact::Fact,
        id::ActivityId,
        interpretation::{Seat, sorted},
        seats,
        spec::{Activity, Slot, Span},
    },
};

pub(super) struct Inquiry<'a> {
    pub(super) problem: &'a Problem,
    pub(super) line: &'a Timeline<'a>,
    pub(super) activity: &'a Activity,
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
    /// The facts at the cheapest spots.
    pub(super) fn candidates(&self) -> Vec<Vec<Fact>> {
        let spec = self.problem.spec();
        let teams = seats(spec, self.problem.profile(), &self.problem.index, self.activity);
        let mut found: Vec<(f64, Vec<Fact>)> = Vec::new();
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
                self.offer(&mut found, &case);
            }
        }
        found.into_iter().map(|(_, facts)| facts).collect()
    }

    /// Keeps the cheapest, none of whose facts contain those of a cheaper one.
    fn offer(&self, found: &mut Vec<(f64, Vec<Fact>)>, case: &Case) {
        let facts: Vec<Fact> = case.facts.iter().cloned().collect();
        let cost = facts.iter().map(|fact| fact.cost(self.problem)).sum();
        if found.iter().any(|(least, other)| *least <= cost && includes(&facts, other)) {
            return;
        }
        found.retain(|(_, other)| !includes(other, &facts));
        let at = found.partition_point(|(least, _)| *least <= cost);
        if at < Explanation::MOST {
            found.insert(at, (cost, facts));
            found.truncate(Explanation::MOST);
        }
    }

    fn inquire(&self, case: &mut Case, teams: &[Vec<Seat>]) {
        self.times(case);
        self.people(case);
        self.hall(case);
        self.apart(case);
        self.order(case);
        self.norms(case, teams);
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
        let needed = self.activity.booths();
        if needed > hall.booths {
            case.facts.insert(Fact::Booths { hall: id(), needed });
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
        let own = self.problem.index.activity(&self.activity.id);
        let waiting = own.map_or(&[][..], |own| &self.problem.model.tasks[own].before);
        for (_, stay) in waiting.iter().filter_map(|&next| self.line.placed[next]) {
            if stay.start < case.end {
                let before = self.activity.id.clone();
                let after = self.line.activity(&stay).id.clone();
                case.facts.insert(Fact::After { before, after });
            }
        }
    }

    /// What no choice of interpreters can help.
    fn norms(&self, case: &mut Case, teams: &[Vec<Seat>]) {
        let (it, profile) = (self.activity, self.problem.profile());
        let activity = || it.id.clone();
        if it.day_slots() > profile.day.value && teams.iter().all(|seats| !seats.is_empty()) {
            let needed = it.duration;
            case.facts.insert(Fact::InterpreterDay { activity: activity(), needed });
        }
        if it.listeners() > profile.listeners.value {
            let needed = it.listeners();
            case.facts.insert(Fact::Listeners { activity: activity(), needed });
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
        let too_long = |fact: &Fact| matches!(fact, Fact::InterpreterDay { .. });
        let own = if gone.iter().any(too_long) { 0 } else { self.activity.day_slots() };
        let (mut facts, mut load) = (Vec::new(), own);
        let mut others = Vec::new();
        let same_day = |s: &&Stay| self.line.day(s.start) == day;
        for stay in self.line.interpreters[one].iter().filter(same_day) {
            let other = self.line.activity(stay);
            let fact = Fact::Taken { by: other.id.clone() };
            if gone.contains(&fact) {
                continue;
            }
            let travel = self.line.travel(stay.site, case.site);
            let rests = |it: &Activity| travel.max(it.rest(profile));
            let (before, after) = (rests(other), rests(self.activity));
            if case.start < stay.end + before && stay.start < case.end + after {
                facts.extend(self.along(&fact));
            } else {
                load += other.day_slots();
                others.push((other.day_slots(), fact));
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
