//! What may be repaired, in clauses.
//!
//! An activity has a literal for each start it may have, for each hall, and for each interpreter of its team;
//! what stays where it is has none, it only takes away room. Two activities that share somebody, or a hall,
//! must not *cover* the same slot, where a stay covers the slots of travel or rest behind it as well.
//! Everything but the order of activities only says what cannot be together, so that a literal too many never
//! admits a plan that breaks a rule.

use super::{
    crew::Seat,
    room::{Room, span},
};
use crate::{
    model::{Model, bits::Bits},
    problem::spec::Slot,
    sat::{Limit, Lit, Sat},
    search::state::{Spot, State},
};

/// By slot: a literal.
pub(super) type Row = Vec<Option<Lit>>;

/// One task and its literals.
pub(super) struct Piece {
    pub(super) task: usize,
    pub(super) placed: Lit,
    /// That it starts in a slot.
    pub(super) at: Row,
    /// That it starts in a slot or before.
    by: Row,
    /// Each way to be in a hall.
    pub(super) halls: Vec<(usize, Lit)>,
    pub(super) sites: Vec<(usize, Lit)>,
    pub(super) days: Vec<(Slot, Lit)>,
    /// By slots behind a stay: that it covers a slot.
    covers: Vec<(Slot, Row)>,
    pub(super) seats: Vec<Seat>,
    /// That an interpreter is in the team.
    pub(super) crew: Vec<(usize, Lit)>,
    /// By alternative of seats: that it is the one to fill.
    pub(super) ways: Vec<Lit>,
}

/// The clauses of a question.
pub(super) struct Clauses<'a> {
    pub(super) held: &'a State<'a>,
    pub(super) sat: Sat,
    /// A literal that holds.
    pub(super) yes: Lit,
    pub(super) pieces: Vec<Piece>,
    /// By task: its piece.
    pub(super) piece_of: Vec<Option<usize>>,
}

impl<'a> Clauses<'a> {
    /// The clauses for these tasks, of which some must be placed.
    pub(super) fn new(held: &'a State<'a>, rooms: &[Room], must: impl Fn(usize) -> bool) -> Self {
        let mut sat = Sat::new(Limit::new(None, u64::MAX));
        let yes = sat.fresh();
        sat.clause(&[yes]);
        let piece_of = vec![None; held.model.tasks.len()];
        let mut it = Self { held, sat, yes, pieces: Vec::new(), piece_of };
        for room in rooms {
            let must = must(room.task);
            let piece = it.piece(room, must);
            it.piece_of[room.task] = Some(it.pieces.len());
            it.pieces.push(piece);
        }
        for at in 0..it.pieces.len() {
            it.order(at);
            for other in 0..at {
                it.pair([other, at]);
            }
        }
        it.crowds(rooms);
        it.staffs(rooms);
        it
    }

    pub(super) fn model(&self) -> &'a Model {
        self.held.model
    }

    fn piece(&mut self, room: &Room, must: bool) -> Piece {
        let model = self.model();
        let it = &model.tasks[room.task];
        let starts: Vec<Slot> = room.starts.iter().collect();
        let placed = if must { self.yes } else { self.sat.fresh() };
        let empty = vec![None; model.slots as usize];
        let mut piece = Piece {
            task: room.task,
            placed,
            at: empty.clone(),
            by: empty,
            halls: Vec::new(),
            sites: Vec::new(),
            days: Vec::new(),
            covers: Vec::new(),
            seats: Vec::new(),
            crew: Vec::new(),
            ways: Vec::new(),
        };
        if starts.is_empty() {
            self.sat.clause(&[!placed]);
            return piece;
        }
        self.starts(&starts, &mut piece);
        self.days(&starts, &mut piece);
        self.places(room, &mut piece);
        self.crew(room, it, &mut piece);
        piece
    }

    /// One start, in a ladder: that it starts by a slot follows from that it starts by an earlier one.
    fn starts(&mut self, starts: &[Slot], piece: &mut Piece) {
        let mut before: Option<Lit> = None;
        for (i, &start) in starts.iter().enumerate() {
            let is_last = i + 1 == starts.len();
            let by = if is_last { piece.placed } else { self.sat.fresh() };
            let at = before.map_or(by, |_| self.sat.fresh());
            if let Some(before) = before {
                self.sat.clause(&[!at, by]);
                self.sat.clause(&[!at, !before]);
                self.sat.clause(&[!before, by]);
                self.sat.clause(&[!by, before, at]);
            }
            piece.at[start as usize] = Some(at);
            let until = starts.get(i + 1).map_or(piece.by.len(), |&next| next as usize);
            piece.by[start as usize..until].fill(Some(by));
            before = Some(by);
        }
    }

    fn days(&mut self, starts: &[Slot], piece: &mut Piece) {
        let model = self.model();
        let mut days: Vec<Slot> = starts.iter().map(|&start| model.day(start)).collect();
        days.dedup();
        for &day in &days {
            let on = if days.len() == 1 { piece.placed } else { self.sat.fresh() };
            piece.days.push((day, on));
            for &start in starts.iter().filter(|&&start| model.day(start) == day) {
                if let Some(at) = piece.at[start as usize] {
                    self.sat.clause(&[!at, on]);
                }
            }
        }
    }

    fn places(&mut self, room: &Room, piece: &mut Piece) {
        let model = self.model();
        for (hall, starts) in &room.halls {
            let here = if room.halls.len() == 1 { self.yes } else { self.sat.fresh() };
            piece.halls.push((*hall, here));
            self.only(piece, starts, &[!here]);
        }
        let mut any: Vec<Lit> = piece.halls.iter().map(|hall| hall.1).collect();
        any.push(!piece.placed);
        self.sat.clause(&any);
        let mut sites: Vec<usize> = piece.halls.iter().map(|h| model.halls[h.0].site).collect();
        sites.sort_unstable();
        sites.dedup();
        for &site in &sites {
            let there = if sites.len() == 1 { self.yes } else { self.sat.fresh() };
            piece.sites.push((site, there));
            for (_, here) in piece.halls.iter().filter(|hall| model.halls[hall.0].site == site) {
                self.sat.clause(&[!*here, there]);
            }
        }
    }

    /// Where all of `unless` are false, it starts at one of these.
    pub(super) fn only(&mut self, piece: &Piece, starts: &Bits, unless: &[Lit]) {
        let model = self.model();
        for &(day, on) in &piece.days {
            let hours =
                day * model.slots_per_day..((day + 1) * model.slots_per_day).min(model.slots);
            let open = hours.filter_map(|slot| Some((slot, piece.at[slot as usize]?)));
            let open: Vec<(Slot, Lit)> = open.collect();
            let shut: Vec<Lit> =
                open.iter().filter(|(slot, _)| !starts.has(*slot)).map(|(_, at)| *at).collect();
            let shut = if shut.len() == open.len() { vec![on] } else { shut };
            for at in shut {
                self.sat.clause(&[&[!at], unless].concat());
            }
        }
    }

    /// It begins after what it waits for has ended.
    fn order(&mut self, piece: usize) {
        let model = self.model();
        let task = self.pieces[piece].task;
        for &before in &model.tasks[task].after {
            if self.held.spots[before].is_some() {
                continue;
            }
            let other = self.piece_of[before].map(|other| &self.pieces[other]);
            let lasts = model.tasks[before].duration;
            for start in 0..model.slots {
                let Some(at) = self.pieces[piece].at[start as usize] else { continue };
                let by = start.checked_sub(lasts).and_then(|end| other?.by[end as usize]);
                self.sat.clause(&[&[!at], by.as_slice()].concat());
            }
        }
    }

    /// Literals that follow when it covers a slot, by slot.
    pub(super) fn cover(&mut self, piece: usize, tail: Slot) -> &Row {
        let known = self.pieces[piece].covers.iter().position(|(other, _)| *other == tail);
        let known = known.unwrap_or_else(|| {
            let row = self.covered(piece, tail);
            let covers = &mut self.pieces[piece].covers;
            covers.push((tail, row));
            covers.len() - 1
        });
        &self.pieces[piece].covers[known].1
    }

    fn covered(&mut self, piece: usize, tail: Slot) -> Row {
        let model = self.model();
        let it = &self.pieces[piece];
        let task = &model.tasks[it.task];
        let starts: Vec<(Slot, Lit)> =
            (0..model.slots).filter_map(|slot| Some((slot, it.at[slot as usize]?))).collect();
        if let [(start, at)] = starts.as_slice() {
            let mut row = vec![None; model.slots as usize];
            span(self.held, task, *start, tail).for_each(|u| row[u as usize] = Some(*at));
            return row;
        }
        let mut row = vec![None; model.slots as usize];
        for (start, at) in starts {
            for slot in span(self.held, task, start, tail) {
                let covers = *row[slot as usize].get_or_insert_with(|| self.sat.fresh());
                self.sat.clause(&[!at, covers]);
            }
        }
        row
    }

    /// The literal of a start and that of a hall, where it may have them.
    pub(super) fn spot(&self, piece: usize, spot: &Spot) -> Option<[Lit; 2]> {
        let piece = &self.pieces[piece];
        let hall = piece.halls.iter().find(|(hall, _)| *hall == spot.hall)?.1;
        Some([piece.at[spot.start as usize]?, hall])
    }

    /// The spots of the last model; of several halls where something could be, the one where it was.
    pub(super) fn read(&self, home: &[Option<Spot>]) -> Vec<Option<Spot>> {
        let mut spots = self.held.spots.clone();
        for piece in &self.pieces {
            let holds = |literal: &Option<Lit>| literal.is_some_and(|at| self.sat.holds(at));
            let start = piece.at.iter().position(holds);
            let Some(start) = start.and_then(|start| Slot::try_from(start).ok()) else { continue };
            let here = piece.halls.iter().filter(|hall| self.sat.holds(hall.1));
            let halls: Vec<usize> = here.map(|hall| hall.0).collect();
            let home = home[piece.task].as_ref().map(|home| home.hall);
            let hall = home.filter(|home| halls.contains(home)).or(halls.first().copied());
            spots[piece.task] = hall.map(|hall| Spot { start, hall, team: self.team(piece) });
        }
        spots
    }
}
