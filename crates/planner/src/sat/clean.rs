//! Giving up clauses that are of little use.

use super::{
    clauses::{At, NOWHERE},
    engine::Engine,
};

/// Clauses of at most so much glue are kept for good.
const LOW_GLUE: u32 = 2;

impl Engine {
    /// Gives up most of the learnt clauses that were not of use lately, and what holds anyway.
    pub(super) fn clean(&mut self) {
        let mut weak: Vec<(u32, usize, At)> = Vec::new();
        for i in 0..self.learnt.len() {
            let at = self.learnt[i];
            if self.clauses.is_dead(at) {
                continue;
            }
            let (glue, used) = (self.clauses.glue(at), self.clauses.used(at));
            self.clauses.set_used(at, used.saturating_sub(1));
            if glue > LOW_GLUE && used == 0 {
                weak.push((glue, self.clauses.len(at), at));
            }
        }
        weak.sort_unstable_by(|a, b| b.cmp(a));
        weak.truncate(weak.len() * 3 / 4);
        for (_, _, at) in weak {
            self.clauses.kill(at);
        }
        self.sweep();
    }

    /// Removes clauses that hold at level 0, and the dead from all lists. Only at level 0.
    pub(super) fn sweep(&mut self) {
        for literal in &self.trail {
            self.known[literal.variable()].reason = NOWHERE;
        }
        let all: Vec<At> = self.clauses.all().collect();
        for at in all {
            if self.clauses.literals(at).any(|literal| self.values[literal.index()] > 0) {
                self.clauses.kill(at);
            }
        }
        let clauses = &mut self.clauses;
        for list in &mut self.watches {
            list.retain(|watch| !clauses.is_dead(watch.clause));
        }
        self.learnt.retain(|&at| !clauses.is_dead(at));
        if clauses.is_wasteful() {
            let moved = clauses.compact();
            for watch in self.watches.iter_mut().flatten() {
                watch.clause = moved.to(watch.clause);
            }
            for at in &mut self.learnt {
                *at = moved.to(*at);
            }
        }
    }
}
