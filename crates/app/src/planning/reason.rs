//! The planner's reasons in the words of convening: what to ask a delegation or a hall for, and
//! never which other activity stands in the way.

use std::collections::BTreeSet;

use domain::{
    DelegationId, HallId,
    brief::Brief,
    programme::{Activity, Hindrance, Reason},
};
use planner::{Fact, Problem};

/// Why an activity has no place beside the others: the facts that are easiest to change.
pub(super) fn of(
    brief: &Brief,
    problem: &Problem,
    plan: &planner::Plan,
    activity: Activity,
) -> Vec<Reason> {
    let explained = planner::explain(problem, plan, &super::key(activity));
    let mut ways = explained.map(|e| e.relaxations).unwrap_or_default();
    // What stands in the way of a given start says more than that the start is given.
    ways.sort_by_key(|way| way.facts.iter().any(|f| matches!(f, Fact::Pinned { .. })));
    let reasons = ways.iter().map(|way| -> BTreeSet<Reason> {
        let hall = way.hall.as_str().parse().ok();
        way.facts.iter().flat_map(|fact| told(brief, activity, hall, fact)).collect()
    });
    // A way that only the planner's own helpers obstruct tells a reader nothing.
    let easiest = reasons.into_iter().find(|reasons| !reasons.is_empty());
    easiest.unwrap_or_else(|| BTreeSet::from([alone(Hindrance::Hours)])).into_iter().collect()
}

fn alone(hindrance: Hindrance) -> Reason {
    Reason { hindrance, delegation: None, hall: None }
}

fn told(brief: &Brief, own: Activity, hall: Option<HallId>, fact: &Fact) -> Vec<Reason> {
    let at = |hindrance, hall: &planner::HallId| {
        vec![Reason { hall: hall.as_str().parse().ok(), ..alone(hindrance) }]
    };
    let who = |hindrance, person: &planner::PersonId| -> Vec<Reason> {
        match person.as_str().parse::<DelegationId>() {
            Ok(id) => vec![Reason { delegation: Some(id), ..alone(hindrance) }],
            // A clock: the time is outside the hours, or on another day.
            Err(_) => vec![alone(Hindrance::Hours)],
        }
    };
    match fact {
        Fact::Taken { by } => taken(brief, own, hall, by),
        Fact::Away { person, .. } => who(Hindrance::Absent, person),
        Fact::Busy { person, .. } | Fact::PersonDay { person, .. } => who(Hindrance::Busy, person),
        Fact::Closed { hall, .. } => at(Hindrance::Closed, hall),
        Fact::Capacity { hall, .. } => at(Hindrance::NoHall, hall),
        Fact::Units { hall } => at(Hindrance::HallTaken, hall),
        Fact::Booths { hall, .. } => at(Hindrance::NoBooth, hall),
        Fact::Lunch { .. } => vec![alone(Hindrance::Hours)],
        Fact::Pinned { .. } => vec![alone(Hindrance::Pinned)],
        // A window ends where a session with a given start waits for this one.
        Fact::After { .. } | Fact::Window { .. } => vec![alone(Hindrance::Order)],
        Fact::Apart { pair } => {
            let id = pair.0.as_str().parse().ok();
            vec![Reason { delegation: id, ..alone(Hindrance::Busy) }]
        }
        Fact::Interpreters { of, .. } => {
            let id = of.as_ref().and_then(|d| d.as_str().parse().ok());
            vec![Reason { delegation: id, hall, ..alone(Hindrance::NoBooth) }]
        }
    }
}

/// Another activity has a delegation of this one, or its hall.
fn taken(
    brief: &Brief,
    own: Activity,
    hall: Option<HallId>,
    by: &planner::ActivityId,
) -> Vec<Reason> {
    let Ok(other) = by.as_str().parse::<Activity>() else { return Vec::new() };
    let theirs: BTreeSet<DelegationId> = brief.company(other).into_iter().collect();
    let shared: Vec<DelegationId> =
        brief.company(own).into_iter().filter(|d| theirs.contains(d)).collect();
    if shared.is_empty() {
        return vec![Reason { hall, ..alone(Hindrance::HallTaken) }];
    }
    // Naming thirty delegations of a plenary says less than naming none.
    if shared.len() > 3 {
        return vec![alone(Hindrance::Busy)];
    }
    shared.into_iter().map(|d| Reason { delegation: Some(d), ..alone(Hindrance::Busy) }).collect()
}
