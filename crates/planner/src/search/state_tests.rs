//! The state under search against the full score and the checker, on problems by chance.

use proptest::prelude::*;

use crate::{
    Problem, Rule, Weights, changes, check,
    model::bits::Bits,
    rng::Rng,
    sample::{self, Size},
    score,
    search::{
        Lack, Search,
        construct::construct,
        home::{Home, Rates},
        insert::Finder,
        state::{Spot, State},
    },
};

fn problem(seed: u64) -> Problem {
    let mut spec = sample::problem(Size::SMALL, seed);
    spec.weights = Weights { breaks: 3.0, ..Weights::default() };
    if seed.is_multiple_of(3) {
        spec.profile = Some(relaying());
    }
    if seed.is_multiple_of(2) {
        spec = sample::spiced(spec, seed);
    }
    Problem::new(spec).expect("samples are sound")
}

fn relaying() -> crate::Profile {
    let mut profile = crate::Profile::strict(15);
    profile.relay.value = true;
    profile.consecutive.value = vec![crate::TeamSize { from: 0, size: 1 }];
    profile
}

/// The state agrees with the full score, and breaks no rule but that something is missing.
fn agrees(problem: &Problem, state: &State<'_>) -> Result<(), TestCaseError> {
    let plan = state.plan(problem);
    let incremental = state.amounts().score(&problem.spec().weights);
    prop_assert_eq!(incremental, score(problem, &plan));
    let (lacks, uneven) = (Rule::Mandatory, Rule::BreakSpread);
    let broken = check(problem, &plan).into_iter().filter(|v| v.rule != lacks);
    let (uneven, broken): (Vec<_>, Vec<_>) = broken.partition(|v| v.rule == uneven);
    prop_assert_eq!(broken, Vec::new());
    prop_assert_eq!(uneven.is_empty(), state.excess() == 0);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn amounts_follow_every_change(seed in 0..10_000_u64) {
        let problem = problem(seed);
        let mut state = State::new(&problem.model);
        let mut finder = Finder::new(&problem.model);
        let mut rng = Rng::new(seed);
        for _ in 0..80 {
            let task = rng.below(problem.model.tasks.len());
            if state.spots[task].is_some() {
                let waited = &problem.model.tasks[task].before;
                if waited.iter().all(|&next| state.spots[next].is_none()) {
                    state.unplace(task);
                }
            } else {
                let mut within = Bits::empty(problem.model.slots);
                for _ in 0..10 {
                    let slots = problem.model.slots as usize;
                    within.add(u32::try_from(rng.below(slots)).unwrap_or(0));
                }
                if let Some((_, spot)) = finder.best(&state, task, Some(&within), None) {
                    state.place(task, spot);
                }
            }
            agrees(&problem, &state)?;
        }
    }

    #[test]
    fn steps_keep_the_rules_and_the_best_plan(seed in 0..10_000_u64) {
        let problem = problem(seed);
        let mut search = Search::new(State::new(&problem.model), seed);
        for i in 0..300 {
            search.step(if i < 150 { f64::INFINITY } else { 10.0 });
            if i % 50 == 0 {
                agrees(&problem, &search.state)?;
            }
        }
        let best = search.best();
        let state = search.finish();
        agrees(&problem, &state)?;
        let now = state.objective();
        prop_assert!(now.worse(&best).abs() < 1e-6 * best.cost.abs().max(1.0), "{now:?} {best:?}");
    }

    #[test]
    fn the_tax_counts_each_person_touched_once(seed in 0..10_000_u64) {
        let problem = problem(seed);
        let mut state = State::new(&problem.model);
        construct(&mut state, &mut Finder::new(&problem.model));
        let (base, spots) = (state.plan(&problem), state.spots.clone());
        let wanted = vec![false; spots.len()];
        let rates = Rates { person: 1.0, ..Rates::NONE };
        state.tax(Home::new(&problem.model, &spots, &wanted, rates));
        let mut search = Search::new(state, seed);
        for _ in 0..40 {
            search.step(f64::INFINITY);
            let people = changes(&problem, &problem, &base, &search.state.plan(&problem)).people.len();
            let tax = search.state.home.as_ref().map_or(0.0, Home::tax);
            prop_assert!((tax - f64::from(u32::try_from(people).unwrap_or(0))).abs() < 1e-9);
        }
    }

    #[test]
    fn making_room_keeps_the_rules_and_loses_nothing_mandatory(
        seed in 0..10_000_u64, lack in prop::sample::select(vec![Lack::Mandatory, Lack::Promised]),
    ) {
        let problem = problem(seed);
        let mut state = State::new(&problem.model);
        construct(&mut state, &mut Finder::new(&problem.model));
        let tasks = problem.model.tasks.len();
        let mut rng = Rng::new(seed);
        for task in (0..tasks).filter(|_| rng.one_in(3)).collect::<Vec<_>>() {
            let waited = &problem.model.tasks[task].before;
            if waited.iter().all(|&next| state.spots[next].is_none()) {
                state.unplace(task);
            }
        }
        let (missing, absent) = (state.missing, state.absent().len());
        let mut search = Search::new(state, seed);
        search.make_room(lack, 100, &|| false);
        agrees(&problem, &search.state)?;
        let state = search.finish();
        agrees(&problem, &state)?;
        prop_assert!(state.missing <= missing);
        prop_assert!(lack == Lack::Mandatory || state.absent().len() <= absent);
    }
}

/// As many optional activities of one person as asked, in one hall of as many units, and nothing else.
fn crowd(count: usize, weight: u32, people: &[&str]) -> Problem {
    let activity = |i: usize| {
        serde_json::json!({"id": format!("a{i}"), "kind": "forum", "duration": 1, "people": people,
            "halls": ["h"], "weight": weight})
    };
    let spec = serde_json::json!({
        "grid": {"slot_minutes": 60, "slots_per_day": 1, "slots": 1}, "sites": [{"id": "s"}],
        "halls": [{"id": "h", "site": "s", "capacity": 9, "units": count}],
        "delegations": [{"id": "d"}, {"id": "e"}],
        "people": [{"id": "p", "delegation": "d"}],
        "activities": (0..count).map(activity).collect::<Vec<_>>(),
    });
    crate::formats::read_problem(spec.to_string().as_bytes()).expect("sound")
}

#[test]
fn large_sums_do_not_wrap() {
    let problem = crowd(4_500, 1_000_000, &["p"]);
    let mut state = State::new(&problem.model);
    state.place(0, Spot { start: 0, hall: 0, team: Vec::new() });
    let (found, full) = (state.amounts(), score(&problem, &state.plan(&problem)));
    assert_eq!(found.score(&problem.spec().weights), full);
    assert_eq!(state.share(0), Some(1.0 / 4_500.0));
    let problem = crowd(65_537, 1, &[]);
    let mut state = State::new(&problem.model);
    for task in 0..65_536 {
        state.place(task, Spot { start: 0, hall: 0, team: Vec::new() });
    }
    assert!(!state.full[0].has(0));
    state.place(65_536, Spot { start: 0, hall: 0, team: Vec::new() });
    assert!(state.full[0].has(0));
}

#[test]
fn no_weight_outweighs_what_is_mandatory() {
    let mut spec = crowd(2, 2_000, &["p"]).spec().clone();
    spec.weights.unplaced = 1e9;
    spec.activities[0].mandatory = true;
    let problem = Problem::new(spec).expect("sound");
    let with = |task: usize| {
        let mut state = State::new(&problem.model);
        state.place(task, Spot { start: 0, hall: 0, team: Vec::new() });
        state.objective()
    };
    assert!(with(0) < with(1));
    assert!(with(1).worse(&with(0)) > 0.0 && with(0).worse(&with(1)) < 0.0);
}
