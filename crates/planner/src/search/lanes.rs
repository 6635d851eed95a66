//! Several lanes of search from one plan, and what they find merged into it.
//!
//! Their number depends on the problem alone. In every round each lane takes a few steps from the plan of
//! the first; what the others accepted is then done again there, in order, wherever it still fits. So the
//! plan depends on the seed and the steps, and threads only decide who does the work.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, Sender, channel},
    },
    thread::{Scope, ScopedJoinHandle},
    time::Duration,
};

use cpu_time::ThreadTime;

use crate::{
    model::Model,
    search::{
        Move, Search,
        state::{Spot, State},
    },
};

/// Changes that bring a lane to the plan of the first.
type Diff = Vec<(usize, Option<Spot>)>;

/// One round of one thread.
struct Turn {
    temperature: f64,
    /// Steps of each of its lanes.
    steps: Vec<u64>,
    diff: Arc<Diff>,
}

/// What the lanes of one thread did, and the CPU time it took.
type Report = (Vec<Vec<Move>>, Duration);

struct Worker<'s> {
    turns: Sender<Turn>,
    reports: Receiver<Report>,
    _thread: ScopedJoinHandle<'s, ()>,
}

/// The lanes of a run.
pub(crate) struct Crew<'s, 'a> {
    first: Search<'a>,
    /// Those of this thread.
    own: Vec<Search<'a>>,
    workers: Vec<Worker<'s>>,
    lanes: usize,
    batch: u64,
    diff: Arc<Diff>,
    /// CPU time of the other threads.
    elsewhere: Duration,
}

/// Lanes and steps of each in a round: a larger problem has room for more before they are in each
/// other's way.
fn scale(model: &Model) -> (usize, u64) {
    match model.tasks.len() {
        0..1_000 => (2, 8),
        1_000..5_000 => (3, 16),
        _ => (4, 32),
    }
}

fn run(lanes: &mut [Search<'_>], turn: &Turn) -> Vec<Vec<Move>> {
    let one = |(lane, &steps): (&mut Search<'_>, &u64)| {
        lane.align(&turn.diff);
        for _ in 0..steps {
            lane.step(turn.temperature);
        }
        lane.take_log()
    };
    lanes.iter_mut().zip(&turn.steps).map(one).collect()
}

impl<'s, 'a: 's> Crew<'s, 'a> {
    pub(crate) fn new<'e>(
        scope: &'s Scope<'s, 'e>,
        state: &State<'a>,
        seed: u64,
        threads: usize,
    ) -> Self {
        let (lanes, batch) = scale(state.model);
        let threads = threads.clamp(1, lanes);
        let mut teams: Vec<Vec<Search<'a>>> = (0..threads).map(|_| Vec::new()).collect();
        for lane in 1..lanes {
            let seed = seed.wrapping_add((lane as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            teams[lane % threads].push(Search::follow(state.clone(), seed));
        }
        let mut teams = teams.into_iter();
        let own = teams.next().unwrap_or_default();
        let hire = |mut lanes: Vec<Search<'a>>| {
            let (turns, inbox) = channel::<Turn>();
            let (outbox, reports) = channel();
            let work = move || {
                let clock = ThreadTime::now();
                let mut before = Duration::ZERO;
                while let Ok(turn) = inbox.recv() {
                    let logs = run(&mut lanes, &turn);
                    let now = clock.elapsed();
                    if outbox.send((logs, now.saturating_sub(before))).is_err() {
                        break;
                    }
                    before = now;
                }
            };
            Worker { turns, reports, _thread: scope.spawn(work) }
        };
        let workers = teams.map(hire).collect();
        let mut first = Search::new(state.clone(), seed);
        first.log();
        let diff = Arc::new(Diff::new());
        Self { first, own, workers, lanes, batch, diff, elsewhere: Duration::ZERO }
    }

    /// The first lane, whose plan is that of all.
    pub(crate) fn first(&self) -> &Search<'a> {
        &self.first
    }

    /// CPU time spent by the other threads.
    pub(crate) fn elsewhere(&self) -> Duration {
        self.elsewhere
    }

    /// Steps of a whole round.
    pub(crate) fn round(&self) -> u64 {
        self.batch * self.lanes as u64
    }

    /// One round of at most `steps`, which the lanes share evenly.
    pub(crate) fn go(&mut self, temperature: f64, steps: u64) {
        let (lanes, threads) = (self.lanes as u64, self.workers.len() + 1);
        let share = |lane: usize| steps / lanes + u64::from((lane as u64) < steps % lanes);
        let turn = |thread: usize| {
            let mine = (1..self.lanes).filter(|lane| lane % threads == thread);
            Turn { temperature, steps: mine.map(share).collect(), diff: Arc::clone(&self.diff) }
        };
        for (thread, worker) in self.workers.iter().enumerate() {
            // A thread that is gone panicked; joining it at the end of the scope says so.
            let _ = worker.turns.send(turn(thread + 1));
        }
        let own = turn(0);
        for _ in 0..share(0) {
            self.first.step(temperature);
        }
        let mut logs: Vec<Vec<Move>> = vec![Vec::new(); self.lanes];
        let own = run(&mut self.own, &own);
        place(&mut logs, own, 0, threads);
        for (thread, worker) in self.workers.iter().enumerate() {
            if let Ok((found, spent)) = worker.reports.recv() {
                self.elsewhere += spent;
                place(&mut logs, found, thread + 1, threads);
            }
        }
        self.merge(&logs);
    }

    fn merge(&mut self, logs: &[Vec<Move>]) {
        for step in logs.iter().flatten() {
            self.first.replay(step);
        }
        let log = self.first.take_log();
        let moves = log.iter().chain(logs.iter().flatten());
        let mut tasks: Vec<usize> =
            moves.flat_map(|step| step.spots.iter().map(|entry| entry.0)).collect();
        tasks.sort_unstable();
        tasks.dedup();
        let spots = &self.first.state.spots;
        self.diff = Arc::new(tasks.into_iter().map(|task| (task, spots[task].clone())).collect());
    }

    /// The best plan found.
    pub(crate) fn finish(self) -> State<'a> {
        self.first.finish()
    }
}

/// Puts the logs of one thread to their lanes.
fn place(logs: &mut [Vec<Move>], found: Vec<Vec<Move>>, thread: usize, threads: usize) {
    let lanes = (1..logs.len()).filter(|lane| lane % threads == thread);
    for (lane, log) in lanes.collect::<Vec<_>>().into_iter().zip(found) {
        logs[lane] = log;
    }
}
