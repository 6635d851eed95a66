//! The search: decide, conclude, learn.

use super::{Answer, clauses::NOWHERE, engine::Engine, lit::Lit};

/// What to do next.
enum Next {
    Decided,
    /// All variables have values.
    Model,
    /// These assumptions cannot hold together.
    Core(Vec<Lit>),
}

impl Engine {
    /// Asks whether the clauses and assumptions can hold, spending at most so many conflicts.
    pub(crate) fn ask(&mut self, assumptions: &[Lit], conflicts: Option<u64>) -> Answer {
        self.retreat(0);
        if self.assumptions != assumptions {
            self.assumptions.clear();
            self.assumptions.extend_from_slice(assumptions);
            self.phases.target.fill(0);
            self.phases.target_size = 0;
            self.phases.best_size = 0;
        }
        let limit = &mut self.limit;
        limit.pause = conflicts.map_or(u64::MAX, |more| limit.conflicts.saturating_add(more));
        let answer = self.run();
        self.retreat(0);
        answer
    }

    fn run(&mut self) -> Answer {
        let mut steps = 0_u64;
        loop {
            if self.broken {
                return Answer::No(Vec::new());
            }
            if let Some(conflict) = self.propagate() {
                self.limit.conflicts += 1;
                match self.level() {
                    0 => self.broken = true,
                    1 => {
                        let literals: Vec<Lit> = self.clauses.literals(conflict).collect();
                        return Answer::No(self.decisions(literals));
                    }
                    _ => self.learn(conflict),
                }
                if self.limit.is_paused() {
                    return Answer::Unknown;
                }
                continue;
            }
            steps += 1;
            if steps.is_multiple_of(4096) && self.limit.is_over() {
                return Answer::Unknown;
            }
            let conflicts = self.limit.conflicts;
            if self.pace.restarts(conflicts) {
                self.retreat(1);
                let turns = self.pace.turns(conflicts, self.ticks);
                if turns || self.pace.rephases(conflicts) {
                    self.rephase();
                }
            }
            if self.pace.cleans(conflicts) {
                self.retreat(0);
                self.clean();
                if self.pace.vivifies() {
                    self.vivify();
                }
                continue;
            }
            match self.next() {
                Next::Decided => {}
                Next::Model => {
                    self.model.clear();
                    self.model.extend(self.values.chunks_exact(2).map(|pair| pair[0] > 0));
                    return Answer::Yes;
                }
                Next::Core(core) => return Answer::No(core),
            }
        }
    }

    fn next(&mut self) -> Next {
        if self.level() == 0 {
            return self.assume();
        }
        let variable = if self.pace.is_stable {
            loop {
                match self.heap.pop() {
                    Some(variable) if self.values[2 * variable] != 0 => {}
                    other => break other,
                }
            }
        } else {
            let values = &self.values;
            self.queue.next(|variable| values[2 * variable] == 0)
        };
        let Some(variable) = variable else { return Next::Model };
        self.decide(Lit::with_sign(variable, self.phase(variable)));
        Next::Decided
    }

    /// All assumptions make one level, so that they count as one in the glue of a clause.
    fn assume(&mut self) -> Next {
        self.levels.push(self.trail.len());
        for i in 0..self.assumptions.len() {
            let literal = self.assumptions[i];
            match self.value(literal) {
                0 => self.assign(literal, NOWHERE),
                1 => {}
                _ => {
                    let mut core = vec![literal];
                    if self.assumptions[..i].contains(&!literal) {
                        core.push(!literal);
                    }
                    return Next::Core(core);
                }
            }
        }
        Next::Decided
    }

    fn learn(&mut self, conflict: u32) {
        let back = self.analyze(conflict);
        let learnt = std::mem::take(&mut self.scratch.learnt);
        let glue = self.glue(&learnt).saturating_sub(1);
        self.pace.note(glue);
        self.aim();
        self.retreat(back);
        if let [unit] = learnt.as_slice() {
            self.assign(*unit, NOWHERE);
        } else {
            let at = self.clauses.add(&learnt, true, glue);
            self.clauses.set_used(at, 1 + u32::from(glue <= super::analyze::MIDDLE_GLUE));
            self.watch(at);
            self.learnt.push(at);
            self.assign(learnt[0], at);
        }
        self.scratch.learnt = learnt;
    }

    /// Whether a literal holds in the last model.
    pub(crate) fn holds(&self, literal: Lit) -> bool {
        self.model.get(literal.variable()).is_some_and(|&value| value == literal.is_positive())
    }
}
