//! Repair of a released plan after news.

mod common;

use std::ops::ControlFlow;

use planner::{
    Budget, Event, News, Placement, Plan, Problem, Proved, Rule, changes, check, repair,
    sample::{self, Size},
    score, solve,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::json;

fn released(seed: u64) -> (Problem, Plan) {
    let problem = Problem::new(sample::problem(Size::SMALL, seed)).expect("samples are sound");
    let budget = Budget { steps: Some(150), seed, ..Budget::default() };
    let plan = solve(&problem, &budget, &mut |_| ControlFlow::Continue(())).plan;
    (problem, plan)
}

fn news(problem: &Problem, which: usize, pick: usize) -> News {
    let spec = problem.spec();
    let at = |length: usize| pick % length;
    let slot = u32::try_from(pick % 60).unwrap_or(0);
    match which {
        0 => News::ArrivalDelayed {
            person: spec.people[at(spec.people.len())].id.clone(),
            arrive: slot,
        },
        1 => News::HallLost {
            hall: spec.halls[1 + at(spec.halls.len() - 1)].id.clone(),
            span: (slot, slot + 12),
        },
        2 => News::InterpreterOut {
            interpreter: spec.interpreters[at(spec.interpreters.len())].id.clone(),
            day: 0,
        },
        3 => News::PersonBusy {
            person: spec.people[at(spec.people.len())].id.clone(),
            span: (slot, slot + 6),
        },
        4 => News::DelegationWithdrawn {
            delegation: spec.delegations[at(spec.delegations.len())].id.clone(),
        },
        5 => News::SessionLonger {
            activity: spec.activities[1 + at(spec.activities.len() - 1)].id.clone(),
            duration: 6,
        },
        _ => {
            let mut new = spec.activities[spec.activities.len() - 2].clone();
            new.id = planner::ActivityId::from("new");
            new.interpretation.clear();
            News::NewActivity(Box::new(new))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_began_stays_and_no_rule_is_broken(
        seed in 0..100_000_u64, which in 0..7_usize, pick in 0..1_000_usize, now in 0..50_u32,
        steps in prop::sample::select(vec![100_u64, 2_000]),
    ) {
        let (problem, base) = released(seed);
        let event = Event { now, news: news(&problem, which, pick) };
        // News about what has begun already can leave a rule broken that nobody can mend any more.
        let begun = |placement: &&Placement| placement.start < now;
        let after = event.apply(problem.clone()).expect("the news are sound");
        let frozen = Plan { activities: base.activities.iter()
            .filter(|(id, placement)| begun(placement)
                && after.spec().activities.iter().any(|it| it.id == **id))
            .map(|(id, placement)| (id.clone(), placement.clone())).collect() };
        let unmendable = check(&after, &frozen).len();
        let (after, ways) = repair(problem.clone(), &base, &event, steps, seed).expect("the news are sound");
        prop_assert!(!ways.is_empty());
        for way in &ways {
            for (id, placement) in &frozen.activities {
                prop_assert_eq!(way.plan.activities.get(id), Some(placement));
            }
            prop_assert!(check(&after, &way.plan).len() <= unmendable);
            let new = way.plan.activities.iter();
            let new = new.filter(|(id, placement)| base.activities.get(*id) != Some(placement));
            prop_assert!(new.clone().all(|(_, placement)| placement.start >= now));
            prop_assert_eq!(&way.changes, &changes(&after, &base, &way.plan));
            prop_assert_eq!(way.score, score(&after, &way.plan));
        }
    }
}

#[test]
fn news_about_nobody_in_the_way_change_nothing() {
    let (problem, base) = released(3);
    let hall = problem.spec().halls[0].id.clone();
    let event = Event { now: 0, news: News::HallLost { hall, span: (70, 80) } };
    let (_, ways) = repair(problem, &base, &event, 100, 1).expect("sound");
    assert_eq!(ways.len(), 1);
    assert_eq!(ways[0].plan, base);
}

#[test]
fn news_about_the_unknown_are_refused() {
    let (problem, base) = released(3);
    let news = News::PersonBusy { person: "nobody".into(), span: (1, 2) };
    let refused = repair(problem, &base, &Event { now: 0, news }, 10, 1);
    assert!(refused.is_err_and(|faults| faults.to_string().contains("fault.unknown")));
}

/// What a plan loses after news: mandatory activities missing, others dropped, people touched.
fn losses(after: &Problem, base: &Plan, plan: &Plan) -> (usize, usize, usize) {
    let missing = check(after, plan).iter().filter(|found| found.rule == Rule::Mandatory).count();
    let changes = changes(after, base, plan);
    (missing, changes.dropped.len(), changes.people.len())
}

/// The least that any plan loses: every plan is tried. Nothing when what has begun breaks a rule.
fn least(after: &Problem, base: &Plan, now: u32) -> Option<(usize, usize, usize)> {
    let activities = &after.spec().activities;
    let begun = |plan: &Plan| -> Vec<Option<Placement>> {
        let at = activities.iter().map(|it| plan.activities.get(&it.id));
        at.map(|at| at.filter(|at| at.start < now).cloned()).collect()
    };
    let (mut least, kept) = (None, begun(base));
    common::every(after, &mut |plan| {
        if begun(plan) == kept {
            let losses = losses(after, base, plan);
            least = Some(least.map_or(losses, |other: (usize, usize, usize)| other.min(losses)));
        }
    });
    least
}

#[test]
fn repairs_lose_the_least_possible_and_prove_it() {
    let mut runner = TestRunner::deterministic();
    let strategy =
        (prop::collection::vec(common::seed(), 3..5), 0..4_usize, 0..100_usize, 0..3_u32);
    let mut cases = 0;
    while cases < 200 {
        let tree = strategy.new_tree(&mut runner).expect("a case");
        let (seeds, which, pick, now) = tree.current();
        let problem = common::problem(&seeds);
        let budget = Budget { steps: Some(200), ..Budget::default() };
        let base = solve(&problem, &budget, &mut |_| ControlFlow::Continue(())).plan;
        let mut news = news(&problem, which, pick);
        if let News::HallLost { span, .. } | News::PersonBusy { span, .. } = &mut news {
            *span = (span.0 % 6, span.0 % 6 + 3);
        }
        let event = Event { now, news };
        let Ok((after, ways)) = repair(problem, &base, &event, 1_000, 1) else { continue };
        let Some(least) = least(&after, &base, now) else { continue };
        assert_eq!(losses(&after, &base, &ways[0].plan), least);
        assert_eq!(ways[0].proved, Proved::People);
        for way in &ways {
            let losses = losses(&after, &base, &way.plan);
            let proved = match (losses == least, (losses.0, losses.1) == (least.0, least.1)) {
                (true, _) => Proved::People,
                (false, true) => Proved::Dropped,
                (false, false) => Proved::Nothing,
            };
            assert_eq!(way.proved, proved);
        }
        cases += 1;
    }
}

/// A day of four slots with a hall for each name, and activities that fill a hall for the whole day.
fn full_day(activities: &[(&str, bool, &[&str])]) -> Problem {
    let halls = ["h1", "h2", "h3"].map(|hall| json!({"id": hall, "site": "s", "capacity": 9}));
    let people = activities.iter().map(|it| json!({"id": it.0, "delegation": "d", "rank": 1}));
    let activity = |(id, mandatory, halls): &(&str, bool, &[&str])| {
        json!({"id": id, "kind": "forum", "duration": 4, "people": [id], "halls": halls,
            "weight": 1, "mandatory": mandatory})
    };
    let spec = json!({
        "name": "a day", "grid": {"slot_minutes": 60, "slots_per_day": 4, "slots": 4},
        "sites": [{"id": "s"}], "halls": halls, "delegations": [{"id": "d"}],
        "people": people.collect::<Vec<_>>(), "interpreters": [], "pivot": "en",
        "activities": activities.iter().map(activity).collect::<Vec<_>>(),
    });
    planner::formats::read_problem(spec.to_string().as_bytes()).expect("sound")
}

/// The first way after the loss of a hall, from a plan that gives each activity its first hall.
fn without_first_hall(problem: Problem) -> planner::Repair {
    let place = |it: &planner::Activity| {
        let hall = it.halls[0].clone();
        (it.id.clone(), Placement { start: 0, hall, interpreters: Vec::new() })
    };
    let base = Plan { activities: problem.spec().activities.iter().map(place).collect() };
    let event = Event { now: 0, news: News::HallLost { hall: "h1".into(), span: (0, 4) } };
    let (_, mut ways) = repair(problem, &base, &event, 1_000, 1).expect("sound");
    ways.swap_remove(0)
}

#[test]
fn what_is_promised_makes_way_for_what_is_mandatory() {
    let way =
        without_first_hall(full_day(&[("opening", true, &["h1", "h2"]), ("talk", false, &["h2"])]));
    assert_eq!(way.changes.dropped, ["talk".into()]);
    assert_eq!(way.plan.activities[&"opening".into()].hall, "h2".into());
    assert_eq!(way.conflict, []);
}

#[test]
fn what_makes_way_goes_elsewhere_where_it_can() {
    let way = without_first_hall(full_day(&[
        ("opening", true, &["h1", "h2"]),
        ("talk", false, &["h2", "h3"]),
    ]));
    assert_eq!(way.changes.dropped, []);
    assert_eq!(way.changes.moved, ["opening".into(), "talk".into()]);
}

#[test]
fn what_cannot_all_be_held_any_more_is_proved() {
    let way = without_first_hall(full_day(&[
        ("opening", true, &["h1", "h2"]),
        ("signing", true, &["h2"]),
    ]));
    assert_eq!(way.changes.dropped.len(), 1);
    assert_eq!(way.conflict, ["opening".into(), "signing".into()]);
}

#[test]
fn what_has_begun_where_a_rule_no_longer_allows_it_is_named() {
    let problem = full_day(&[("opening", true, &["h1", "h2"]), ("talk", false, &["h2"])]);
    let place = |id: &str, hall: &str| {
        (id.into(), Placement { start: 0, hall: hall.into(), interpreters: Vec::new() })
    };
    let base = Plan { activities: [place("opening", "h1"), place("talk", "h2")].into() };
    let event = Event { now: 1, news: News::HallLost { hall: "h1".into(), span: (1, 4) } };
    let (after, ways) = repair(problem, &base, &event, 1_000, 1).expect("sound");
    assert_eq!(ways[0].plan, base);
    assert_eq!(check(&after, &ways[0].plan).len(), 1);
    assert_eq!(ways[0].conflict, ["opening".into()]);
}
