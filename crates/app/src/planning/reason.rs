//! The planner's reasons in the words of convening: what to ask a delegation or a hall for, and which other
//! activity has it. Where interpreters are short it is said between which
//! languages, and when.

use std::collections::BTreeSet;

use domain::{
    DelegationId, HallId, Lang,
    brief::Brief,
    coverage::Lack,
    interpretation::{Norm, Rule},
    interpreter::{Pair, pair as in_order},
    programme::{Activity, Hindrance, Opening, Reason},
};
use jiff::{Timestamp, ToSpan};
use planner::{Fact, Problem};

use super::grid::Grid;

/// Most openings told of an activity.
const MOST: usize = 3;

/// Why an activity has no place beside the others: where it could be, and the facts that would have to change
/// for that, the easiest first and no two with the same facts.
pub(super) fn of(
    brief: &Brief,
    grid: &Grid,
    problem: &Problem,
    plan: &planner::Plan,
    activity: Activity,
) -> Vec<Opening> {
    let explained = planner::explain(problem, plan, &super::key(activity));
    let mut ways = explained.map(|e| e.relaxations).unwrap_or_default();
    // What stands in the way of a given start says more than that the start is given.
    ways.sort_by_key(|way| way.facts.iter().any(|f| matches!(f, Fact::Pinned { .. })));
    let mut openings: Vec<Opening> = Vec::new();
    for way in &ways {
        let Ok(hall) = way.hall.as_str().parse() else { continue };
        let start = brief.instant(grid.civil(way.start));
        let lasts = brief.minutes(activity).unwrap_or(0).minutes();
        let when = (start, start.saturating_add(lasts).unwrap_or(start));
        let facts = way.facts.iter();
        let reasons: BTreeSet<Reason> =
            facts.flat_map(|fact| told(brief, (activity, when), Some(hall), fact)).collect();
        let reasons: Vec<Reason> = reasons.into_iter().collect();
        // A way that only the planner's own helpers obstruct tells a reader nothing.
        if !reasons.is_empty() && openings.iter().all(|o| alike(&o.reasons) != alike(&reasons)) {
            openings.push(Opening { hall, start, reasons });
        }
    }
    openings.truncate(MOST);
    openings
}

/// What has to give way, whenever it is: two places that differ in the hour alone are one to a reader.
type Alike = BTreeSet<(Hindrance, Option<DelegationId>, Option<HallId>, Option<Pair>)>;

fn alike(reasons: &[Reason]) -> Alike {
    let pair = |reason: &Reason| reason.lack.and_then(|lack| lack.pair);
    reasons.iter().map(|r| (r.hindrance, r.delegation, r.hall, pair(r))).collect()
}

fn alone(hindrance: Hindrance) -> Reason {
    Reason::alone(hindrance)
}

fn told(
    brief: &Brief,
    (own, (from, until)): (Activity, (Timestamp, Timestamp)),
    hall: Option<HallId>,
    fact: &Fact,
) -> Vec<Reason> {
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
    // What no choice of interpreters helps.
    let beyond = |rule, more| -> Vec<Reason> {
        vec![Lack { rule, pair: None, interpreter: None, more, from, until }.reason()]
    };
    match fact {
        Fact::Taken { by } => taken(brief, (own, (from, until)), hall, by),
        Fact::Away { person, .. } => who(Hindrance::Absent, person),
        Fact::Busy { person, .. } | Fact::PersonDay { person, .. } => who(Hindrance::Busy, person),
        // Nights are closed to the planner alone.
        Fact::Closed { hall, .. } => {
            let (from, until) = (brief.civil(from), brief.civil(until));
            let found = hall.as_str().parse().ok().and_then(|id| brief.hall(id));
            let closed = found.is_some_and(|h| h.closed.iter().any(|c| c.meets(from, until)));
            if closed { at(Hindrance::Closed, hall) } else { vec![alone(Hindrance::Hours)] }
        }
        Fact::Capacity { hall, .. } => at(Hindrance::NoHall, hall),
        Fact::Units { hall } => at(Hindrance::HallTaken, hall),
        Fact::Booths { hall, .. } => at(Hindrance::NoBooth, hall),
        Fact::Lunch { .. } => vec![alone(Hindrance::Lunch)],
        Fact::Pinned { .. } => vec![alone(Hindrance::Pinned)],
        // A window ends where a session with a given start waits for this one.
        Fact::After { .. } | Fact::Window { .. } => vec![alone(Hindrance::Order)],
        Fact::Apart { pair } => {
            let id = pair.0.as_str().parse().ok();
            vec![Reason { delegation: id, ..alone(Hindrance::Busy) }]
        }
        Fact::Interpreters { pair, of, more } => {
            let pair = pair.each_ref().map(|lang| lang.as_str().parse::<Lang>());
            let pair = if let [Ok(a), Ok(b)] = pair { Some(in_order(a, b)) } else { None };
            let more = i64::from(*more);
            let lack = Lack { rule: Rule::Team, pair, interpreter: None, more, from, until };
            let delegation = of.as_ref().and_then(|d| d.as_str().parse().ok());
            vec![Reason { delegation, ..lack.reason() }]
        }
        Fact::InterpreterDay { .. } => {
            let most = brief.interpretation.norm(Norm::Day);
            beyond(Rule::Day, brief.minutes(own).unwrap_or(0) - most)
        }
        Fact::Listeners { needed, .. } => {
            let most = brief.interpretation.norm(Norm::Listeners);
            beyond(Rule::Listeners, i64::from(*needed) - most)
        }
        // No limit is set to how much breaks may differ.
        Fact::Breaks { .. } => vec![alone(Hindrance::Hours)],
    }
}

/// Another activity has a delegation of this one, or its hall.
fn taken(
    brief: &Brief,
    (own, (from, until)): (Activity, (Timestamp, Timestamp)),
    hall: Option<HallId>,
    by: &planner::ActivityId,
) -> Vec<Reason> {
    let Ok(other) = by.as_str().parse::<Activity>() else { return Vec::new() };
    let theirs: BTreeSet<DelegationId> = brief.company(other).into_iter().collect();
    let shared: Vec<DelegationId> =
        brief.company(own).into_iter().filter(|d| theirs.contains(d)).collect();
    if shared.is_empty()
        && !same_hall(brief, own, other)
        && let Some(work) = brief.needs(own)
    {
        let pair = work.pairs.first().copied();
        let lack = Lack { rule: Rule::Free, pair, interpreter: None, more: 0, from, until };
        return vec![Reason { by: Some(other), ..lack.reason() }];
    }
    let by = |hindrance| Reason { by: Some(other), ..alone(hindrance) };
    if shared.is_empty() {
        return vec![Reason { hall, ..by(Hindrance::HallTaken) }];
    }
    // Naming thirty delegations of a plenary says less than naming none.
    if shared.len() > 3 {
        return vec![by(Hindrance::Busy)];
    }
    shared.into_iter().map(|d| Reason { delegation: Some(d), ..by(Hindrance::Busy) }).collect()
}

/// Whether two activities can take the hall from each other.
fn same_hall(brief: &Brief, own: Activity, other: Activity) -> bool {
    let halls = |activity| brief.halls_for(activity).unwrap_or_default();
    let theirs = halls(other);
    halls(own).iter().any(|hall| theirs.iter().any(|h| h.id == hall.id))
}
