//! The fewest literals that have to hold: search guided by cores (OLL of Andres et al., 2012).
//!
//! All of them are forbidden by assumption and admitted one by one as the engine shows that some set of them
//! cannot all be avoided: the number admitted is a lower bound at any time, and the least when a model is
//! found.

use std::collections::HashMap;

use super::{Answer, engine::Engine, lit::Lit};

/// Who asks the engine, and hears what is found on the way.
pub(crate) trait Asker {
    fn engine(&mut self) -> &mut Engine;

    /// Asks whether the assumptions can hold, spending at most so many conflicts.
    fn ask(&mut self, assumptions: &[Lit], conflicts: Option<u64>) -> Answer;

    /// One more literal has to hold.
    fn raise(&mut self);

    /// Whether a model is known in which no more hold than have to.
    fn is_least(&self) -> bool;
}

/// A counter over a core, and how many of its inputs are admitted.
struct Sum {
    outputs: Vec<Lit>,
    admitted: usize,
}

/// What is hoped for, and what is known to be in vain.
pub(crate) struct Cores {
    hopes: Vec<Lit>,
    sums: HashMap<Lit, Sum>,
    fresh: Vec<Lit>,
}

impl Cores {
    /// The literals of which as few as possible are to hold.
    pub(crate) fn new(costs: impl IntoIterator<Item = Lit>) -> Self {
        let hopes = costs.into_iter().map(|cost| !cost).collect();
        Self { hopes, sums: HashMap::new(), fresh: Vec::new() }
    }

    /// Whether the least was found; not when the limit came first.
    pub(crate) fn run(&mut self, asker: &mut impl Asker) -> bool {
        loop {
            loop {
                if asker.is_least() {
                    return true;
                }
                match asker.ask(&self.hopes, None) {
                    Answer::Unknown => return false,
                    Answer::Yes => break,
                    Answer::No(core) => {
                        let core = shrink(asker, core);
                        self.hopes.retain(|hope| !core.contains(hope));
                        self.admit(asker, &core);
                    }
                }
            }
            if self.fresh.is_empty() {
                return asker.is_least();
            }
            self.hopes.append(&mut self.fresh);
        }
    }

    /// Admits one literal of a core, and more as long as it is easily shown that they cannot be avoided.
    fn admit(&mut self, asker: &mut impl Asker, core: &[Lit]) {
        for hope in core {
            if let Some(mut sum) = self.sums.remove(hope) {
                sum.admitted += 1;
                self.hope(sum);
            }
        }
        let violated: Vec<Lit> = core.iter().map(|&hope| !hope).collect();
        asker.engine().clause(&violated);
        asker.raise();
        if core.len() < 2 {
            return;
        }
        let outputs = asker.engine().counter(&violated, violated.len(), false);
        let mut admitted = 1;
        while admitted < outputs.len() {
            let more = outputs[admitted];
            if !matches!(asker.ask(&[!more], Some(500)), Answer::No(_)) {
                break;
            }
            asker.engine().clause(&[more]);
            admitted += 1;
            asker.raise();
        }
        self.hope(Sum { outputs, admitted });
    }

    /// Hopes that no more of a core hold than are admitted.
    fn hope(&mut self, sum: Sum) {
        if let Some(&more) = sum.outputs.get(sum.admitted) {
            self.fresh.push(!more);
            self.sums.insert(!more, sum);
        }
    }
}

/// A smaller core, as far as a little work goes.
fn shrink(asker: &mut impl Asker, mut core: Vec<Lit>) -> Vec<Lit> {
    for _ in 0..5 {
        match asker.ask(&core, Some(1_000)) {
            Answer::No(smaller) if smaller.len() < core.len() => core = smaller,
            _ => break,
        }
    }
    let mut i = core.len();
    while i > 0 && core.len() > 1 && core.len() < 200 && !asker.engine().limit.is_over() {
        i = (i - 1).min(core.len() - 1);
        let mut fewer = core.clone();
        fewer.remove(i);
        if let Answer::No(smaller) = asker.ask(&fewer, Some(200)) {
            core = smaller;
        }
    }
    core
}
