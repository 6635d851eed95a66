//! Limits on sums: units of a hall, hours of a person or an interpreter in a day. Nearly all of them hold by
//! themselves, so each is written down only when a model of the other clauses goes beyond it.

use std::collections::{BTreeMap, BTreeSet};

use super::clauses::{Clauses, Piece};
use crate::{
    problem::spec::Slot,
    sat::Lit,
    search::state::{Item, Spot},
};

/// One limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sum {
    /// The units of a hall at a slot.
    Hall(usize, Slot),
    /// The slots of a person on a day.
    Person(usize, Slot),
    /// The slots of an interpreter on a day.
    Interpreter(usize, Slot),
}

impl Clauses<'_> {
    /// The sums that these spots go beyond.
    pub(super) fn exceeded(&self, spots: &[Option<Spot>]) -> BTreeSet<Sum> {
        let mut sums: BTreeMap<Sum, u32> = BTreeMap::new();
        for piece in &self.pieces {
            if let Some(spot) = &spots[piece.task] {
                for (sum, more) in self.parts(piece.task, spot) {
                    *sums.entry(sum).or_default() += more;
                }
            }
        }
        sums.into_iter().filter(|&(sum, used)| used > self.left(sum)).map(|(sum, _)| sum).collect()
    }

    /// The sums to which a spot adds something, and how much.
    fn parts(&self, task: usize, spot: &Spot) -> Vec<(Sum, u32)> {
        let model = self.model();
        let it = &model.tasks[task];
        let day = model.day(spot.start);
        let slots = spot.start..spot.start + it.duration;
        let halls = slots.map(|slot| (Sum::Hall(spot.hall, slot), 1));
        let people = it.people.iter().map(|&person| (Sum::Person(person, day), it.duration));
        let team = spot.team.iter().map(|&one| (Sum::Interpreter(one, day), it.day_slots));
        halls.chain(people).chain(team).collect()
    }

    /// What is left of a limit beside what is held.
    fn left(&self, sum: Sum) -> u32 {
        let (model, held) = (self.model(), self.held);
        let on = |items: &[Item], day: Slot, count: &dyn Fn(&Item) -> u32| -> u32 {
            items.iter().filter(|item| model.day(item.start) == day).map(count).sum()
        };
        let (most, used) = match sum {
            Sum::Hall(hall, slot) => return self.units(hall, slot),
            Sum::Person(person, day) => {
                (model.person_day, on(&held.people[person], day, &|item| item.end - item.start))
            }
            Sum::Interpreter(one, day) => {
                let counted = |item: &Item| model.tasks[item.task].day_slots;
                (model.interpreter_day, on(&held.interpreters[one], day, &counted))
            }
        };
        most.saturating_sub(used)
    }

    /// Units of a hall that are left at a slot.
    pub(super) fn units(&self, hall: usize, slot: Slot) -> u32 {
        let used = self.held.tasks_in(hall, slot, slot + 1).len();
        self.model().halls[hall].units.saturating_sub(u32::try_from(used).unwrap_or(u32::MAX))
    }

    /// Writes down a limit.
    pub(super) fn limit(&mut self, sum: Sum) {
        let mut parts: Vec<(u32, Lit)> = Vec::new();
        for at in 0..self.pieces.len() {
            if let Some((size, [when, who])) = self.part(at, sum) {
                let both = if who == self.yes { when } else { self.sat.fresh() };
                self.sat.clause(&[!when, !who, both]);
                parts.push((size, both));
            }
        }
        self.sat.weighs_at_most(&parts, self.left(sum));
    }

    /// How much a piece can add to a sum, and the two literals that have to hold for it.
    fn part(&mut self, at: usize, sum: Sum) -> Option<(u32, [Lit; 2])> {
        let it = &self.model().tasks[self.pieces[at].task];
        let on = |piece: &Piece, day: Slot| piece.days.iter().find(|on| on.0 == day).map(|on| on.1);
        let found = |list: &[(usize, Lit)], key: usize| {
            list.iter().find(|other| other.0 == key).map(|other| other.1)
        };
        match sum {
            Sum::Hall(hall, slot) => {
                let here = found(&self.pieces[at].halls, hall)?;
                Some((1, [self.cover(at, 0)[slot as usize]?, here]))
            }
            Sum::Person(person, day) => {
                let when = on(&self.pieces[at], day).filter(|_| it.people.contains(&person))?;
                Some((it.duration, [when, self.yes]))
            }
            Sum::Interpreter(one, day) => {
                let works = found(&self.pieces[at].crew, one).filter(|_| it.day_slots > 0)?;
                Some((it.day_slots, [on(&self.pieces[at], day)?, works]))
            }
        }
    }
}
