//! The search for the least number of breaks.

use super::{
    Conflict, Finding, Listener, Proof, SLICE, Standing,
    encode::Encoding,
    reason::{self, Whose},
};
use crate::{
    model::Model,
    problem::spec::Slot,
    sat::{Answer, Asker, Cores, Limit, Lit, Sat},
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

    /// Admits breaks until no more are needed than are admitted.
    fn least(&mut self) -> Proof {
        let mut cores = Cores::new(self.encoding.ends.iter().flatten().copied());
        if cores.run(self) { Proof::Optimal } else { Proof::Open }
    }
}

impl Asker for Prover<'_> {
    fn engine(&mut self) -> &mut Sat {
        &mut self.sat
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

    fn raise(&mut self) {
        self.bound += 1;
    }

    fn is_least(&self) -> bool {
        self.best.is_some_and(|best| best <= self.bound)
    }
}
