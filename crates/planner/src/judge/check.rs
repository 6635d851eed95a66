//! The checker: every hard rule that a plan breaks, found without any part of the search.

use serde::{Deserialize, Serialize};

use crate::{
    judge::timeline::{Stay, Timeline},
    problem::{
        Problem,
        id::Object,
        interpretation::Seat,
        plan::{Placement, Plan},
        rule::Rule,
        seats,
        spec::{Activity, Slot, Span},
    },
};

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// The objects concerned, the one that breaks it first.
    pub objects: Vec<Object>,
    /// When, where that has a meaning.
    pub when: Option<Span>,
}

/// Every violation of `plan`; none means that the plan may be released.
pub fn check(problem: &Problem, plan: &Plan) -> Vec<Violation> {
    let line = Timeline::new(problem, plan);
    let mut checker = Checker { problem, line: &line, found: Vec::new() };
    checker.known(plan);
    for placed in line.placed.iter().flatten() {
        checker.activity(placed.0, &placed.1);
    }
    checker.mandatory();
    checker.halls();
    checker.people();
    checker.interpreters();
    checker.found
}

struct Checker<'a> {
    problem: &'a Problem,
    line: &'a Timeline<'a>,
    found: Vec<Violation>,
}

fn overlaps(span: Span, start: Slot, end: Slot) -> bool {
    start < span.1 && span.0 < end
}

impl Checker<'_> {
    fn report(&mut self, rule: Rule, objects: Vec<Object>, when: Option<Span>) {
        self.found.push(Violation { rule, objects, when });
    }

    fn object(&self, stay: &Stay) -> Object {
        Object::Activity(self.line.activity(stay).id.clone())
    }

    fn known(&mut self, plan: &Plan) {
        for (id, placement) in &plan.activities {
            let activity = self.line.index.activity(id);
            if activity.is_none_or(|activity| self.line.placed[activity].is_none()) {
                let hall = Object::Hall(placement.hall.clone());
                self.report(Rule::Known, vec![Object::Activity(id.clone()), hall], None);
            }
        }
    }

    fn mandatory(&mut self) {
        for (activity, placed) in self.line.spec.activities.iter().zip(&self.line.placed) {
            if activity.mandatory && placed.is_none() {
                let object = Object::Activity(activity.id.clone());
                self.report(Rule::Mandatory, vec![object], None);
            }
        }
    }

    fn activity(&mut self, placement: &Placement, stay: &Stay) {
        let activity = self.line.activity(stay);
        self.times(activity, stay);
        self.places(activity, placement, stay);
        self.team(activity, placement, stay);
        for id in &activity.people {
            let Some(person) = self.line.index.person(id) else {
                continue;
            };
            let person = &self.line.spec.people[person];
            let away = stay.start < person.arrive
                || person.depart.is_some_and(|depart| stay.end > depart)
                || person.busy.iter().any(|&busy| overlaps(busy, stay.start, stay.end));
            if away {
                let objects = vec![self.object(stay), Object::Person(id.clone())];
                self.report(Rule::Presence, objects, Some((stay.start, stay.end)));
            }
        }
        for id in &activity.after {
            let before = self.line.index.activity(id).and_then(|b| self.line.placed[b]);
            if before.is_none_or(|(_, before)| before.end > stay.start) {
                let objects = vec![self.object(stay), Object::Activity(id.clone())];
                self.report(Rule::After, objects, None);
            }
        }
    }

    fn times(&mut self, activity: &Activity, stay: &Stay) {
        let grid = &self.line.spec.grid;
        let (start, end, when) = (stay.start, stay.end, Some((stay.start, stay.end)));
        if end > grid.slots || self.line.day(start) != self.line.day(end - 1) {
            self.report(Rule::Horizon, vec![self.object(stay)], when);
        } else if activity.window.is_some_and(|(from, to)| start < from || end > to) {
            self.report(Rule::Window, vec![self.object(stay)], when);
        }
        if activity.pin.start.is_some_and(|pinned| pinned != start) {
            self.report(Rule::Pin, vec![self.object(stay)], when);
        }
        if let Some((from, to)) = grid.lunch {
            let morning = start % grid.slots_per_day;
            let over = morning < to && morning + activity.duration > from;
            if over && !activity.runs_over_lunch() {
                self.report(Rule::Lunch, vec![self.object(stay)], when);
            }
        }
    }

    fn places(&mut self, activity: &Activity, placement: &Placement, stay: &Stay) {
        let hall = &self.line.spec.halls[stay.hall];
        let closed = |&span: &Span| overlaps(span, stay.start, stay.end);
        let most = self.problem.profile().listeners.value;
        let broken = [
            (Rule::HallAllowed, !activity.halls.contains(&placement.hall)),
            (Rule::HallCapacity, activity.heads() > hall.capacity),
            (Rule::HallClosed, hall.closed.iter().any(closed)),
            (Rule::Booths, activity.booths() > hall.booths),
            (Rule::Pin, activity.pin.hall.as_ref().is_some_and(|pin| *pin != placement.hall)),
            (Rule::Whisper, activity.listeners() > most),
        ];
        for (rule, _) in broken.into_iter().filter(|(_, broken)| *broken) {
            let objects = vec![self.object(stay), Object::Hall(placement.hall.clone())];
            self.report(rule, objects, Some((stay.start, stay.end)));
        }
    }

    fn team(&mut self, activity: &Activity, placement: &Placement, stay: &Stay) {
        let when = Some((stay.start, stay.end));
        if let Some(pin) = &activity.pin.interpreters {
            let (mut pin, mut team) = (pin.clone(), placement.interpreters.clone());
            pin.sort();
            team.sort();
            if pin != team {
                self.report(Rule::Pin, vec![self.object(stay)], when);
            }
        }
        let (spec, index) = (self.line.spec, self.line.index);
        let ids = &placement.interpreters;
        let team: Option<Vec<usize>> = ids.iter().map(|id| index.interpreter(id)).collect();
        let right = team.as_ref().is_some_and(|team| {
            let mut once = team.clone();
            once.sort_unstable();
            once.dedup();
            let alternatives = seats(spec, self.problem.profile(), index, activity);
            once.len() == team.len() && alternatives.iter().any(|seats| self.fills(team, seats))
        });
        if !right {
            self.report(Rule::Team, vec![self.object(stay)], when);
        }
        for one in team.unwrap_or_default() {
            let interpreter = &spec.interpreters[one];
            let busy = |&span: &Span| overlaps(span, stay.start, stay.end);
            if interpreter.off.contains(&self.line.day(stay.start))
                || interpreter.busy.iter().any(busy)
            {
                let id = Object::Interpreter(interpreter.id.clone());
                self.report(Rule::InterpreterOff, vec![self.object(stay), id], when);
            }
        }
    }

    /// Whether the team fills the seats one to one (augmenting paths).
    fn fills(&self, team: &[usize], seats: &[Seat]) -> bool {
        let mut seat_of: Vec<Option<usize>> = vec![None; team.len()];
        team.len() == seats.len()
            && (0..seats.len()).all(|seat| {
                self.augment(seat, team, seats, &mut seat_of, &mut vec![false; team.len()])
            })
    }

    fn augment(
        &self,
        seat: usize,
        team: &[usize],
        seats: &[Seat],
        seat_of: &mut [Option<usize>],
        seen: &mut [bool],
    ) -> bool {
        for (i, &one) in team.iter().enumerate() {
            if seen[i] || !self.suits(one, &seats[seat]) {
                continue;
            }
            seen[i] = true;
            let free = match seat_of[i] {
                None => true,
                Some(other) => self.augment(other, team, seats, seat_of, seen),
            };
            if free {
                seat_of[i] = Some(seat);
                return true;
            }
        }
        false
    }

    fn suits(&self, one: usize, seat: &Seat) -> bool {
        let interpreter = &self.line.spec.interpreters[one];
        seat.suits(&interpreter.of, &interpreter.pairs)
    }

    fn halls(&mut self) {
        for (hall, stays) in self.line.spec.halls.iter().zip(&self.line.halls) {
            let object = Object::Hall(hall.id.clone());
            let (Some(from), Some(to)) =
                (stays.iter().map(|s| s.start).min(), stays.iter().map(|s| s.end).max())
            else {
                continue;
            };
            let small: Vec<Vec<usize>> = stays.iter().map(|stay| self.small(stay)).collect();
            let mut by_slot = vec![Vec::new(); (to - from) as usize];
            for (stay, delegations) in stays.iter().zip(&small) {
                for slot in stay.start..stay.end {
                    by_slot[(slot - from) as usize].push(delegations);
                }
            }
            for (slot, here) in (from..to).zip(by_slot) {
                let when = Some((slot, slot + 1));
                if here.len() > hall.units as usize {
                    self.report(Rule::HallUnits, vec![object.clone()], when);
                }
                self.apart(&object, here.into_iter().flatten().copied().collect(), when);
            }
        }
    }

    /// The delegations in an activity that is small; none in one that is not.
    fn small(&self, stay: &Stay) -> Vec<usize> {
        let activity = self.line.activity(stay);
        if !activity.kind.small() || self.problem.apart.is_empty() {
            return Vec::new();
        }
        self.line.index.delegations_of(activity)
    }

    fn apart(&mut self, hall: &Object, mut present: Vec<usize>, when: Option<Span>) {
        let spec = self.line.spec;
        present.sort_unstable();
        present.dedup();
        if present.len() < 2 {
            return;
        }
        for &(a, b) in &self.problem.apart {
            if present.binary_search(&a).is_ok() && present.binary_search(&b).is_ok() {
                let both = [a, b].map(|d| Object::Delegation(spec.delegations[d].id.clone()));
                let objects = both.into_iter().chain([hall.clone()]).collect();
                self.report(Rule::KeepApart, objects, when);
            }
        }
    }

    fn people(&mut self) {
        let (line, spec) = (self.line, self.line.spec);
        for (person, stays) in spec.people.iter().zip(&line.people) {
            let object = Object::Person(person.id.clone());
            let most = spec.limits.person_day.unwrap_or(Slot::MAX);
            self.days(Rule::PersonDay, &object, stays, most);
            self.each(&object, stays, |a, b| {
                let travel = line.travel(a.site, b.site);
                let late = || (b.start < a.end + travel).then_some(Rule::Travel);
                if b.start < a.end { Some(Rule::Overlap) } else { late() }
            });
        }
        let breaks = self.line.people.iter().map(|stays| self.line.breaks(stays));
        let (least, most) = breaks.fold((u32::MAX, 0), |(low, high), n| (low.min(n), high.max(n)));
        let limit = spec.limits.break_spread.unwrap_or(u32::MAX);
        if most.saturating_sub(least) > limit {
            self.report(Rule::BreakSpread, vec![Object::Problem], None);
        }
    }

    /// Compares each stay with every earlier one of its day, and reports the nearest with which it breaks a
    /// rule. Neighbours alone would not do: a table of roads may say that A to C takes longer than A to B
    /// and B to C, and what it says of A and C holds whatever lies between.
    fn each(
        &mut self,
        object: &Object,
        stays: &[Stay],
        broken: impl Fn(&Stay, &Stay) -> Option<Rule>,
    ) {
        let line = self.line;
        let day = |stay: &Stay| line.day(stay.start);
        for (i, b) in stays.iter().enumerate() {
            let mut earlier = stays[..i].iter().rev().take_while(|a| day(a) == day(b));
            if let Some((a, rule)) = earlier.find_map(|a| Some((a, broken(a, b)?))) {
                let objects = vec![object.clone(), self.object(a), self.object(b)];
                self.report(rule, objects, Some((b.start, a.end.max(b.start))));
            }
        }
    }

    fn days(&mut self, rule: Rule, object: &Object, stays: &[Stay], most: Slot) {
        for (day, slots) in self.line.load(stays) {
            if slots > most {
                let per_day = self.line.spec.grid.slots_per_day;
                let when = Some((day * per_day, (day + 1) * per_day));
                self.report(rule, vec![object.clone()], when);
            }
        }
    }

    fn interpreters(&mut self) {
        let (line, profile) = (self.line, self.problem.profile());
        for (one, stays) in line.spec.interpreters.iter().zip(&line.interpreters) {
            let object = Object::Interpreter(one.id.clone());
            let counted = |s: &&Stay| line.activity(s).day_slots() > 0;
            let counted: Vec<Stay> = stays.iter().filter(counted).copied().collect();
            self.days(Rule::InterpreterDay, &object, &counted, profile.day.value);
            self.each(&object, stays, |a, b| {
                let (travel, rest) = (line.travel(a.site, b.site), line.activity(a).rest(profile));
                let tired = || (b.start < a.end + rest).then_some(Rule::InterpreterRest);
                if b.start < a.end + travel { Some(Rule::InterpreterOverlap) } else { tired() }
            });
        }
    }
}
