//! The search for the least number of breaks.

use std::collections::HashMap;

use super::{
    Conflict, Finding, Listener, Proof, SLICE, Standing,
    encode::Encoding,
    reason::{self, Whose},
};
use crate::{
    model::Model,
    sat::{Answer, Limit, Lit, Sat},
    spec::Slot,
};

pub(super) struct Prover<'a> {
    model: &'a Model,
    sat: Sat,
    encoding: Encoding<'a>,
    best: Option<u32>,
    starts: Option<Vec<Slot>>,
    bound: u32,
    listener: Listener<'a>,
}

/// A counter over a core, and how many of its inputs are admitted.
struct Sum {
    outputs: Vec<Lit>,
    admitted: usize,
}

impl<'a> Prover<'a> {
    pub(super) fn new(
        model: &'a Model,
        known: Option<u32>,
        limit: Limit,
        listener: Listener<'a>,
    ) -> Self {
        let mut sat = Sat::new(limit);
        let encoding = Encoding::new(model, &mut sat, &vec![true; model.tasks.len()]);
        Self { model, sat, encoding, best: known, starts: None, bound: 0, listener }
    }

    pub(super) fn run(mut self) -> Finding {
        let search = self.search();
        let proof = search.unwrap_or_else(|whose| Proof::Infeasible(self.conflict(whose)));
        Finding { proof, bound: self.bound, starts: self.starts }
    }

    fn conflict(&self, whose: Whose) -> Conflict {
        let limit = &self.sat.limit;
        reason::conflict(self.model, whose, limit.part(), limit.conflicts())
    }

    /// Asks in small portions, so that the listener hears in time.
    fn ask(&mut self, assumptions: &[Lit], conflicts: Option<u64>) -> Answer {
        let mut left = conflicts.unwrap_or(u64::MAX);
        loop {
            let answer = self.sat.ask(assumptions, Some(left.min(SLICE)));
            left -= left.min(SLICE);
            if answer == Answer::Yes {
                self.keep();
            }
            let standing = Standing {
                conflicts: self.sat.limit.conflicts(),
                best: self.best,
                bound: self.bound,
            };
            if (self.listener)(standing).is_break() {
                self.sat.limit.stop();
            }
            if answer != Answer::Unknown || left == 0 || self.sat.limit.is_over() {
                return answer;
            }
        }
    }

    /// Keeps the model of the engine when it is the best so far.
    fn keep(&mut self) {
        let count = |ends: &Vec<Lit>| ends.iter().filter(|&&end| self.sat.holds(end)).count();
        let breaks: Vec<usize> = self.encoding.ends.iter().map(count).collect();
        let (least, most) = (breaks.iter().min(), breaks.iter().max());
        let spread = most.zip(least).map_or(0, |(most, least)| most - least);
        let is_even = self.model.break_spread.is_none_or(|limit| spread <= limit as usize);
        let total = u32::try_from(breaks.iter().sum::<usize>()).unwrap_or(u32::MAX);
        if !is_even || self.best.is_some_and(|best| best <= total) {
            return;
        }
        self.starts = self.encoding.starts(&self.sat);
        self.best = Some(total);
    }

    /// First any plan, then one with even breaks: what the engine learns from these easy questions makes
    /// the hard ones ten times shorter. Says whose constraints cannot hold when there is no plan.
    fn search(&mut self) -> Result<Proof, Whose> {
        match self.ask(&[], None) {
            Answer::Yes => {}
            Answer::No(_) => return Err(Whose::Activities),
            Answer::Unknown => return Ok(Proof::Open),
        }
        if let Some(fair) = self.encoding.fair() {
            self.sat.clause(&[fair]);
            match self.ask(&[], None) {
                Answer::Yes => {}
                Answer::No(_) => return Err(Whose::People),
                Answer::Unknown => return Ok(Proof::Open),
            }
        }
        Ok(self.least())
    }

    fn least(&mut self) -> Proof {
        let mut hopes: Vec<Lit> = self.encoding.ends.iter().flatten().map(|&end| !end).collect();
        let mut sums: HashMap<Lit, Sum> = HashMap::new();
        loop {
            let mut fresh = Vec::new();
            loop {
                if self.best.is_some_and(|best| best <= self.bound) {
                    return Proof::Optimal;
                }
                match self.ask(&hopes, None) {
                    Answer::Unknown => return Proof::Open,
                    Answer::Yes => break,
                    Answer::No(core) => {
                        let core = self.shrink(core);
                        hopes.retain(|hope| !core.contains(hope));
                        self.admit(&core, &mut sums, &mut fresh);
                    }
                }
            }
            hopes.append(&mut fresh);
        }
    }

    /// A smaller core, as far as a little work goes.
    fn shrink(&mut self, mut core: Vec<Lit>) -> Vec<Lit> {
        for _ in 0..5 {
            match self.ask(&core, Some(1_000)) {
                Answer::No(smaller) if smaller.len() < core.len() => core = smaller,
                _ => break,
            }
        }
        let mut i = core.len();
        while i > 0 && core.len() > 1 && core.len() < 200 && !self.sat.limit.is_over() {
            i = (i - 1).min(core.len() - 1);
            let mut fewer = core.clone();
            fewer.remove(i);
            if let Answer::No(smaller) = self.ask(&fewer, Some(200)) {
                core = smaller;
            }
        }
        core
    }

    /// Admits one break of a core, and more as long as it is easily shown that they cannot be avoided.
    fn admit(&mut self, core: &[Lit], sums: &mut HashMap<Lit, Sum>, fresh: &mut Vec<Lit>) {
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
        self.bound += 1;
        if core.len() > 1 {
            let outputs = self.sat.counter(&violated, violated.len(), false);
            while admitted < outputs.len() {
                match self.ask(&[!outputs[admitted]], Some(500)) {
                    Answer::No(_) => self.sat.clause(&[outputs[admitted]]),
                    _ => break,
                }
                admitted += 1;
                self.bound += 1;
            }
            if let Some(&more) = outputs.get(admitted) {
                fresh.push(!more);
                sums.insert(!more, Sum { outputs, admitted });
            }
        }
    }
}
