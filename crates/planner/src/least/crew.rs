//! The interpreters of an activity, in clauses.

use super::{
    clauses::{Clauses, Piece},
    room::Room,
};
use crate::{model::Task, sat::Lit};

/// That an interpreter takes a seat of a class.
#[derive(Clone, Copy)]
pub(super) struct Seat {
    pub(super) class: usize,
    pub(super) who: usize,
    pub(super) taken: Lit,
}

impl Clauses<'_> {
    /// Somebody for each seat of one alternative, who is free at the start and the site.
    pub(super) fn crew(&mut self, room: &Room, it: &Task, piece: &mut Piece) {
        if let Some(team) = &it.pinned_team {
            piece.crew = team.iter().map(|&one| (one, self.yes)).collect();
            piece.ways = vec![self.yes];
        } else {
            self.seats(room, it, piece);
        }
        for (one, works) in piece.crew.clone() {
            for (site, there) in piece.sites.clone() {
                let found = room.crew.iter().find(|other| (other.0, other.1) == (one, site));
                match found {
                    Some((_, _, starts)) => self.only(piece, starts, &[!there, !works]),
                    None => self.sat.clause(&[!there, !works, !piece.placed]),
                }
            }
        }
    }

    fn seats(&mut self, room: &Room, it: &Task, piece: &mut Piece) {
        let model = self.model();
        let mut classes: Vec<usize> = it.teams.iter().flatten().copied().collect();
        classes.sort_unstable();
        classes.dedup();
        for &class in &classes {
            for &who in &model.classes[class] {
                if room.crew.iter().any(|one| one.0 == who) {
                    piece.seats.push(Seat { class, who, taken: self.sat.fresh() });
                }
            }
        }
        for alternative in &it.teams {
            let way = if it.teams.len() == 1 { piece.placed } else { self.sat.fresh() };
            piece.ways.push(way);
            for &class in &classes {
                let need = alternative.iter().filter(|&&other| other == class).count();
                let seats = piece.seats.iter().filter(|seat| seat.class == class);
                let seats: Vec<Lit> = seats.map(|seat| seat.taken).collect();
                self.sat.at_least(&seats, need, &[!way]);
            }
        }
        let mut ways = piece.ways.clone();
        ways.push(!piece.placed);
        self.sat.clause(&ways);
        let mut who: Vec<usize> = piece.seats.iter().map(|seat| seat.who).collect();
        who.sort_unstable();
        who.dedup();
        for one in who {
            let seats = piece.seats.iter().filter(|seat| seat.who == one);
            let seats: Vec<Lit> = seats.map(|seat| seat.taken).collect();
            self.sat.at_most_one(&seats);
            let works = if let [seat] = seats.as_slice() { *seat } else { self.sat.fresh() };
            for &seat in &seats {
                self.sat.clause(&[!seat, works]);
            }
            piece.crew.push((one, works));
        }
    }

    /// The team of a task in the last model of the engine.
    pub(super) fn team(&self, piece: &Piece) -> Vec<usize> {
        let it = &self.model().tasks[piece.task];
        if let Some(team) = &it.pinned_team {
            return team.clone();
        }
        let way = piece.ways.iter().position(|&way| self.sat.holds(way)).unwrap_or(0);
        let Some(alternative) = it.teams.get(way) else { return Vec::new() };
        let mut team = Vec::new();
        for (i, &class) in alternative.iter().enumerate() {
            let nth = alternative[..i].iter().filter(|&&other| other == class).count();
            let taken = piece.seats.iter();
            let mut taken = taken.filter(|seat| seat.class == class && self.sat.holds(seat.taken));
            team.extend(taken.nth(nth).map(|seat| seat.who));
        }
        team.sort_unstable();
        team
    }
}
