//! Strays: alternating walks taken by chance, many of them and cheap to judge. The best walks find their way
//! through large markets and to the smallest shares; strays get further where all is tight.

use crate::{matching::market::Table, rng::Rng};

/// Longest stray, in pairs taken and given up; coming back where it began may take one more.
const LONGEST: usize = 5;

/// Of how many strays that may stop short one does, leaving somebody a place.
const SHORT: usize = 16;

/// A walk by chance. It passes nobody twice, so nobody loses or gains more than one place by it.
#[derive(Default)]
pub(crate) struct Stray {
    /// Whom it passes.
    pub(crate) parties: Vec<usize>,
    /// The pairs that it turns.
    pub(crate) pairs: Vec<usize>,
}

impl Stray {
    /// Looks for one from a party; false when chance led nowhere.
    pub(crate) fn find(&mut self, table: &Table, start: usize, rng: &mut Rng) -> bool {
        self.parties.clear();
        self.pairs.clear();
        self.parties.push(start);
        let mut end = start;
        while self.pairs.len() < LONGEST {
            let Some(taken) = self.choose(table, end, rng) else { return false };
            end = table.pairs[taken].other(end);
            if !self.pass(taken, end) {
                return false;
            }
            if table.has_room(end) {
                return self.part(table, start, rng);
            }
            if let Some(back) = self.back(table, end) {
                self.pairs.push(back);
                return !table.pairs[back].must;
            }
            if !self.part(table, end, rng) {
                return false;
            }
            end = self.parties[self.parties.len() - 1];
            if rng.one_in(if table.has_room(start) { 2 } else { SHORT }) {
                return self.part(table, start, rng);
            }
        }
        false
    }

    /// A pair to take; at the start rather one that blocks.
    fn choose(&self, table: &Table, party: usize, rng: &mut Rng) -> Option<usize> {
        let pair = table.candidate(party, rng)?;
        if self.pairs.is_empty() && !table.would_block(&table.pairs[pair]) {
            return table.candidate(party, rng);
        }
        Some(pair)
    }

    /// Goes on to a party, unless it was there.
    fn pass(&mut self, pair: usize, to: usize) -> bool {
        let anew = !self.parties.contains(&to);
        self.pairs.push(pair);
        self.parties.push(to);
        anew
    }

    /// The pair to give up that leads back to the start.
    fn back(&self, table: &Table, end: usize) -> Option<usize> {
        let start = *self.parties.first().filter(|_| self.pairs.len() > 1)?;
        table.sides[end].met.iter().copied().find(|&at| table.pairs[at].other(end) == start)
    }

    /// A party that is full gives a partner up.
    fn part(&mut self, table: &Table, party: usize, rng: &mut Rng) -> bool {
        if table.has_room(party) {
            return true;
        }
        let Some(pair) = rng.pick(&table.sides[party].met) else { return false };
        !table.pairs[pair].must && self.pass(pair, table.pairs[pair].other(party))
    }
}

/// How many blocking pairs each party is in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Blocking(Vec<usize>);

impl Blocking {
    pub(crate) fn count(table: &Table) -> Self {
        let mut counts = Self(vec![0; table.sides.len()]);
        let all: Vec<usize> = (0..table.sides.len()).collect();
        let mut pairs = Vec::new();
        table.blocking_among(&all, |at| pairs.push(at));
        counts.change(table, &[], &pairs);
        counts
    }

    /// By no more than this the parties' blocking pairs become fewer, whatever changes for them.
    pub(crate) fn most(&self, parties: &[usize]) -> usize {
        parties.iter().map(|&party| self.0[party]).sum()
    }

    /// These pairs blocked before, those block now.
    pub(crate) fn change(&mut self, table: &Table, before: &[usize], now: &[usize]) {
        for party in now.iter().flat_map(|&at| table.pairs[at].parties) {
            self.0[party] += 1;
        }
        for party in before.iter().flat_map(|&at| table.pairs[at].parties) {
            self.0[party] -= 1;
        }
    }
}
