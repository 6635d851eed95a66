//! What two activities cannot have at the same time, in clauses.

use super::clauses::Clauses;
use crate::{model::Task, problem::spec::Slot, sat::Lit};

/// Slots behind the stays of two tasks.
type Tails = [Slot; 2];

/// For some pairs of slots behind the stays: a literal that follows when two tasks cover the same slot.
type Meets = Vec<(Tails, Option<Lit>)>;

impl Clauses<'_> {
    /// Keeps two tasks from each other where they share people, a hall or interpreters.
    pub(super) fn pair(&mut self, pair: [usize; 2]) {
        let model = self.model();
        let [a, b] = pair.map(|at| &self.pieces[at]);
        let [one, two] = [a, b].map(|piece| &model.tasks[piece.task]);
        let share_people = one.people.iter().any(|person| two.people.contains(person));
        let crew = shared(&a.crew, &b.crew);
        let sites = |x: (usize, Lit)| b.sites.iter().map(move |&y| [x, y]);
        let sites: Vec<[(usize, Lit); 2]> = a.sites.iter().flat_map(|&x| sites(x)).collect();
        let mut meets = Meets::new();
        if !share_people {
            let halls = self.shared_halls(pair, one, two);
            self.forbid(pair, [0, 0], &[], &halls, &mut meets);
        }
        for [(x, at_x), (y, at_y)] in sites {
            let travel = model.travel(x, y);
            if share_people {
                for (here, there) in self.both(pair, [travel, travel]) {
                    self.sat.clause(&[!here, !there, !at_x, !at_y]);
                }
            }
            let tails = [travel.max(one.rest), travel.max(two.rest)];
            if !share_people || tails != [travel, travel] {
                self.forbid(pair, tails, &[!at_x, !at_y], &crew, &mut meets);
            }
        }
    }

    /// No pair of literals holds where the tasks cover the same slot, unless one of the others does.
    fn forbid(
        &mut self,
        pair: [usize; 2],
        tails: Tails,
        unless: &[Lit],
        together: &[(Lit, Lit)],
        meets: &mut Meets,
    ) {
        if together.is_empty() {
            return;
        }
        let known = meets.iter().find(|(other, _)| *other == tails).map(|meet| meet.1);
        let meet = known.unwrap_or_else(|| {
            let meet = self.meet(pair, tails);
            meets.push((tails, meet));
            meet
        });
        for (here, there) in together.iter().filter(|_| meet.is_some()) {
            let mut clause = vec![!*here, !*there];
            clause.extend(meet.map(|meet| !meet));
            clause.extend(unless);
            self.sat.clause(&clause);
        }
    }

    /// A literal that follows when two tasks cover the same slot; nothing when they never do.
    fn meet(&mut self, pair: [usize; 2], tails: Tails) -> Option<Lit> {
        let both = self.both(pair, tails);
        if both.is_empty() {
            return None;
        }
        let meet = self.sat.fresh();
        for (here, there) in both {
            self.sat.clause(&[!here, !there, meet]);
        }
        Some(meet)
    }

    /// By slot that both can cover: the two literals.
    fn both(&mut self, [a, b]: [usize; 2], [tail_a, tail_b]: Tails) -> Vec<(Lit, Lit)> {
        let here = self.cover(a, tail_a).clone();
        let both = here.iter().zip(self.cover(b, tail_b));
        both.filter_map(|(here, there)| Some(((*here)?, (*there)?))).collect()
    }

    /// Halls that two tasks cannot use at the same time: those with one unit, or any where delegations are
    /// kept apart.
    fn shared_halls(&self, [a, b]: [usize; 2], one: &Task, two: &Task) -> Vec<(Lit, Lit)> {
        let apart = one.small && two.apart.iter().any(|d| one.delegations.contains(d));
        let halls = &self.model().halls;
        let narrow = |hall: &&(usize, Lit)| apart || halls[hall.0].units == 1;
        let halls: Vec<(usize, Lit)> =
            self.pieces[a].halls.iter().filter(narrow).copied().collect();
        shared(&halls, &self.pieces[b].halls)
    }
}

/// The literals of what is in both lists.
fn shared(one: &[(usize, Lit)], two: &[(usize, Lit)]) -> Vec<(Lit, Lit)> {
    let other = |x: &(usize, Lit)| Some((x.1, two.iter().find(|y| y.0 == x.0)?.1));
    one.iter().filter_map(other).collect()
}
