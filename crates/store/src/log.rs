//! The register's log as a whole: one row that says who signs it, and whether anybody may.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    column::{Instant, Json},
    db::Conn,
    error::Result,
    schema::log,
};

const ID: &str = "log";

/// What is known of the log besides its tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// The public keys that signed, the one in force last.
    pub keys: Vec<String>,
    /// The notes by which each key handed over to the next.
    pub rotations: Vec<String>,
    /// The witnesses and how many of them are enough, as lines of a policy file.
    pub witnesses: String,
    /// Since when nothing may be signed: the database was restored from a copy.
    pub held_back: Option<Timestamp>,
}

/// The log; an empty one before its first signature.
pub fn get(c: &mut Conn) -> Result<Log> {
    let row =
        log::table.filter(log::id.eq(ID)).select(log::doc).first::<Json<Log>>(c).optional()?;
    Ok(row.map(|Json(log)| log).unwrap_or_default())
}

/// Takes the log for one node: nobody else gets it before this transaction is over, and no other node
/// before the lease is.
pub fn lease(
    c: &mut Conn,
    node: &str,
    now: Timestamp,
    hold: SignedDuration,
) -> Result<Option<Log>> {
    let row = log::table
        .filter(log::id.eq(ID))
        .select((log::holder, log::lease_until, log::doc))
        .first::<(String, Instant, Json<Log>)>(c)
        .optional()?;
    let until = Instant::from(now.saturating_add(hold).unwrap_or(now));
    let Some((holder, lease, Json(known))) = row else {
        save(c, &Log::default())?;
        return lease_row(c, node, until).map(|()| Some(Log::default()));
    };
    if holder != node && lease.timestamp() > now {
        return Ok(None);
    }
    lease_row(c, node, until)?;
    Ok(Some(known))
}

fn lease_row(c: &mut Conn, node: &str, until: Instant) -> Result<()> {
    diesel::update(log::table.filter(log::id.eq(ID)))
        .set((log::holder.eq(node), log::lease_until.eq(until), log::version.eq(log::version + 1)))
        .execute(c)?;
    Ok(())
}

/// Stores what is known of the log.
pub fn save(c: &mut Conn, value: &Log) -> Result<()> {
    let changed = diesel::update(log::table.filter(log::id.eq(ID)))
        .set((log::doc.eq(Json(value.clone())), log::version.eq(log::version + 1)))
        .execute(c)?;
    if changed == 0 {
        diesel::insert_into(log::table)
            .values((
                log::id.eq(ID),
                log::version.eq(1),
                log::holder.eq(""),
                log::lease_until.eq(0),
                log::doc.eq(Json(value.clone())),
            ))
            .execute(c)?;
    }
    Ok(())
}

/// After a restore: a log that had begun may be longer elsewhere, so nothing is signed for now. The lease
/// that the copy tells of is over.
pub(crate) fn hold_back(c: &mut Conn, now: Timestamp) -> Result<()> {
    let mut known = get(c)?;
    if known == Log::default() {
        return Ok(());
    }
    known.held_back = Some(now);
    release(c)?;
    save(c, &known)
}

/// Ends the lease, for any node to go on.
pub fn release(c: &mut Conn) -> Result<()> {
    lease_row(c, "", Instant(0))
}
