//! What follows from the other clauses, but not soon: more seats at once than there are interpreters of a
//! class. There are too many ways to take them to be tried one by one, so they are counted here.

use super::{
    clauses::Clauses,
    room::{Room, span},
};
use crate::{model::bits::Bits, sat::Lit};

impl Clauses<'_> {
    /// For each class of interpreters and each slot, rests included.
    pub(super) fn staffs(&mut self, rooms: &[Room]) {
        let model = self.model();
        let mut able = vec![Bits::empty(model.slots); model.interpreters.len()];
        for room in rooms {
            let it = &model.tasks[room.task];
            for (one, _, starts) in &room.crew {
                for start in starts.iter() {
                    let span = span(self.held, it, start, it.rest);
                    able[*one].add_span(span.start, span.end);
                }
            }
        }
        for (class, members) in model.classes.iter().enumerate() {
            let needs = rooms.iter().enumerate().map(|(at, room)| (at, self.needs(room, class)));
            let needs: Vec<(usize, usize)> = needs.filter(|&(_, need)| need > 0).collect();
            for slot in 0..model.slots {
                let mut seats: Vec<Lit> = Vec::new();
                for &(at, need) in &needs {
                    let rest = model.tasks[self.pieces[at].task].rest;
                    if let Some(covers) = self.cover(at, rest)[slot as usize] {
                        seats.extend(std::iter::repeat_n(covers, need));
                    }
                }
                let most = members.iter().filter(|&&one| able[one].has(slot)).count();
                self.no_more(&seats, most);
            }
        }
    }

    /// How many of a class an activity takes at the least, if it takes place.
    fn needs(&self, room: &Room, class: usize) -> usize {
        let it = &self.model().tasks[room.task];
        if it.pinned_team.is_some() {
            return 0;
        }
        let seats = |team: &[usize], class: usize| team.iter().filter(|&&it| it == class).count();
        let there = |class: usize| {
            let members = self.model().classes[class].iter();
            members.filter(|&&who| room.crew.iter().any(|one| one.0 == who)).count()
        };
        let can_be_filled =
            |team: &&Vec<usize>| team.iter().all(|&class| seats(team, class) <= there(class));
        let needs = it.teams.iter().filter(can_be_filled).map(|team| seats(team, class));
        needs.min().unwrap_or(0)
    }
}
