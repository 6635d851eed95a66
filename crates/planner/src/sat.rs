//! A SAT engine with limits, and counting constraints on top of it.

use std::{cell::Cell, time::Duration};

use batsat::{Callbacks, ClauseKind, Lit, Solver, SolverInterface, SolverOpts, lbool};
use cpu_time::ThreadTime;

/// When to give up.
pub(crate) struct Limit {
    clock: ThreadTime,
    cpu: Option<Duration>,
    conflicts: u64,
    /// Conflicts at which all work ends.
    end: u64,
    /// Conflicts at which the present question is dropped.
    pause: u64,
    looks: Cell<u64>,
    late: Cell<bool>,
}

/// Looks at the limit between two looks at the clock.
const LOOKS: u64 = 512;

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

    fn is_over(&self) -> bool {
        let looks = self.looks.get();
        self.looks.set(looks + 1);
        if looks.is_multiple_of(LOOKS) && self.cpu.is_some_and(|cpu| self.clock.elapsed() >= cpu) {
            self.late.set(true);
        }
        self.late.get() || self.conflicts >= self.end
    }
}

impl Callbacks for Limit {
    fn on_new_clause(&mut self, _clause: &[Lit], kind: ClauseKind) {
        self.conflicts += u64::from(kind == ClauseKind::Learnt);
    }

    fn stop(&self) -> bool {
        self.is_over() || self.conflicts >= self.pause
    }
}

/// What the engine answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// There is a model.
    Yes,
    /// These of the assumptions cannot hold together.
    No(Vec<Lit>),
    /// The limit came first.
    Unknown,
}

/// The engine.
pub(crate) struct Sat {
    solver: Solver<Limit>,
}

impl Sat {
    pub(crate) fn new(limit: Limit) -> Self {
        Self { solver: Solver::new(SolverOpts::default(), limit) }
    }

    pub(crate) fn fresh(&mut self) -> Lit {
        Lit::new(self.solver.new_var_default(), true)
    }

    pub(crate) fn clause(&mut self, literals: &[Lit]) {
        self.solver.add_clause_reuse(&mut literals.to_vec());
    }

    pub(crate) fn is_over(&self) -> bool {
        self.solver.cb().is_over()
    }

    pub(crate) fn holds(&self, literal: Lit) -> bool {
        self.solver.value_lit(literal) == lbool::TRUE
    }

    /// Asks whether the clauses and assumptions can hold, spending at most so many conflicts.
    pub(crate) fn ask(&mut self, assumptions: &[Lit], conflicts: Option<u64>) -> Answer {
        let limit = self.solver.cb_mut();
        limit.pause = conflicts.map_or(u64::MAX, |more| limit.conflicts.saturating_add(more));
        match self.solver.solve_limited(assumptions) {
            answer if answer == lbool::TRUE => Answer::Yes,
            answer if answer == lbool::FALSE => {
                let solver = &self.solver;
                let used = |literal: &&Lit| solver.unsat_core_contains_var(literal.var());
                Answer::No(assumptions.iter().filter(used).copied().collect())
            }
            _ => Answer::Unknown,
        }
    }

    pub(crate) fn at_most_one(&mut self, literals: &[Lit]) {
        for (i, &a) in literals.iter().enumerate() {
            for &b in &literals[..i] {
                self.clause(&[!a, !b]);
            }
        }
    }

    /// Literals that hold when at least one, two, … `most` of the inputs do; with `exact` also only then.
    pub(crate) fn counter(&mut self, inputs: &[Lit], most: usize, exact: bool) -> Vec<Lit> {
        if inputs.len() <= 1 {
            return inputs[..inputs.len().min(most)].to_vec();
        }
        let (left, right) = inputs.split_at(inputs.len() / 2);
        let left_sum = self.counter(left, most, exact);
        let right_sum = self.counter(right, most, exact);
        let size = (left_sum.len() + right_sum.len()).min(most);
        let sum: Vec<Lit> = (0..size).map(|_| self.fresh()).collect();
        for i in 0..=left_sum.len() {
            for j in 0..=right_sum.len() {
                self.add_up((&left_sum, i), (&right_sum, j), &sum, exact);
            }
        }
        sum
    }

    fn add_up(&mut self, left: (&[Lit], usize), right: (&[Lit], usize), sum: &[Lit], exact: bool) {
        let ((a, i), (b, j)) = (left, right);
        let mut reach: Vec<Lit> = Vec::new();
        reach.extend(i.checked_sub(1).map(|i| !a[i]));
        reach.extend(j.checked_sub(1).map(|j| !b[j]));
        if let Some(&least) = (i + j).min(sum.len()).checked_sub(1).and_then(|at| sum.get(at)) {
            reach.push(least);
            self.clause(&reach);
        }
        if exact && let Some(&more) = sum.get(i + j) {
            let mut short = vec![!more];
            short.extend(a.get(i));
            short.extend(b.get(j));
            self.clause(&short);
        }
    }

    pub(crate) fn at_most(&mut self, literals: &[Lit], most: usize) {
        if literals.len() > most {
            let sum = self.counter(literals, most + 1, false);
            self.clause(&[!sum[most]]);
        }
    }

    pub(crate) fn exactly(&mut self, literals: &[Lit], count: usize) {
        if literals.len() < count {
            self.clause(&[]);
            return;
        }
        let sum = self.counter(literals, count + 1, true);
        if let Some(&more) = sum.get(count) {
            self.clause(&[!more]);
        }
        if let Some(&enough) = count.checked_sub(1).and_then(|at| sum.get(at)) {
            self.clause(&[enough]);
        }
    }
}
