//! Reasons are sound (relaxed, the activity can be placed) and minimal (nothing in them can be spared).

use std::ops::ControlFlow;

use planner::{
    ActivityId, Budget, Fact, Plan, Problem, check, explain, place, relax,
    sample::{self, Size},
    solve,
};

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
    // A few wait for each other, some in the middle of a day that others fill.
    for i in 1..spec.activities.len() {
        if (i + usize::try_from(seed).unwrap_or(0)).is_multiple_of(5) {
            let before = spec.activities[i - 1].id.clone();
            if !spec.activities[i].after.contains(&before) {
                spec.activities[i].after.push(before);
            }
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

/// How many reasons are looked at: all that is asked for in `PLANNER_REASONS`.
fn cases() -> usize {
    std::env::var("PLANNER_REASONS").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}

/// Every reason is sound, and at least 95 in 100 are minimal.
#[test]
fn reasons_are_sound_and_minimal() {
    let (mut looked, mut minimal, mut ways) = (0, 0, 0);
    for seed in 0.. {
        if looked >= cases() {
            break;
        }
        let (problem, plan) = crowded(seed);
        for activity in &problem.spec().activities {
            let Some(explanation) = explain(&problem, &plan, &activity.id) else { continue };
            assert!(!explanation.relaxations.is_empty(), "{seed}: {} has no reason", activity.id);
            looked += 1;
            for relaxation in &explanation.relaxations {
                let (id, facts) = (&activity.id, &relaxation.facts);
                assert!(!facts.is_empty(), "{seed}: {id} finds a place");
                assert!(placeable(&problem, &plan, facts, id), "{seed}: {id} {relaxation:?}");
                let spared = |at: usize| {
                    let mut fewer = facts.clone();
                    fewer.remove(at);
                    placeable(&problem, &plan, &fewer, id)
                };
                ways += 1;
                minimal += usize::from(!(0..facts.len()).any(spared));
            }
        }
    }
    println!("{looked} reasons, {ways} ways, all sound, {minimal} minimal");
    assert!(100 * minimal >= 95 * ways, "{minimal} minimal of {ways}");
}
