//! What is mandatory, when nothing else is in the way: places for it, or what of it no plan holds together.

use std::cell::Cell;

use super::{Question, Seeker, search::Told};
use crate::{
    bound::{mandatory, relax::needed},
    model::Model,
    search::state::{Spot, State},
};

/// Work between two looks at the clock.
const PORTION: u64 = 1_000_000;

/// Most portions that one question may take: half a second.
const PORTIONS: usize = 100;

/// Spots for what is mandatory that leave out fewer of it than `known`, or `known` itself.
pub(crate) fn place(
    model: &Model,
    known: Vec<Option<Spot>>,
    over: &dyn Fn() -> bool,
) -> Vec<Option<Spot>> {
    let (held, nowhere) = (State::new(model), vec![None; known.len()]);
    let must = needed(model, mandatory(model));
    let question = Question { held: &held, spots: &nowhere, wanted: &must, over };
    let Some(mut seeker) = Seeker::new(question, &known) else { return known };
    for _ in 0..PORTIONS {
        if over() || seeker.drop_fewer(PORTION) || seeker.loss().missing == 0 {
            break;
        }
    }
    seeker.spots().to_vec()
}

/// Those of some mandatory tasks that no plan places together, whatever else it leaves out; nothing when
/// that could not be proved. Of those given none was found that could be spared, in so many portions of work.
pub(crate) fn conflict(
    model: &Model,
    tasks: &[usize],
    portions: u64,
    over: &dyn Fn() -> bool,
) -> Option<Vec<usize>> {
    conflict_beside(&State::new(model), tasks, portions, over)
}

/// The same beside what is held, which stays.
pub(crate) fn conflict_beside(
    held: &State<'_>,
    tasks: &[usize],
    portions: u64,
    over: &dyn Fn() -> bool,
) -> Option<Vec<usize>> {
    let model = held.model;
    let nowhere = vec![None; model.tasks.len()];
    let must = needed(model, mandatory(model));
    let question = Question { held, spots: &nowhere, wanted: &must, over };
    let mut seeker = Seeker::new(question, &held.spots)?;
    let done = Cell::new(0);
    let mut refused = |tasks: &[usize]| {
        for _ in 0..PORTIONS {
            done.set(done.get() + 1);
            match seeker.refused(tasks, PORTION) {
                Told::Refused(core) => return Some(core),
                Told::Unknown if !over() => {}
                Told::Placed | Told::Unknown => break,
            }
        }
        None
    };
    let mut all = refused(tasks)?;
    let mut spared = 0;
    let most = portions.max(PORTIONS as u64);
    while spared < all.len() && done.get() < most && !over() {
        let mut fewer = all.clone();
        fewer.remove(spared);
        match refused(&fewer) {
            Some(core) => all = core,
            None => spared += 1,
        }
    }
    Some(all)
}
