//! Planning as a caller sees it.

use std::ops::ControlFlow;

use planner::{
    Activity, ActivityId, Budget, Delegation, DelegationId, Fact, Grid, Hall, HallId, Kind,
    Language, Limits, Person, PersonId, Pin, Placement, Plan, Problem, Progress, Rule, Site,
    SiteId, Spec, Status, Travel, Weights, check, explain, improve, place,
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

/// One day of six slots, four people, a table at each of three sites; `stays` are people, site and start of
/// what is mandatory, which is told by its number.
fn tables(stays: &[(&[&str], &str, Option<u32>)]) -> Spec {
    let sites = ["a", "b", "c"];
    let hall = |site: &&str| Hall {
        id: HallId::from(*site),
        site: SiteId::from(*site),
        capacity: 9,
        units: 1,
        booths: 0,
        closed: Vec::new(),
    };
    let person = |id: &&str| Person {
        id: PersonId::from(*id),
        delegation: DelegationId::from("all"),
        rank: 1,
        arrive: 0,
        depart: None,
        busy: Vec::new(),
    };
    let activity = |(i, (people, hall, start)): (usize, &(&[&str], &str, Option<u32>))| Activity {
        id: ActivityId::new(format!("{i}")),
        kind: Kind::Matching,
        duration: 1,
        people: people.iter().map(|&one| PersonId::from(one)).collect(),
        halls: vec![HallId::from(*hall)],
        window: None,
        weight: 1,
        mandatory: true,
        after: Vec::new(),
        head: None,
        interpretation: Vec::new(),
        waivers: Vec::new(),
        over_lunch: None,
        pin: Pin { start: *start, ..Pin::default() },
    };
    Spec {
        name: String::new(),
        grid: Grid { slot_minutes: 15, slots_per_day: 6, slots: 6, lunch: None },
        sites: sites.map(|id| Site { id: SiteId::from(id), access: 0 }).to_vec(),
        travel: Vec::new(),
        halls: sites.iter().map(hall).collect(),
        delegations: vec![Delegation { id: DelegationId::from("all") }],
        people: ["p", "q", "r", "s"].iter().map(person).collect(),
        interpreters: Vec::new(),
        activities: stays.iter().enumerate().map(activity).collect(),
        keep_apart: Vec::new(),
        pivot: Language::from("en"),
        profile: None,
        limits: Limits::default(),
        weights: Weights::default(),
    }
}

fn solved(spec: &Spec) -> (Problem, planner::Outcome) {
    let problem = Problem::new(spec.clone()).expect("sound");
    let outcome = solve(&problem, &Budget { steps: Some(300), ..Budget::default() }, &mut go);
    (problem, outcome)
}

/// A long road is not shortened by a stop on the way of which the table knows short ones.
#[test]
fn travel_is_kept_between_any_two_of_a_day() {
    let mut spec = tables(&[(&["p"], "a", None), (&["p"], "b", None), (&["p"], "c", None)]);
    let between = (SiteId::from("a"), SiteId::from("c"));
    spec.travel.push(Travel { between, slots: 5 });
    let (problem, outcome) = solved(&spec);
    assert_eq!(outcome.status, Status::Infeasible);
    let at = |(i, hall): (u32, &str)| {
        let hall = HallId::from(hall);
        (ActivityId::new(format!("{i}")), Placement { start: i, hall, interpreters: Vec::new() })
    };
    let plan = Plan { activities: [(0, "a"), (1, "b"), (2, "c")].map(at).into() };
    let broken: Vec<Rule> = check(&problem, &plan).iter().map(|found| found.rule).collect();
    assert_eq!(broken, [Rule::Travel]);
}

/// Two meetings of `p` side by side and, optional, a late one with `q` that gives `p` alone a break.
fn uneven() -> Spec {
    let mut spec = tables(&[(&["p", "r"], "a", Some(0)), (&["p", "q"], "a", Some(3))]);
    spec.activities[1].mandatory = false;
    spec.limits.break_spread = Some(0);
    spec
}

#[test]
fn what_would_make_breaks_uneven_is_left_out_for_that_reason() {
    let (problem, outcome) = solved(&uneven());
    assert_eq!(check(&problem, &outcome.plan), []);
    assert!([Status::Feasible, Status::Optimal].contains(&outcome.status));
    let out = &outcome.unplaced;
    assert_eq!(*out, [ActivityId::from("1")]);
    assert_eq!(place(&problem, &outcome.plan, &out[0]), None);
    let ways = explain(&problem, &outcome.plan, &out[0]).expect("not placed").relaxations;
    let facts: Vec<Vec<Fact>> = ways.into_iter().map(|way| way.facts).collect();
    assert_eq!(facts, [[Fact::Breaks { needed: 1 }]]);
}

#[test]
fn an_even_plan_to_begin_with_stays_even() {
    let problem = Problem::new(uneven()).expect("sound");
    let at = Placement { start: 0, hall: HallId::from("a"), interpreters: Vec::new() };
    let base = Plan { activities: [(ActivityId::from("0"), at)].into() };
    let outcome = improve(&problem, &base, &Budget::default(), &mut |_| ControlFlow::Break(()));
    assert_eq!(check(&problem, &outcome.plan), []);
    assert_eq!(outcome.plan, base);
}

/// Whoever stops does not wait for a proof to become as short as it can be.
#[test]
fn a_stop_is_heard_while_proofs_are_made_shorter() {
    let mut spec = tables(&[
        (&["p"], "a", Some(0)),
        (&["p"], "b", Some(0)),
        (&["q"], "a", Some(2)),
        (&["r"], "b", Some(3)),
        (&["s"], "c", Some(4)),
    ]);
    spec.limits.break_spread = Some(4);
    let problem = Problem::new(spec).expect("sound");
    let heard = |flow| solve(&problem, &Budget::default(), &mut |_| flow);
    let whole = heard(ControlFlow::Continue(()));
    assert_eq!((whole.status, whole.conflict.len()), (Status::Infeasible, 2));
    let stopped = heard(ControlFlow::Break(()));
    assert_eq!((stopped.status, stopped.conflict.len()), (Status::Infeasible, 5));
}

#[test]
fn what_is_measured_in_dust_is_refused() {
    let mut spec = uneven();
    spec.weights.breaks = 1e-6;
    assert!(Problem::new(spec).is_err());
}

/// What is told of a run is the score of its plan, whatever rule that breaks.
#[test]
fn progress_tells_the_score_of_an_uneven_plan() {
    let mut spec = uneven();
    spec.activities[1].mandatory = true;
    spec.activities[1].pin.start = Some(3);
    let problem = Problem::new(spec).expect("sound");
    let mut told = None;
    let budget = Budget { steps: Some(100), ..Budget::default() };
    let outcome = solve(&problem, &budget, &mut |progress| {
        told = Some(progress.score);
        ControlFlow::Continue(())
    });
    assert_eq!((outcome.status, told), (Status::Unknown, Some(outcome.score.total)));
}
