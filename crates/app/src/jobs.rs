//! Background work: leased rows of the store, worked on one at a time by every node.
//!
//! A job belongs to whoever holds its lease. When the process stops, the work stops at its next
//! report and the row goes back to waiting; when the process dies, the lease runs out. Either way
//! another node begins it again, and nothing is half done.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{PlanId, brief::Brief, edition::Edition, event::Event, programme::Hours};
use jiff::{SignedDuration, Timestamp};
use planner::Budget;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::job::Job;

use crate::{
    app::App,
    chance,
    planning::{Task, held},
    web::agree::consensus_silence as silence,
};

/// How long a node may be silent before another takes its job over.
const HOLD: SignedDuration = SignedDuration::from_secs(30);
/// How often a running job notes how far it is.
const NOTE: SignedDuration = SignedDuration::from_millis(500);
/// How often an idle node looks for work.
const LOOK: Duration = Duration::from_millis(500);
/// The CPU time that a plan may use.
const CPU: Duration = Duration::from_secs(10);
const THREADS: usize = 2;
/// Most points of the curve of a run.
const POINTS: usize = 60;

/// The kind of job that plans.
pub const PLAN: &str = "plan";

/// What a planning job needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    /// The working hours.
    pub hours: Hours,
    /// Whether what was released stays where it is as far as it can.
    pub keep: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self { hours: Hours::default(), keep: true }
    }
}

impl Order {
    /// The order of a job; the usual one when it says nothing.
    pub fn of(job: Option<&Job>) -> Self {
        job.and_then(|j| serde_json::from_value(j.detail.clone()).ok()).unwrap_or_default()
    }
}

/// How a run stands, as its row and the page know it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Share of the budget that is used, in per cent.
    pub percent: u32,
    /// Activities that have a place in the best plan so far.
    pub placed: usize,
    /// Activities in all.
    pub total: usize,
    /// What the best plan so far costs; lower is better.
    pub score: f64,
    /// Placed and score over time, at most sixty points: milliseconds, placed, score.
    pub curve: Vec<(i64, usize, f64)>,
    /// How it ended, once it has.
    pub end: Option<End>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// With a new draft.
    Planned,
    /// Its reader called it off.
    Cancelled,
    /// With an error of ours; the log has the rest.
    Failed,
}

impl Standing {
    /// What a job's row says.
    pub fn of(job: &Job) -> Self {
        serde_json::from_value(job.progress.clone()).unwrap_or_default()
    }

    fn note(&mut self, since: SignedDuration) {
        let point = (since.as_millis().try_into().unwrap_or(i64::MAX), self.placed, self.score);
        self.curve.push(point);
        if self.curve.len() > POINTS {
            let mut keep = false;
            self.curve.retain(|_| {
                keep = !keep;
                keep
            });
        }
    }

    fn value(&self) -> serde_json::Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// Works for as long as it is polled; dropping it stops the work at its next report.
pub async fn run(app: App) {
    let stop = Stop::default();
    loop {
        let (app, flag) = (app.clone(), Arc::clone(&stop.0));
        let turn = tokio::task::spawn_blocking(move || turn(&app, &flag)).await;
        match turn {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) => tokio::time::sleep(LOOK).await,
            Ok(Err(error)) => {
                tracing::error!(%error, "a job failed");
                tokio::time::sleep(LOOK).await;
            }
            Err(error) => {
                tracing::error!(%error, "a job ended without an answer");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

/// Told when the future that holds it is dropped.
#[derive(Default)]
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Does the next job, if there is one; says whether there was.
pub fn turn(app: &App, stop: &AtomicBool) -> store::Result<bool> {
    if !app.db.read(|c| store::job::due(c, chance::now()))? {
        return Ok(false);
    }
    let Some(job) = app.db.write(|c| store::job::lease(c, chance::now(), HOLD))? else {
        return Ok(false);
    };
    match job.kind.as_str() {
        PLAN => plan(app, &job, stop)?,
        silence::KIND => silence::end(app, &job, chance::now())?,
        other => {
            tracing::error!(kind = other, "a job of an unknown kind");
            end(app, &job, &Standing::default(), End::Failed)?;
        }
    }
    Ok(true)
}

fn end(app: &App, job: &Job, standing: &Standing, end: End) -> store::Result<()> {
    let state = if end == End::Failed { "dead" } else { "done" };
    let value = Standing { end: Some(end), ..standing.clone() }.value();
    app.db.write(|c| store::job::finish(c, job.id, state, value.clone()))
}

/// Plans an edition.
fn plan(app: &App, job: &Job, stop: &AtomicBool) -> store::Result<()> {
    let order = Order::of(Some(job));
    let (brief, release) = app.db.read(|c| {
        let edition: Edition = store::edition::need(c, job.edition)?.value;
        let (brief, _) = store::brief::load(c, &edition)?;
        let release = store::release::newest(c, edition.id)?.filter(|_| order.keep);
        Ok((brief, release))
    })?;
    let brief = match &release {
        None => Ok(brief),
        Some(it) => held(&brief, &order.hours, &it.slots(), &it.teams()),
    };
    let ready = brief
        .as_ref()
        .map_err(Clone::clone)
        .and_then(|brief| Ok((brief, Task::new(brief, &order.hours)?)));
    let (brief, task) = match ready {
        Ok(ready) => ready,
        Err(faults) => {
            tracing::error!(%faults, "a planning problem is not sound");
            return end(app, job, &Standing::default(), End::Failed);
        }
    };
    let budget = Budget { steps: None, seed: 1, threads: THREADS, cpu: Some(CPU) };
    let mut watch = Watch::new(app, job, stop, &task);
    let outcome = planner::solve(&task.problem, &budget, &mut |progress| watch.see(&progress));
    let standing = watch.standing;
    match watch.wish {
        Wish::Broken(error) => Err(error),
        Wish::Stop => app.db.write(|c| store::job::give_back(c, job.id)),
        Wish::Cancel => end(app, job, &standing, End::Cancelled),
        Wish::Go | Wish::Enough => keep(app, job, brief, &task, &outcome, standing),
    }
}

/// Stores the draft, unless the job was taken over meanwhile.
fn keep(
    app: &App,
    job: &Job,
    brief: &Brief,
    task: &Task<'_>,
    outcome: &planner::Outcome,
    mut standing: Standing,
) -> store::Result<()> {
    let draft = task.draft(&outcome.plan, chance::id::<PlanId>(), chance::now());
    (standing.placed, standing.percent) = (draft.slots.len(), 100);
    (standing.total, standing.end) = (brief.activities().len(), Some(End::Planned));
    let value = standing.value();
    app.db.write(|c| {
        let held = store::job::get(c, job.id)?.is_some_and(|now| now.state == "running");
        if !held {
            return Ok(());
        }
        store::plan::insert(c, &draft)?;
        let event = Event {
            at: draft.at,
            by: None,
            edition: Some(draft.edition),
            noun: "plan",
            object: draft.id.to_string(),
            verb: "computed",
            detail: json!({ "placed": draft.slots.len(), "unplaced": draft.unplaced.len() }),
        };
        store::event::append(c, chance::id(), &event)?;
        store::job::finish(c, job.id, "done", value.clone())
    })
}

/// Why a run goes on or not.
enum Wish {
    Go,
    Enough,
    Cancel,
    /// The process stops.
    Stop,
    /// The store cannot be reached.
    Broken(store::Error),
}

/// Notes how a run stands, and learns what its reader wishes.
struct Watch<'a> {
    app: &'a App,
    job: &'a Job,
    stop: &'a AtomicBool,
    task: &'a Task<'a>,
    since: Timestamp,
    noted: Option<Timestamp>,
    standing: Standing,
    wish: Wish,
}

impl<'a> Watch<'a> {
    fn new(app: &'a App, job: &'a Job, stop: &'a AtomicBool, task: &'a Task<'a>) -> Self {
        let standing = Standing { total: task.total(), ..Standing::default() };
        let since = chance::now();
        Self { app, job, stop, task, since, noted: None, standing, wish: Wish::Go }
    }

    fn see(&mut self, progress: &planner::Progress) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
            self.wish = Wish::Stop;
            return ControlFlow::Break(());
        }
        let now = chance::now();
        if self.noted.is_some_and(|noted| now.duration_since(noted) < NOTE) {
            return ControlFlow::Continue(());
        }
        self.noted = Some(now);
        self.standing.percent = percent(progress.used);
        self.standing.placed = self.task.placed(progress.unplaced);
        self.standing.score = progress.score;
        self.standing.note(now.duration_since(self.since));
        let value = self.standing.value();
        let noted =
            self.app.db.write(|c| store::job::progress(c, self.job.id, value.clone(), now, HOLD));
        self.wish = match noted.as_deref() {
            Ok("enough") => Wish::Enough,
            Ok("cancel") => Wish::Cancel,
            Ok(_) => return ControlFlow::Continue(()),
            Err(_) => Wish::Broken(noted.err().unwrap_or(store::Error::Missing)),
        };
        ControlFlow::Break(())
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
fn percent(used: f64) -> u32 {
    (used.clamp(0.0, 1.0) * 100.0).round() as u32
}
