//! Where a run begins: what of an earlier plan still stands, what it lacks, and room for what is mandatory.
//!
//! An earlier plan is kept as it is unless something mandatory would be left out for its sake. Beginning
//! twice changes nothing: each pass starts from the plan alone, and is kept only when less is missing.

use crate::{
    bound::{mandatory, relax::needed},
    least::must,
    model::Model,
    problem::{Problem, plan::Plan},
    search::{
        Lack, Search,
        construct::{Builder, complete, construct, in_order},
        home::{Home, Rates},
        insert::Finder,
        legal::exactly,
        state::{Spot, State},
    },
    solve::{part, temperature, whole},
};

/// Attempts to make room for what is mandatory before a pass gives up, times activities; how many at the
/// least and at the most.
const ATTEMPTS: usize = 400_000;
const LEAST: usize = 200;
const MOST: usize = 2_000;

/// Attempts when nothing else is in the way, times what is mandatory: each costs little.
const BARE: usize = 60_000;

/// Steps that gather what the engine of proofs placed.
const GATHERING: u64 = 2_000;

/// A state to search from.
pub(crate) fn begin<'a>(problem: &'a Problem, base: &Plan, over: &dyn Fn() -> bool) -> State<'a> {
    let model = &problem.model;
    let mut best = again(model, &spots(problem, base));
    while best.missing > 0 && !over() {
        let mut next = again(model, &anchored(model, &best.spots).spots);
        if next.missing >= best.missing && model.tasks.iter().any(|task| !task.mandatory) {
            next = again(model, &musts(model, &best.spots, over));
        }
        if next.missing >= best.missing {
            let attempts = (ATTEMPTS / model.tasks.len()).clamp(LEAST, MOST) as u64;
            let mut search = Search::new(best.clone(), 1);
            search.make_room(Lack::Mandatory, attempts, over);
            next = again(model, &search.finish().spots);
        }
        if next.missing >= best.missing {
            break;
        }
        best = next;
    }
    best
}

/// Where `base` says that each task is.
fn spots(problem: &Problem, base: &Plan) -> Vec<Option<Spot>> {
    let index = &problem.index;
    let mut spots = vec![None; problem.model.tasks.len()];
    for (id, placement) in &base.activities {
        let (Some(task), Some(hall)) = (index.activity(id), index.hall(&placement.hall)) else {
            continue;
        };
        let team: Option<Vec<usize>> =
            placement.interpreters.iter().map(|i| index.interpreter(i)).collect();
        if let Some(mut team) = team {
            team.sort_unstable();
            spots[task] = Some(Spot { start: placement.start, hall, team });
        }
    }
    spots
}

/// Places what `base` says wherever that keeps the rules.
pub(crate) fn adopt(problem: &Problem, base: &Plan, state: &mut State<'_>) {
    keep(state, &spots(problem, base));
}

/// Places what still keeps the rules, in order of time, so that predecessors come first.
fn keep(state: &mut State<'_>, spots: &[Option<Spot>]) {
    let mut order: Vec<(u32, usize)> = Vec::new();
    for (task, spot) in spots.iter().enumerate() {
        order.extend(spot.iter().map(|spot| (spot.start, task)));
    }
    order.sort_unstable();
    for (start, task) in order {
        let Some(spot) = spots[task].as_ref().filter(|_| state.spots[task].is_none()) else {
            continue;
        };
        if let Some(spot) = exactly(state, task, start, spot.hall, &spot.team) {
            state.place(task, spot);
        }
    }
}

/// A plan with even breaks, where this one lacks nothing else: of what is optional that alone which leaves
/// them so.
pub(crate) fn evened(state: State<'_>) -> State<'_> {
    if state.missing > 0 || whole(&state) {
        return state;
    }
    let mut even = bare(state.model, &state.spots);
    complete(&mut even, &mut Finder::new(state.model));
    if even.objective() < state.objective() { even } else { state }
}

/// The same plan from nothing, and what still finds a place beside it; where breaks are as even as they have
/// to be, that which leaves them so.
fn again<'a>(model: &'a Model, spots: &[Option<Spot>]) -> State<'a> {
    let mut state = State::new(model);
    keep(&mut state, spots);
    let kept = model.break_spread.map(|_| state.clone());
    construct(&mut state, &mut Finder::new(model));
    match kept {
        Some(kept) if !whole(&state) => {
            let mut even = if whole(&kept) { kept } else { bare(model, spots) };
            complete(&mut even, &mut Finder::new(model));
            if even.objective() < state.objective() { even } else { state }
        }
        _ => state,
    }
}

/// What is mandatory and what that waits for, and nothing else.
fn bare<'a>(model: &'a Model, spots: &[Option<Spot>]) -> State<'a> {
    let must = needed(model, mandatory(model));
    let mut state = State::new(model);
    keep(&mut state, &only(spots, &must));
    let open = in_order(model, |task| must[task] && state.spots[task].is_none());
    Builder { state: &mut state, finder: &mut Finder::new(model), hints: &[] }.each(&open);
    state
}

fn only(spots: &[Option<Spot>], must: &[bool]) -> Vec<Option<Spot>> {
    let spots = spots.iter().zip(must);
    spots.map(|(spot, &must)| spot.clone().filter(|_| must)).collect()
}

/// Spots for what is mandatory, found while nothing else is placed; then all that stays legal beside it.
fn musts(model: &Model, spots: &[Option<Spot>], over: &dyn Fn() -> bool) -> Vec<Option<Spot>> {
    let must = needed(model, mandatory(model));
    let nowhere = vec![None; spots.len()];
    let mut bare = State::new(model);
    keep(&mut bare, &only(spots, &must));
    bare.tax(Home::new(model, &nowhere, &must, Rates::NONE));
    let count = must.iter().filter(|&&must| must).count().max(1);
    let attempts = (BARE / count).min(MOST);
    let mut search = Search::new(bare, 1);
    search.make_room(Lack::Mandatory, attempts as u64, over);
    let bare = search.finish();
    let missing = bare.missing > 0;
    let found = if missing { must::place(model, bare.spots, over) } else { bare.spots };
    let mut state = State::new(model);
    keep(&mut state, &found);
    if missing && state.missing == 0 {
        state = gathered(state, &must, over);
    }
    keep(&mut state, spots);
    state.spots
}

/// What the engine of proofs finds lies scattered, and is hard to move once everything else is around it.
fn gathered<'a>(state: State<'a>, must: &[bool], over: &dyn Fn() -> bool) -> State<'a> {
    let mut search = Search::new(state, 1);
    search.absent.retain(|&task| must[task]);
    for step in (0..GATHERING).take_while(|_| !over()) {
        search.step(temperature(part(step, GATHERING)));
    }
    search.finish()
}

/// What is mandatory and has but one start comes first, with its predecessors; then all that stays legal.
fn anchored<'a>(model: &'a Model, spots: &[Option<Spot>]) -> State<'a> {
    let mut state = State::new(model);
    let fixed = in_order(model, |task| {
        let it = &model.tasks[task];
        it.mandatory && it.starts.count() == 1
    });
    let mut finder = Finder::new(model);
    Builder { state: &mut state, finder: &mut finder, hints: spots }.each(&fixed);
    keep(&mut state, spots);
    state
}
