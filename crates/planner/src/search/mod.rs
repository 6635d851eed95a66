//! The search: take a few related tasks out, put them back better (large neighbourhood search), and accept
//! a worse plan with a chance that falls to nothing (simulated annealing).

pub(crate) mod construct;
pub(crate) mod home;
pub(crate) mod insert;
pub(crate) mod lanes;
pub(crate) mod legal;
pub(crate) mod objective;
pub(crate) mod room;
pub(crate) mod ruin;
pub(crate) mod state;
#[cfg(test)]
mod state_tests;
pub(crate) mod team;

use crate::{
    model::{Model, Task},
    problem::spec::Slot,
    rng::Rng,
    search::{
        construct::by,
        home::Home,
        insert::Finder,
        legal::exactly,
        objective::Objective,
        state::{Spot, State},
    },
};

/// A step that was accepted: by task, the spot before and after.
#[derive(Clone, Debug)]
pub(crate) struct Move {
    pub(crate) spots: Vec<(usize, Option<Spot>, Option<Spot>)>,
    /// By how much it made the plan worse.
    worse: f64,
}

/// What a search makes room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
    /// What is mandatory.
    Mandatory,
    /// All that is to be placed.
    Promised,
}

impl Lack {
    fn counts(self, task: &Task) -> bool {
        self == Self::Promised || task.mandatory
    }

    /// How much more of it may be left out on the way.
    const fn slack(self) -> usize {
        match self {
            Self::Mandatory => 0,
            Self::Promised => 1,
        }
    }
}

/// One chain of search.
pub(crate) struct Search<'a> {
    pub(crate) state: State<'a>,
    pub(crate) finder: Finder,
    pub(crate) rng: Rng,
    /// Spots of the tasks touched in this step, as they were before it.
    touched: Vec<(usize, Option<Spot>)>,
    is_touched: Vec<bool>,
    pub(crate) absent: Vec<usize>,
    current: Objective,
    best: Objective,
    best_spots: Vec<Option<Spot>>,
    /// Tasks whose spot differs from `best_spots`, when few enough to be worth the list.
    changed: Vec<usize>,
    /// In repair: every task that was moved so far, whether or not it has come home.
    moved: Vec<usize>,
    /// The steps accepted since they were last asked for.
    log: Option<Vec<Move>>,
    /// Whether the best plan is another chain's business.
    follows: bool,
    /// By task: how often no place was found for it.
    failures: Vec<u32>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(state: State<'a>, seed: u64) -> Self {
        let model: &Model = state.model;
        let objective = state.objective();
        Self {
            finder: Finder::new(model),
            rng: Rng::new(seed),
            touched: Vec::new(),
            is_touched: vec![false; model.tasks.len()],
            absent: state.absent(),
            current: objective,
            best: objective,
            best_spots: state.spots.clone(),
            changed: Vec::new(),
            moved: state.strays(),
            log: None,
            follows: false,
            failures: vec![0; model.tasks.len()],
            state,
        }
    }

    /// A chain whose best plan nobody asks for, only what it accepts.
    pub(crate) fn follow(state: State<'a>, seed: u64) -> Self {
        let mut search = Self::new(state, seed);
        search.follows = true;
        search.log();
        search
    }

    /// Begins to write down what is accepted.
    pub(crate) fn log(&mut self) {
        self.log = Some(Vec::new());
    }

    pub(crate) fn take_log(&mut self) -> Vec<Move> {
        self.log.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// Brings the plan to that of another chain.
    pub(crate) fn align(&mut self, diff: &[(usize, Option<Spot>)]) {
        let differs = |entry: &&(usize, Option<Spot>)| self.state.spots[entry.0] != entry.1;
        let changes: Vec<_> = diff.iter().filter(differs).collect();
        for &(task, _) in &changes {
            if self.state.unplace(*task).is_none() {
                self.absent.retain(|other| other != task);
            }
        }
        for (task, spot) in changes {
            match spot {
                Some(spot) => self.state.place(*task, spot.clone()),
                None => self.absent.push(*task),
            }
        }
        self.current = self.state.objective();
    }

    /// Does again what another chain accepted, where nothing else has happened to it here and it is no
    /// worse than it was there.
    pub(crate) fn replay(&mut self, step: &Move) {
        if step.spots.iter().any(|(task, old, _)| self.state.spots[*task] != *old) {
            return;
        }
        for (task, ..) in &step.spots {
            self.touch(*task);
            self.state.unplace(*task);
        }
        let mut order: Vec<(usize, &Spot)> =
            step.spots.iter().filter_map(|(task, _, new)| Some((*task, new.as_ref()?))).collect();
        order.sort_by_key(|(task, spot)| (spot.start, *task));
        for (task, spot) in order {
            let Some(spot) = exactly(&self.state, task, spot.start, spot.hall, &spot.team) else {
                return self.undo();
            };
            self.state.place(task, spot);
        }
        let (model, spots) = (self.state.model, &self.state.spots);
        let gone = step.spots.iter().filter(|(.., new)| new.is_none());
        let waits =
            |task: usize| model.tasks[task].before.iter().any(|&next| spots[next].is_some());
        let orphans = gone.clone().any(|(task, ..)| waits(*task));
        let objective = self.state.objective();
        let worse = objective.worse(&self.current);
        if orphans || worse > step.worse.max(0.0) + 1e-9 {
            return self.undo();
        }
        self.keep(objective);
    }

    pub(crate) fn best(&self) -> Objective {
        self.best
    }

    /// Goes back to the best plan found.
    pub(crate) fn finish(mut self) -> State<'a> {
        self.restore();
        self.state
    }

    /// Whether a repair has nothing left to win: all that was promised is placed, and only what has to
    /// move strayed.
    pub(crate) fn settled(&self) -> bool {
        self.absent.is_empty() && self.state.home.as_ref().is_some_and(Home::is_least)
    }

    /// Something that is not where the released plan has it.
    pub(crate) fn stray(&mut self) -> Option<usize> {
        let state = &self.state;
        let home = state.home.as_ref()?;
        let strayed = |&task: &usize| {
            let spot = state.spots[task].as_ref();
            !state.model.tasks[task].frozen && spot.is_some_and(|spot| home.strayed(task, spot))
        };
        let strays: Vec<usize> = self.moved.iter().copied().filter(strayed).collect();
        self.rng.pick(&strays)
    }

    /// Goes on from the best plan found.
    pub(crate) fn restore(&mut self) {
        let mut changed = std::mem::take(&mut self.changed);
        changed.sort_unstable();
        changed.dedup();
        for &task in &changed {
            self.state.unplace(task);
        }
        for &task in &changed {
            if let Some(spot) = self.best_spots[task].clone() {
                self.state.place(task, spot);
            }
        }
        self.absent = self.state.absent();
        self.current = self.best;
    }

    fn touch(&mut self, task: usize) {
        if !self.is_touched[task] {
            self.is_touched[task] = true;
            self.touched.push((task, self.state.spots[task].clone()));
        }
    }

    /// What this step has taken out and not placed again.
    pub(crate) fn evicted(&self) -> Vec<usize> {
        let tasks = self.touched.iter().map(|&(task, _)| task);
        tasks.filter(|&task| self.state.spots[task].is_none()).collect()
    }

    /// Takes a task out; what must come after it goes too.
    pub(crate) fn remove(&mut self, task: usize) {
        if self.state.spots[task].is_some() && !self.state.model.tasks[task].frozen {
            self.touch(task);
            self.state.unplace(task);
        }
    }

    pub(crate) fn remove_each(&mut self, tasks: impl IntoIterator<Item = usize>) {
        for task in tasks {
            self.remove(task);
        }
    }

    pub(crate) fn put(&mut self, task: usize, spot: Spot) {
        self.touch(task);
        self.state.place(task, spot);
    }

    /// One step at a temperature; true when a new best plan was found.
    pub(crate) fn step(&mut self, temperature: f64) -> bool {
        ruin::ruin(self);
        self.recreate();
        self.judge(temperature)
    }

    /// Keeps what the step did, or undoes it.
    fn judge(&mut self, temperature: f64) -> bool {
        let objective = self.state.objective();
        let worse = objective.worse(&self.current);
        let accept = worse <= 0.0
            || (worse < 50.0 * temperature
                && self.rng.unit() < (-worse / temperature.max(1e-9)).exp());
        if !accept {
            self.undo();
            return false;
        }
        self.keep(objective)
    }

    /// Makes room for what is lacking, in at most so many attempts, until nothing of it is. Whatever leaves
    /// no more of it out than before, or one more on the way, is accepted, so that one thing can make way
    /// for another that is easier to place elsewhere (ejection with penalties: Nagata and Bräysy 2009).
    /// Short walks from the same beginning disturb less than a long one, so that they grow only while
    /// they lead nowhere; the best end is what is kept.
    pub(crate) fn make_room(&mut self, lack: Lack, attempts: u64, over: &dyn Fn() -> bool) {
        const SHORT: u64 = 25;
        const LONG: u64 = 400;
        let mut origin = self.state.spots.clone();
        let (mut walked, mut walk, mut fewest) = (0, SHORT, self.lacking(lack).len());
        for _ in 0..attempts {
            let lacking = self.lacking(lack);
            if lacking.len() < fewest {
                (fewest, walked, walk) = (lacking.len(), 0, SHORT);
                origin.clone_from(&self.state.spots);
            }
            if fewest == 0 || over() {
                break;
            }
            if walked == walk {
                self.go_back(&origin);
                (walked, walk) = (0, (2 * walk).min(LONG));
                continue;
            }
            walked += 1;
            let missing = self.state.missing;
            let Some(task) = self.rng.pick(&lacking) else { break };
            room::make_room(self, task, Slot::MAX, 0);
            self.recreate();
            let now = lacking.len().saturating_add_signed(-self.gained(lack));
            if now > fewest + lack.slack() || self.state.missing > missing {
                self.undo();
            } else {
                self.keep(self.state.objective());
            }
        }
    }

    /// What is lacking.
    fn lacking(&self, lack: Lack) -> Vec<usize> {
        let counts = |task: &usize| lack.counts(&self.state.model.tasks[*task]);
        self.absent.iter().copied().filter(counts).collect()
    }

    /// How much of it this step has placed, less what it has taken out.
    fn gained(&self, lack: Lack) -> isize {
        let (tasks, spots) = (&self.state.model.tasks, &self.state.spots);
        let touched = self.touched.iter().filter(|(task, _)| lack.counts(&tasks[*task]));
        touched
            .map(|(task, old)| isize::from(spots[*task].is_some()) - isize::from(old.is_some()))
            .sum()
    }

    /// How hard a task is to place elsewhere, as far as the search has seen.
    pub(crate) fn effort(&self, task: usize) -> u64 {
        const MANDATORY: u64 = 1_000;
        let mandatory = if self.state.model.tasks[task].mandatory { MANDATORY } else { 0 };
        1 + mandatory + u64::from(self.failures[task])
    }

    fn go_back(&mut self, spots: &[Option<Spot>]) {
        let there = |task: &usize| self.state.spots[*task] == spots[*task];
        let away: Vec<usize> = (0..spots.len()).filter(|task| !there(task)).collect();
        let diff: Vec<_> = away.iter().map(|&task| (task, spots[task].clone())).collect();
        self.align(&diff);
        self.changed.extend(away);
    }

    /// Brings home whatever finds its place in the released plan free.
    pub(crate) fn come_home(&mut self) {
        for _ in 0..4 {
            let before = self.current;
            for task in 0..self.state.spots.len() {
                let home = self.state.home.as_ref().and_then(|home| home.spot(task)).cloned();
                let Some(home) = home.filter(|home| self.state.spots[task].as_ref() != Some(home))
                else {
                    continue;
                };
                let waits = self.state.model.tasks[task].before.clone();
                if waits.iter().any(|&next| self.state.spots[next].is_some()) {
                    continue;
                }
                self.remove(task);
                if self.state.spots[task].is_some() {
                    continue;
                }
                if let Some(spot) = exactly(&self.state, task, home.start, home.hall, &home.team) {
                    self.put(task, spot);
                    self.judge(0.0);
                } else {
                    self.undo();
                }
            }
            if self.current >= before {
                break;
            }
        }
    }

    fn undo(&mut self) {
        for i in 0..self.touched.len() {
            self.state.unplace(self.touched[i].0);
        }
        for (task, spot) in std::mem::take(&mut self.touched) {
            self.is_touched[task] = false;
            if let Some(spot) = spot {
                self.state.place(task, spot);
            }
        }
    }

    fn keep(&mut self, objective: Objective) -> bool {
        let state = &self.state;
        if let Some(log) = &mut self.log {
            let change = |(task, old): &(usize, Option<Spot>)| {
                (*old != state.spots[*task])
                    .then(|| (*task, old.clone(), state.spots[*task].clone()))
            };
            let spots = self.touched.iter().filter_map(change).collect();
            log.push(Move { spots, worse: objective.worse(&self.current) });
        }
        self.current = objective;
        let improved = !self.follows && self.current.worse(&self.best) < -1e-9;
        for (task, old) in self.touched.drain(..) {
            self.is_touched[task] = false;
            match (old.is_some(), state.spots[task].is_some()) {
                (true, false) => self.absent.push(task),
                (false, true) => self.absent.retain(|&other| other != task),
                _ => {}
            }
            if self.follows {
                continue;
            }
            self.changed.push(task);
            if state.home.is_some() && !self.moved.contains(&task) {
                self.moved.push(task);
            }
        }
        if improved || self.changed.len() > 4 * self.best_spots.len() + 64 {
            self.changed.sort_unstable();
            self.changed.dedup();
        }
        if improved {
            self.best = self.current;
            for task in self.changed.drain(..) {
                self.best_spots[task].clone_from(&self.state.spots[task]);
            }
        }
        improved
    }

    fn recreate(&mut self) {
        let mut tasks: Vec<usize> = self.touched.iter().map(|&(task, _)| task).collect();
        tasks.retain(|&task| self.state.spots[task].is_none());
        self.invite(&mut tasks);
        self.sort(&mut tasks);
        let mut waiting = Vec::new();
        for task in tasks {
            if !self.insert(task) && !self.state.model.tasks[task].after.is_empty() {
                waiting.push(task);
            }
        }
        for task in waiting {
            self.insert(task);
        }
        self.drop_orphans();
    }

    /// Lets some of the tasks that were not placed before try again.
    fn invite(&mut self, tasks: &mut Vec<usize>) {
        let many = 12;
        for i in 0..self.absent.len().min(many) {
            let pick = if self.absent.len() > many { self.rng.below(self.absent.len()) } else { i };
            let task = self.absent[pick];
            if self.state.spots[task].is_none() && !tasks.contains(&task) {
                tasks.push(task);
            }
        }
    }

    fn sort(&mut self, tasks: &mut [usize]) {
        let model = self.state.model;
        self.rng.shuffle(tasks);
        match self.rng.below(6) {
            0 | 1 => tasks.sort_by_key(|&t| std::cmp::Reverse(model.tasks[t].weight)),
            2 => tasks.sort_by_key(|&t| std::cmp::Reverse(model.tasks[t].duration)),
            3 => tasks.sort_by_key(|&t| model.tasks[t].starts.count()),
            _ => {}
        }
        tasks.sort_by_key(|&t| !model.tasks[t].mandatory);
    }

    fn insert(&mut self, task: usize) -> bool {
        if self.state.spots[task].is_some() {
            return true;
        }
        let until = self.state.model.tasks[task].needed_by;
        let early = (until < Slot::MAX).then(|| by(&mut self.finder, &self.state, task, until));
        let blink = Some((&mut self.rng, 50));
        let found = early
            .flatten()
            .or_else(|| self.finder.best(&self.state, task, None, blink).map(|(_, spot)| spot));
        let Some(spot) = found else {
            self.failures[task] += 1;
            return false;
        };
        self.put(task, spot);
        true
    }

    /// Takes out what waits for something that is no longer placed.
    fn drop_orphans(&mut self) {
        let mut i = 0;
        while i < self.touched.len() {
            let task = self.touched[i].0;
            i += 1;
            if self.state.spots[task].is_none() {
                for next in self.state.model.tasks[task].before.clone() {
                    self.remove(next);
                }
            }
        }
    }
}
