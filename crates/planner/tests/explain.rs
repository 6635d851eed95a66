//! Reasons are sound (relaxed, the activity can be placed) and minimal (nothing in them can be spared).

use std::ops::ControlFlow;

use planner::{
    ActivityId, Budget, Fact, Plan, Problem, check, explain, place, relax,
    sample::{self, Size},
    solve,
};
use proptest::prelude::*;

/// A crowded problem and a plan that leaves something out.
fn crowded(seed: u64) -> (Problem, Plan) {
    let mut spec = sample::problem(Size { meetings: 30, ..Size::SMALL }, seed);
    spec.halls[2].units = 1;
    spec.halls[3].units = 1;
    for (i, activity) in spec.activities.iter_mut().enumerate() {
        if activity.window.is_none() && i % 3 == 0 {
            let from = u32::try_from(i).unwrap_or(0) * 7 % 60;
            activity.window = Some((from, from + 6));
        }
    }
    let problem = Problem::new(spec).expect("samples are sound");
    let budget = Budget { steps: Some(60), seed, ..Budget::default() };
    let plan = solve(&problem, &budget, &mut |_| ControlFlow::Continue(())).plan;
    (problem, plan)
}

/// Whether the activity can be placed once the facts are relaxed: judged by the checker.
fn placeable(problem: &Problem, plan: &Plan, facts: &[Fact], activity: &ActivityId) -> bool {
    let (spec, mut plan) = relax(problem, plan, facts);
    let relaxed = Problem::new(spec).expect("a relaxed problem is sound");
    let before = check(&relaxed, &plan).len();
    let Some(placement) = place(&relaxed, &plan, activity) else { return false };
    plan.activities.insert(activity.clone(), placement);
    check(&relaxed, &plan).len() <= before
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn reasons_are_sound_and_minimal(seed in 0..1_000_000_u64) {
        let (problem, plan) = crowded(seed);
        for activity in &problem.spec().activities {
            let Some(explanation) = explain(&problem, &plan, &activity.id) else { continue };
            prop_assert!(!explanation.relaxations.is_empty(), "{:?} has no reason", activity.id);
            for relaxation in &explanation.relaxations {
                let facts = &relaxation.facts;
                prop_assert!(placeable(&problem, &plan, facts, &activity.id), "{relaxation:?}");
                for spared in 0..facts.len() {
                    let mut fewer = facts.clone();
                    fewer.remove(spared);
                    prop_assert!(
                        !placeable(&problem, &plan, &fewer, &activity.id),
                        "{:?} can be spared in {:?}", facts[spared], relaxation
                    );
                }
            }
        }
    }
}
