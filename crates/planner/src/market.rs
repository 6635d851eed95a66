//! A market under search. The value of a move counts worth, blocking pairs and shares together; only
//! what the move touches is counted anew.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{matching::Market, rng::Rng};

/// How far above that of the worthiest matching the smallest share is lifted at first; then in smaller
/// steps as long as that can be afforded.
const LIFT: f64 = 0.065;

/// How far it is lifted at most: beyond, stability comes first.
const MOST: f64 = 0.075;

/// The part of the greatest worth that fairness and stability may not touch.
const KEPT: f64 = 0.9958;

/// Rounds in which prices find their level.
const ROUNDS: u64 = 24;

/// What counts besides worth, in pairs of average worth.
#[derive(Clone, Copy, Debug)]
struct Prices {
    /// A blocking pair.
    blocking: f64,
    /// What a share falls short of the floor, squared, and a hundredth of it besides.
    unfair: f64,
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
const fn real(n: usize) -> f64 {
    n as f64
}

/// Two parties who may meet.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) parties: [usize; 2],
    pub(crate) scores: [f64; 2],
    pub(crate) mutual: f64,
    pub(crate) must: bool,
    pub(crate) met: bool,
}

#[derive(Clone, Debug, Default)]
struct Side {
    quota: usize,
    /// Pairs of this party that are worth something, or must be.
    pairs: Vec<usize>,
    /// Pairs that it alone asked for: worth nothing, but they help who would be left behind.
    asked: Vec<usize>,
    met: Vec<usize>,
    /// Own scores of the best wishes that the quota allows.
    best: f64,
    got: f64,
    /// Own score of the least of the partners; 0 while there is room.
    worst: f64,
}

pub(crate) struct Table {
    pub(crate) pairs: Vec<Pair>,
    sides: Vec<Side>,
    /// Average worth of a pair.
    unit: f64,
    /// How many of the pairs are not asked for by one side alone; they come first.
    common: usize,
    /// Shares below this are to be lifted.
    floor: f64,
    prices: Prices,
}

impl Table {
    pub(crate) fn new(market: &Market) -> Self {
        let parties = &market.parties;
        let index: HashMap<_, _> =
            parties.iter().enumerate().map(|(i, party)| (&party.delegation, i)).collect();
        let both = |(a, b): &(_, _)| {
            let (a, b) = (*index.get(a)?, *index.get(b)?);
            (a != b).then(|| (a.min(b), a.max(b)))
        };
        let never: HashSet<(usize, usize)> = market.never.iter().filter_map(both).collect();
        let must: HashSet<(usize, usize)> = market.must.iter().filter_map(both).collect();
        let mut scores: BTreeMap<(usize, usize), [f64; 2]> = BTreeMap::new();
        for &key in &must {
            scores.insert(key, [0.0; 2]);
        }
        let mut sides = vec![Side::default(); parties.len()];
        for (a, party) in parties.iter().enumerate() {
            sides[a].quota = party.quota as usize;
            let sound = party.wishes.iter().filter(|w| w.score > 0.0 && w.score <= 1e9);
            let mut own: Vec<f64> = sound.clone().map(|wish| wish.score).collect();
            own.sort_by(|x, y| y.total_cmp(x));
            sides[a].best = own.iter().take(party.quota as usize).sum();
            for wish in sound {
                let Some(&b) = index.get(&wish.to).filter(|&&b| b != a) else { continue };
                let side = usize::from(b < a);
                scores.entry((a.min(b), a.max(b))).or_insert([0.0; 2])[side] = wish.score;
            }
        }
        let mut table = Self {
            pairs: Vec::new(),
            sides,
            unit: 1.0,
            common: 0,
            floor: 0.0,
            prices: Prices { blocking: 0.0, unfair: 0.0 },
        };
        let worth = |&(_, [x, y]): &(_, [f64; 2])| x > 0.0 && y > 0.0;
        let allowed = scores.into_iter().filter(|(key, _)| !never.contains(key));
        let (common, lone): (Vec<_>, Vec<_>) =
            allowed.partition(|entry| worth(entry) || must.contains(&entry.0));
        table.common = common.len();
        for (key, scores) in common.into_iter().chain(lone) {
            table.add([key.0, key.1], scores, must.contains(&key));
        }
        table.scale();
        table
    }

    fn add(&mut self, parties: [usize; 2], scores: [f64; 2], must: bool) {
        let at = self.pairs.len();
        let [x, y] = scores;
        let mutual = if x > 0.0 && y > 0.0 { 2.0 * x * y / (x + y) } else { 0.0 };
        for (party, score) in parties.into_iter().zip(scores) {
            if at < self.common {
                self.sides[party].pairs.push(at);
            } else if score > 0.0 {
                self.sides[party].asked.push(at);
            }
        }
        self.pairs.push(Pair { parties, scores, mutual, must, met: false });
    }

    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 pairs")]
    fn scale(&mut self) {
        let total: f64 = self.pairs.iter().map(|pair| pair.mutual).sum();
        self.unit = (total / self.common.max(1) as f64).max(1e-9);
    }

    /// What a party gives for a pair.
    fn own(&self, pair: usize, party: usize) -> f64 {
        let pair = &self.pairs[pair];
        pair.scores[usize::from(pair.parties[1] == party)]
    }

    pub(crate) fn share(&self, party: usize) -> Option<f64> {
        let side = &self.sides[party];
        (side.best > 0.0).then(|| side.got / side.best)
    }

    fn has_room(&self, party: usize) -> bool {
        self.sides[party].met.len() < self.sides[party].quota
    }

    fn toggle(&mut self, pair: usize) {
        let met = !self.pairs[pair].met;
        self.pairs[pair].met = met;
        for party in self.pairs[pair].parties {
            let own = self.own(pair, party);
            let side = &mut self.sides[party];
            if met {
                side.met.push(pair);
                side.got += own;
            } else {
                side.met.retain(|&other| other != pair);
                side.got -= own;
            }
            let full = side.met.len() >= side.quota;
            let least =
                self.sides[party].met.iter().map(|&p| self.own(p, party)).fold(f64::MAX, f64::min);
            self.sides[party].worst = if full { least } else { 0.0 };
        }
    }

    fn turn(&mut self, pairs: &[usize]) {
        for &pair in pairs {
            self.toggle(pair);
        }
    }

    fn blocks(&self, pair: &Pair) -> bool {
        let [a, b] = pair.parties;
        !pair.met
            && pair.mutual > 0.0
            && pair.scores[0] > self.sides[a].worst
            && pair.scores[1] > self.sides[b].worst
    }

    pub(crate) fn blocking(&self) -> usize {
        self.pairs.iter().filter(|pair| self.blocks(pair)).count()
    }

    /// The worthiest pairs first, those that must be before all.
    pub(crate) fn greedy(&mut self) {
        let mut order: Vec<usize> = (0..self.common).collect();
        let key = |pair: &Pair| (pair.must, pair.mutual);
        order.sort_by(|&a, &b| {
            let (x, y) = (key(&self.pairs[a]), key(&self.pairs[b]));
            y.0.cmp(&x.0).then(y.1.total_cmp(&x.1)).then(a.cmp(&b))
        });
        for pair in order {
            if self.pairs[pair].parties.iter().all(|&party| self.has_room(party)) {
                self.toggle(pair);
            }
        }
    }

    /// What the touched parties and their pairs count for, in units.
    fn value(&self, touched: &[usize]) -> f64 {
        let mut value = 0.0;
        for (i, &party) in touched.iter().enumerate() {
            let side = &self.sides[party];
            let behind = self.share(party).map_or(0.0, |share| (self.floor - share).max(0.0));
            value -= self.prices.unfair * behind * (behind + 0.01);
            for &at in &side.pairs {
                let pair = &self.pairs[at];
                let twice = touched[..i].contains(&pair.parties[0])
                    || touched[..i].contains(&pair.parties[1]);
                if twice {
                    continue;
                }
                if pair.met {
                    value += pair.mutual / self.unit;
                } else if self.blocks(pair) {
                    value -= self.prices.blocking;
                }
            }
        }
        value
    }

    /// First the worthiest matching, then, in rounds, what it takes to make it fair and stable: after each
    /// round what falls short gets dearer. The best round is kept.
    pub(crate) fn improve(&mut self, steps: u64, rng: &mut Rng) {
        if self.common == 0 {
            return;
        }
        let first = steps * 2 / 5;
        self.anneal(first, 0.2, rng);
        let worthiest = self.smallest();
        self.floor = (worthiest + LIFT).min(1.0);
        // In a small market even one pair is more than a little.
        let enough = (KEPT * self.worth()).min(self.worth() - self.unit);
        self.prices = Prices { blocking: 0.1, unfair: 4_000.0 };
        let mut best: Option<(f64, Vec<bool>)> = None;
        for round in 0..ROUNDS {
            let heat = if round == 0 { 0.2 } else { 0.05 };
            self.anneal((steps - first) / ROUNDS, heat, rng);
            let smallest = self.smallest();
            let lifted = (smallest - worthiest).min(MOST) / LIFT;
            let lost = (enough - self.worth()).max(0.0) / enough.max(1e-9);
            let blocking = real(self.blocking()) / real(self.sides.len());
            let value = lifted - 5.0 * lost / (1.0 - KEPT) - 0.5 * blocking;
            if best.as_ref().is_none_or(|(most, _)| value > *most) {
                best = Some((value, self.pairs.iter().map(|pair| pair.met).collect()));
            }
            let unfair = smallest < self.floor;
            let Prices { blocking, unfair: price } = self.prices;
            self.prices = Prices {
                blocking: (if lost > 0.0 { 0.6 } else { 1.25 }) * blocking,
                unfair: (if unfair { 2.0 } else { 0.7 }) * price,
            };
            // More is asked when all is well, less when it costs too much.
            let step = match (unfair, lost > 0.0) {
                (false, false) => 0.2 * LIFT,
                (true, true) => -0.1 * LIFT,
                _ => 0.0,
            };
            self.floor = (self.floor + step).clamp(worthiest, worthiest + MOST).min(1.0);
        }
        let met = best.map(|(_, met)| met).unwrap_or_default();
        let differs = |at: &usize| met.get(*at).is_some_and(|&met| met != self.pairs[*at].met);
        let differing: Vec<usize> = (0..self.pairs.len()).filter(differs).collect();
        self.turn(&differing);
    }

    fn smallest(&self) -> f64 {
        let shares = (0..self.sides.len()).filter_map(|party| self.share(party));
        shares.fold(1.0, f64::min)
    }

    fn worth(&self) -> f64 {
        self.pairs.iter().filter(|pair| pair.met).map(|pair| pair.mutual).sum()
    }

    fn anneal(&mut self, steps: u64, heat: f64, rng: &mut Rng) {
        for step in 0..steps {
            let used = crate::solve::part(step, steps);
            let temperature = heat * (1.0 - used) * (1.0 - used) + 1e-6;
            let Some(toggles) = self.propose(rng) else { continue };
            let mut touched: Vec<usize> =
                toggles.iter().flat_map(|&pair| self.pairs[pair].parties).collect();
            touched.sort_unstable();
            touched.dedup();
            let before = self.value(&touched);
            self.turn(&toggles);
            let gain = self.value(&touched) - before;
            if gain < 0.0 && rng.unit() >= (gain / temperature).exp() {
                self.turn(&toggles);
            }
        }
    }

    /// A pair that does not meet, and what both sides give up for it; what they lose seeks a new partner.
    fn propose(&self, rng: &mut Rng) -> Option<Vec<usize>> {
        let pair = self.candidate(rng)?;
        if self.pairs[pair].met {
            return None;
        }
        let mut toggles = vec![pair];
        let mut left = Vec::new();
        for party in self.pairs[pair].parties {
            if self.has_room(party) {
                continue;
            }
            let drop = self.drop(party, rng)?;
            if !toggles.contains(&drop) {
                toggles.push(drop);
                let [a, b] = self.pairs[drop].parties;
                left.push(if a == party { b } else { a });
            }
        }
        self.console(&left, &mut toggles, rng);
        // What ends comes before what begins, so that no quota is passed on the way.
        toggles.sort_by_key(|&pair| !self.pairs[pair].met);
        Some(toggles)
    }

    /// A common pair, or now and then what someone left behind alone asked for.
    fn candidate(&self, rng: &mut Rng) -> Option<usize> {
        if rng.one_in(4) {
            let party = rng.below(self.sides.len());
            if self.share(party).is_some_and(|share| share < self.floor) {
                return rng.pick(&self.sides[party].asked);
            }
        }
        (self.common > 0).then(|| rng.below(self.common))
    }

    /// A partner to give up: one of the least of two by chance.
    fn drop(&self, party: usize, rng: &mut Rng) -> Option<usize> {
        let loose: Vec<usize> =
            self.sides[party].met.iter().copied().filter(|&p| !self.pairs[p].must).collect();
        let (x, y) = (rng.pick(&loose)?, rng.pick(&loose)?);
        Some(if self.own(x, party) <= self.own(y, party) { x } else { y })
    }

    /// Those who were left meet each other, or somebody who has room.
    fn console(&self, left: &[usize], toggles: &mut Vec<usize>, rng: &mut Rng) {
        for (i, &party) in left.iter().enumerate() {
            let open: Vec<usize> = self.sides[party]
                .pairs
                .iter()
                .copied()
                .filter(|&at| {
                    let pair = &self.pairs[at];
                    let [a, b] = pair.parties;
                    let other = if a == party { b } else { a };
                    let free = self.has_room(other) || left[i + 1..].contains(&other);
                    !pair.met && free && !toggles.contains(&at)
                })
                .collect();
            let busy = |at: usize| {
                toggles.iter().any(|&t| {
                    let pair = &self.pairs[t];
                    let ends = self.pairs[at].parties;
                    !pair.met && pair.parties.iter().any(|p| ends.contains(p))
                })
            };
            let Some(at) = rng.pick(&open).filter(|&at| !busy(at)) else { continue };
            toggles.push(at);
        }
    }
}
