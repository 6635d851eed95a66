//! Background work as leased rows: two nodes on one database need nothing else. A job whose node
//! died is taken over when its lease ends, and is left for a person after a few tries.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{EditionId, JobId};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::{
    column::{Col, Instant, Json},
    db::Conn,
    error::Result,
    schema::job,
};

/// Tries before a job is left for a person to look at.
pub const TRIES: i32 = 3;

/// A job as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Its identifier.
    pub id: JobId,
    /// What is to be done, such as `plan`.
    pub kind: String,
    /// For which edition.
    pub edition: EditionId,
    /// `waiting`, `running`, `done` or `dead`.
    pub state: String,
    /// What its reader wishes: `go`, `enough` (stop with what was found) or `cancel`.
    pub wish: String,
    /// What the work needs to know.
    pub detail: Value,
    /// How far it is.
    pub progress: Value,
}

type Row = (Col<JobId>, String, Col<EditionId>, String, String, Json<Value>, Json<Value>);

const COLUMNS: (
    job::id,
    job::kind,
    job::edition_id,
    job::state,
    job::wish,
    job::detail,
    job::progress,
) = (job::id, job::kind, job::edition_id, job::state, job::wish, job::detail, job::progress);

fn read((Col(id), kind, Col(edition), state, wish, Json(detail), Json(progress)): Row) -> Job {
    Job { id, kind, edition, state, wish, detail, progress }
}

/// Stores a job to be done as soon as a node is free.
pub fn enqueue(
    c: &mut Conn,
    id: JobId,
    kind: &str,
    edition: EditionId,
    detail: Value,
    now: Timestamp,
) -> Result<()> {
    schedule(c, id, kind, edition, detail, now, now)
}

/// Stores a job that nobody takes before `due`.
pub fn schedule(
    c: &mut Conn,
    id: JobId,
    kind: &str,
    edition: EditionId,
    detail: Value,
    now: Timestamp,
    due: Timestamp,
) -> Result<()> {
    diesel::insert_into(job::table)
        .values((
            job::id.eq(Col(id)),
            job::kind.eq(kind),
            job::edition_id.eq(Col(edition)),
            job::state.eq("waiting"),
            job::wish.eq("go"),
            job::detail.eq(Json(detail)),
            job::progress.eq(Json(Value::Null)),
            job::tries.eq(0),
            job::lease_until.eq(Instant::from(due)),
            job::at.eq(Instant::from(now)),
        ))
        .execute(c)?;
    Ok(())
}

/// One job.
pub fn get(c: &mut Conn, id: JobId) -> Result<Option<Job>> {
    let row = job::table.filter(job::id.eq(Col(id))).select(COLUMNS).first::<Row>(c).optional()?;
    Ok(row.map(read))
}

/// The newest job of a kind in an edition.
pub fn newest(c: &mut Conn, kind: &str, edition: EditionId) -> Result<Option<Job>> {
    let row = job::table
        .filter(job::kind.eq(kind))
        .filter(job::edition_id.eq(Col(edition)))
        .order(job::id.desc())
        .select(COLUMNS)
        .first::<Row>(c)
        .optional()?;
    Ok(row.map(read))
}

/// Whether there is a job to lease: asked by reading, so that idle nodes write nothing.
pub fn due(c: &mut Conn, now: Timestamp) -> Result<bool> {
    let jobs = job::table
        .filter(job::state.eq_any(["waiting", "running"]))
        .filter(job::lease_until.le(Instant::from(now)));
    Ok(jobs.count().get_result::<i64>(c)? > 0)
}

/// Leases the next job: one that waits, or one whose node has fallen silent.
pub fn lease(c: &mut Conn, now: Timestamp, hold: SignedDuration) -> Result<Option<Job>> {
    let over = job::table
        .filter(job::state.eq("running"))
        .filter(job::lease_until.le(Instant::from(now)))
        .filter(job::tries.ge(TRIES));
    diesel::update(over).set(job::state.eq("dead")).execute(c)?;
    let row = job::table
        .filter(job::state.eq_any(["waiting", "running"]))
        .filter(job::lease_until.le(Instant::from(now)))
        .order(job::id)
        .select(COLUMNS)
        .first::<Row>(c)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let until = now.saturating_add(hold).unwrap_or(now);
    diesel::update(job::table.filter(job::id.eq(row.0)))
        .set((
            job::state.eq("running"),
            job::tries.eq(job::tries + 1),
            job::lease_until.eq(Instant::from(until)),
        ))
        .execute(c)?;
    Ok(Some(Job { state: "running".to_owned(), ..read(row) }))
}

/// Notes progress, holds the lease, and returns what the reader wishes.
pub fn progress(
    c: &mut Conn,
    id: JobId,
    progress: Value,
    now: Timestamp,
    hold: SignedDuration,
) -> Result<String> {
    let until = now.saturating_add(hold).unwrap_or(now);
    let row = job::table.filter(job::id.eq(Col(id)));
    diesel::update(row)
        .set((job::progress.eq(Json(progress)), job::lease_until.eq(Instant::from(until))))
        .execute(c)?;
    Ok(row.select(job::wish).first(c)?)
}

/// Says what the reader wishes of a running job.
pub fn wish(c: &mut Conn, id: JobId, wish: &str) -> Result<()> {
    diesel::update(job::table.filter(job::id.eq(Col(id)))).set(job::wish.eq(wish)).execute(c)?;
    Ok(())
}

/// Gives a job back that could not be ended, for any node to begin again.
pub fn give_back(c: &mut Conn, id: JobId) -> Result<()> {
    diesel::update(job::table.filter(job::id.eq(Col(id))))
        .set((job::state.eq("waiting"), job::tries.eq(job::tries - 1), job::lease_until.eq(0)))
        .execute(c)?;
    Ok(())
}

/// Ends a job.
pub fn finish(c: &mut Conn, id: JobId, state: &str, progress: Value) -> Result<()> {
    diesel::update(job::table.filter(job::id.eq(Col(id))))
        .set((job::state.eq(state), job::progress.eq(Json(progress))))
        .execute(c)?;
    Ok(())
}

/// How many jobs are in each state, for those who keep the machine.
pub fn by_state(c: &mut Conn) -> Result<Vec<(String, i64)>> {
    let counts = job::table.group_by(job::state).select((job::state, diesel::dsl::count_star()));
    Ok(counts.order(job::state).load(c)?)
}
