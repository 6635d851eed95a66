//! Proof for matching problems: short meetings at tables, few breaks (Bofill et al., JAIR 74, 2022).
//!
//! The problem becomes clauses with two implied constraints (each person has as many slots in use as
//! meetings; no slot has more people than seats). Breaks are forbidden by assumption and admitted one
//! by one as the engine shows that some set of them cannot all be avoided (core-guided search, OLL of
//! Andres et al., 2012): the number admitted is a lower bound at any time, and the optimum when a
//! model is found.

use std::collections::HashMap;

use batsat::Lit;

use crate::{
    model::{Model, Task},
    sat::{Answer, Limit, Sat},
    spec::Slot,
};

/// What was proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// No plan has fewer breaks than the one given.
    Optimal,
    /// No plan keeps all rules.
    Infeasible,
    /// No plan has fewer breaks than the bound.
    Open,
}

/// The result of a proof.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) proof: Proof,
    /// No plan has fewer breaks.
    pub(crate) bound: u32,
    /// Starts of a plan better than the one given.
    pub(crate) starts: Option<Vec<Slot>>,
}

/// Whether the problem is of the kind that can be proved.
pub(crate) fn applies(model: &Model) -> bool {
    let weights = &model.weights;
    let [hall] = model.halls.as_slice() else { return false };
    let plain = |task: &Task| {
        task.duration == 1
            && task.mandatory
            && task.apart.is_empty()
            && task.teams.iter().all(Vec::is_empty)
    };
    let rest = [weights.idle, weights.hall_moves, weights.interpreting]
        .iter()
        .all(|&weight| weight == 0.0);
    rest && weights.breaks > 0.0
        && model.slots == model.slots_per_day
        && model.lunch.0 == model.lunch.1
        && model.person_day >= model.slots
        && hall.closed.is_empty()
        && !model.tasks.is_empty()
        && model.tasks.iter().all(plain)
}

/// Proves what it can. `known` is the number of breaks of the best plan so far.
pub(crate) fn prove(model: &Model, known: Option<u32>, limit: Limit) -> Finding {
    let mut proof = Prover {
        model,
        sat: Sat::new(limit),
        at: vec![HashMap::new(); model.tasks.len()],
        breaks: Vec::new(),
        best: known,
        starts: None,
        fair: None,
    };
    proof.fair = model.break_spread.map(|_| proof.sat.fresh());
    if !proof.encode() {
        return Finding { proof: Proof::Infeasible, bound: 0, starts: None };
    }
    let (status, bound) = proof.search();
    let (status, bound) = proof.guard(status, bound);
    Finding { proof: status, bound, starts: proof.starts }
}

struct Prover<'a> {
    model: &'a Model,
    sat: Sat,
    /// By task and slot: that it is there then.
    at: Vec<HashMap<Slot, Lit>>,
    /// Every possible end of a break.
    breaks: Vec<Lit>,
    best: Option<u32>,
    starts: Option<Vec<Slot>>,
    /// That the breaks of people may differ by no more than the limit.
    fair: Option<Lit>,
}

/// A counter over a core, and how many of its inputs are admitted.
struct Sum {
    outputs: Vec<Lit>,
    admitted: usize,
}

impl Prover<'_> {
    /// Writes the clauses; false when some task has no slot at all.
    fn encode(&mut self) -> bool {
        for (task, it) in self.model.tasks.iter().enumerate() {
            for slot in it.starts.iter() {
                let here = self.sat.fresh();
                self.at[task].insert(slot, here);
            }
            let mut here: Vec<(Slot, Lit)> = self.at[task].iter().map(|(&s, &l)| (s, l)).collect();
            here.sort_unstable_by_key(|entry| entry.0);
            let here: Vec<Lit> = here.into_iter().map(|entry| entry.1).collect();
            if here.is_empty() {
                return false;
            }
            self.sat.clause(&here);
            self.sat.at_most_one(&here);
        }
        self.order();
        let used: Vec<Vec<Lit>> =
            (0..self.model.people.len()).map(|person| self.person(person)).collect();
        for slot in 0..self.model.slots {
            self.tables(slot, &used);
        }
        true
    }

    fn order(&mut self) {
        for (task, it) in self.model.tasks.iter().enumerate() {
            for &before in &it.after {
                for slot in it.starts.iter() {
                    let mut clause = vec![!self.at[task][&slot]];
                    let earlier = self.model.tasks[before].starts.iter().filter(|&s| s < slot);
                    clause.extend(earlier.map(|s| self.at[before][&s]));
                    self.sat.clause(&clause);
                }
            }
        }
    }

    fn tasks_of(&self, person: usize) -> Vec<usize> {
        let tasks = &self.model.tasks;
        (0..tasks.len()).filter(|&task| tasks[task].people.contains(&person)).collect()
    }

    /// The slots that a person has in use, and the ends of their breaks.
    fn person(&mut self, person: usize) -> Vec<Lit> {
        let tasks = self.tasks_of(person);
        let mut used = Vec::new();
        for slot in 0..self.model.slots {
            let here: Vec<Lit> =
                tasks.iter().filter_map(|&t| self.at[t].get(&slot).copied()).collect();
            let use_of = self.sat.fresh();
            for &one in &here {
                self.sat.clause(&[!one, use_of]);
            }
            self.sat.clause(&[here.as_slice(), &[!use_of]].concat());
            self.sat.at_most_one(&here);
            used.push(use_of);
        }
        self.sat.exactly(&used, tasks.len());
        if tasks.len() > 1 && tasks.len() < used.len() {
            let ends = self.ends(&used);
            let limit = self.model.break_spread.unwrap_or(0) as usize;
            if let Some(fair) = self.fair.filter(|_| ends.len() > limit) {
                let sum = self.sat.counter(&ends, limit + 1, false);
                self.sat.clause(&[!fair, !sum[limit]]);
            }
            self.breaks.extend(ends);
        }
        used
    }

    fn ends(&mut self, used: &[Lit]) -> Vec<Lit> {
        let mut ends = Vec::new();
        let mut begun = used[0];
        for slots in used.windows(2) {
            let [this, next] = [slots[0], slots[1]];
            let end = self.sat.fresh();
            self.sat.clause(&[this, !begun, !next, end]);
            self.sat.clause(&[!end, !this]);
            self.sat.clause(&[!end, begun]);
            self.sat.clause(&[!end, next]);
            ends.push(end);
            let begun_then = self.sat.fresh();
            self.sat.clause(&[!begun, begun_then]);
            self.sat.clause(&[!next, begun_then]);
            self.sat.clause(&[!begun_then, begun, next]);
            begun = begun_then;
        }
        ends
    }

    /// No more meetings in a slot than tables. Meetings of one person count once: one of them at most
    /// is there.
    fn tables(&mut self, slot: Slot, used: &[Vec<Lit>]) {
        let units = self.model.halls[0].units as usize;
        let two = self.model.tasks.iter().all(|task| task.people.len() == 2);
        if two {
            let seats: Vec<Lit> = used.iter().map(|slots| slots[slot as usize]).collect();
            self.sat.at_most(&seats, 2 * units);
        }
        let mut left: Vec<usize> =
            (0..self.at.len()).filter(|&task| self.at[task].contains_key(&slot)).collect();
        let mut people: Vec<(usize, usize)> = (0..used.len())
            .map(|person| (usize::MAX - self.tasks_of(person).len(), person))
            .collect();
        people.sort_unstable();
        let mut clusters = Vec::new();
        for (_, person) in people {
            let of = |task: &usize| self.model.tasks[*task].people.contains(&person);
            let (cluster, rest): (Vec<usize>, Vec<usize>) = left.iter().partition(|&t| of(t));
            left = rest;
            if !cluster.is_empty() {
                let any = self.sat.fresh();
                for task in cluster {
                    let here = self.at[task][&slot];
                    self.sat.clause(&[!here, any]);
                }
                clusters.push(any);
            }
        }
        clusters.extend(left.iter().map(|&task| self.at[task][&slot]));
        self.sat.at_most(&clusters, units);
    }

    /// Keeps the model of the engine when it is the best so far.
    fn keep(&mut self) {
        let breaks = self.breaks.iter().filter(|&&end| self.sat.holds(end)).count();
        let breaks = u32::try_from(breaks).unwrap_or(u32::MAX);
        if self.best.is_some_and(|best| best <= breaks) {
            return;
        }
        let slot = |slots: &HashMap<Slot, Lit>| {
            slots.iter().find(|(_, here)| self.sat.holds(**here)).map(|(&slot, _)| slot)
        };
        self.starts = self.at.iter().map(slot).collect();
        self.best = Some(breaks);
    }

    fn search(&mut self) -> (Proof, u32) {
        if self.best == Some(0) {
            return (Proof::Optimal, 0);
        }
        match self.sat.ask(&[], None) {
            Answer::Yes => {}
            Answer::No(_) => return (Proof::Infeasible, 0),
            Answer::Unknown => return (Proof::Open, 0),
        }
        if let Some(fair) = self.fair {
            self.sat.clause(&[fair]);
        }
        match self.sat.ask(&[], None) {
            Answer::Yes => self.keep(),
            Answer::No(_) if self.somebody_has_none() => return (Proof::Infeasible, 0),
            Answer::No(_) | Answer::Unknown => return (Proof::Open, 0),
        }
        let mut hopes: Vec<Lit> = self.breaks.iter().map(|&end| !end).collect();
        let mut sums: HashMap<Lit, Sum> = HashMap::new();
        let mut bound = 0;
        loop {
            let mut fresh = Vec::new();
            loop {
                if self.best.is_some_and(|best| best <= bound) {
                    return (Proof::Optimal, bound);
                }
                match self.sat.ask(&hopes, None) {
                    Answer::Unknown => return (Proof::Open, bound),
                    Answer::Yes => {
                        self.keep();
                        break;
                    }
                    Answer::No(core) => {
                        let core = self.shrink(core);
                        hopes.retain(|hope| !core.contains(hope));
                        bound += self.admit(&core, &mut sums, &mut fresh);
                    }
                }
            }
            hopes.append(&mut fresh);
        }
    }

    /// A smaller core, as far as a little work goes.
    fn shrink(&mut self, mut core: Vec<Lit>) -> Vec<Lit> {
        for _ in 0..5 {
            match self.sat.ask(&core, Some(1_000)) {
                Answer::No(smaller) if smaller.len() < core.len() => core = smaller,
                _ => break,
            }
        }
        let mut i = core.len();
        while i > 0 && core.len() > 1 && core.len() < 200 && !self.sat.is_over() {
            i = (i - 1).min(core.len() - 1);
            let mut fewer = core.clone();
            fewer.remove(i);
            match self.sat.ask(&fewer, Some(200)) {
                Answer::No(smaller) => core = smaller,
                Answer::Yes => self.keep(),
                Answer::Unknown => {}
            }
        }
        core
    }

    /// Admits one break of a core, and more as long as it is easily shown that they cannot be avoided.
    fn admit(&mut self, core: &[Lit], sums: &mut HashMap<Lit, Sum>, fresh: &mut Vec<Lit>) -> u32 {
        for hope in core {
            if let Some(mut sum) = sums.remove(hope) {
                sum.admitted += 1;
                if let Some(&more) = sum.outputs.get(sum.admitted) {
                    fresh.push(!more);
                    sums.insert(!more, sum);
                }
            }
        }
        let violated: Vec<Lit> = core.iter().map(|&hope| !hope).collect();
        self.sat.clause(&violated);
        let mut admitted = 1;
        if core.len() > 1 {
            let outputs = self.sat.counter(&violated, violated.len(), false);
            while admitted < outputs.len() {
                match self.sat.ask(&[!outputs[admitted]], Some(500)) {
                    Answer::No(_) => self.sat.clause(&[outputs[admitted]]),
                    _ => break,
                }
                admitted += 1;
            }
            if let Some(&more) = outputs.get(admitted) {
                fresh.push(!more);
                sums.insert(!more, Sum { outputs, admitted });
            }
        }
        u32::try_from(admitted).unwrap_or(u32::MAX)
    }

    /// Whether somebody has no break in any plan.
    fn somebody_has_none(&self) -> bool {
        let slots = self.model.slots as usize;
        (0..self.model.people.len()).any(|person| {
            let tasks = self.tasks_of(person).len();
            tasks <= 1 || tasks == slots
        })
    }

    /// The spread of breaks is encoded as if somebody had none. When nobody must, plans in which
    /// everybody has one are left out: they cost one for each person at least.
    fn guard(&self, proof: Proof, bound: u32) -> (Proof, u32) {
        if proof == Proof::Infeasible || self.fair.is_none() || self.somebody_has_none() {
            return (proof, bound);
        }
        let all = u32::try_from(self.model.people.len()).unwrap_or(u32::MAX);
        let few = proof == Proof::Optimal && bound <= all;
        (if few { proof } else { Proof::Open }, bound.min(all))
    }
}
