//! From the worthiest matching to one that is fair and stable as well.
//!
//! Two goals come before blocking pairs: almost all of the greatest worth, and a smallest share well above
//! that of the worthiest matching. What falls short of them has a price in blocking pairs, and prices find
//! their level: what is missed gets dearer, what is kept cheaper. Where the goals exclude each other, worth
//! keeps its own and half of what the shares could gain is given up for stability.

use crate::{
    matching::{
        Goals,
        exchange::Walk,
        market::{Table, real},
    },
    rng::Rng,
    solve::part,
};

/// The part of the greatest worth that is kept.
const KEPT: f64 = 0.995_01;

/// How far above that of the worthiest matching the smallest share is to be.
const LIFT: f64 = 0.050_01;

/// How often the search begins anew, each time with prices that find their level again.
const RUNS: u64 = 4;

/// Most rounds, between which prices change, and fewest walks in one.
const ROUNDS: u64 = 300;
const WALKS: u64 = 16;

/// Longest walk.
const LONGEST: usize = 6;

/// Blocking pairs that a move may add, by chance, in the first rounds and in the last.
const HEAT: (f64, f64) = (3.0, 0.1);

/// How fast prices change.
const PACE: f64 = 1.06;

/// How far chance raises the worth of pairs in a round, so that other walks look best.
const NOISE: f64 = 0.1;

/// How far above the goal a share still counts when walks are looked for.
const MARGIN: f64 = 0.01;

/// What the best matching may lack in share, in blocking pairs for a whole.
const LACK: f64 = 1_000.0;

/// What falling short of the goals costs, in blocking pairs.
#[derive(Clone, Copy, Debug)]
struct Prices {
    /// A pair of average worth.
    worth: f64,
    /// A whole share.
    share: f64,
}

/// Prices at first.
const DEAR: Prices = Prices { worth: 20.0, share: 500.0 };

/// What a matching counts for.
#[derive(Clone, Copy, Debug)]
struct Tally {
    worth: f64,
    /// What all shares together fall short.
    behind: f64,
    blocking: usize,
}

/// The best matching so far that keeps the goal of worth.
struct Best {
    share: f64,
    blocking: usize,
    met: Vec<bool>,
}

struct Search<'a> {
    table: &'a mut Table,
    goals: Goals,
    prices: Prices,
    best: Best,
}

/// Searches, from the worthiest matching, for the fewest blocking pairs under the goals. Looking for a walk
/// counts as many steps as there are parties.
pub(crate) fn balance(table: &mut Table, steps: u64, rng: &mut Rng) -> Goals {
    let (worth, worthiest) = (table.worth(), table.smallest());
    let goals = Goals {
        // In a small market even one pair is more than a little.
        mutual: (KEPT * worth).min(worth - table.unit).max(0.0),
        share: (worthiest + LIFT).min(1.0),
    };
    let best = Best { share: worthiest, blocking: table.blocking(), met: table.met() };
    let first = table.met();
    let mut search = Search { table, goals, prices: DEAR, best };
    let walks = steps / RUNS / (search.table.sides.len() as u64 + 1);
    let rounds = (walks / WALKS).clamp(1, ROUNDS);
    for run in 0..RUNS {
        if run == RUNS / 2 && search.best.share < search.goals.share {
            search.goals.share = f64::midpoint(worthiest, search.best.share);
        }
        search.table.restore(&first);
        search.prices = DEAR;
        for round in 0..rounds {
            let best = &search.best;
            if best.blocking == 0 && best.share >= search.goals.share {
                break;
            }
            let heat = HEAT.0 * (HEAT.1 / HEAT.0).powf(part(round, rounds));
            search.round(walks / rounds, heat, rng);
            search.adapt();
        }
    }
    let met = search.best.met;
    table.restore(&met);
    goals
}

impl Search<'_> {
    /// Tries walks that begin with pairs taken by chance.
    fn round(&mut self, walks: u64, heat: f64, rng: &mut Rng) {
        self.table.floor = self.goals.share + MARGIN;
        let pairs = 0..self.table.pairs.len();
        let noise: Vec<f64> =
            pairs.clone().map(|_| NOISE * self.prices.worth * rng.unit()).collect();
        let mut worths: Vec<f64> = pairs.map(|at| noise[at] + self.weigh(at)).collect();
        let all: Vec<usize> = (0..self.table.sides.len()).collect();
        let mut now = Tally { worth: self.table.worth(), ..self.tally(&all) };
        for _ in 0..walks {
            let start = rng.below(all.len());
            let first = self.candidate(start, rng);
            let walk = Walk { start, first, worths: &worths, least: f64::MIN, longest: LONGEST };
            let Some(pairs) = first.and_then(|_| self.table.walk(&walk)) else { continue };
            let mut touched: Vec<usize> =
                pairs.iter().flat_map(|&at| self.table.pairs[at].parties).collect();
            touched.sort_unstable();
            touched.dedup();
            let before = self.tally(&touched);
            self.table.turn(&pairs);
            let after = self.tally(&touched);
            let gained: f64 = pairs.iter().map(|&at| self.table.pairs[at].gained()).sum();
            let then = Tally {
                worth: now.worth + gained,
                behind: now.behind + after.behind - before.behind,
                blocking: now.blocking + after.blocking - before.blocking,
            };
            let better = self.cost(&now) - self.cost(&then);
            if better < 0.0 && rng.unit() >= (better / heat).exp() {
                self.table.turn(&pairs);
                continue;
            }
            now = then;
            for side in touched.iter().map(|&party| &self.table.sides[party]) {
                for &at in side.open.iter().chain(&side.met).chain(&side.asked) {
                    worths[at] = noise[at] + self.weigh(at);
                }
            }
            self.keep(&now);
        }
    }

    /// A pair to take: an open one, or now and then one that somebody behind asked for alone.
    fn candidate(&self, party: usize, rng: &mut Rng) -> Option<usize> {
        let side = &self.table.sides[party];
        let lone = self.table.is_behind(party) && rng.one_in(4);
        let from = if lone { &side.asked } else { &side.open };
        rng.pick(from).filter(|&at| !self.table.pairs[at].met)
    }

    /// What a pair counts for when walks are looked for: roughly what it will change in the cost.
    fn weigh(&self, at: usize) -> f64 {
        let pair = &self.table.pairs[at];
        let blocking = if self.table.would_block(pair) { 1.0 } else { 0.0 };
        let behind = pair.parties.iter().filter(|&&party| self.table.is_behind(party));
        let shares: f64 = behind.map(|&party| pair.own(party) / self.table.sides[party].best).sum();
        self.prices.worth * pair.mutual / self.table.unit + self.prices.share * shares + blocking
    }

    /// What the touched parties and their pairs count for, worth apart.
    fn tally(&self, touched: &[usize]) -> Tally {
        let mut tally = Tally { worth: 0.0, behind: 0.0, blocking: 0 };
        for &party in touched {
            let share = self.table.share(party).unwrap_or(1.0);
            tally.behind += (self.goals.share - share).max(0.0);
            for pair in self.table.sides[party].open.iter().map(|&at| &self.table.pairs[at]) {
                let other = pair.other(party);
                let twice = || other < party && touched.contains(&other);
                if self.table.would_block(pair) && !twice() {
                    tally.blocking += 1;
                }
            }
        }
        tally
    }

    /// In blocking pairs.
    fn cost(&self, tally: &Tally) -> f64 {
        let lost = (self.goals.mutual - tally.worth).max(0.0) / self.table.unit;
        self.prices.worth * lost + self.prices.share * tally.behind + real(tally.blocking)
    }

    /// What is missed gets dearer, what is kept cheaper. Shares that stay too small in spite of the highest
    /// price become cheap for a while, so that the search leaves the place where it is stuck.
    fn adapt(&mut self) {
        let adapt = |price: f64, missed: bool| if missed { price * PACE } else { price / PACE };
        let worth = adapt(self.prices.worth, self.table.worth() < self.goals.mutual);
        let share = adapt(self.prices.share, self.table.smallest() < self.goals.share);
        self.prices.worth = worth.clamp(0.5, 40.0);
        self.prices.share = if share > 2_000.0 { 200.0 } else { share.max(50.0) };
    }

    /// Remembers the matching if it is the best so far.
    fn keep(&mut self, now: &Tally) {
        let rank = |share: f64, blocking: usize| {
            let lack = (self.goals.share - share).max(0.0);
            (lack > 0.0, real(blocking) + LACK * lack)
        };
        let best = rank(self.best.share, self.best.blocking);
        // The share, which takes longer to see, can only make it worse.
        if now.worth < self.goals.mutual || rank(1.0, now.blocking) >= best {
            return;
        }
        let share = self.table.smallest();
        if rank(share, now.blocking) < best {
            self.best = Best { share, blocking: now.blocking, met: self.table.met() };
        }
    }
}
