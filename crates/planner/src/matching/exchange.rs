//! Alternating walks, the one move of the search: somebody takes a partner, who gives one up, who takes
//! another, and so on until the walk is back where it began and all have as many partners as before.
//! Following walks that gain, from one party after the other, seldom ends short of the worthiest matching.

use crate::{matching::market::Table, rng::Rng};

/// Longest walk to the worthiest matching, in pairs taken and given up.
const LONGEST: usize = 12;

/// How far at most chance raises the worth of pairs to shake a matching, in pairs of average worth.
const SHAKE: f64 = 1.0;

/// How often shaking may be in vain.
const VAIN: u32 = 50;

/// Less than this is no gain.
const GAIN: f64 = 1e-6;

/// A walk to look for.
#[derive(Clone, Copy)]
pub(crate) struct Walk<'a> {
    /// The party where it begins and ends.
    pub(crate) start: usize,
    /// The pair it takes first, if not any.
    pub(crate) first: Option<usize>,
    /// What each pair counts for.
    pub(crate) worths: &'a [f64],
    /// It gains more than this, after each step.
    pub(crate) least: f64,
    pub(crate) longest: usize,
}

/// The best way found to a party: what it gains, and its last step.
#[derive(Clone, Copy, PartialEq)]
struct Label {
    gain: f64,
    from: usize,
    over: usize,
}

const UNREACHED: Label = Label { gain: f64::NEG_INFINITY, from: 0, over: usize::MAX };

impl Table {
    /// Searches for the worthiest matching. Looking for a walk counts as many steps as there are parties.
    pub(crate) fn enrich(&mut self, mut steps: u64, rng: &mut Rng) {
        let worths: Vec<f64> = self.pairs.iter().map(|pair| pair.mutual).collect();
        self.follow(&worths, &mut steps);
        let (mut worth, mut met) = (self.worth(), self.met());
        let mut vain = 0;
        while steps > 0 && vain < VAIN {
            vain += 1;
            let far = SHAKE * self.unit * rng.unit();
            let mut shake = |worth: &f64| worth + far * rng.unit();
            let shaken: Vec<f64> = worths.iter().map(&mut shake).collect();
            self.follow(&shaken, &mut steps);
            self.follow(&worths, &mut steps);
            if self.worth() > worth + GAIN {
                (worth, met, vain) = (self.worth(), self.met(), 0);
            } else {
                self.restore(&met);
            }
        }
    }

    /// Follows walks that gain, from one party after the other, until there is none.
    fn follow(&mut self, worths: &[f64], steps: &mut u64) {
        let ends = self.sides.len() + 1;
        let (mut start, mut quiet) = (0, 0);
        while quiet < ends && *steps > 0 {
            *steps = steps.saturating_sub(ends as u64);
            let walk = Walk { start, first: None, worths, least: GAIN, longest: LONGEST };
            if let Some(pairs) = self.walk(&walk) {
                self.turn(&pairs);
                quiet = 0;
            } else {
                start = (start + 1) % ends;
                quiet += 1;
            }
        }
    }

    /// The pairs of the best walk, as far as each party passes on only the best way to it of a length.
    /// Nobody, the last of the ends, is the partner in empty places: they are taken and given up as well.
    pub(crate) fn walk(&self, walk: &Walk<'_>) -> Option<Vec<usize>> {
        let ends = self.sides.len() + 1;
        let mut labels = vec![UNREACHED; ends * (walk.longest + 1)];
        labels[walk.start].gain = 0.0;
        let mut best: Option<(f64, usize)> = None;
        for length in 1..=walk.longest {
            let taking = length % 2 == 1;
            let (before, now) = labels.split_at_mut(ends * length);
            for (from, label) in before[ends * (length - 1)..].iter().enumerate() {
                if *label == UNREACHED {
                    continue;
                }
                self.ways(from, taking, |to, over| {
                    let worth = walk.worths.get(over).copied().unwrap_or(0.0);
                    let gain = label.gain + if taking { worth } else { -worth };
                    let better = gain > now[to].gain.max(walk.least);
                    let wanted = length > 1 || walk.first.is_none_or(|first| first == over);
                    if better && wanted && !passes(before, ends, from, over) {
                        now[to] = Label { gain, from, over };
                    }
                });
            }
            let gain = now[walk.start].gain;
            if !taking && gain > best.map_or(walk.least, |(most, _)| most) {
                best = Some((gain, length));
            }
        }
        let (_, length) = best?;
        let pairs = steps(&labels[..ends * (length + 1)], ends, walk.start).map(|label| label.over);
        Some(pairs.filter(|&over| over < self.pairs.len()).collect())
    }

    /// Where one step leads, and over which pair; numbers beyond the pairs stand for empty places.
    fn ways(&self, from: usize, taking: bool, mut visit: impl FnMut(usize, usize)) {
        let (nobody, empty) = (self.sides.len(), self.pairs.len());
        let free = |&party: &usize| party == nobody || taking || self.has_room(party);
        if from == nobody {
            return (0..=nobody).filter(free).for_each(|party| visit(party, empty + party));
        }
        if free(&from) {
            visit(nobody, empty + from);
        }
        let side = &self.sides[from];
        let mut visit = |&at: &usize| visit(self.pairs[at].other(from), at);
        if taking {
            side.open.iter().for_each(&mut visit);
            if self.is_behind(from) {
                side.asked.iter().filter(|&&at| !self.pairs[at].met).for_each(visit);
            }
        } else {
            side.met.iter().filter(|&&at| !self.pairs[at].must).for_each(visit);
        }
    }
}

/// The last steps first of the way to a party that the last layer of labels holds.
fn steps(labels: &[Label], ends: usize, mut end: usize) -> impl Iterator<Item = &Label> {
    labels[ends..].rchunks_exact(ends).map(move |layer| {
        let label = &layer[end];
        end = label.from;
        label
    })
}

/// Whether that way leads over a pair.
fn passes(labels: &[Label], ends: usize, end: usize, over: usize) -> bool {
    steps(labels, ends, end).any(|label| label.over == over)
}
