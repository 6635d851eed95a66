//! Reasons are sound (relaxed, the activity can be placed) and minimal (nothing in them can be spared).

use std::ops::ControlFlow;

use planner::{
    ActivityId, Budget, Fact, HallId, Kind, Language, Need, Pin, Plan, Problem, Provider, Spec,
    check, explain, place, relax,
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
    if seed % 2 == 1 {
        spec = sample::spiced(spec, seed);
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

/// A sample in which one meeting has this need and lasts so long.
fn asking(duration: u32, need: Need) -> Spec {
    let mut spec = sample::problem(Size::SMALL, 3);
    spec.limits.person_day = None;
    let mut it = spec.activities[4].clone();
    it.id = ActivityId::from("asked");
    (it.kind, it.duration, it.people) = (Kind::Visit, duration, vec![spec.people[0].id.clone()]);
    (it.halls, it.window, it.pin) = (vec![HallId::from("zone a")], None, Pin::default());
    it.interpretation = vec![need];
    spec.people[0].busy.clear();
    spec.activities.push(it);
    spec
}

/// The reasons for it, each of which has to be enough, when nothing else is placed.
fn reasons(spec: Spec) -> Vec<Vec<Fact>> {
    let (problem, plan, id) =
        (Problem::new(spec).expect("sound"), Plan::default(), ActivityId::from("asked"));
    let ways = explain(&problem, &plan, &id).expect("not placed").relaxations;
    for way in &ways {
        assert!(!way.facts.is_empty(), "nothing in the way");
        assert!(placeable(&problem, &plan, &way.facts, &id), "{way:?}");
    }
    ways.into_iter().map(|way| way.facts).collect()
}

#[test]
fn what_is_longer_than_the_day_of_interpreters_is_not_helped_by_more_of_them() {
    let pair = [Language::from("zh"), Language::from("ru")];
    let found = reasons(asking(28, Need::Escort { pair, by: Provider::Pool }));
    let (activity, needed) = (ActivityId::from("asked"), 28);
    let day = Fact::InterpreterDay { activity, needed };
    assert!(!found.is_empty() && found.iter().all(|facts| facts.contains(&day)), "{found:?}");
    let more = found.iter().flatten().any(|fact| matches!(fact, Fact::Interpreters { .. }));
    assert!(!more, "{found:?}");
}

#[test]
fn whispering_to_too_many_is_named() {
    let pair = [Language::from("zh"), Language::from("ru")];
    let need = Need::Whispered { pair, listeners: 9, by: Provider::Pool };
    let (activity, needed) = (ActivityId::from("asked"), 9);
    assert_eq!(reasons(asking(2, need)), [[Fact::Listeners { activity, needed }]]);
}
