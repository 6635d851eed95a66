//! The state of a conflict-driven engine: assignment, watches, propagation.
//!
//! Two literals of every clause are watched; a watch remembers a literal that, when it holds, makes a
//! visit needless (Eén and Sörensson, SAT 2003; Biere et al., `CaDiCaL`, 2020).

use super::{
    clauses::{At, Clauses, NOWHERE},
    limit::Limit,
    lit::Lit,
    order::{Heap, Queue},
    pace::Pace,
};

#[derive(Clone, Copy)]
pub(super) struct Watch {
    pub(super) clause: At,
    pub(super) blocker: Lit,
    pub(super) is_pair: bool,
}

/// What is known of a variable.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) level: u32,
    /// The clause that forced it.
    pub(super) reason: At,
}

/// An engine that takes clauses and answers whether they can hold together with assumptions.
pub(crate) struct Engine {
    pub(super) clauses: Clauses,
    /// By literal: the clauses that watch it.
    pub(super) watches: Vec<Vec<Watch>>,
    /// By literal: 1 when it holds, -1 when not, 0 when open.
    pub(super) values: Vec<i8>,
    pub(super) known: Vec<Known>,
    pub(super) trail: Vec<Lit>,
    /// Where levels begin in the trail.
    pub(super) levels: Vec<usize>,
    pub(super) head: usize,
    pub(super) heap: Heap,
    pub(super) queue: Queue,
    pub(super) phases: Phases,
    pub(super) pace: Pace,
    pub(super) scratch: Scratch,
    pub(super) assumptions: Vec<Lit>,
    pub(super) learnt: Vec<At>,
    pub(super) model: Vec<bool>,
    /// The clauses alone cannot hold.
    pub(super) broken: bool,
    /// A clause that propagation passes over.
    pub(super) ignored: At,
    /// Watches looked at: the measure of work.
    pub(super) ticks: u64,
    pub(crate) limit: Limit,
}

/// The values that variables take when they are decided.
#[derive(Default)]
pub(super) struct Phases {
    /// The last value.
    pub(super) saved: Vec<bool>,
    /// Values of the longest assignment without conflict since the last rephasing.
    pub(super) target: Vec<i8>,
    /// The same since the last choice of the best.
    pub(super) best: Vec<i8>,
    pub(super) target_size: usize,
    pub(super) best_size: usize,
}

/// Marks that an analysis needs.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) seen: Vec<u8>,
    pub(super) clear: Vec<usize>,
    pub(super) stamps: Vec<u64>,
    pub(super) stamp: u64,
    pub(super) stack: Vec<Lit>,
    pub(super) learnt: Vec<Lit>,
    pub(super) bumped: Vec<usize>,
}

impl Engine {
    pub(crate) fn new(limit: Limit) -> Self {
        Self {
            clauses: Clauses::default(),
            watches: Vec::new(),
            values: Vec::new(),
            known: Vec::new(),
            trail: Vec::new(),
            levels: Vec::new(),
            head: 0,
            heap: Heap::default(),
            queue: Queue::default(),
            phases: Phases::default(),
            pace: Pace::default(),
            scratch: Scratch { stamps: vec![0], ..Scratch::default() },
            assumptions: Vec::new(),
            learnt: Vec::new(),
            model: Vec::new(),
            broken: false,
            ignored: NOWHERE,
            ticks: 0,
            limit,
        }
    }

    pub(crate) fn fresh(&mut self) -> Lit {
        let variable = self.known.len();
        self.known.push(Known { level: 0, reason: NOWHERE });
        self.values.extend([0, 0]);
        self.watches.extend([Vec::new(), Vec::new()]);
        self.heap.add();
        self.queue.add();
        self.phases.saved.push(false);
        self.phases.target.push(0);
        self.phases.best.push(0);
        self.scratch.seen.push(0);
        self.scratch.stamps.push(0);
        Lit::positive(variable)
    }

    /// Lets the search begin with this literal, before any supposed earlier.
    pub(crate) fn suppose(&mut self, literal: Lit) {
        let variable = literal.variable();
        self.phases.saved[variable] = literal.is_positive();
        self.queue.bump(variable, self.value(literal) != 0);
    }

    /// How many clauses there are.
    pub(crate) fn size(&self) -> u64 {
        self.clauses.all().count() as u64
    }

    /// Work done so far: a measure that is the same on every machine.
    pub(crate) fn ticks(&self) -> u64 {
        self.ticks
    }

    /// Whether a literal is true or false in every model.
    pub(crate) fn fixed(&mut self, literal: Lit) -> Option<bool> {
        self.retreat(0);
        Some(self.value(literal)).filter(|&value| value != 0).map(|value| value > 0)
    }

    #[inline]
    pub(super) fn value(&self, literal: Lit) -> i8 {
        self.values[literal.index()]
    }

    pub(super) fn level(&self) -> u32 {
        u32::try_from(self.levels.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn level_of(&self, literal: Lit) -> u32 {
        self.known[literal.variable()].level
    }

    /// Adds a clause for good.
    pub(crate) fn clause(&mut self, literals: &[Lit]) {
        self.retreat(0);
        if literals.iter().any(|&literal| self.value(literal) > 0) {
            return;
        }
        let mut clause = literals.to_vec();
        clause.sort_unstable();
        clause.dedup();
        if clause.windows(2).any(|pair| pair[0] == !pair[1]) {
            return;
        }
        clause.retain(|&literal| self.value(literal) == 0);
        match clause.as_slice() {
            [] => self.broken = true,
            [unit] => {
                self.assign(*unit, NOWHERE);
                self.broken |= self.propagate().is_some();
            }
            _ => {
                let at = self.clauses.add(&clause, false, 0);
                self.watch(at);
            }
        }
    }

    pub(super) fn watch(&mut self, at: At) {
        let (a, b) = (self.clauses.literal(at, 0), self.clauses.literal(at, 1));
        let is_pair = self.clauses.len(at) == 2;
        self.watches[a.index()].push(Watch { clause: at, blocker: b, is_pair });
        self.watches[b.index()].push(Watch { clause: at, blocker: a, is_pair });
    }

    #[inline]
    pub(super) fn assign(&mut self, literal: Lit, reason: At) {
        let level = self.level();
        self.values[literal.index()] = 1;
        self.values[(!literal).index()] = -1;
        self.known[literal.variable()] = Known { level, reason };
        self.trail.push(literal);
    }

    pub(super) fn decide(&mut self, literal: Lit) {
        self.levels.push(self.trail.len());
        self.assign(literal, NOWHERE);
    }

    /// Takes back all levels above this one.
    pub(super) fn retreat(&mut self, level: u32) {
        if self.level() <= level {
            return;
        }
        let from = self.levels[level as usize];
        for at in (from..self.trail.len()).rev() {
            let literal = self.trail[at];
            let variable = literal.variable();
            self.values[literal.index()] = 0;
            self.values[(!literal).index()] = 0;
            self.phases.saved[variable] = literal.is_positive();
            self.heap.insert(variable);
            self.queue.released(variable);
        }
        self.trail.truncate(from);
        self.levels.truncate(level as usize);
        self.head = from;
    }

    /// Draws all conclusions; the clause that cannot hold any more, if there is one.
    pub(super) fn propagate(&mut self) -> Option<At> {
        while let Some(&true_now) = self.trail.get(self.head) {
            self.head += 1;
            let falsified = !true_now;
            let mut list = std::mem::take(&mut self.watches[falsified.index()]);
            let conflict = self.visit(falsified, &mut list);
            self.watches[falsified.index()] = list;
            if conflict.is_some() {
                return conflict;
            }
        }
        None
    }

    fn visit(&mut self, falsified: Lit, list: &mut Vec<Watch>) -> Option<At> {
        let (mut read, mut write) = (0, 0);
        let mut conflict = None;
        self.ticks += 1 + list.len() as u64 / 8;
        while read < list.len() {
            let watch = list[read];
            read += 1;
            list[write] = watch;
            write += 1;
            let blocked = self.value(watch.blocker);
            if blocked > 0 {
                continue;
            }
            if watch.is_pair {
                if blocked < 0 {
                    conflict = Some(watch.clause);
                    break;
                }
                self.assign(watch.blocker, watch.clause);
                continue;
            }
            if watch.clause == self.ignored {
                continue;
            }
            self.ticks += 1;
            let codes = self.clauses.codes(watch.clause);
            let other = Lit::from_code(codes[0] ^ codes[1] ^ falsified.code());
            let other_value = self.values[other.index()];
            if other_value > 0 {
                list[write - 1].blocker = other;
                continue;
            }
            let values = &self.values;
            let found = codes[2..].iter().position(|&code| values[code as usize] >= 0);
            if let Some(place) = found {
                let next = codes[place + 2];
                codes[0] = other.code();
                codes[1] = next;
                codes[place + 2] = falsified.code();
                write -= 1;
                let watch = Watch { clause: watch.clause, blocker: other, is_pair: false };
                self.watches[next as usize].push(watch);
                continue;
            }
            list[write - 1].blocker = other;
            if other_value < 0 {
                conflict = Some(watch.clause);
                break;
            }
            codes[0] = other.code();
            codes[1] = falsified.code();
            self.assign(other, watch.clause);
        }
        list.copy_within(read.., write);
        list.truncate(write + list.len() - read);
        conflict
    }
}
