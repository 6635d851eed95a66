//! What follows from a conflict.

use super::{
    clauses::{At, NOWHERE},
    engine::Engine,
    lit::Lit,
};

const SEEN: u8 = 1;
const REDUNDANT: u8 = 2;

/// Recently useful clauses of at most so much glue are kept longer.
pub(super) const MIDDLE_GLUE: u32 = 6;

impl Engine {
    /// Learns from a conflict: a clause whose first literal follows at the level that is returned.
    /// The clause is left in the scratch.
    pub(super) fn analyze(&mut self, conflict: At) -> u32 {
        let mut learnt = std::mem::take(&mut self.scratch.learnt);
        learnt.clear();
        learnt.push(Lit::from_code(0));
        let mut reason = conflict;
        let mut open = 0_u32;
        let mut at = self.trail.len();
        let now = self.level();
        loop {
            self.credit(reason);
            let size = self.clauses.len(reason);
            for place in 0..size {
                let literal = self.clauses.literal(reason, place);
                let variable = literal.variable();
                // The literal that the clause forced holds; the others do not.
                if self.value(literal) > 0 || self.scratch.seen[variable] != 0 {
                    continue;
                }
                let level = self.known[variable].level;
                if level == 0 {
                    continue;
                }
                self.scratch.seen[variable] = SEEN;
                self.scratch.clear.push(variable);
                if level == now {
                    open += 1;
                } else {
                    learnt.push(literal);
                }
            }
            let forced = loop {
                at -= 1;
                let literal = self.trail[at];
                if self.scratch.seen[literal.variable()] != 0 {
                    break literal;
                }
            };
            open -= 1;
            if open == 0 {
                learnt[0] = !forced;
                break;
            }
            reason = self.known[forced.variable()].reason;
        }
        self.bump();
        self.minimize(&mut learnt);
        self.forget();
        let back = self.second(&mut learnt);
        self.scratch.learnt = learnt;
        back
    }

    /// Notes that a learnt clause was of use.
    fn credit(&mut self, at: At) {
        if !self.clauses.is_learnt(at) {
            return;
        }
        let old = self.clauses.glue(at);
        if old > 2 {
            let new = self.glue_of(at);
            if new < old {
                self.clauses.set_glue(at, new);
            }
        }
        self.clauses.set_used(at, if self.clauses.glue(at) <= MIDDLE_GLUE { 2 } else { 1 });
    }

    fn glue_of(&mut self, at: At) -> u32 {
        self.scratch.stamp += 1;
        let stamp = self.scratch.stamp;
        let mut glue = 0;
        for place in 0..self.clauses.len(at) {
            let level = self.level_of(self.clauses.literal(at, place)) as usize;
            if self.scratch.stamps[level] != stamp {
                self.scratch.stamps[level] = stamp;
                glue += 1;
            }
        }
        glue
    }

    /// How many levels the literals of the learnt clause come from.
    pub(super) fn glue(&mut self, learnt: &[Lit]) -> u32 {
        self.scratch.stamp += 1;
        let stamp = self.scratch.stamp;
        let mut glue = 0;
        for &literal in learnt {
            let level = self.level_of(literal) as usize;
            if self.scratch.stamps[level] != stamp {
                self.scratch.stamps[level] = stamp;
                glue += 1;
            }
        }
        glue
    }

    fn bump(&mut self) {
        if self.pace.is_stable {
            for i in 0..self.scratch.clear.len() {
                self.heap.bump(self.scratch.clear[i]);
            }
            self.heap.decay();
        } else {
            let mut bumped = std::mem::take(&mut self.scratch.bumped);
            bumped.clear();
            bumped.extend_from_slice(&self.scratch.clear);
            bumped.sort_unstable_by_key(|&variable| self.queue.stamp(variable));
            for &variable in &bumped {
                let assigned = self.values[2 * variable] != 0;
                self.queue.bump(variable, assigned);
            }
            self.scratch.bumped = bumped;
        }
    }

    /// Drops literals that follow from the others.
    fn minimize(&mut self, learnt: &mut Vec<Lit>) {
        let levels = learnt[1..].iter().fold(0, |set, &l| set | 1_u64 << (self.level_of(l) % 64));
        let mut kept = 1;
        for i in 1..learnt.len() {
            let literal = learnt[i];
            let has_reason = self.known[literal.variable()].reason != NOWHERE;
            if !has_reason || !self.is_redundant(literal, levels) {
                learnt[kept] = literal;
                kept += 1;
            }
        }
        learnt.truncate(kept);
        if learnt.len() <= 30 {
            self.strengthen(learnt);
        }
    }

    /// Whether a literal follows from the others of the learnt clause.
    fn is_redundant(&mut self, literal: Lit, levels: u64) -> bool {
        let mut stack = std::mem::take(&mut self.scratch.stack);
        stack.clear();
        stack.push(literal);
        let first = self.scratch.clear.len();
        let mut holds = true;
        'all: while let Some(literal) = stack.pop() {
            let reason = self.known[literal.variable()].reason;
            for place in 0..self.clauses.len(reason) {
                let other = self.clauses.literal(reason, place);
                let variable = other.variable();
                let known = self.known[variable];
                let seen = self.scratch.seen[variable];
                let is_settled = seen & (SEEN | REDUNDANT) != 0;
                if variable == literal.variable() || known.level == 0 || is_settled {
                    continue;
                }
                let is_elsewhere = levels & 1 << (known.level % 64) == 0;
                if known.reason == NOWHERE || is_elsewhere {
                    holds = false;
                    break 'all;
                }
                self.scratch.seen[variable] = REDUNDANT;
                self.scratch.clear.push(variable);
                stack.push(other);
            }
        }
        if !holds {
            // What was taken for redundant on the way may not be so.
            for i in first..self.scratch.clear.len() {
                let variable = self.scratch.clear[i];
                self.scratch.seen[variable] = 0;
            }
            self.scratch.clear.truncate(first);
        }
        self.scratch.stack = stack;
        holds
    }

    /// Drops literals that clauses of two say follow from the first.
    fn strengthen(&mut self, learnt: &mut Vec<Lit>) {
        self.scratch.stamp += 1;
        let stamp = self.scratch.stamp;
        let first = learnt[0];
        let mut found = false;
        for watch in &self.watches[first.index()] {
            if watch.is_pair && self.values[watch.blocker.index()] > 0 {
                // `first` or `blocker`: so with `not blocker` in the clause, it is not needed.
                self.scratch.stamps[watch.blocker.variable()] = stamp;
                found = true;
            }
        }
        if found {
            let stamps = &self.scratch.stamps;
            let mut place = 0;
            learnt.retain(|literal| {
                place += 1;
                place == 1 || stamps[literal.variable()] != stamp
            });
        }
    }

    fn forget(&mut self) {
        for variable in self.scratch.clear.drain(..) {
            self.scratch.seen[variable] = 0;
        }
    }

    /// Puts a literal of the highest level but the present in the second place; that level.
    fn second(&self, learnt: &mut [Lit]) -> u32 {
        let Some(most) = (1..learnt.len()).max_by_key(|&i| self.level_of(learnt[i])) else {
            return 0;
        };
        learnt.swap(1, most);
        self.level_of(learnt[1])
    }

    /// Decisions that led to these literals.
    pub(super) fn decisions(&mut self, from: impl IntoIterator<Item = Lit>) -> Vec<Lit> {
        let mut low = self.trail.len();
        for literal in from {
            let variable = literal.variable();
            if self.known[variable].level > 0 && self.scratch.seen[variable] == 0 {
                self.scratch.seen[variable] = SEEN;
                self.scratch.clear.push(variable);
                low = 0;
            }
        }
        let mut found = Vec::new();
        if low == 0 && !self.levels.is_empty() {
            for at in (self.levels[0]..self.trail.len()).rev() {
                let literal = self.trail[at];
                if self.scratch.seen[literal.variable()] == 0 {
                    continue;
                }
                let reason = self.known[literal.variable()].reason;
                if reason == NOWHERE {
                    found.push(literal);
                    continue;
                }
                for place in 0..self.clauses.len(reason) {
                    let variable = self.clauses.literal(reason, place).variable();
                    if self.known[variable].level > 0 && self.scratch.seen[variable] == 0 {
                        self.scratch.seen[variable] = SEEN;
                        self.scratch.clear.push(variable);
                    }
                }
            }
        }
        self.forget();
        found
    }
}
