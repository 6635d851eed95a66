//! Planning as a caller sees it.

use std::ops::ControlFlow;

use planner::{
    Budget, Problem, Progress, Status, check, improve,
    sample::{self, Size},
    score, solve,
};

fn go(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn summit() -> Problem {
    Problem::new(sample::problem(Size::SUMMIT, 7)).expect("samples are sound")
}

#[test]
fn a_plan_keeps_all_rules_and_its_score_is_the_full_one() {
    let problem = summit();
    let budget = Budget { steps: Some(300), ..Budget::default() };
    let outcome = solve(&problem, &budget, &mut go);
    assert_eq!(check(&problem, &outcome.plan), []);
    assert_eq!(outcome.status, Status::Feasible);
    assert_eq!(outcome.score, score(&problem, &outcome.plan));
    let missing = problem.spec().activities.len() - outcome.plan.activities.len();
    assert_eq!(outcome.unplaced.len(), missing);
}

#[test]
fn the_same_seed_and_steps_give_the_same_plan_whatever_the_threads() {
    let problem = summit();
    let plan = |threads, seed| {
        let budget = Budget { steps: Some(400), seed, threads, ..Budget::default() };
        solve(&problem, &budget, &mut go).plan
    };
    assert_eq!(plan(1, 5), plan(1, 5));
    for threads in [2, 3, 16] {
        assert_eq!(plan(1, 5), plan(threads, 5));
    }
    assert_ne!(plan(1, 5), plan(1, 6));
}

#[test]
fn cpu_time_may_cut_the_run_at_any_step_whatever_the_threads() {
    let problem = summit();
    for (threads, micros) in [(1, 0), (1, 3_000), (2, 10_000), (2, 40_000)] {
        let cpu = Some(std::time::Duration::from_micros(micros));
        let budget = Budget { steps: Some(1_000_000), seed: 3, threads, cpu };
        let outcome = solve(&problem, &budget, &mut go);
        assert!(outcome.steps < 1_000_000);
        assert_eq!(check(&problem, &outcome.plan), []);
        assert_eq!(outcome.score, score(&problem, &outcome.plan));
    }
}

#[test]
fn more_steps_never_lose_the_plan_they_begin_with() {
    let problem = summit();
    let budget = Budget { steps: Some(200), ..Budget::default() };
    let first = solve(&problem, &budget, &mut go);
    let again = improve(&problem, &first.plan, &budget, &mut go);
    assert!(again.score.total <= first.score.total);
}

#[test]
fn a_caller_can_stop_at_once_and_still_has_a_plan() {
    let problem = summit();
    let outcome = solve(&problem, &Budget::default(), &mut |_| ControlFlow::Break(()));
    assert_eq!(outcome.steps, 0);
    assert_eq!(check(&problem, &outcome.plan), []);
    assert!(outcome.plan.activities.len() > 100);
}

#[test]
fn what_is_pinned_stays() {
    let problem = summit();
    let budget = Budget { steps: Some(100), ..Budget::default() };
    let first = solve(&problem, &budget, &mut go);
    let mut spec = problem.spec().clone();
    for activity in &mut spec.activities {
        if let Some(placement) = first.plan.activities.get(&activity.id) {
            activity.pin.start = Some(placement.start);
            activity.pin.hall = Some(placement.hall.clone());
            activity.pin.interpreters = Some(placement.interpreters.clone());
            activity.mandatory = true;
        }
    }
    let pinned = Problem::new(spec).expect("pins are sound");
    let again = solve(&pinned, &budget, &mut go);
    let kept = improve(&pinned, &first.plan, &budget, &mut go);
    for (id, placement) in &first.plan.activities {
        assert_eq!(again.plan.activities.get(id), Some(placement));
        assert_eq!(kept.plan.activities.get(id), Some(placement));
    }
}

#[test]
fn what_alone_is_longer_than_a_day_may_be_is_left_out() {
    let mut spec = sample::problem(Size::SMALL, 2);
    spec.limits.person_day = Some(1);
    let mut profile = planner::Profile::strict(15);
    profile.day.value = 1;
    spec.profile = Some(profile);
    let two: Vec<_> = spec.interpreters.iter().take(2).map(|one| one.id.clone()).collect();
    for activity in spec.activities.iter_mut().filter(|it| !it.interpretation.is_empty()) {
        activity.pin.interpreters = Some(two.clone());
    }
    let problem = Problem::new(spec).expect("sound");
    let outcome = solve(&problem, &Budget { steps: Some(50), ..Budget::default() }, &mut go);
    let broken = check(&problem, &outcome.plan);
    assert!(broken.iter().all(|found| found.rule == planner::Rule::Mandatory), "{broken:?}");
    assert_eq!(outcome.status, Status::Infeasible);
    assert_eq!(outcome.conflict, [planner::ActivityId::from("opening")]);
}
