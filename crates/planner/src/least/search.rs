//! The search for the least loss.

use super::{Loss, Question, clauses::Clauses, room::Room};
use crate::{
    bound::relax::needed,
    problem::spec::Slot,
    rng::Rng,
    sat::{Answer, Asker, Cores, Lit, Sat},
    search::{legal::exactly, state::Spot},
};

/// Conflicts between two looks at the work done.
const SLICE: u64 = 50;

/// Activities that are asked about: hundreds, as the clauses grow with their square.
pub(crate) const MOST: usize = 400;

/// Starts of all of them times their number: about ten times the clauses of pairs.
const PAIRS: usize = 6_000_000;

/// Whether tasks can all be placed.
pub(crate) enum Told {
    Placed,
    /// These cannot.
    Refused(Vec<usize>),
    Unknown,
}

/// A question in clauses, and the best answer so far.
pub(crate) struct Seeker<'a> {
    pub(super) question: Question<'a>,
    pub(super) rooms: Vec<Room>,
    pub(super) clauses: Clauses<'a>,
    /// That more than none, one, two, … mandatory activities are missing.
    missing: Vec<Lit>,
    /// The same of what is left out of what was promised.
    dropped: Vec<Lit>,
    /// By piece: that it stays where it was released, or unplaced if it was not.
    stays: Vec<Lit>,
    /// By person: that they are touched.
    touched: Vec<Option<Lit>>,
    pub(super) spots: Vec<Option<Spot>>,
    loss: Loss,
    /// No plan of those that still count touches fewer.
    floor: usize,
    /// Work at which the present search ends.
    end: u64,
    /// For the choice of smaller questions.
    pub(super) rng: Rng,
}

impl<'a> Seeker<'a> {
    /// Writes down the question, beginning with a plan that is known.
    /// Nothing where that would be too much, or where breaks have to be even, which is not written down.
    pub(crate) fn new(question: Question<'a>, known: &[Option<Spot>]) -> Option<Self> {
        let (held, tasks) = (question.held, question.held.model.tasks.len());
        let asked = needed(held.model, (0..tasks).filter(|&task| question.promised(task)));
        let free = (0..tasks).filter(|&task| asked[task] && held.spots[task].is_none());
        let free: Vec<usize> = free.collect();
        if held.model.break_spread.is_some() || free.len() > MOST {
            return None;
        }
        let rooms: Vec<Room> = free.into_iter().map(|task| Room::new(held, task)).collect();
        let starts: usize = rooms.iter().map(|room| room.starts.count() as usize).sum();
        if starts * rooms.len() > PAIRS {
            return None;
        }
        Some(Self::ask_of(question, rooms, |_| false, known))
    }

    /// Writes down the question for what has these rooms, and must be placed where that is said.
    pub(super) fn ask_of(
        question: Question<'a>,
        rooms: Vec<Room>,
        must: impl Fn(usize) -> bool,
        known: &[Option<Spot>],
    ) -> Self {
        let (held, loss) = (question.held, question.loss(known));
        let all = |task: usize| held.model.tasks[task].mandatory && loss.missing == 0;
        let mut clauses = Clauses::new(held, &rooms, |task| must(task) || all(task));
        let out = |clauses: &Clauses<'_>, counts: &dyn Fn(usize) -> bool| -> Vec<Lit> {
            clauses.pieces.iter().filter(|it| counts(it.task)).map(|it| !it.placed).collect()
        };
        let missing = out(&clauses, &|task| held.model.tasks[task].mandatory);
        let missing = clauses.sat.counter(&missing, loss.missing + 1, false);
        let dropped = out(&clauses, &|task| question.promised(task));
        let dropped = clauses.sat.counter(&dropped, loss.dropped + 1, false);
        let touched = vec![None; held.model.people.len()];
        let spots = known.to_vec();
        let (stays, rng) = (Vec::new(), Rng::new(1));
        let mut it = Self {
            question,
            rooms,
            clauses,
            missing,
            dropped,
            stays,
            touched,
            spots,
            loss,
            floor: 0,
            end: 0,
            rng,
        };
        for piece in 0..it.clauses.pieces.len() {
            it.touch(piece);
        }
        it.suppose();
        it
    }

    /// Expects better plans rather than proofs.
    pub(crate) fn steady(&mut self) {
        self.clauses.sat.steady();
    }

    /// What it loses.
    pub(crate) fn loss(&self) -> Loss {
        self.loss
    }

    /// The best plan so far.
    pub(crate) fn spots(&self) -> &[Option<Spot>] {
        &self.spots
    }

    /// Goes on from a plan found elsewhere if it is better.
    pub(crate) fn adopt(&mut self, spots: &[Option<Spot>]) {
        if self.keep(spots.to_vec()) {
            self.suppose();
        }
    }

    /// Leaves out fewer and fewer, those that are mandatory first; whether it is proved that none can. Most
    /// of the work goes to smaller questions, where a first look at the whole one does not settle it.
    pub(crate) fn drop_fewer(&mut self, work: u64) -> bool {
        self.end = self.clauses.sat.ticks() + work;
        let missing = self.missing.clone();
        self.descend(&missing, |loss| loss.missing)
            && (self.fewer_dropped(work / 5)
                || self.near(work * 3 / 5, Seeker::fewer_dropped)
                || self.fewer_dropped(work / 5))
    }

    pub(super) fn fewer_dropped(&mut self, work: u64) -> bool {
        let (missing, dropped) = (self.missing.clone(), self.dropped.clone());
        self.settle(&missing, self.loss.missing);
        self.end = self.clauses.sat.ticks() + work;
        self.descend(&dropped, |loss| loss.dropped)
    }

    /// Touches fewer people with as few left out; whether it is proved that none can. First from below: as
    /// many as have to be touched; then from above, in the whole question and, from what that found, in
    /// smaller ones.
    pub(crate) fn touch_fewer(&mut self, work: u64) -> bool {
        let people = self.bounded();
        self.end = self.clauses.sat.ticks() + work / 2;
        Cores::new(people).run(self);
        if !self.is_least()
            && (self.fewer_people(work / 2) || self.near(work * 3 / 2, Seeker::fewer_people))
        {
            self.floor = self.loss.people;
        }
        self.is_least()
    }

    /// Those of the tasks that cannot all be placed, when that is proved with so much work.
    pub(crate) fn refused(&mut self, tasks: &[usize], work: u64) -> Told {
        self.end = self.clauses.sat.ticks() + work;
        let clauses = &self.clauses;
        let placed = |&task: &usize| Some((task, clauses.pieces[clauses.piece_of[task]?].placed));
        let placed: Vec<(usize, Lit)> = tasks.iter().filter_map(placed).collect();
        let assumed: Vec<Lit> = placed.iter().map(|&(_, placed)| placed).collect();
        match self.ask(&assumed, None) {
            Answer::Yes => Told::Placed,
            Answer::Unknown => Told::Unknown,
            Answer::No(core) => {
                let refused = placed.into_iter().filter(|(_, placed)| core.contains(placed));
                Told::Refused(refused.map(|(task, _)| task).collect())
            }
        }
    }

    pub(super) fn fewer_people(&mut self, work: u64) -> bool {
        let people = self.bounded();
        let sums = self.clauses.sat.counter(&people, self.loss.people + 1, false);
        self.end = self.clauses.sat.ticks() + work;
        self.descend(&sums, |loss| loss.people)
    }

    /// Leaves out no more from now on and holds what cannot move then; that the people are touched.
    fn bounded(&mut self) -> Vec<Lit> {
        let (missing, dropped) = (self.missing.clone(), self.dropped.clone());
        self.settle(&missing, self.loss.missing);
        self.settle(&dropped, self.loss.dropped);
        self.hold();
        self.touched.iter().flatten().copied().collect()
    }

    /// Says when a piece stays, and who is touched when it does not.
    fn touch(&mut self, piece: usize) {
        let clauses = &mut self.clauses;
        let task = clauses.pieces[piece].task;
        let mut stays = !clauses.pieces[piece].placed;
        if let Some(home) = &self.question.spots[task] {
            stays = clauses.sat.fresh();
            match clauses.spot(piece, home) {
                Some(spot) => spot.into_iter().for_each(|it| clauses.sat.clause(&[!stays, it])),
                None => clauses.sat.clause(&[!stays]),
            }
        }
        self.stays.push(stays);
        for &person in &clauses.model().tasks[task].people {
            let touched = self.touched[person].get_or_insert_with(|| clauses.sat.fresh());
            clauses.sat.clause(&[stays, *touched]);
        }
    }

    /// Lets the engine begin from the best plan.
    pub(super) fn suppose(&mut self) {
        for (at, stays) in self.stays.iter().enumerate() {
            let piece = &self.clauses.pieces[at];
            let Some(spot) = &self.spots[piece.task] else {
                self.clauses.sat.suppose(!piece.placed);
                continue;
            };
            let team = piece.seats.iter().filter(|seat| spot.team.contains(&seat.who));
            let mut all: Vec<Lit> = team.map(|seat| seat.taken).collect();
            all.extend(self.clauses.spot(at, spot).into_iter().flatten());
            if self.question.stays(piece.task, Some(spot)) {
                all.push(*stays);
            }
            for literal in all {
                self.clauses.sat.suppose(literal);
            }
        }
    }

    /// From now on no more count than are known to be enough.
    fn settle(&mut self, sums: &[Lit], count: usize) {
        if let Some(&more) = sums.get(count) {
            self.clauses.sat.clause(&[!more]);
        }
    }

    /// Asks for less and less, until there is nothing less or the work is done; whether it is the least.
    fn descend(&mut self, sums: &[Lit], of: fn(&Loss) -> usize) -> bool {
        while let Some(less) = of(&self.loss).checked_sub(1) {
            let Some(&more) = sums.get(less) else { return false };
            let before = self.loss;
            let answer = self.ask(&[!more], None);
            match answer {
                Answer::Yes if self.loss < before => {}
                Answer::No(_) => return true,
                Answer::Yes | Answer::Unknown => return false,
            }
        }
        true
    }

    /// Holds what would touch too many people if it moved.
    fn hold(&mut self) {
        let clauses = &mut self.clauses;
        let mut forced = vec![false; self.touched.len()];
        for (forced, touched) in forced.iter_mut().zip(&self.touched) {
            *forced = touched.is_some_and(|touched| clauses.sat.fixed(touched) == Some(true));
        }
        let count = forced.iter().filter(|&&forced| forced).count();
        for (piece, &stays) in clauses.pieces.iter().zip(&self.stays) {
            let people = &self.question.held.model.tasks[piece.task].people;
            let more = people.iter().filter(|&&person| !forced[person]).count();
            if count + more >= self.loss.people {
                clauses.sat.clause(&[stays]);
            }
        }
    }

    /// Keeps a plan when it is better and every spot is legal beside the others.
    pub(super) fn keep(&mut self, spots: Vec<Option<Spot>>) -> bool {
        let loss = self.question.loss(&spots);
        let is_better = loss < self.loss && self.is_legal(&spots);
        if is_better {
            (self.loss, self.spots) = (loss, spots);
        }
        is_better
    }

    fn is_legal(&self, spots: &[Option<Spot>]) -> bool {
        let mut state = self.question.held.clone();
        let placed = self.clauses.pieces.iter().filter_map(|piece| {
            spots[piece.task].as_ref().map(|spot| (spot.start, piece.task, spot))
        });
        let mut order: Vec<(Slot, usize, &Spot)> = placed.collect();
        order.sort_unstable_by_key(|&(start, task, _)| (start, task));
        order.into_iter().all(|(start, task, spot)| {
            let legal = exactly(&state, task, start, spot.hall, &spot.team);
            legal.map(|spot| state.place(task, spot)).is_some()
        })
    }
}

impl Asker for Seeker<'_> {
    fn engine(&mut self) -> &mut Sat {
        &mut self.clauses.sat
    }

    /// Asks in portions, and writes down the limits that a model goes beyond.
    fn ask(&mut self, assumptions: &[Lit], conflicts: Option<u64>) -> Answer {
        let mut left = conflicts.unwrap_or(u64::MAX);
        while self.clauses.sat.ticks() < self.end && left > 0 && !(self.question.over)() {
            let answer = self.clauses.sat.ask(assumptions, Some(left.min(SLICE)));
            left -= left.min(SLICE);
            if answer == Answer::Yes {
                let spots = self.clauses.read(self.question.spots);
                let exceeded = self.clauses.exceeded(&spots);
                if exceeded.is_empty() {
                    self.keep(spots);
                    return answer;
                }
                for sum in exceeded {
                    self.clauses.limit(sum);
                }
            } else if answer != Answer::Unknown {
                return answer;
            }
        }
        Answer::Unknown
    }

    fn raise(&mut self) {
        self.floor += 1;
    }

    fn is_least(&self) -> bool {
        self.loss.people <= self.floor
    }
}
