//! The clauses against the search, which keeps the rules, and against the checker.

use proptest::prelude::*;

use super::{Question, Seeker, clauses::Clauses, room::Room};
use crate::{
    Problem, Profile, Rule, TeamSize, check,
    rng::Rng,
    sample::{self, Size},
    sat::{Answer, Lit},
    search::{
        Search,
        construct::construct,
        insert::Finder,
        state::{Spot, State},
    },
};

/// A small summit; in every third relay is allowed and one interpreter enough, in every fourth a day is short
/// for people and interpreters.
fn problem(seed: u64) -> Problem {
    let mut spec = sample::problem(Size::SMALL, seed);
    let mut profile = Profile::strict(15);
    if seed.is_multiple_of(3) {
        profile.relay.value = true;
        profile.consecutive.value = vec![TeamSize { from: 0, size: 1 }];
    }
    if seed.is_multiple_of(4) {
        profile.day.value = 8;
        spec.limits.person_day = Some(6);
    }
    spec.profile = Some(profile);
    if seed.is_multiple_of(2) {
        spec = sample::spiced(spec, seed);
        // That breaks are even is not written down.
        spec.limits.break_spread = None;
    }
    Problem::new(spec).expect("samples are sound")
}

/// A plan by chance.
fn plan(problem: &Problem, seed: u64) -> State<'_> {
    let mut state = State::new(&problem.model);
    construct(&mut state, &mut Finder::new(&problem.model));
    let mut search = Search::new(state, seed);
    (0..seed % 200).for_each(|_| {
        search.step(f64::INFINITY);
    });
    search.state
}

/// The same plan with some of it held, when nothing held waits for what is not.
fn held<'a>(problem: &'a Problem, plan: &State<'_>, rng: &mut Rng) -> State<'a> {
    let mut held = State::new(&problem.model);
    for (task, spot) in plan.spots.iter().enumerate() {
        let waits = !problem.model.tasks[task].after.is_empty();
        if let Some(spot) = spot.as_ref().filter(|_| !waits && rng.one_in(3)) {
            held.place(task, spot.clone());
        }
    }
    held
}

/// The clauses of everything that is not held.
fn clauses<'a>(held: &'a State<'a>) -> Clauses<'a> {
    let free = (0..held.spots.len()).filter(|&task| held.spots[task].is_none());
    let rooms: Vec<Room> = free.map(|task| Room::new(held, task)).collect();
    Clauses::new(held, &rooms, |_| false)
}

/// What says that a piece is in a spot, or not placed.
fn says(clauses: &Clauses<'_>, at: usize, spot: Option<&Spot>) -> Option<Vec<Lit>> {
    let piece = &clauses.pieces[at];
    let Some(spot) = spot else { return Some(vec![!piece.placed]) };
    let mut all = vec![piece.placed];
    all.extend(clauses.spot(at, spot)?);
    let others = piece.seats.iter().filter(|seat| !spot.team.contains(&seat.who));
    all.extend(others.map(|seat| !seat.taken));
    Some(all)
}

/// Work that settles most samples.
const WORK: u64 = 300_000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_plan_that_keeps_the_rules_satisfies_the_clauses(seed in 0..100_000_u64) {
        let problem = problem(seed);
        let plan = plan(&problem, seed);
        let held = held(&problem, &plan, &mut Rng::new(seed));
        let mut clauses = clauses(&held);
        let spots = &plan.spots;
        let all = (0..clauses.pieces.len())
            .map(|at| says(&clauses, at, spots[clauses.pieces[at].task].as_ref()));
        let all: Option<Vec<Vec<Lit>>> = all.collect();
        let all = all.expect("there is room for each spot").concat();
        prop_assert_eq!(clauses.sat.ask(&all, None), Answer::Yes);
        let read = clauses.read(spots);
        prop_assert_eq!(&read, spots);
        prop_assert!(clauses.exceeded(&read).is_empty());
    }

    #[test]
    fn every_model_of_the_clauses_is_a_plan_that_keeps_the_rules(seed in 0..100_000_u64) {
        let problem = problem(seed);
        let plan = plan(&problem, seed);
        let mut rng = Rng::new(seed);
        let held = held(&problem, &plan, &mut rng);
        let mut clauses = clauses(&held);
        let mut wanted: Vec<Lit> = Vec::new();
        for _ in 0..30 {
            let placed: Vec<Lit> = clauses.pieces.iter().map(|piece| piece.placed).collect();
            wanted.extend(placed.iter().filter(|_| rng.one_in(4)));
            let starts: Vec<Lit> =
                clauses.pieces.iter().flat_map(|piece| piece.at.iter().flatten().copied()).collect();
            for _ in 0..40 {
                rng.pick(&starts).into_iter().for_each(|start| clauses.sat.suppose(start));
            }
            match clauses.sat.ask(&wanted, Some(2_000)) {
                Answer::Yes => {}
                Answer::No(core) => {
                    wanted.retain(|one| !core.contains(one));
                    continue;
                }
                Answer::Unknown => break,
            }
            let spots = clauses.read(&plan.spots);
            let exceeded = clauses.exceeded(&spots);
            if !exceeded.is_empty() {
                for sum in exceeded {
                    clauses.limit(sum);
                }
                continue;
            }
            let mut state = State::new(&problem.model);
            for (task, spot) in spots.iter().enumerate() {
                if let Some(spot) = spot {
                    state.place(task, spot.clone());
                }
            }
            let broken = check(&problem, &state.plan(&problem)).into_iter();
            let broken: Vec<_> = broken.filter(|found| found.rule != Rule::Mandatory).collect();
            prop_assert_eq!(broken, Vec::new());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn smaller_questions_end_where_the_whole_one_does(seed in 0..100_000_u64) {
        let problem = problem(seed);
        let held = held(&problem, &plan(&problem, seed), &mut Rng::new(seed));
        let released = plan(&problem, seed + 1).spots;
        let mut begun = held.clone();
        construct(&mut begun, &mut Finder::new(&problem.model));
        let wanted: Vec<bool> = problem.model.tasks.iter().map(|task| task.mandatory).collect();
        let question = Question { held: &held, spots: &released, wanted: &wanted, over: &|| false };
        let ask = || Seeker::new(question, &begun.spots).expect("a small problem");
        let (mut whole, mut near) = (ask(), ask());
        let before = near.loss();
        let settled = [whole.fewer_dropped(WORK), near.near(WORK, Seeker::fewer_dropped)];
        prop_assert!(near.loss() <= before);
        if settled == [true; 2] {
            prop_assert_eq!(whole.loss().dropped, near.loss().dropped);
            let settled = [whole.fewer_people(WORK), near.near(WORK, Seeker::fewer_people)];
            if settled == [true; 2] {
                prop_assert_eq!(whole.loss(), near.loss());
            }
        }
        prop_assert_eq!(question.loss(near.spots()), near.loss());
    }
}

#[test]
fn a_question_whose_time_is_over_is_given_up_and_proves_nothing() {
    let problem = problem(1);
    let held = State::new(&problem.model);
    let released = plan(&problem, 2).spots;
    let wanted = vec![true; released.len()];
    let over = || true;
    let question = Question { held: &held, spots: &released, wanted: &wanted, over: &over };
    let nowhere = vec![None; released.len()];
    let mut seeker = Seeker::new(question, &nowhere).expect("a small problem");
    let before = seeker.loss();
    assert!(!seeker.drop_fewer(u64::MAX / 10));
    assert!(!seeker.touch_fewer(u64::MAX / 10));
    assert_eq!(seeker.loss(), before);
}
