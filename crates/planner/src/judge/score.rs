//! The score of a plan, by term, by delegation and by person. Lower is better.

use serde::{Deserialize, Serialize};

use crate::{
    judge::timeline::Timeline,
    problem::{
        Problem,
        id::{DelegationId, PersonId},
        plan::Plan,
        spec::Weights,
    },
};

/// One term: how much of it there is, and what that costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// In the unit of the term.
    pub amount: f64,
    /// Amount times weight.
    pub cost: f64,
}

/// The score by term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The sum of all costs.
    pub total: f64,
    /// Weight of the optional activities that are not placed.
    pub unplaced: Term,
    /// Idle slots times rank.
    pub idle: Term,
    /// Runs of idle slots.
    pub breaks: Term,
    /// Changes of hall.
    pub hall_moves: Term,
    /// Slots of interpreters.
    pub interpreting: Term,
    /// Largest share of weight less smallest share, over the delegations.
    pub unfairness: Term,
}

/// The amounts from which a score follows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Amounts {
    pub(crate) unplaced: u64,
    pub(crate) idle: u64,
    pub(crate) breaks: u64,
    pub(crate) hall_moves: u64,
    pub(crate) interpreting: u64,
    pub(crate) unfairness: f64,
}

#[expect(clippy::cast_precision_loss, reason = "amounts stay far below 2^52")]
pub(crate) const fn real(n: u64) -> f64 {
    n as f64
}

impl Amounts {
    pub(crate) fn score(&self, weights: &Weights) -> Score {
        let term = |amount: f64, weight: f64| Term { amount, cost: amount * weight };
        let mut score = Score {
            total: 0.0,
            unplaced: term(real(self.unplaced), weights.unplaced),
            idle: term(real(self.idle), weights.idle),
            breaks: term(real(self.breaks), weights.breaks),
            hall_moves: term(real(self.hall_moves), weights.hall_moves),
            interpreting: term(real(self.interpreting), weights.interpreting),
            unfairness: term(self.unfairness, weights.unfairness),
        };
        score.total = score.unplaced.cost
            + score.idle.cost
            + score.breaks.cost
            + score.hall_moves.cost
            + score.interpreting.cost
            + score.unfairness.cost;
        score
    }
}

/// What a plan means for one delegation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The delegation.
    pub delegation: DelegationId,
    /// Weight of its optional activities.
    pub wanted: u64,
    /// Weight of those that are placed.
    pub got: u64,
}

impl Share {
    /// `got / wanted`; a delegation that wants nothing has none.
    pub fn ratio(&self) -> Option<f64> {
        (self.wanted > 0).then(|| real(self.got) / real(self.wanted))
    }
}

/// What a plan means for one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Load {
    /// The person.
    pub person: PersonId,
    /// Slots in activities.
    pub slots: u32,
    /// Idle slots, not weighted by rank.
    pub idle: u32,
    /// Runs of idle slots.
    pub breaks: u32,
    /// Changes of hall.
    pub hall_moves: u32,
}

/// Scores a plan in full.
pub fn score(problem: &Problem, plan: &Plan) -> Score {
    let line = Timeline::new(problem, plan);
    let mut amounts = Amounts::default();
    for (activity, placed) in problem.spec().activities.iter().zip(&line.placed) {
        if placed.is_none() && !activity.mandatory {
            amounts.unplaced += u64::from(activity.weight);
        }
    }
    for (person, load) in problem.spec().people.iter().zip(loads_of(&line)) {
        amounts.idle += u64::from(person.rank) * u64::from(load.idle);
        amounts.breaks += u64::from(load.breaks);
        amounts.hall_moves += u64::from(load.hall_moves);
    }
    for stays in &line.interpreters {
        amounts.interpreting += stays.iter().map(|s| u64::from(s.end - s.start)).sum::<u64>();
    }
    let ratios = shares_of(&line);
    amounts.unfairness = spread(ratios.iter().filter_map(Share::ratio));
    amounts.score(&problem.spec().weights)
}

/// Largest less smallest, 0 when there are none.
pub(crate) fn spread(ratios: impl Iterator<Item = f64>) -> f64 {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for ratio in ratios {
        low = low.min(ratio);
        high = high.max(ratio);
    }
    (high - low).max(0.0)
}

/// What each delegation got of what it wanted.
pub fn shares(problem: &Problem, plan: &Plan) -> Vec<Share> {
    shares_of(&Timeline::new(problem, plan))
}

fn shares_of(line: &Timeline<'_>) -> Vec<Share> {
    let spec = line.spec;
    let start = |d: &crate::problem::spec::Delegation| Share {
        delegation: d.id.clone(),
        wanted: 0,
        got: 0,
    };
    let mut shares: Vec<Share> = spec.delegations.iter().map(start).collect();
    for (activity, placed) in spec.activities.iter().zip(&line.placed) {
        if activity.mandatory {
            continue;
        }
        for d in line.index.delegations_of(activity) {
            shares[d].wanted += u64::from(activity.weight);
            shares[d].got += if placed.is_some() { u64::from(activity.weight) } else { 0 };
        }
    }
    shares
}

/// What the plan asks of each person.
pub fn loads(problem: &Problem, plan: &Plan) -> Vec<Load> {
    loads_of(&Timeline::new(problem, plan))
}

fn loads_of(line: &Timeline<'_>) -> Vec<Load> {
    let load = |(person, stays): (&crate::problem::spec::Person, &Vec<_>)| {
        let mut load =
            Load { person: person.id.clone(), slots: 0, idle: 0, breaks: 0, hall_moves: 0 };
        load.slots = line.load(stays).iter().map(|day| day.1).sum();
        load.breaks = line.breaks(stays);
        for (a, b) in line.steps(stays) {
            load.idle += line.idle(a, b);
            load.hall_moves += u32::from(a.hall != b.hall);
        }
        load
    };
    line.spec.people.iter().zip(&line.people).map(load).collect()
}
