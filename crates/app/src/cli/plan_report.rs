//! What `plan` says while it works, and the line with which it ends.

use std::{io::IsTerminal as _, io::Write as _, ops::ControlFlow};

use cpu_time::ProcessTime;
use planner::{Outcome, Plan, Problem, Progress, Status, check, score};
use serde_json::json;

/// How a command ended.
pub(super) struct Verdict {
    /// What is known about the plan.
    pub(super) status: Status,
    /// Its score, when it keeps all rules.
    pub(super) score: Option<f64>,
    /// No plan scores less.
    pub(super) bound: Option<f64>,
    /// The exit status.
    pub(super) exit: u8,
}

/// The exit status of what makes a plan.
pub(super) const fn made(status: Status) -> u8 {
    match status {
        Status::Optimal | Status::Feasible => 0,
        Status::Infeasible => 3,
        Status::Unknown => 4,
    }
}

impl Verdict {
    /// Of a run of the search.
    pub(super) fn found(outcome: &Outcome) -> Self {
        let whole = matches!(outcome.status, Status::Optimal | Status::Feasible);
        let score = whole.then_some(outcome.score.total);
        let (status, bound) = (outcome.status, outcome.bound);
        Self { status, score, bound, exit: made(status) }
    }

    /// Of a plan that was given: feasible, or broken.
    pub(super) fn given(problem: &Problem, plan: &Plan) -> Self {
        let broken = !check(problem, plan).is_empty();
        let status = if broken { Status::Unknown } else { Status::Feasible };
        let score = (!broken).then(|| score(problem, plan).total);
        Self { status, score, bound: None, exit: u8::from(broken) }
    }

    /// The last line of standard output. CPU time is that of the whole process, all threads together.
    pub(super) fn line(&self) -> String {
        let cpu = (spent().as_secs_f64() * 1e3).round() / 1e3;
        let Self { status, score, bound, .. } = self;
        json!({ "status": status, "score": score, "bound": bound, "cpu_s": cpu }).to_string()
    }
}

/// CPU time that the process has used.
pub(super) fn spent() -> std::time::Duration {
    ProcessTime::now().as_duration()
}

/// Draws how far a run is, on terminals alone.
pub(super) struct Bar {
    drawn: Option<(u32, usize, i64)>,
    on: bool,
}

impl Bar {
    pub(super) fn new() -> Self {
        Self { drawn: None, on: std::io::stderr().is_terminal() }
    }

    /// Draws when something visible changed.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shown only")]
    pub(super) fn see(&mut self, progress: &Progress) -> ControlFlow<()> {
        const WIDTH: u32 = 30;
        let percent = (progress.used.clamp(0.0, 1.0) * 100.0) as u32;
        let now = (percent, progress.unplaced, progress.score.round() as i64);
        if self.on && self.drawn != Some(now) {
            self.drawn = Some(now);
            let full = (percent * WIDTH / 100) as usize;
            let (bar, rest) = ("█".repeat(full), "░".repeat(WIDTH as usize - full));
            let (_, unplaced, score) = now;
            eprint!("\r{bar}{rest} {percent:>3} %  score {score}, {unplaced} not placed \x1b[K");
            // A closed terminal is no reason to stop.
            std::io::stderr().flush().ok();
        }
        ControlFlow::Continue(())
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.drawn.is_some() {
            eprintln!();
        }
    }
}
