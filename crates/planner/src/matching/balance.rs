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
        stray::{Blocking, Stray},
    },
    rng::Rng,
    solve::part,
};

/// The part of the greatest worth that is kept.
const KEPT: f64 = 0.995_01;

/// How far above that of the worthiest matching the smallest share is to be.
const LIFT: f64 = 0.050_01;

/// A part of the search; prices find their level again in each.
struct Run {
    /// Whether it goes on by strays from the best matching so far, instead of by the best walks from the
    /// worthiest.
    strays: bool,
    /// Blocking pairs that a move may add, by chance, in the first rounds and in the last.
    heat: (f64, f64),
}

const WALKS: Run = Run { strays: false, heat: (3.0, 0.1) };
const STRAYS: Run = Run { strays: true, heat: (1.2, 0.3) };
const RUNS: [Run; 6] = [WALKS, WALKS, WALKS, WALKS, STRAYS, STRAYS];

/// The run from which on a share that was out of reach is no longer asked for.
const MODEST: usize = 2;

/// How many strays cost as much as one look for the best walk.
const STRAYS_PER_WALK: u64 = 120;

/// Most rounds of a run, between which prices change, and fewest walks in one.
const ROUNDS: u64 = 300;
const FEWEST: u64 = 16;

/// Longest walk.
const LONGEST: usize = 6;

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
    let walks = steps / 4 / (search.table.sides.len() as u64 + 1);
    for (number, run) in RUNS.iter().enumerate() {
        if number == MODEST && search.best.share < search.goals.share {
            search.goals.share = f64::midpoint(worthiest, search.best.share);
        }
        let from = if run.strays { &search.best.met } else { &first };
        search.table.restore(from);
        search.run(run, if run.strays { walks * STRAYS_PER_WALK } else { walks }, rng);
    }
    let met = search.best.met;
    table.restore(&met);
    goals
}

impl Search<'_> {
    fn run(&mut self, run: &Run, moves: u64, rng: &mut Rng) {
        let (first, last) = run.heat;
        let rounds = (moves / FEWEST).clamp(1, ROUNDS);
        self.prices = DEAR;
        for round in 0..rounds {
            let best = &self.best;
            if best.blocking == 0 && best.share >= self.goals.share {
                break;
            }
            let heat = first * (last / first).powf(part(round, rounds));
            self.table.floor = self.goals.share + MARGIN;
            if run.strays {
                self.try_strays(moves / rounds, heat, rng);
            } else {
                self.try_walks(moves / rounds, heat, rng);
            }
            self.adapt();
        }
    }

    /// Tries the best walks that begin with pairs taken by chance.
    fn try_walks(&mut self, walks: u64, heat: f64, rng: &mut Rng) {
        let pairs = 0..self.table.pairs.len();
        let noise: Vec<f64> =
            pairs.clone().map(|_| NOISE * self.prices.worth * rng.unit()).collect();
        let mut worths: Vec<f64> = pairs.map(|at| noise[at] + self.weigh(at)).collect();
        let all: Vec<usize> = (0..self.table.sides.len()).collect();
        let mut now = Tally { worth: self.table.worth(), ..self.tally(&all) };
        for _ in 0..walks {
            let start = rng.below(all.len());
            let first = self.table.candidate(start, rng);
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

    /// Tries strays. What they do to worth and shares is known before they are followed: most are too dear
    /// even if nothing blocked any more.
    fn try_strays(&mut self, strays: u64, heat: f64, rng: &mut Rng) {
        let all: Vec<usize> = (0..self.table.sides.len()).collect();
        let mut now = Tally { worth: self.table.worth(), ..self.tally(&all) };
        let mut blocking = Blocking::count(self.table);
        let (mut stray, mut before, mut after) = (Stray::default(), Vec::new(), Vec::new());
        for _ in 0..strays {
            if !stray.find(self.table, rng.below(all.len()), rng) {
                continue;
            }
            let most = self.cost(&now) - heat * (1.0 - rng.unit()).ln();
            let mut then = self.foresee(&now, &stray);
            then.blocking -= blocking.most(&stray.parties).min(now.blocking);
            if self.cost(&then) > most {
                continue;
            }
            before.clear();
            self.table.blocking_among(&stray.parties, |at| before.push(at));
            self.table.turn(&stray.pairs);
            after.clear();
            self.table.blocking_among(&stray.parties, |at| after.push(at));
            then.blocking = now.blocking + after.len() - before.len();
            if self.cost(&then) > most {
                self.table.turn(&stray.pairs);
                continue;
            }
            blocking.change(self.table, &before, &after);
            now = then;
            self.keep(&now);
        }
        debug_assert_eq!(
            now.blocking,
            self.table.blocking(),
            "counted as it changes and counted anew"
        );
    }

    /// What counts after a stray, blocking pairs left as they are.
    fn foresee(&self, now: &Tally, stray: &Stray) -> Tally {
        let mut then = *now;
        for pair in stray.pairs.iter().map(|&at| &self.table.pairs[at]) {
            then.worth -= pair.gained();
        }
        for &party in &stray.parties {
            let Some(share) = self.table.share(party) else { continue };
            let short = |share: f64| (self.goals.share - share).max(0.0);
            let gained = self.table.share_gained(party, &stray.pairs);
            then.behind += short(share + gained) - short(share);
        }
        then
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
        }
        self.table.blocking_among(touched, |_| tally.blocking += 1);
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
