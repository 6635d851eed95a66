//! Repair: a released plan, news, and several ways to go on.
//!
//! What has begun stays; what can stay does; of the rest as little as possible is dropped and as few people
//! as possible are touched. The same search does it, with a tax on every change; where the problem is small,
//! an exact search goes on from what it found and says what is the least.

pub(crate) mod mend;

use std::{collections::BTreeSet, time::Duration};

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

use crate::{
    judge::score::Score,
    least::{Known, Proved},
    problem::{
        Problem,
        event::{Event, News},
        fault::Faults,
        id::{ActivityId, PersonId},
        plan::Plan,
    },
    repair::mend::{Ground, ROUNDS},
    search::home::Rates,
};

/// What differs between two plans.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Another start or hall.
    pub moved: Vec<ActivityId>,
    /// No longer placed.
    pub dropped: Vec<ActivityId>,
    /// Newly placed.
    pub added: Vec<ActivityId>,
    /// Other interpreters, same start and hall.
    pub restaffed: Vec<ActivityId>,
    /// The people of what was moved, dropped or added.
    pub people: BTreeSet<PersonId>,
}

/// What differs, as seen by the people of the problem `after` the news; those of what it no longer contains
/// are looked up in that `before`, because they lose most.
pub fn changes(before: &Problem, after: &Problem, old: &Plan, new: &Plan) -> Changes {
    let mut changes = Changes::default();
    let added = new.activities.keys().filter(|&id| !old.activities.contains_key(id));
    for id in old.activities.keys().chain(added) {
        let list = match (old.activities.get(id), new.activities.get(id)) {
            (Some(_), None) => &mut changes.dropped,
            (None, Some(_)) => &mut changes.added,
            (Some(a), Some(b)) if (a.start, &a.hall) != (b.start, &b.hall) => &mut changes.moved,
            (Some(a), Some(b)) => {
                let (mut a, mut b) = (a.interpreters.clone(), b.interpreters.clone());
                a.sort();
                b.sort();
                if a != b {
                    changes.restaffed.push(id.clone());
                }
                continue;
            }
            (None, None) => continue,
        };
        list.push(id.clone());
        let known = |problem: &Problem| problem.index.activity(id).is_some();
        if let Some(problem) = [after, before].into_iter().find(|problem| known(problem))
            && let Some(activity) = problem.index.activity(id)
        {
            changes.people.extend(problem.spec().activities[activity].people.iter().cloned());
        }
    }
    changes
}

/// What a repair puts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// Drop as little as possible, then touch as few people as possible.
    KeepAll,
    /// Touch nobody but those whose activities are broken, even if more is dropped.
    TouchFew,
    /// The best score, moving people where it pays.
    BestScore,
}

impl Aim {
    /// In the order of the work: each goes on from what the one before found.
    const ALL: [Self; 3] = [Self::TouchFew, Self::KeepAll, Self::BestScore];

    pub(crate) const fn rates(self) -> Rates {
        match self {
            Self::KeepAll => Rates { dropped: 1e7, weight: 100.0, ..FEW },
            Self::TouchFew => FEW,
            Self::BestScore => Rates {
                person: 40.0,
                moved: 10.0,
                dropped: 500.0,
                weight: 50.0,
                team: 10.0,
                heat: 60.0,
            },
        }
    }

    /// Rounds of search: most of them for what will be looked at first.
    pub(crate) const fn rounds(self) -> u64 {
        match self {
            Self::KeepAll => 2 * ROUNDS,
            Self::TouchFew => ROUNDS,
            Self::BestScore => 1,
        }
    }
}

pub(crate) const FEW: Rates = Rates {
    person: 10_000.0,
    moved: 1_000.0,
    dropped: 15_000.0,
    weight: 1.0,
    team: 500.0,
    heat: 15_000.0,
};

/// One way to go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// What it puts first.
    pub aim: Aim,
    /// The new plan.
    pub plan: Plan,
    /// Its score.
    pub score: Score,
    /// What it changes.
    pub changes: Changes,
    /// Why it breaks a rule, when it does and that is proved: mandatory activities and what has begun, which
    /// no plan holds all together any more, and what has begun where a rule no longer allows it. Where very
    /// much has begun, what of it stands in the way of what is mandatory may not be named.
    pub conflict: Vec<ActivityId>,
    /// Whether no other repair loses less.
    pub proved: Proved,
}

/// How much work a repair may be. The same steps and seed give the same ways, where there is no limit of CPU
/// time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Steps of search in four rounds. A search has as many rounds as find something better: at most eight,
    /// and eight times as many on problems of a few hundred activities. The exact search may do work that
    /// is worth about as much.
    pub steps: u64,
    /// The seed of chance.
    pub seed: u64,
    /// CPU time of the calling thread. When it is spent, the ways found by then are all there are, and
    /// nothing more is proved; what is mandatory has been looked for first.
    pub cpu: Option<Duration>,
}

impl Default for Effort {
    fn default() -> Self {
        Self { steps: 600, seed: 1, cpu: None }
    }
}

/// The problem after the event, and different ways to go on from `base`, the one that drops and
/// touches least first.
pub fn repair(
    problem: Problem,
    base: &Plan,
    event: &Event,
    effort: &Effort,
) -> Result<(Problem, Vec<Repair>), Faults> {
    let clock = ThreadTime::now();
    let over = || effort.cpu.is_some_and(|cpu| clock.elapsed() >= cpu);
    // Only a withdrawal takes activities away.
    let withdrawn = matches!(event.news, News::DelegationWithdrawn { .. });
    let before = withdrawn.then(|| problem.clone());
    let after = event.apply(problem, base)?;
    let ground = Ground::new(&after, base, event, effort, &over);
    let mut state = ground.begin();
    let (mut seen, mut found, mut known) = (Vec::new(), Vec::new(), Known::default());
    for aim in Aim::ALL {
        if over() && !found.is_empty() {
            break;
        }
        if aim == Aim::KeepAll {
            (state, known) = ground.keep_all(state, aim);
        } else {
            state = ground.mend(state, aim.rates(), aim.rounds(), effort.seed);
        }
        if !seen.contains(&state.spots) {
            let plan = state.plan(&after);
            let score = state.amounts().score(&after.spec().weights);
            let changes = changes(before.as_ref().unwrap_or(&after), &after, base, &plan);
            let (conflict, proved) = (Vec::new(), Proved::Nothing);
            let repair = Repair { aim, plan, score, changes, conflict, proved };
            found.push((ground.loss(&state), repair));
            seen.push(state.spots.clone());
        }
        if let Some(loss) = ground.at_sight(&state) {
            known = loss;
            break;
        }
    }
    let is_missing = found.iter().any(|(loss, _)| loss.missing > 0);
    let lost = if is_missing { ground.conflict(&after) } else { Vec::new() };
    let stuck = ground.stuck(&after);
    for (loss, repair) in &mut found {
        let lost = lost.iter().filter(|_| loss.missing > 0);
        repair.conflict =
            lost.chain(&stuck).cloned().collect::<BTreeSet<_>>().into_iter().collect();
        repair.proved = known.of(loss);
    }
    let cost = |it: &Changes| (it.dropped.len(), it.people.len());
    found.sort_by_key(|(loss, repair)| (loss.missing, cost(&repair.changes)));
    let found = found.into_iter().map(|(_, repair)| repair).collect();
    Ok((after, found))
}
