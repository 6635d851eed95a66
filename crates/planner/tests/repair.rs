//! Repair of a released plan after news.

mod common;

use std::{collections::BTreeSet, ops::ControlFlow};

use planner::{
    Budget, Effort, Event, Kind, Need, News, PersonId, Placement, Plan, Problem, Proved, Provider,
    Rule, Spec, changes, check, repair,
    sample::{self, Size},
    score, solve,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};

const MUCH: Effort = Effort { steps: 1_000, seed: 1, cpu: None };
const LITTLE: Effort = Effort { steps: 100, seed: 1, cpu: None };

/// Lets sides bring the interpreters of sessions and of the opening, where there are two at least.
fn bring_interpreters(spec: &mut Spec) {
    let side = |id: &PersonId| spec.people.iter().find(|it| it.id == *id);
    let needs = spec.activities.iter().map(|it| {
        let sides: BTreeSet<_> =
            it.people.iter().filter_map(side).map(|it| &it.delegation).collect();
        let by = match sides.len() {
            2 => Provider::EachSide,
            _ => Provider::OneSide((*sides.first()?).clone()),
        };
        Some(Need::Consecutive { pair: ["ru".into(), "zh".into()], by })
    });
    let needs: Vec<Option<Need>> = needs.collect();
    for (it, need) in spec.activities.iter_mut().zip(needs) {
        if matches!(it.kind, Kind::Plenary | Kind::Roundtable | Kind::Visit) {
            it.interpretation.extend(need);
        }
    }
}

fn released(seed: u64) -> (Problem, Plan) {
    let mut spec = sample::problem(Size::SMALL, seed);
    if seed.is_multiple_of(2) {
        bring_interpreters(&mut spec);
    }
    if seed.is_multiple_of(3) {
        spec = sample::spiced(spec, seed);
    }
    let problem = Problem::new(spec).expect("samples are sound");
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
            duration: 1 + u32::try_from(pick).unwrap_or(0) % spec.grid.slots,
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
        seed in 0..100_000_u64, which in 0..7_usize, pick in 0..1_000_usize, now in 0..=80_u32,
        steps in prop::sample::select(vec![100_u64, 2_000]),
    ) {
        let (problem, base) = released(seed);
        let event = Event { now, news: news(&problem, which, pick) };
        // News about what has begun already can leave a rule broken that nobody can mend any more.
        let begun = |placement: &&Placement| placement.start < now;
        let after = event.apply(problem.clone(), &base).expect("the news are sound");
        let frozen = Plan { activities: base.activities.iter()
            .filter(|(id, placement)| begun(placement)
                && after.spec().activities.iter().any(|it| it.id == **id))
            .map(|(id, placement)| (id.clone(), placement.clone())).collect() };
        let unmendable = check(&after, &frozen).len();
        let effort = Effort { steps, seed, cpu: None };
        let repaired = repair(problem.clone(), &base, &event, &effort);
        let (after, ways) = repaired.expect("the news are sound");
        prop_assert!(!ways.is_empty());
        for way in &ways {
            for (id, placement) in &frozen.activities {
                prop_assert_eq!(way.plan.activities.get(id), Some(placement));
            }
            prop_assert!(check(&after, &way.plan).len() <= unmendable);
            let new = way.plan.activities.iter();
            let new = new.filter(|(id, placement)| base.activities.get(*id) != Some(placement));
            prop_assert!(new.clone().all(|(_, placement)| placement.start >= now));
            prop_assert_eq!(&way.changes, &changes(&problem, &after, &base, &way.plan));
            prop_assert_eq!(way.score, score(&after, &way.plan));
        }
    }
}

#[test]
fn news_about_nobody_in_the_way_change_nothing() {
    let (problem, base) = released(3);
    let hall = problem.spec().halls[0].id.clone();
    let event = Event { now: 0, news: News::HallLost { hall, span: (70, 80) } };
    let (_, ways) = repair(problem, &base, &event, &LITTLE).expect("sound");
    assert_eq!(ways.len(), 1);
    assert_eq!(ways[0].plan, base);
}

#[test]
fn news_about_the_unknown_are_refused() {
    let (problem, base) = released(3);
    let news = News::PersonBusy { person: "nobody".into(), span: (1, 2) };
    let refused = repair(problem, &base, &Event { now: 0, news }, &LITTLE);
    assert!(refused.is_err_and(|faults| faults.to_string().contains("fault.unknown")));
}

/// What a plan loses after news: mandatory activities missing, others dropped, people touched.
fn losses(after: &Problem, base: &Plan, plan: &Plan) -> (usize, usize, usize) {
    let missing = check(after, plan).iter().filter(|found| found.rule == Rule::Mandatory).count();
    let changes = changes(after, after, base, plan);
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
        let Ok((after, ways)) = repair(problem, &base, &event, &MUCH) else { continue };
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
    let (_, mut ways) = repair(problem, &base, &event, &MUCH).expect("sound");
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
    let (after, ways) = repair(problem, &base, &event, &MUCH).expect("sound");
    assert_eq!(ways[0].plan, base);
    assert_eq!(check(&after, &ways[0].plan).len(), 1);
    assert_eq!(ways[0].conflict, ["opening".into()]);
}

#[test]
fn what_has_begun_may_last_beyond_the_grid() {
    let mut spec = full_day(&[("opening", true, &["h1", "h2"])]).spec().clone();
    let talk = |id: &str, mandatory: bool, after: &[&str]| {
        let mut talk = spec.activities[0].clone();
        (talk.id, talk.mandatory, talk.duration) = (id.into(), mandatory, 1);
        talk.halls = vec!["h3".into()];
        talk.after = after.iter().map(|&id| id.into()).collect();
        talk
    };
    spec.activities = vec![talk("talk", false, &[]), talk("signing", true, &["talk"])];
    let place = |id: &str, start: u32| {
        (id.into(), Placement { start, hall: "h3".into(), interpreters: Vec::new() })
    };
    let problem = Problem::new(spec).expect("sound");
    let base = Plan { activities: [place("talk", 2), place("signing", 3)].into() };
    for duration in [1, 2, 4] {
        let news = News::SessionLonger { activity: "talk".into(), duration };
        let event = Event { now: 3, news };
        let (after, ways) = repair(problem.clone(), &base, &event, &LITTLE).expect("sound");
        assert_eq!(ways[0].plan.activities[&"talk".into()], base.activities[&"talk".into()]);
        let broken = check(&after, &ways[0].plan);
        let beyond = broken.iter().any(|found| found.rule == Rule::Horizon);
        assert_eq!((beyond, broken.len()), (duration > 2, [0, 1, 0, 2][duration as usize - 1]));
        let why: &[&[&str]] = &[&[], &["signing"], &[], &["signing", "talk"]];
        let why = why[duration as usize - 1].iter().map(|&id| id.into());
        assert_eq!(ways[0].conflict, why.collect::<Vec<planner::ActivityId>>());
    }
    let beyond = Plan { activities: [place("talk", 3)].into() };
    let (_, ways) =
        repair(problem, &beyond, &Event { now: 4, news: News::Told }, &LITTLE).expect("sound");
    assert_eq!(ways[0].plan, beyond);
}

/// Three delegations; the first brings the interpreters of a round table, and with the second a forum's.
fn sided() -> Problem {
    let people = ["a", "b", "c"].map(|id| json!({"id": id, "delegation": id}));
    let activity = |id: &str, kind: &str, people: &[&str], by: Value| {
        json!({"id": id, "kind": kind, "duration": 1, "people": people, "halls": ["h"],
            "interpretation": [{"mode": "consecutive", "pair": ["ru", "zh"], "by": by}]})
    };
    let mut opening = activity("opening", "plenary", &["a", "b"], json!("each_side"));
    opening["pin"] = json!({"start": 0});
    let delegations = ["a", "b", "c"].map(|id| json!({"id": id}));
    let own = |id: &str, of: Value| json!({"id": id, "pairs": [["ru", "zh"]], "of": of});
    let spec = json!({
        "name": "sides", "grid": {"slot_minutes": 15, "slots_per_day": 8, "slots": 8},
        "sites": [{"id": "s"}], "halls": [{"id": "h", "site": "s", "capacity": 9, "units": 9}],
        "delegations": delegations, "people": people,
        "interpreters": [own("a1", json!("a")), own("a2", json!("a")), own("b1", json!("b")),
            own("p1", json!(null)), own("p2", json!(null))],
        "activities": [
            opening,
            activity("table", "roundtable", &["a", "b", "c"], json!({"one_side": "a"})),
            activity("forum", "forum", &["a", "b"], json!("each_side")),
            activity("meeting", "bilateral", &["a", "c"], json!("pool")),
        ],
    });
    planner::formats::read_problem(spec.to_string().as_bytes()).expect("sound")
}

#[test]
fn who_leaves_takes_their_interpreters_along_and_the_pool_steps_in() {
    let problem = sided();
    let place = |id: &str, start: u32, team: [&str; 2]| {
        let interpreters = team.map(Into::into).to_vec();
        (id.into(), Placement { start, hall: "h".into(), interpreters })
    };
    let base = Plan {
        activities: [
            place("opening", 0, ["a1", "b1"]),
            place("table", 2, ["a1", "a2"]),
            place("forum", 4, ["a1", "b1"]),
            place("meeting", 6, ["p1", "p2"]),
        ]
        .into(),
    };
    assert_eq!(check(&problem, &base), []);
    let news = News::DelegationWithdrawn { delegation: "a".into() };
    let event = Event { now: 1, news };
    let (after, ways) = repair(problem, &base, &event, &LITTLE).expect("nobody refuses to leave");
    let way = &ways[0];
    assert_eq!(check(&after, &way.plan), []);
    assert_eq!(way.changes.restaffed, ["forum".into(), "table".into()]);
    assert_eq!(way.changes.dropped, ["meeting".into()]);
    // The partner of a meeting that falls away loses it, and so does who left.
    assert_eq!(way.changes.people, ["a".into(), "c".into()].into());
    assert_eq!(way.plan.activities[&"opening".into()], base.activities[&"opening".into()]);
}

#[test]
fn who_lands_late_leaves_no_need_without_its_side() {
    let news = News::ArrivalDelayed { person: "a".into(), arrive: 3 };
    let (after, ways) =
        repair(sided(), &Plan::default(), &Event { now: 0, news }, &LITTLE).expect("sound");
    assert_eq!(check(&after, &ways[0].plan), []);
    let opening = after.spec().activities.iter().find(|it| it.id == "opening".into());
    assert_eq!(opening.map(|it| it.people.clone()), Some(vec!["b".into()]));
}

/// A congress in the middle of its days, and news of something mandatory that excludes something else.
fn under_way() -> (Problem, Plan, Event) {
    let mut spec = sample::problem(Size::CONGRESS, 1);
    let mut late = spec.activities[0].clone();
    (late.id, late.pin.start, late.window) = ("late".into(), None, Some((60, 66)));
    spec.activities.push(late.clone());
    let problem = Problem::new(spec).expect("samples are sound");
    let budget = Budget { steps: Some(0), ..Budget::default() };
    let base = solve(&problem, &budget, &mut |_| ControlFlow::Continue(())).plan;
    late.id = "later".into();
    (problem, base, Event { now: 60, news: News::NewActivity(Box::new(late)) })
}

#[test]
fn what_has_no_place_in_the_middle_of_a_congress_is_named() {
    let (problem, base, event) = under_way();
    let (after, ways) = repair(problem, &base, &event, &LITTLE).expect("sound");
    assert!(!check(&after, &ways[0].plan).is_empty());
    assert_eq!(ways[0].conflict, ["late".into(), "later".into()]);
    let begun = base.activities.values().filter(|placed| placed.start < event.now).count();
    assert!(begun > 400, "{begun} have begun");
}

#[test]
fn a_repair_whose_time_is_over_gives_one_way_that_keeps_the_rules() {
    let (problem, base, event) = under_way();
    let effort = Effort { cpu: Some(std::time::Duration::ZERO), ..MUCH };
    let (after, ways) = repair(problem, &base, &event, &effort).expect("sound");
    assert_eq!((ways.len(), ways[0].proved), (1, Proved::Nothing));
    let broken = check(&after, &ways[0].plan);
    assert!(broken.iter().all(|found| found.rule == Rule::Mandatory), "{broken:?}");
}
