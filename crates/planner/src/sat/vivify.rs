//! Shortening learnt clauses: what is left of a clause when its literals are denied one by one (Luo et
//! al., IJCAI 2017).

use super::{
    analyze::MIDDLE_GLUE,
    clauses::{At, NOWHERE},
    engine::Engine,
    lit::Lit,
};

/// Ticks of vivification for a hundred of search.
const SHARE: u64 = 15;

impl Engine {
    /// Works on the better learnt clauses as long as its share of the work lasts. Only at level 0.
    pub(super) fn vivify(&mut self) {
        let search = self.ticks - self.pace.vivify_ticks;
        let budget = (search * SHARE / 100).saturating_sub(self.pace.vivify_ticks);
        let start = self.ticks;
        let mut counts = vec![0_u32; self.values.len()];
        let mut work: Vec<At> = Vec::new();
        for &at in &self.learnt {
            for literal in self.clauses.literals(at) {
                counts[literal.index()] += 1;
            }
            let is_good = self.clauses.glue(at) <= MIDDLE_GLUE;
            if is_good && !self.clauses.is_vivid(at) && self.clauses.len(at) > 2 {
                work.push(at);
            }
        }
        // The latest first: they matter most for what comes.
        while let Some(at) = work.pop() {
            if self.ticks - start >= budget || self.broken {
                break;
            }
            self.shorten(at, &counts);
        }
        self.retreat(0);
        self.pace.vivify_ticks += self.ticks - start;
        self.sweep();
    }

    fn shorten(&mut self, at: At, counts: &[u32]) {
        self.clauses.set_vivid(at);
        let mut literals: Vec<Lit> = self.clauses.literals(at).collect();
        literals.sort_unstable_by_key(|l| (std::cmp::Reverse(counts[l.index()]), l.index()));
        // What the last clause shares with this one need not be decided again.
        let shared = (0..literals.len().min(self.levels.len()))
            .take_while(|&i| self.trail[self.levels[i]] == !literals[i])
            .count();
        self.retreat(u32::try_from(shared).unwrap_or(0));
        if self.is_reason(at) {
            self.retreat(0);
        }
        self.ignored = at;
        let kept = self.deny(&literals);
        self.ignored = NOWHERE;
        let Some(kept) = kept.filter(|kept| kept.len() < literals.len()) else { return };
        self.retreat(0);
        let glue = self.clauses.glue(at);
        self.clauses.kill(at);
        let kept: Vec<Lit> = kept.into_iter().filter(|&l| self.value(l) == 0).collect();
        match kept.as_slice() {
            [] => self.broken = true,
            [unit] => {
                self.assign(*unit, NOWHERE);
                self.broken |= self.propagate().is_some();
            }
            _ => {
                let most = u32::try_from(kept.len() - 1).unwrap_or(u32::MAX);
                let new = self.clauses.add(&kept, true, glue.min(most));
                self.clauses.set_used(new, 2);
                self.clauses.set_vivid(new);
                self.watch(new);
                self.learnt.push(new);
            }
        }
    }

    fn is_reason(&self, at: At) -> bool {
        let reason_of = |l: Lit| self.value(l) > 0 && self.known[l.variable()].reason == at;
        self.clauses.literals(at).any(reason_of)
    }

    /// Denies literal after literal; the part of the clause that suffices.
    fn deny(&mut self, literals: &[Lit]) -> Option<Vec<Lit>> {
        let mut kept = Vec::new();
        for &literal in literals {
            match self.value(literal) {
                1 => {
                    if self.level_of(literal) == 0 {
                        return None;
                    }
                    let mut sufficient = self.denied([literal]);
                    sufficient.push(literal);
                    return Some(sufficient);
                }
                -1 => {
                    let is_decided = self.level_of(literal) > 0
                        && self.known[literal.variable()].reason == NOWHERE;
                    if is_decided {
                        kept.push(literal);
                    }
                }
                _ => {
                    kept.push(literal);
                    self.decide(!literal);
                    if let Some(conflict) = self.propagate() {
                        let literals: Vec<Lit> = self.clauses.literals(conflict).collect();
                        let sufficient = self.denied(literals);
                        self.retreat(self.level() - 1);
                        return Some(sufficient);
                    }
                }
            }
        }
        Some(kept)
    }

    fn denied(&mut self, from: impl IntoIterator<Item = Lit>) -> Vec<Lit> {
        self.decisions(from).into_iter().map(|literal| !literal).collect()
    }
}
