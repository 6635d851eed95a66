//! The demonstration's first programme: planned in front of the user, then released.

use std::{
    io::{IsTerminal as _, Write as _},
    sync::atomic::AtomicBool,
    thread,
    time::Duration,
};

use anyhow::Context as _;
use axum::http::Method;
use domain::EditionId;

use super::desk;
use crate::{
    app::App,
    jobs::{self, End, Standing},
    web::{fields::Fields, reply::Reply},
};

const LOOK: Duration = Duration::from_millis(100);
const WIDTH: u32 = 40;

/// Plans and releases an edition that has no release yet.
pub(super) fn run(app: &App, edition: EditionId) -> anyhow::Result<()> {
    if app.db.read(|c| store::release::newest(c, edition))?.is_some() {
        return Ok(());
    }
    let mut req = desk::request(app, Some(edition))?;
    req.form = usual_hours();
    done(&desk::ask(&req, &Method::POST, "/editions/{edition}/plan")?)?;
    planned(app, edition)?;
    let plan = app.db.read(|c| store::plan::newest(c, edition))?.context("there is no draft")?;
    req.form = Fields::default().with("sight", format!("{}/1", plan.value.id));
    done(&desk::ask(&req, &Method::POST, "/editions/{edition}/programme/release")?)
}

/// The hours that a planning office would type.
fn usual_hours() -> Fields {
    let pairs =
        [("from", "09:00"), ("until", "18:00"), ("lunch_from", "12:00"), ("lunch_until", "13:00")];
    pairs.into_iter().fold(Fields::default(), |fields, (name, value)| fields.with(name, value))
}

fn done(reply: &Reply) -> anyhow::Result<()> {
    match reply {
        Reply::See(_) => Ok(()),
        _ => anyhow::bail!("the exercise edition was not accepted"),
    }
}

/// Works on the job here, and draws how far it is.
fn planned(app: &App, edition: EditionId) -> anyhow::Result<()> {
    let standing = thread::scope(|s| {
        let work = s.spawn(|| worked(app, edition));
        while !work.is_finished() {
            if std::io::stdout().is_terminal() {
                draw(&standing(app, edition)?);
            }
            thread::sleep(LOOK);
        }
        work.join().map_err(|_| anyhow::anyhow!("the planner stopped"))??;
        standing(app, edition)
    })?;
    draw(&standing);
    println!();
    match standing.end {
        Some(End::Planned) => Ok(()),
        _ => anyhow::bail!("no programme was found; the log has the reason"),
    }
}

/// Works until the newest job is over: this one, or one that a killed process left behind.
fn worked(app: &App, edition: EditionId) -> store::Result<()> {
    let stop = AtomicBool::new(false);
    loop {
        let job = app.db.read(|c| store::job::newest(c, jobs::PLAN, edition))?;
        if job.is_none_or(|j| !matches!(j.state.as_str(), "waiting" | "running")) {
            return Ok(());
        }
        if !jobs::turn(app, &stop)? {
            thread::sleep(LOOK);
        }
    }
}

fn standing(app: &App, edition: EditionId) -> anyhow::Result<Standing> {
    let job = app.db.read(|c| store::job::newest(c, jobs::PLAN, edition))?;
    Ok(Standing::of(&job.context("there is no planning job")?))
}

fn draw(standing: &Standing) {
    let Standing { percent, placed, total, .. } = *standing;
    let full = (percent.min(100) * WIDTH / 100) as usize;
    let (bar, rest) = ("█".repeat(full), "░".repeat(WIDTH as usize - full));
    print!("\rPlanning  {bar}{rest} {percent:>3} %  {placed} of {total} placed ");
    // A closed terminal is no reason to stop planning.
    std::io::stdout().flush().ok();
}
