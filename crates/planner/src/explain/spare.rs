//! Which of the facts at a spot are needed.

use std::borrow::Cow;

use super::{Relaxation, place};
use crate::{
    problem::{
        Problem,
        fact::{Fact, relax},
        plan::Plan,
    },
    search::{
        insert::Finder,
        legal::exactly,
        state::{Spot, State},
    },
    solve::begin::adopt,
};

/// What facts are tried on: a task that a plan leaves out.
pub(super) struct Trial<'a> {
    problem: &'a Problem,
    plan: &'a Plan,
    task: usize,
    /// What of the plan keeps the rules.
    state: State<'a>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(problem: &'a Problem, plan: &'a Plan, task: usize) -> Self {
        let mut state = State::new(&problem.model);
        adopt(problem, plan, &mut state);
        Self { problem, plan, task, state }
    }

    /// The facts less every one without which the rest is still enough, the dearest first; nothing when not
    /// even all of them are enough.
    pub(super) fn needed(&self, facts: Vec<Fact>) -> Option<Relaxation> {
        let dearest = |a: &Fact, b: &Fact| b.cost(self.problem).total_cmp(&a.cost(self.problem));
        let (mut gone, mut changes): (Vec<Fact>, Vec<Fact>) =
            facts.into_iter().partition(|fact| self.who(fact).is_some());
        changes.sort_by(dearest);
        // Whether all are enough is tried in the end, with what is left of them.
        if self.problem.model.break_spread.is_some() {
            let relaxed = self.without(&changes)?;
            if !self.fits(&relaxed, &gone) {
                let needed = self.spread(&relaxed, &gone)?;
                changes.insert(0, Fact::Breaks { needed });
            }
        }
        let mut relaxed = None;
        let mut at = 0;
        while at < changes.len() {
            let mut fewer = changes.clone();
            fewer.remove(at);
            match self.without(&fewer).filter(|less| self.fits(less, &gone)) {
                Some(less) => (relaxed, changes) = (Some(less), fewer),
                None => at += 1,
            }
        }
        let relaxed = relaxed.or_else(|| self.without(&changes))?;
        gone.sort_by(dearest);
        self.put_back(&relaxed, &mut gone);
        self.told(&relaxed, [gone, changes].concat())
    }

    /// The relaxation in words, when whoever follows it finds a place.
    fn told(&self, relaxed: &Problem, mut facts: Vec<Fact>) -> Option<Relaxation> {
        let mut plan = Cow::Borrowed(self.plan);
        for fact in &facts {
            if let Fact::Taken { by } = fact {
                plan.to_mut().activities.remove(by);
            }
        }
        let placement = place(relaxed, &plan, &self.problem.spec().activities[self.task].id)?;
        facts.sort();
        let cost = facts.iter().map(|fact| fact.cost(self.problem)).sum();
        Some(Relaxation { facts, cost, start: placement.start, hall: placement.hall })
    }

    /// The task that would have to go.
    fn who(&self, fact: &Fact) -> Option<usize> {
        match fact {
            Fact::Taken { by } => self.problem.index.activity(by),
            _ => None,
        }
    }

    /// The problem without these facts, none of which is about what is placed.
    fn without(&self, facts: &[Fact]) -> Option<Cow<'a, Problem>> {
        if facts.is_empty() {
            return Some(Cow::Borrowed(self.problem));
        }
        let (spec, _) = relax(self.problem, &Plan::default(), facts);
        Problem::new(spec).ok().map(Cow::Owned)
    }

    /// What is placed but for this: whatever kept the rules keeps those that are relaxed.
    fn rest<'b>(&self, problem: &'b Problem, gone: &[Fact]) -> State<'b> {
        let gone: Vec<usize> = gone.iter().filter_map(|fact| self.who(fact)).collect();
        let mut state = State::new(&problem.model);
        for (task, spot) in self.state.spots.iter().enumerate() {
            if let Some(spot) = spot.as_ref().filter(|_| !gone.contains(&task)) {
                state.place(task, spot.clone());
            }
        }
        state
    }

    fn fits(&self, problem: &Problem, gone: &[Fact]) -> bool {
        let mut rest = self.rest(problem, gone);
        Finder::new(&problem.model).evenly(&mut rest, self.task).is_some()
    }

    /// By how much breaks would differ if that were no matter.
    fn spread(&self, problem: &Problem, gone: &[Fact]) -> Option<u32> {
        let mut rest = self.rest(problem, gone);
        let (_, spot) = Finder::new(&problem.model).best(&rest, self.task, None, None)?;
        rest.place(self.task, spot);
        Some(rest.spread())
    }

    /// Puts back what can stay after all. What waits for something that goes cannot.
    fn put_back(&self, problem: &Problem, gone: &mut Vec<Fact>) {
        let (mut rest, mut finder) = (self.rest(problem, gone), Finder::new(&problem.model));
        let mut stays = |fact: &Fact| -> bool {
            let home =
                self.who(fact).and_then(|task| Some((task, self.state.spots[task].as_ref()?)));
            let Some((task, home)) = home else { return false };
            let Some(spot) = again(&rest, task, home) else { return false };
            rest.place(task, spot);
            let fits = finder.evenly(&mut rest, self.task).is_some();
            if !fits {
                rest.unplace(task);
            }
            fits
        };
        let mut at = 0;
        while at < gone.len() {
            if stays(&gone[at]) {
                gone.remove(at);
                // What waited for it may stay, too.
                at = 0;
            } else {
                at += 1;
            }
        }
    }
}

fn again(state: &State<'_>, task: usize, spot: &Spot) -> Option<Spot> {
    exactly(state, task, spot.start, spot.hall, &spot.team)
}
