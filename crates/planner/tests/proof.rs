//! Proofs for matching problems, against trying everything.

use std::ops::ControlFlow;

use planner::{
    Activity, ActivityId, Budget, Delegation, DelegationId, Grid, Hall, HallId, Kind, Language,
    Limits, Outcome, Person, PersonId, Pin, Placement, Plan, Problem, Site, SiteId, Spec, Status,
    Weights, check, score, solve,
};
use proptest::{prelude::*, test_runner::TestCaseError};

const SLOTS: u32 = 5;

#[derive(Clone, Debug)]
struct Market {
    people: usize,
    tables: u32,
    spread: u32,
    /// The two sides, the window and a predecessor of each meeting.
    meetings: Vec<(usize, usize, u32, bool)>,
    busy: Vec<u32>,
}

fn market() -> impl Strategy<Value = Market> {
    let meeting = (0..4_usize, 0..4_usize, 0..3_u32, prop::bool::weighted(0.15));
    let meetings = prop::collection::vec(meeting, 2..6);
    (1..3_u32, 0..3_u32, meetings, prop::collection::vec(0..12_u32, 4)).prop_map(
        |(tables, spread, meetings, busy)| Market { people: 4, tables, spread, meetings, busy },
    )
}

fn problem(market: &Market) -> Problem {
    let meeting = |(i, &(a, b, session, after)): (usize, &(usize, usize, u32, bool))| {
        let b = if a == b { (a + 1) % market.people } else { b };
        let window = [(0, 3), (2, SLOTS), (0, SLOTS)][session as usize];
        Activity {
            id: ActivityId::new(format!("{i}")),
            kind: Kind::Matching,
            duration: 1,
            people: [a, b].map(|p| PersonId::new(format!("{p}"))).to_vec(),
            halls: vec![HallId::from("tables")],
            window: Some(window),
            weight: 1,
            mandatory: true,
            after: if after && i > 0 {
                vec![ActivityId::new(format!("{}", i - 1))]
            } else {
                vec![]
            },
            head: None,
            interpretation: Vec::new(),
            waivers: Vec::new(),
            over_lunch: None,
            pin: Pin::default(),
        }
    };
    let person = |i: usize| Person {
        id: PersonId::new(format!("{i}")),
        delegation: DelegationId::new(format!("{i}")),
        rank: 1,
        arrive: 0,
        depart: None,
        busy: if market.busy[i] < SLOTS {
            vec![(market.busy[i], market.busy[i] + 1)]
        } else {
            vec![]
        },
    };
    let delegation = |i: usize| Delegation { id: DelegationId::new(format!("{i}")) };
    let site = SiteId::from("site");
    Problem::new(Spec {
        name: String::new(),
        grid: Grid { slot_minutes: 15, slots_per_day: SLOTS, slots: SLOTS, lunch: None },
        sites: vec![Site { id: site.clone(), access: 0 }],
        travel: Vec::new(),
        halls: vec![Hall {
            id: HallId::from("tables"),
            site,
            capacity: 2,
            units: market.tables,
            booths: 0,
            closed: Vec::new(),
        }],
        delegations: (0..market.people).map(delegation).collect(),
        people: (0..market.people).map(person).collect(),
        interpreters: Vec::new(),
        activities: market.meetings.iter().enumerate().map(meeting).collect(),
        keep_apart: Vec::new(),
        pivot: Language::from("en"),
        profile: None,
        limits: Limits { person_day: None, break_spread: Some(market.spread) },
        weights: Weights {
            unplaced: 0.0,
            idle: 0.0,
            breaks: 1.0,
            hall_moves: 0.0,
            interpreting: 0.0,
            unfairness: 0.0,
        },
    })
    .expect("sound")
}

/// The least number of breaks, by trying every plan.
fn least(problem: &Problem) -> Option<f64> {
    let activities = &problem.spec().activities;
    let count = u32::try_from(activities.len()).unwrap_or(0);
    let plans = (0..SLOTS.pow(count)).map(|code| {
        let place = |(i, activity): (u32, &Activity)| {
            let start = code / SLOTS.pow(i) % SLOTS;
            let hall = HallId::from("tables");
            (activity.id.clone(), Placement { start, hall, interpreters: Vec::new() })
        };
        Plan { activities: (0..).zip(activities).map(place).collect() }
    });
    let legal = plans.filter(|plan| check(problem, plan).is_empty());
    legal.map(|plan| score(problem, &plan).total).min_by(f64::total_cmp)
}

fn solved(problem: &Problem) -> Outcome {
    let budget = Budget { steps: Some(50_000), ..Budget::default() };
    solve(problem, &budget, &mut |_| ControlFlow::Continue(()))
}

/// Leaves only some activities, and asks for even breaks only when `even`.
fn part(problem: &Problem, activities: &[ActivityId], even: bool) -> Problem {
    let mut spec = problem.spec().clone();
    spec.activities.retain(|activity| activities.contains(&activity.id));
    for activity in &mut spec.activities {
        activity.after.retain(|before| activities.contains(before));
    }
    spec.limits.break_spread = spec.limits.break_spread.filter(|_| even);
    Problem::new(spec).expect("sound")
}

fn agrees(market: &Market, breaks: Option<f64>, outcome: &Outcome) -> Result<(), TestCaseError> {
    let problem = problem(market);
    let Some(breaks) = breaks else {
        prop_assert_eq!(outcome.status, Status::Infeasible);
        let even = !outcome.uneven.is_empty();
        prop_assert_eq!(least(&part(&problem, &outcome.conflict, even)), None, "sound");
        for i in (0..outcome.conflict.len()).filter(|_| !even) {
            let mut fewer = outcome.conflict.clone();
            fewer.remove(i);
            prop_assert!(least(&part(&problem, &fewer, false)).is_some(), "none can be spared");
        }
        return Ok(());
    };
    prop_assert_eq!(check(&problem, &outcome.plan), Vec::new());
    prop_assert!((outcome.score.total - breaks).abs() < 1e-9);
    prop_assert_eq!((outcome.status, outcome.bound), (Status::Optimal, Some(breaks)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn proofs_agree_with_trying_everything(market in market()) {
        let problem = problem(&market);
        agrees(&market, least(&problem), &solved(&problem))?;
    }
}

/// Everybody has so many meetings and free slots that nobody is sure to have no break.
#[test]
fn even_breaks_are_proved_when_everybody_may_have_some() {
    for spread in 0..3 {
        for busy in [[9, 9, 9, 9], [1, 2, 3, 9], [2, 2, 2, 2], [1, 1, 3, 3]] {
            let meetings =
                vec![(0, 1, 2, false), (1, 2, 2, false), (2, 3, 2, false), (3, 0, 2, true)];
            let market = Market { people: 4, tables: 1, spread, meetings, busy: busy.to_vec() };
            let problem = problem(&market);
            let outcome = solved(&problem);
            agrees(&market, least(&problem), &outcome).expect("as when trying everything");
        }
    }
}

#[test]
fn a_crowded_market_is_impossible_and_an_easy_one_is_proved() {
    let full = Market {
        people: 4,
        tables: 1,
        spread: 2,
        meetings: vec![(0, 1, 0, false), (2, 3, 0, false), (0, 2, 0, false), (1, 3, 0, false)],
        busy: vec![9, 9, 9, 9],
    };
    let outcome = solved(&problem(&full));
    assert_eq!(outcome.status, Status::Infeasible);
    assert_eq!((outcome.conflict.len(), outcome.uneven.len()), (4, 0));
    let easy = Market { meetings: full.meetings[..2].to_vec(), ..full };
    let outcome = solved(&problem(&easy));
    assert_eq!((outcome.status, outcome.bound), (Status::Optimal, Some(0.0)));
}

#[test]
fn a_proof_reports_and_can_be_stopped() {
    let meetings = (0..16).map(|i| (i % 4, (i + 1 + i / 8) % 4, 2, false)).collect();
    let market = Market { people: 4, tables: 1, spread: 1, meetings, busy: vec![9, 9, 9, 9] };
    let (mut heard, mut stop_at) = (0_u32, u32::MAX);
    let problem = problem(&market);
    let budget = Budget { steps: Some(50_000), ..Budget::default() };
    let mut count = |stop_at: u32| {
        heard = 0;
        let outcome = solve(&problem, &budget, &mut |progress| {
            heard += u32::from(progress.bound.is_some());
            if heard >= stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        (outcome.status, heard)
    };
    assert!(matches!(count(stop_at), (Status::Infeasible, 1..)));
    stop_at = 1;
    assert_eq!(count(stop_at).1, 1);
}
