//! A market under search: who meets whom, who has room, and which pairs block.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    matching::{Market, is_sound},
    rng::Rng,
};

/// Two parties who may meet.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) parties: [usize; 2],
    pub(crate) scores: [f64; 2],
    pub(crate) mutual: f64,
    pub(crate) must: bool,
    pub(crate) met: bool,
}

impl Pair {
    /// What a party gives for the pair.
    pub(crate) fn own(&self, party: usize) -> f64 {
        self.scores[usize::from(self.parties[1] == party)]
    }

    /// What has been gained by turning it.
    pub(crate) const fn gained(&self) -> f64 {
        if self.met { self.mutual } else { -self.mutual }
    }

    /// The partner of a party.
    pub(crate) fn other(&self, party: usize) -> usize {
        self.parties[usize::from(self.parties[0] == party)]
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    quota: usize,
    /// Common pairs that do not meet.
    pub(crate) open: Vec<usize>,
    /// Pairs that meet.
    pub(crate) met: Vec<usize>,
    /// Pairs that it alone asked for: worth nothing, but they help who would be left behind.
    pub(crate) asked: Vec<usize>,
    /// Own scores of all wishes, the best first.
    pub(crate) wishes: Vec<f64>,
    /// Own scores of the best wishes that the quota allows.
    pub(crate) best: f64,
    got: f64,
    /// Own score of the least of the partners; 0 while there is room.
    worst: f64,
}

#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Common pairs, worth something or to be in any case, come first; then those asked for by one side.
    pub(crate) pairs: Vec<Pair>,
    pub(crate) common: usize,
    pub(crate) sides: Vec<Side>,
    /// Average worth of a common pair.
    pub(crate) unit: f64,
    /// Who has less than this share may also take partners whom it alone asked for.
    pub(crate) floor: f64,
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
pub(crate) const fn real(n: usize) -> f64 {
    n as f64
}

impl Table {
    /// The market with nobody matched.
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
        let mut table = Self { sides: vec![Side::default(); parties.len()], ..Self::default() };
        for (a, party) in parties.iter().enumerate() {
            let mut own: BTreeMap<usize, f64> = BTreeMap::new();
            for wish in party.wishes.iter().filter(|wish| is_sound(wish.score)) {
                let Some(&b) = index.get(&wish.to).filter(|&&b| b != a) else { continue };
                own.insert(b, wish.score);
            }
            for (&b, &score) in &own {
                let side = usize::from(b < a);
                scores.entry((a.min(b), a.max(b))).or_insert([0.0; 2])[side] = score;
            }
            let mut wishes: Vec<f64> = own.into_values().collect();
            wishes.sort_by(|x, y| y.total_cmp(x));
            let side = &mut table.sides[a];
            side.quota = party.quota as usize;
            side.best = wishes.iter().take(side.quota).sum();
            side.wishes = wishes;
        }
        let worth = |&(_, [x, y]): &(_, [f64; 2])| x > 0.0 && y > 0.0;
        let allowed = scores.into_iter().filter(|(key, _)| !never.contains(key));
        let (common, lone): (Vec<_>, Vec<_>) =
            allowed.partition(|entry| worth(entry) || must.contains(&entry.0));
        table.common = common.len();
        for (key, scores) in common.into_iter().chain(lone) {
            table.add([key.0, key.1], scores, must.contains(&key));
        }
        let total: f64 = table.pairs.iter().map(|pair| pair.mutual).sum();
        table.unit = (total / real(table.common.max(1))).max(1e-9);
        table
    }

    fn add(&mut self, parties: [usize; 2], scores: [f64; 2], must: bool) {
        let at = self.pairs.len();
        let [x, y] = scores;
        let mutual = if x > 0.0 && y > 0.0 { 2.0 * x * y / (x + y) } else { 0.0 };
        for (party, score) in parties.into_iter().zip(scores) {
            if at < self.common {
                self.sides[party].open.push(at);
            } else if score > 0.0 {
                self.sides[party].asked.push(at);
            }
        }
        self.pairs.push(Pair { parties, scores, mutual, must, met: false });
    }

    /// The worthiest pairs first, those that must be before all.
    pub(crate) fn greedy(&mut self) {
        let mut order: Vec<usize> = (0..self.common).collect();
        order.sort_by(|&a, &b| {
            let (x, y) = (&self.pairs[a], &self.pairs[b]);
            y.must.cmp(&x.must).then(y.mutual.total_cmp(&x.mutual)).then(a.cmp(&b))
        });
        for pair in order {
            if self.pairs[pair].parties.iter().all(|&party| self.has_room(party)) {
                self.turn(&[pair]);
            }
        }
    }

    pub(crate) fn has_room(&self, party: usize) -> bool {
        self.sides[party].met.len() < self.sides[party].quota
    }

    /// Own scores got, over those of the best wishes that the quota allows.
    pub(crate) fn share(&self, party: usize) -> Option<f64> {
        let side = &self.sides[party];
        (side.best > 0.0).then(|| side.got / side.best)
    }

    /// What turning some pairs would add to a party's share.
    pub(crate) fn share_gained(&self, party: usize, pairs: &[usize]) -> f64 {
        let own =
            pairs.iter().map(|&at| &self.pairs[at]).filter(|pair| pair.parties.contains(&party));
        let gained: f64 = own.map(|p| if p.met { -p.own(party) } else { p.own(party) }).sum();
        gained / self.sides[party].best
    }

    pub(crate) fn is_behind(&self, party: usize) -> bool {
        self.share(party).is_some_and(|share| share < self.floor)
    }

    pub(crate) fn smallest(&self) -> f64 {
        let shares = (0..self.sides.len()).filter_map(|party| self.share(party));
        shares.fold(1.0, f64::min)
    }

    pub(crate) fn worth(&self) -> f64 {
        self.pairs.iter().filter(|pair| pair.met).map(|pair| pair.mutual).sum()
    }

    /// Whether both like each other more than somebody they were given, or have room.
    pub(crate) fn would_block(&self, pair: &Pair) -> bool {
        let likes = |&party: &usize| pair.own(party) > self.sides[party].worst;
        pair.mutual > 0.0 && pair.parties.iter().all(likes)
    }

    fn blocks(&self, pair: &Pair) -> bool {
        !pair.met && self.would_block(pair)
    }

    pub(crate) fn blocking(&self) -> usize {
        self.pairs.iter().filter(|pair| self.blocks(pair)).count()
    }

    /// Visits the pairs of some parties that block, each once.
    pub(crate) fn blocking_among(&self, parties: &[usize], mut visit: impl FnMut(usize)) {
        for &party in parties {
            for &at in &self.sides[party].open {
                let pair = &self.pairs[at];
                let other = pair.other(party);
                let twice = || other < party && parties.contains(&other);
                if self.would_block(pair) && !twice() {
                    visit(at);
                }
            }
        }
    }

    /// A pair to take: an open one, or now and then one that somebody behind asked for alone.
    pub(crate) fn candidate(&self, party: usize, rng: &mut Rng) -> Option<usize> {
        let side = &self.sides[party];
        let lone = self.is_behind(party) && rng.one_in(4);
        let from = if lone { &side.asked } else { &side.open };
        rng.pick(from).filter(|&at| !self.pairs[at].met)
    }

    /// Begins the pairs that do not meet and ends those that do.
    pub(crate) fn turn(&mut self, pairs: &[usize]) {
        for &at in pairs {
            let met = !self.pairs[at].met;
            self.pairs[at].met = met;
            for party in self.pairs[at].parties {
                let own = self.pairs[at].own(party);
                let side = &mut self.sides[party];
                side.got += if met { own } else { -own };
                side.worst = f64::NAN;
                let from = if met { &mut side.open } else { &mut side.met };
                if let Some(place) = from.iter().position(|&other| other == at) {
                    from.swap_remove(place);
                }
                if met {
                    side.met.push(at);
                } else if at < self.common {
                    side.open.push(at);
                }
            }
        }
        for party in pairs.iter().flat_map(|&at| self.pairs[at].parties) {
            if self.sides[party].worst.is_nan() {
                self.sides[party].worst = self.worst(party);
            }
        }
    }

    /// Adds up anew what all got: running sums drift.
    pub(crate) fn add_up(&mut self) {
        for party in 0..self.sides.len() {
            let mut met = self.sides[party].met.clone();
            met.sort_unstable();
            self.sides[party].got = met.iter().map(|&at| self.pairs[at].own(party)).sum();
        }
    }

    fn worst(&self, party: usize) -> f64 {
        if self.has_room(party) {
            return 0.0;
        }
        let met = &self.sides[party].met;
        met.iter().map(|&at| self.pairs[at].own(party)).fold(f64::MAX, f64::min)
    }

    /// Which pairs meet.
    pub(crate) fn met(&self) -> Vec<bool> {
        self.pairs.iter().map(|pair| pair.met).collect()
    }

    /// Goes back to a matching.
    pub(crate) fn restore(&mut self, met: &[bool]) {
        let differs = |&at: &usize| met.get(at).is_some_and(|&met| met != self.pairs[at].met);
        let differing: Vec<usize> = (0..self.pairs.len()).filter(differs).collect();
        self.turn(&differing);
    }
}
