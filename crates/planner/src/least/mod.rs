//! The least that a repair has to give up, found and proved.
//!
//! The whole question becomes clauses for the engine of [`crate::sat`]: what has begun stays, everything
//! promised may go wherever the rules allow. Starting from the repair that the local search found, the
//! engine is asked for one that leaves out fewer mandatory activities, then fewer of all, then one that
//! touches fewer people, until it answers that there is none (linear search from above, as in Eén and
//! Sörensson's Minisat+, 2006) or the work that the repair is worth is done.

mod clauses;
mod crew;
mod crowd;
pub(crate) mod must;
mod near;
mod pairs;
mod room;
mod search;
mod staff;
mod sums;
#[cfg(test)]
mod tests;

pub(crate) use search::{MOST, Seeker};

use serde::{Deserialize, Serialize};

use crate::search::state::{Spot, State};

/// How much of a repair is proved to be the least possible. All plans are meant in which what has begun
/// stays, what was neither released nor is mandatory is not added for its own sake, and no further rule is
/// broken.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Proved {
    /// Nothing.
    #[default]
    Nothing,
    /// No plan leaves out fewer mandatory activities, and none of those with as few leaves out fewer of what
    /// was promised.
    Dropped,
    /// The same, and none of these plans touches fewer people.
    People,
}

/// What a plan loses: the less, the better, the first first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Loss {
    /// Mandatory activities left out.
    pub(crate) missing: usize,
    /// Activities left out that were promised.
    pub(crate) dropped: usize,
    /// People of whom anything was moved, dropped or added.
    pub(crate) people: usize,
}

/// What is proved of which loss.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    pub(crate) loss: Loss,
    pub(crate) proved: Proved,
}

impl Known {
    /// What that says of another plan.
    pub(crate) fn of(&self, loss: &Loss) -> Proved {
        let left_out = |loss: &Loss| (loss.missing, loss.dropped);
        if left_out(loss) != left_out(&self.loss) {
            Proved::Nothing
        } else if loss.people == self.loss.people {
            self.proved
        } else {
            self.proved.min(Proved::Dropped)
        }
    }
}

/// What is asked: a state with what has begun, and what was promised.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) held: &'a State<'a>,
    /// By task: where it was released.
    pub(crate) spots: &'a [Option<Spot>],
    /// By task: whether it is to be placed though it was not released.
    pub(crate) wanted: &'a [bool],
    /// Whether to stop with what is found by now.
    pub(crate) over: &'a dyn Fn() -> bool,
}

impl Question<'_> {
    /// What a plan loses.
    pub(crate) fn loss(&self, spots: &[Option<Spot>]) -> Loss {
        let model = self.held.model;
        let mut loss = Loss { missing: 0, dropped: 0, people: 0 };
        let mut touched = vec![false; model.people.len()];
        for (task, it) in model.tasks.iter().enumerate() {
            let spot = spots[task].as_ref();
            loss.missing += usize::from(it.mandatory && spot.is_none());
            loss.dropped += usize::from(self.promised(task) && spot.is_none());
            if !self.stays(task, spot) {
                it.people.iter().for_each(|&person| touched[person] = true);
            }
        }
        loss.people = touched.iter().filter(|&&touched| touched).count();
        loss
    }

    /// Whether a task is to be placed.
    fn promised(&self, task: usize) -> bool {
        self.wanted[task] || self.spots[task].is_some()
    }

    /// Whether the people of a task see no change.
    fn stays(&self, task: usize, spot: Option<&Spot>) -> bool {
        let place = |spot: &Spot| (spot.start, spot.hall);
        self.spots[task].as_ref().map(place) == spot.map(place)
    }
}
