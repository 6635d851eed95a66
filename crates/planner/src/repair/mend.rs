//! The work of a repair: what stays, what makes way, and what is searched for then.

use crate::{
    bound,
    judge::check::check,
    least::{self, Known, Loss, Proved, Question, Seeker},
    model::Model,
    problem::{
        Problem,
        event::{Event, News},
        id::{ActivityId, Object},
        plan::Plan,
        rule::Rule,
        spec::Slot,
    },
    repair::{Aim, Effort, FEW},
    search::{
        Lack, Search,
        construct::{Builder, in_order},
        home::{Home, Rates},
        insert::Finder,
        legal::exactly,
        state::{Spot, State},
    },
    solve::part,
};

/// All that was promised, whoever has to move: so cheap are moves that many are made at once.
const LOOSE: Rates =
    Rates { person: 1_000.0, moved: 100.0, dropped: 1e7, weight: 100.0, team: 50.0, ..FEW };

/// All that is mandatory, at any price.
const ANY: Rates =
    Rates { person: 10.0, moved: 1.0, dropped: 50.0, weight: 5.0, team: 1.0, heat: 15.0 };

/// Hardly anything for the sake of fewer moves, once nobody more is to be touched.
const STRICT: Rates = Rates { person: 50_000.0, moved: 100.0, dropped: 1e7, team: 50.0, ..FEW };

/// Attempts to make room for what has no place, times activities: a fraction of a tenth of a second.
const ATTEMPTS: usize = 600_000;

/// Attempts to begin with what is mandatory, and to make room for what was promised.
const PASSES: usize = 4;

/// Rounds of search for each way. Most news are mended before the first: the next is begun only when the one
/// before found something better.
pub(crate) const ROUNDS: u64 = 4;

/// Steps between two looks at the clock.
const LOOK: u64 = 16;

/// On problems of fewer activities several rounds may find nothing better in turn: they cost little there.
const SMALL: usize = 900;

/// Most activities, what has begun among them, that are asked about together.
const TOGETHER: usize = 400;

/// Work of the exact search for each step: to leave out fewer, and to touch fewer people.
const DROPPING: u64 = 5_000;
const TOUCHING: u64 = 5_000;

/// The problem as the repair sees it: nothing new begins before `now`, and what has begun is frozen.
pub(crate) struct Ground<'e> {
    model: Model,
    spots: Vec<Option<Spot>>,
    wanted: Vec<bool>,
    /// Steps of search in four rounds.
    steps: u64,
    seed: u64,
    /// Whether to stop with what is found by now.
    over: &'e dyn Fn() -> bool,
}

impl<'e> Ground<'e> {
    pub(crate) fn new(
        after: &Problem,
        base: &Plan,
        event: &Event,
        effort: &Effort,
        over: &'e dyn Fn() -> bool,
    ) -> Self {
        let now = event.now;
        let mut model = after.model.clone();
        let mut spots = vec![None; model.tasks.len()];
        for (id, placement) in &base.activities {
            let Some(task) = after.index.activity(id) else { continue };
            let Some(hall) = after.index.hall(&placement.hall) else { continue };
            let team = placement.interpreters.iter().filter_map(|i| after.index.interpreter(i));
            let mut team: Vec<usize> = team.collect();
            team.sort_unstable();
            if placement.start < model.slots {
                spots[task] = Some(Spot { start: placement.start, hall, team });
            }
        }
        for (task, spot) in model.tasks.iter_mut().zip(&spots) {
            task.frozen = spot.as_ref().is_some_and(|spot| spot.start < now);
            task.starts.remove_span(0, now);
        }
        let mut wanted: Vec<bool> = model.tasks.iter().map(|task| task.mandatory).collect();
        if let News::NewActivity(new) = &event.news
            && let Some(task) = after.index.activity(&new.id)
        {
            wanted[task] = true;
        }
        let Effort { steps, seed, .. } = *effort;
        Self { model, spots, wanted, steps, seed, over }
    }

    /// The problem with what has begun where it is.
    fn pinned(&self) -> Model {
        let mut model = self.model.clone();
        for (task, spot) in model.tasks.iter_mut().zip(&self.spots) {
            if let Some(spot) = spot.as_ref().filter(|_| task.frozen) {
                task.starts.clear();
                task.starts.add(spot.start);
                task.pinned_team = Some(spot.team.clone());
                task.mandatory = true;
            }
        }
        model
    }

    /// What is mandatory or has begun and can no longer all be placed.
    pub(crate) fn conflict(&self, after: &Problem) -> Vec<ActivityId> {
        let id = |task: usize| after.spec().activities[task].id.clone();
        let mut pinned = self.pinned();
        let found = if bound::mandatory(&pinned).count() <= TOGETHER {
            bound::conflict(&pinned, self.over)
        } else {
            let must: Vec<usize> = bound::mandatory(&self.model).collect();
            let found = least::must::conflict_beside(&self.begun(), &must, 0, self.over);
            found.map(|found| {
                // Of what has begun, only what is near can stand in the way.
                for (task, it) in pinned.tasks.iter_mut().enumerate() {
                    let model = &self.model;
                    let is_near = || found.iter().any(|&other| model.close(task, other));
                    it.mandatory = found.contains(&task) || it.frozen && is_near();
                }
                let few = bound::mandatory(&pinned).count() <= TOGETHER;
                few.then(|| bound::conflict(&pinned, self.over)).flatten().unwrap_or(found)
            })
        };
        found.unwrap_or_default().into_iter().map(id).collect()
    }

    /// What has begun and breaks a rule since the news, so that every plan breaks it.
    pub(crate) fn stuck(&self, after: &Problem) -> Vec<ActivityId> {
        let violations = check(after, &self.begun().plan(after));
        let begun = violations.iter().filter(|found| found.rule != Rule::Mandatory);
        let activities = begun.flat_map(|found| &found.objects).filter_map(|object| match object {
            Object::Activity(id) => Some(id.clone()),
            _ => None,
        });
        activities.collect()
    }

    /// What can stay, and room for what is mandatory.
    pub(crate) fn begin(&self) -> State<'_> {
        let mut state = self.begun();
        self.keep(&mut state);
        self.rescue(state)
    }

    /// What a plan loses.
    pub(crate) fn loss(&self, state: &State<'_>) -> Loss {
        let held = self.begun();
        self.question(&held).loss(&state.spots)
    }

    fn question<'q>(&'q self, held: &'q State<'q>) -> Question<'q> {
        Question { held, spots: &self.spots, wanted: &self.wanted, over: self.over }
    }

    /// That nobody loses less, where that is seen without a search: nothing is left out, and nobody touched
    /// but the people of what cannot stay.
    pub(crate) fn at_sight(&self, state: &State<'_>) -> Option<Known> {
        let is_least = state.home.as_ref().is_some_and(Home::is_least);
        let known = || Known { loss: self.loss(state), proved: Proved::People };
        (state.absent().is_empty() && is_least).then(known)
    }

    /// Leaves out as little as possible and then touches as few people as possible; and what is proved.
    pub(crate) fn keep_all<'s>(&'s self, state: State<'s>, aim: Aim) -> (State<'s>, Known) {
        let held = self.begun();
        let mut state = self.mend(state, aim.rates(), aim.rounds(), self.seed);
        let settled = self.at_sight(&state).is_some();
        // The repair of a larger problem has to be there at once.
        let small = state.spots.len() <= least::MOST;
        let seeker = Some(self.question(&held)).filter(|_| !settled && small);
        let Some(mut seeker) = seeker.and_then(|question| Seeker::new(question, &state.spots))
        else {
            state = self.mend(self.regain(state), aim.rates(), aim.rounds(), self.seed);
            let all = if state.absent().is_empty() { Proved::Dropped } else { Proved::Nothing };
            let known = Known { loss: self.loss(&state), proved: all };
            return (state, known);
        };
        seeker.steady();
        let mut fewest = seeker.drop_fewer(DROPPING * self.steps);
        if !fewest {
            state = self.regain(self.take(state, seeker.spots()));
            seeker.adopt(&state.spots);
            fewest = seeker.drop_fewer(DROPPING * self.steps / 4);
        }
        state = self.take(state, seeker.spots());
        seeker.adopt(&state.spots);
        let least = seeker.touch_fewer(TOUCHING * self.steps);
        state = self.take(state, seeker.spots());
        let proved = match (fewest, least) {
            (true, true) => Proved::People,
            (true, false) => Proved::Dropped,
            (false, _) => Proved::Nothing,
        };
        let known = Known { loss: seeker.loss(), proved };
        (state, known)
    }

    /// Goes on from spots that lose less, and brings home whatever can come at no loss.
    fn take<'s>(&'s self, state: State<'s>, spots: &[Option<Spot>]) -> State<'s> {
        let mut found = self.begun();
        for (task, spot) in spots.iter().enumerate() {
            if let Some(spot) = spot.as_ref().filter(|_| found.spots[task].is_none()) {
                found.place(task, spot.clone());
            }
        }
        if self.loss(&found) >= self.loss(&state) {
            return state;
        }
        let tidy = self.mend(found.clone(), STRICT, 1, self.seed);
        if self.loss(&tidy) <= self.loss(&found) { tidy } else { found }
    }

    /// Finds room for what is mandatory, at any price.
    fn rescue<'s>(&'s self, state: State<'s>) -> State<'s> {
        let state = self.fill(state, ANY);
        if state.missing == 0 {
            return state;
        }
        let mut search = Search::new(state, self.seed);
        search.make_room(Lack::Mandatory, self.attempts(), self.over);
        let mut state = search.finish();
        if state.missing > 0 {
            state = self.anchor(state);
        }
        self.mend(state, ANY, ROUNDS, self.seed)
    }

    /// Attempts to make room.
    fn attempts(&self) -> u64 {
        let attempts = (ATTEMPTS / self.model.tasks.len().max(1)).clamp(100, 3_000) as u64;
        attempts.min(5 * self.steps)
    }

    /// Puts what is mandatory before all else that has not begun: first what was found to lack a place, then
    /// the rest, each where it was released if it can be.
    fn anchor<'s>(&'s self, mut best: State<'s>) -> State<'s> {
        let mandatory = in_order(&self.model, |task| self.model.tasks[task].mandatory);
        let mut lacking = vec![false; self.model.tasks.len()];
        let mut finder = Finder::new(&self.model);
        for &task in &mandatory {
            lacking[task] = best.spots[task].is_none();
        }
        for _ in 0..PASSES {
            let mut order = mandatory.clone();
            order.sort_by_key(|&task| !lacking[task]);
            let mut state = self.begun();
            let hints = &self.spots;
            Builder { state: &mut state, finder: &mut finder, hints }.each(&order);
            self.keep(&mut state);
            for &task in &mandatory {
                lacking[task] |= state.spots[task].is_none();
            }
            if state.missing < best.missing {
                best = state;
            }
            if best.missing == 0 || (self.over)() {
                break;
            }
        }
        best
    }

    /// Places what is promised and still finds a place as it is.
    fn fill<'s>(&'s self, mut state: State<'s>, rates: Rates) -> State<'s> {
        state.tax(Home::new(&self.model, &self.spots, &self.wanted, rates));
        let mut finder = Finder::new(&self.model);
        let absent = in_order(&self.model, |task| {
            let promised = state.home.as_ref().is_some_and(|home| home.promised(task));
            promised && state.spots[task].is_none()
        });
        for task in absent {
            if let Some((_, spot)) = finder.best(&state, task, None, None) {
                state.place(task, spot);
            }
        }
        state
    }

    /// Places more of what was promised where that is possible, whoever has to move for it: first by small
    /// steps, which disturb few, then by making room at any price.
    fn regain<'s>(&'s self, state: State<'s>) -> State<'s> {
        let mut best = state;
        for pass in 0..PASSES as u64 {
            let dropped = best.absent().len();
            if dropped == 0 || (self.over)() {
                break;
            }
            let seed = self.seed.wrapping_add(pass);
            let mut more = best.clone();
            if pass > 0 {
                let mut search = Search::new(self.fill(more, LOOSE), seed);
                search.make_room(Lack::Promised, self.attempts() / PASSES as u64, self.over);
                more = search.finish();
            }
            more = self.mend(more, LOOSE, ROUNDS, seed);
            if more.absent().len() < dropped {
                best = more;
            }
        }
        best
    }

    /// Searches from `state` with changes taxed at these rates, in so many rounds of cooling at most.
    pub(crate) fn mend<'s>(
        &'s self,
        state: State<'s>,
        rates: Rates,
        rounds: u64,
        seed: u64,
    ) -> State<'s> {
        let mut search = Search::new(self.fill(state, rates), seed);
        search.come_home();
        let small = (SMALL / self.model.tasks.len().max(1)).clamp(1, 4) as u64;
        let patience = if small > 1 { small * rounds.div_ceil(ROUNDS) } else { 1 };
        let (steps, mut left, mut vain) = (self.steps.div_ceil(ROUNDS), rounds * patience, 0);
        while left > 0 && vain < patience && !(self.over)() {
            let before = search.best();
            for step in 0..steps {
                if search.settled() || step % LOOK == 0 && (self.over)() {
                    return search.finish();
                }
                search.step(rates.heat * (1.0 - part(step, steps)));
            }
            search.restore();
            vain = if search.best() < before { 0 } else { vain + 1 };
            left -= 1;
        }
        search.finish()
    }

    /// What has begun stays whatever the rules say.
    fn begun(&self) -> State<'_> {
        let mut state = State::new(&self.model);
        for (_, task) in self.in_time(|task| self.model.tasks[task].frozen) {
            if let Some(spot) = &self.spots[task] {
                state.place(task, spot.clone());
            }
        }
        state
    }

    /// What is not placed yet and may still be where it was released.
    fn keep(&self, state: &mut State<'_>) {
        for (start, task) in self.in_time(|task| state.spots[task].is_none()) {
            if let Some(spot) = &self.spots[task]
                && let Some(spot) = exactly(state, task, start, spot.hall, &spot.team)
            {
                state.place(task, spot);
            }
        }
    }

    /// What was released, in order of time, so that predecessors come first.
    fn in_time(&self, wanted: impl Fn(usize) -> bool) -> Vec<(Slot, usize)> {
        let released = self.spots.iter().enumerate();
        let released = released.filter_map(|(task, spot)| Some((spot.as_ref()?.start, task)));
        let mut tasks: Vec<(Slot, usize)> = released.filter(|&(_, task)| wanted(task)).collect();
        tasks.sort_unstable();
        tasks
    }
}
