//! When to give up.

use std::{cell::Cell, time::Duration};

use cpu_time::ThreadTime;

/// A limit of CPU time and of conflicts.
pub(crate) struct Limit {
    clock: ThreadTime,
    cpu: Option<Duration>,
    pub(super) conflicts: u64,
    /// Conflicts at which all work ends.
    end: u64,
    /// Conflicts at which the present question is dropped.
    pub(super) pause: u64,
    looks: Cell<u64>,
    late: Cell<bool>,
}

/// Looks at the limit between two looks at the clock.
const LOOKS: u64 = 64;

impl Limit {
    pub(crate) fn new(cpu: Option<Duration>, conflicts: u64) -> Self {
        Self {
            clock: ThreadTime::now(),
            cpu,
            conflicts: 0,
            end: conflicts,
            pause: u64::MAX,
            looks: Cell::new(0),
            late: Cell::new(false),
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        let looks = self.looks.get();
        self.looks.set(looks + 1);
        if looks.is_multiple_of(LOOKS) && self.cpu.is_some_and(|cpu| self.clock.elapsed() >= cpu) {
            self.late.set(true);
        }
        self.late.get() || self.conflicts >= self.end
    }

    /// What is left, as a limit of its own.
    pub(crate) fn part(&self) -> Self {
        let left = self.cpu.map(|cpu| cpu.saturating_sub(self.clock.elapsed()));
        Self::new(left, self.end.saturating_sub(self.conflicts))
    }

    /// The same with no more conflicts than these.
    pub(crate) fn at_most(self, conflicts: u64) -> Self {
        Self { end: self.end.min(conflicts), ..self }
    }

    /// Counts work done elsewhere.
    pub(crate) fn spend(&mut self, conflicts: u64) {
        self.conflicts += conflicts;
    }

    /// All work ends.
    pub(crate) fn stop(&self) {
        self.late.set(true);
    }

    /// Conflicts so far.
    pub(crate) fn conflicts(&self) -> u64 {
        self.conflicts
    }

    pub(super) fn is_paused(&self) -> bool {
        self.conflicts >= self.pause || self.is_over()
    }
}
