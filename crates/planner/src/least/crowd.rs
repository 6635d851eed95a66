//! What follows from the other clauses, but not soon: more tasks than a set of halls can ever hold. Counting
//! is what resolution is worst at (Haken 1985), so it is done here.

use super::{clauses::Clauses, room::Room};
use crate::{problem::spec::Slot, sat::Lit};

impl Clauses<'_> {
    /// For each set of halls that some task is confined to.
    pub(super) fn crowds(&mut self, rooms: &[Room]) {
        let set = |room: &Room| room.halls.iter().map(|hall| hall.0).collect::<Vec<_>>();
        let mut sets: Vec<Vec<usize>> = rooms.iter().map(set).collect();
        sets.sort_unstable();
        sets.dedup();
        for set in sets.into_iter().filter(|set| !set.is_empty()) {
            let inside = |room: &&Room| {
                !room.halls.is_empty() && room.halls.iter().all(|hall| set.contains(&hall.0))
            };
            let inside: Vec<&Room> = rooms.iter().filter(inside).collect();
            if set.len() > 1 && set.iter().all(|&hall| self.model().halls[hall].units == 1) {
                self.at_once(&set, &inside);
            }
            self.in_all(&set, &inside);
        }
    }

    /// No more at once than there are halls open.
    fn at_once(&mut self, set: &[usize], inside: &[&Room]) {
        let pieces: Vec<usize> =
            inside.iter().filter_map(|room| self.piece_of[room.task]).collect();
        for slot in 0..self.model().slots {
            let covers: Vec<Lit> =
                pieces.iter().filter_map(|&at| self.cover(at, 0)[slot as usize]).collect();
            let open = set.iter().filter(|&&hall| !self.held.full[hall].has(slot)).count();
            self.no_more(&covers, open);
        }
    }

    /// At most so many hold, where what is settled already is counted and left out.
    pub(super) fn no_more(&mut self, literals: &[Lit], mut most: usize) {
        let mut open: Vec<Lit> = Vec::new();
        for &literal in literals {
            match self.sat.fixed(literal) {
                Some(true) => most = most.saturating_sub(1),
                Some(false) => {}
                None => open.push(literal),
            }
        }
        self.sat.at_most(&open, most);
    }

    /// Of those who have to be within a span no more than it has room for.
    fn in_all(&mut self, set: &[usize], inside: &[&Room]) {
        let lasts = |room: &Room| self.model().tasks[room.task].duration;
        let mut firsts: Vec<Slot> =
            inside.iter().filter_map(|room| room.starts.iter().next()).collect();
        let mut ends: Vec<Slot> = inside
            .iter()
            .filter_map(|room| Some(room.starts.iter().last()? + lasts(room)))
            .collect();
        for list in [&mut firsts, &mut ends] {
            list.sort_unstable();
            list.dedup();
        }
        let mut cuts: Vec<(Vec<usize>, usize)> = Vec::new();
        for &first in &firsts {
            for &end in ends.iter().filter(|&&end| end > first) {
                let within = |room: &&&Room| {
                    let starts = &room.starts;
                    starts.iter().next().is_some_and(|start| start >= first)
                        && starts.iter().last().is_some_and(|start| start + lasts(room) <= end)
                };
                let within: Vec<&Room> = inside.iter().filter(within).copied().collect();
                let most: usize = set.iter().map(|&hall| self.holds(hall, &within)).sum();
                if within.len() > most {
                    cuts.push((within.iter().map(|room| room.task).collect(), within.len() - most));
                }
            }
        }
        for (tasks, out) in cuts {
            let left: Vec<Lit> = tasks
                .iter()
                .filter_map(|&task| self.piece_of[task])
                .map(|at| !self.pieces[at].placed)
                .collect();
            self.sat.at_least(&left, out, &[]);
        }
    }

    /// How many of these a hall can hold, at the most: each stay covers one of some slots (the last slots of
    /// stays, the earliest first), and each slot has so many units.
    fn holds(&self, hall: usize, rooms: &[&Room]) -> usize {
        let model = self.model();
        let mut stays: Vec<(Slot, Slot)> = Vec::new();
        for room in rooms {
            let lasts = model.tasks[room.task].duration;
            let starts = room.halls.iter().filter(|other| other.0 == hall);
            stays.extend(starts.flat_map(|(_, starts)| starts.iter()).map(|s| (s + lasts, s)));
        }
        stays.sort_unstable();
        let (mut most, mut last) = (0, None);
        for (end, start) in stays {
            if last.is_none_or(|last| start > last) {
                most += self.units(hall, end - 1) as usize;
                last = Some(end - 1);
            }
        }
        most
    }
}
