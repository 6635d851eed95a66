//! Smaller questions: what lies near something that costs is free, and the rest of the plan stays as it is
//! but for its interpreters (large-neighbourhood search, Shaw 1998). They find soon what the whole question
//! finds late: few clauses are left, and they lie close together in memory. How much is free follows from the
//! answers: more where there was nothing better, less where none came in time.

use super::{room::Room, search::Seeker};

/// Work that one question may cost.
const EACH: u64 = 600_000;

/// One activity of so many is free at first.
const FIRST: usize = 8;

impl<'a> Seeker<'a> {
    /// Asks for less in smaller questions until the work is done; whether it is proved that there is nothing
    /// less, because in the end all was free.
    pub(super) fn near(&mut self, work: u64, fewer: fn(&mut Seeker<'a>, u64) -> bool) -> bool {
        let all = self.rooms.len();
        let (mut free, mut spent) = (all / FIRST, 0);
        while spent < work && !(self.question.over)() {
            let fixed = self.far(free);
            let rooms = self.rooms.iter().map(|room| match &self.spots[room.task] {
                Some(spot) if fixed[room.task] => room.only(spot),
                _ => room.clone(),
            });
            let rooms: Vec<Room> = rooms.collect();
            let mut small = Seeker::ask_of(self.question, rooms, |task| fixed[task], &self.spots);
            small.steady();
            let is_least = fewer(&mut small, EACH);
            spent += small.clauses.sat.size() + small.clauses.sat.ticks();
            self.keep(small.spots);
            if is_least && free == all {
                return true;
            }
            free = if is_least { (free + free / 4 + 1).min(all) } else { free - free / 8 };
        }
        self.suppose();
        false
    }

    /// By task: whether it is placed and far from some activity that is left out or moved: all but so many.
    /// Those that were moved themselves count as nearer than they are, every other time as very near.
    fn far(&mut self, free: usize) -> Vec<bool> {
        let (tasks, question) = (&self.clauses.model().tasks, &self.question);
        let is_changed = |task: usize| {
            let spot = self.spots[task].as_ref();
            spot.is_none() || !question.stays(task, spot)
        };
        let all = self.rooms.iter().map(|room| room.task);
        let changed: Vec<usize> = all.clone().filter(|&task| is_changed(task)).collect();
        let center = self.rng.pick(&changed).unwrap_or(0);
        let (now, home) = (self.spots[center].as_ref(), question.spots[center].as_ref());
        let spot = if self.rng.one_in(2) { now.or(home) } else { home.or(now) };
        let start = spot.map_or(0, |spot| spot.start);
        let people = &tasks[center].people;
        let nearer = if self.rng.one_in(2) { 100 } else { 4 };
        let mut order: Vec<(usize, usize)> = Vec::new();
        for task in all {
            let Some(spot) = &self.spots[task] else { continue };
            let shares = tasks[task].people.iter().any(|one| people.contains(one));
            let slots = if shares { 0 } else { spot.start.abs_diff(start) as usize };
            let slots = if is_changed(task) { slots / nearer } else { slots };
            order.push((16 * slots + self.rng.below(64), task));
        }
        order.sort_unstable();
        let mut far = vec![false; tasks.len()];
        order.into_iter().skip(free).for_each(|(_, task)| far[task] = true);
        far
    }
}
