//! When to restart, to change the mode, to clean up.

use super::engine::Engine;

/// Counts and thresholds of a search, in conflicts unless said otherwise.
pub(super) struct Pace {
    /// Few restarts and phases that are kept, to find models; or many, to find proofs.
    pub(super) is_stable: bool,
    fast: Mean,
    slow: Mean,
    restart: u64,
    reluctant: (u64, u64),
    /// Conflicts of the first phase, then ticks of this one, at which the mode changes.
    turn: u64,
    turn_ticks: u64,
    turns: u64,
    length: u64,
    clean: u64,
    cleanings: u64,
    rephase: u64,
    pub(super) rephasings: u64,
    /// Ticks spent on vivification.
    pub(super) vivify_ticks: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            is_stable: false,
            fast: Mean::new(1.0 / 33.0),
            slow: Mean::new(1e-5),
            restart: 2,
            reluctant: (1, 1),
            turn: 1000,
            turn_ticks: 0,
            turns: 0,
            length: 0,
            clean: 300,
            cleanings: 0,
            rephase: 1000,
            rephasings: 0,
            vivify_ticks: 0,
        }
    }
}

/// A mean that forgets; unbiased from the start.
struct Mean {
    value: f64,
    alpha: f64,
    beta: f64,
}

impl Mean {
    fn new(alpha: f64) -> Self {
        Self { value: 0.0, alpha, beta: 1.0 }
    }

    fn add(&mut self, value: f64) {
        self.value += self.alpha * (value - self.value);
        self.beta *= 1.0 - self.alpha;
    }

    fn get(&self) -> f64 {
        self.value / (1.0 - self.beta).max(1e-12)
    }
}

/// Conflicts between restarts in stable mode, times the reluctant sequence.
const STABLE: u64 = 1024;

/// Conflicts of the first phase when a model is likely.
const STEADY: u64 = 20_000;

impl Pace {
    pub(super) fn note(&mut self, glue: u32) {
        self.fast.add(f64::from(glue));
        self.slow.add(f64::from(glue));
    }

    /// Whether to restart now; the next time is set.
    pub(super) fn restarts(&mut self, conflicts: u64) -> bool {
        if conflicts < self.restart {
            return false;
        }
        if self.is_stable {
            // Knuth's reluctant doubling.
            let (u, v) = self.reluctant;
            self.reluctant = if u & u.wrapping_neg() == v { (u + 1, 1) } else { (u, 2 * v) };
            self.restart = conflicts + STABLE * self.reluctant.1;
            return true;
        }
        let is_bad = self.fast.get() > 1.1 * self.slow.get();
        if is_bad {
            self.restart = conflicts + 2;
        }
        is_bad
    }

    pub(super) fn turns(&mut self, conflicts: u64, ticks: u64) -> bool {
        let is_due =
            if self.turns == 0 { conflicts >= self.turn } else { ticks >= self.turn_ticks };
        if !is_due {
            return false;
        }
        if self.turns == 0 {
            self.length = ticks;
        }
        self.turns += 1;
        let round = self.turns.div_ceil(2);
        self.turn_ticks = ticks + self.length * round * round;
        self.is_stable = !self.is_stable;
        self.reluctant = (1, 1);
        self.restart = conflicts + if self.is_stable { STABLE } else { 2 };
        true
    }

    pub(super) fn cleans(&mut self, conflicts: u64) -> bool {
        if conflicts < self.clean {
            return false;
        }
        self.cleanings += 1;
        self.clean = conflicts + 300 * (self.cleanings + 1);
        true
    }

    pub(super) fn vivifies(&self) -> bool {
        self.cleanings.is_multiple_of(3)
    }

    pub(super) fn rephases(&mut self, conflicts: u64) -> bool {
        if conflicts < self.rephase {
            return false;
        }
        self.rephasings += 1;
        self.rephase = conflicts + 1000 * (self.rephasings + 1);
        true
    }
}

impl Engine {
    /// Begins with a long time of few restarts, for a question that probably has a model.
    pub(crate) fn steady(&mut self) {
        self.pace.is_stable = true;
        self.pace.restart = STABLE;
        self.pace.turn = STEADY;
    }

    /// Remembers the longest assignments without conflict.
    pub(super) fn aim(&mut self) {
        let Some(&size) = self.levels.last() else { return };
        let phases = &mut self.phases;
        if size > phases.target_size {
            phases.target_size = size;
            phases.target.fill(0);
            for literal in &self.trail[..size] {
                phases.target[literal.variable()] = if literal.is_positive() { 1 } else { -1 };
            }
            if size > phases.best_size {
                phases.best_size = size;
                phases.best.clone_from(&phases.target);
            }
        }
    }

    pub(super) fn phase(&self, variable: usize) -> bool {
        let target = self.phases.target[variable];
        if self.pace.is_stable && target != 0 { target > 0 } else { self.phases.saved[variable] }
    }

    /// Starts again from other values.
    pub(super) fn rephase(&mut self) {
        let phases = &mut self.phases;
        match self.pace.rephasings % 6 {
            1 => phases.saved.fill(false),
            2 => phases.saved.fill(true),
            4 | 0 => {
                for saved in &mut phases.saved {
                    *saved = !*saved;
                }
            }
            _ => {
                for (saved, best) in phases.saved.iter_mut().zip(&phases.best) {
                    if *best != 0 {
                        *saved = *best > 0;
                    }
                }
                phases.best_size = 0;
            }
        }
        phases.target.fill(0);
        phases.target_size = 0;
    }
}
