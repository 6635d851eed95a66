//! Why an activity is not placed, and what would have to give way.
//!
//! A reason is relative to everything else held where it is. It is a set of facts at the cheapest
//! spot: when all of them are relaxed ([`relax`](crate::relax())), the activity can be placed. That is tried
//! before it is told.

mod inquiry;
mod spare;

use serde::{Deserialize, Serialize};

use crate::{
    judge::timeline::Timeline,
    problem::{
        Problem,
        fact::Fact,
        id::{ActivityId, HallId},
        plan::{Placement, Plan},
        spec::Slot,
    },
    search::{
        insert::Finder,
        state::{State, placement},
    },
    solve::begin::adopt,
};
use inquiry::Inquiry;
use spare::Trial;

/// A set of facts that, relaxed together, let the activity be placed at a spot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relaxation {
    /// What has to give way; nothing where the activity finds a place as it is.
    pub facts: Vec<Fact>,
    /// How hard that is, on the scale of the score.
    pub cost: f64,
    /// The spot: first slot.
    pub start: Slot,
    /// The spot: hall.
    pub hall: HallId,
}

/// Why one activity is not placed: the cheapest relaxations, the best first, none with all facts of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// The activity.
    pub activity: ActivityId,
    /// At most [`Explanation::MOST`]; empty when none was found that is enough.
    pub relaxations: Vec<Relaxation>,
}

impl Explanation {
    /// Most relaxations given.
    pub const MOST: usize = 5;
}

/// Explains one activity that `plan` does not place; nothing when it is unknown or placed.
pub fn explain(problem: &Problem, plan: &Plan, activity: &ActivityId) -> Option<Explanation> {
    let at = problem.index.activity(activity)?;
    if plan.activities.contains_key(activity) {
        return None;
    }
    let line = Timeline::new(problem, plan);
    let inquiry = Inquiry { problem, line: &line, activity: &problem.spec().activities[at] };
    let trial = Trial::new(problem, plan, at);
    let mut relaxations: Vec<Relaxation> = Vec::new();
    // The cheapest first: what contains all that is enough elsewhere tells nothing new.
    for facts in inquiry.candidates() {
        let known = |facts: &[Fact]| relaxations.iter().any(|one| includes(facts, &one.facts));
        if let Some(new) = (!known(&facts)).then(|| trial.needed(facts)).flatten()
            && !known(&new.facts)
        {
            relaxations.retain(|one| !includes(&one.facts, &new.facts));
            relaxations.push(new);
        }
    }
    relaxations.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    Some(Explanation { activity: activity.clone(), relaxations })
}

fn includes(large: &[Fact], small: &[Fact]) -> bool {
    small.iter().all(|fact| large.contains(fact))
}

/// The cheapest legal place for an activity that `plan` does not place, everything else held fixed.
pub fn place(problem: &Problem, plan: &Plan, activity: &ActivityId) -> Option<Placement> {
    let task = problem.index.activity(activity)?;
    let mut state = State::new(&problem.model);
    adopt(problem, plan, &mut state);
    state.unplace(task);
    let spot = Finder::new(&problem.model).evenly(&mut state, task)?;
    Some(placement(problem.spec(), &spot))
}
