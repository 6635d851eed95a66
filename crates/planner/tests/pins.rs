//! Pins beside an order of activities and windows: what can stand together does, what is left out has a
//! reason, and planning again from a plan moves nothing.

use std::ops::ControlFlow;

use planner::{
    Activity, ActivityId, Budget, HallId, Pin, Plan, Problem, Rule, Slot, check, explain, improve,
    place,
    sample::{self, Size},
    solve,
};
use proptest::prelude::*;

const SIZE: Size = Size { meetings: 14, sessions: 6, ..Size::SMALL };

fn still(problem: &Problem, base: &Plan) -> Plan {
    let budget = Budget { steps: Some(0), ..Budget::default() };
    improve(problem, base, &budget, &mut |_| ControlFlow::Continue(())).plan
}

fn planned(problem: &Problem, steps: u64, seed: u64) -> Plan {
    let budget = Budget { steps: Some(steps), seed, ..Budget::default() };
    solve(problem, &budget, &mut |_| ControlFlow::Continue(())).plan
}

/// Chains of activities that wait for each other, by a word of chance.
fn chained(seed: u64, links: &[(usize, usize)]) -> planner::Spec {
    let mut spec = sample::problem(SIZE, seed);
    for &(a, b) in links {
        let (a, b) = (a % spec.activities.len(), b % spec.activities.len());
        let (first, then) = (a.min(b), a.max(b));
        let id = spec.activities[first].id.clone();
        if first != then && !spec.activities[then].after.contains(&id) {
            spec.activities[then].after.push(id);
        }
    }
    spec
}

fn pin(it: &mut Activity, start: Slot, hall: &HallId) {
    it.pin = Pin { start: Some(start), hall: Some(hall.clone()), interpreters: None };
    it.mandatory = true;
}

/// Everything that holds of any plan, however its pins came about.
fn holds(problem: &Problem, plan: &Plan) -> Result<(), TestCaseError> {
    let broken = check(problem, plan).into_iter().filter(|v| v.rule != Rule::Mandatory);
    prop_assert_eq!(broken.collect::<Vec<_>>(), Vec::new());
    for activity in &problem.spec().activities {
        if plan.activities.contains_key(&activity.id) {
            continue;
        }
        prop_assert_eq!(place(problem, plan, &activity.id), None, "{} finds a place", activity.id);
        let explained = explain(problem, plan, &activity.id);
        let ways = explained.map(|explained| explained.relaxations).unwrap_or_default();
        prop_assert!(ways.iter().all(|way| !way.facts.is_empty()), "{} has no reason", activity.id);
    }
    prop_assert_eq!(&still(problem, plan), plan, "planning again moves something");
    Ok(())
}

fn cases() -> u32 {
    std::env::var("PLANNER_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(100)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    /// Pins by chance, into the middle of a plan: whatever they push away.
    #[test]
    fn a_pin_in_the_way_leaves_a_sound_plan(
        seed in 0..100_000_u64,
        links in prop::collection::vec((0..22_usize, 0..22_usize), 0..8),
        windows in prop::collection::vec((0..22_usize, 0..70_u32, 4..40_u32), 0..6),
        pins in prop::collection::vec((0..22_usize, 0..80_u32, 0..6_usize), 1..5),
    ) {
        let mut spec = chained(seed, &links);
        let count = spec.activities.len();
        for (at, from, lasts) in windows {
            spec.activities[at % count].window = Some((from, from + lasts));
        }
        let problem = Problem::new(spec.clone()).expect("sound");
        let plan = planned(&problem, 50, seed);
        holds(&problem, &plan)?;
        for (at, start, hall) in pins {
            let it = &mut spec.activities[at % count];
            let hall = it.halls[hall % it.halls.len()].clone();
            pin(it, start, &hall);
        }
        let pinned = Problem::new(spec).expect("sound");
        holds(&pinned, &still(&pinned, &plan))?;
    }

    /// Pins that a plan is known for: none of them is left out, whatever else was in their way.
    #[test]
    fn pins_that_can_all_stand_do(
        seed in 0..100_000_u64,
        links in prop::collection::vec((0..22_usize, 0..22_usize), 0..8),
        every in 2..5_usize, from in 0..4_usize,
    ) {
        let spec = chained(seed, &links);
        let problem = Problem::new(spec.clone()).expect("sound");
        let witness = planned(&problem, 50, seed);
        let other = planned(&problem, 50, seed + 1);
        let mut spec = spec;
        let mut pinned: Vec<ActivityId> = Vec::new();
        for (i, it) in spec.activities.iter_mut().enumerate() {
            it.mandatory = false;
            if let Some(at) = witness.activities.get(&it.id).filter(|_| (i + from).is_multiple_of(every)) {
                pin(it, at.start, &at.hall);
                pinned.push(it.id.clone());
            }
        }
        let problem = Problem::new(spec).expect("sound");
        let plan = still(&problem, &other);
        holds(&problem, &plan)?;
        let missing: Vec<_> = pinned.iter().filter(|id| !plan.activities.contains_key(id)).collect();
        prop_assert!(missing.is_empty(), "{missing:?} left out");
    }
}
