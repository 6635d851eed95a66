//! One-time and lasting tokens, each for one purpose. Only hashes are stored.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{PersonId, account::Purpose};
use jiff::Timestamp;

use crate::{
    column::{Col, Instant},
    db::Conn,
    error::Result,
    schema::{login, login_code, token},
};

/// Stores a token for one purpose and subject.
pub fn insert(
    c: &mut Conn,
    hash: &str,
    purpose: Purpose,
    subject: &str,
    until: Timestamp,
) -> Result<()> {
    diesel::insert_into(token::table)
        .values((
            token::token_hash.eq(hash),
            token::purpose.eq(Col(purpose)),
            token::subject.eq(subject),
            token::until.eq(Instant::from(until)),
            token::used.eq(None::<i64>),
        ))
        .execute(c)?;
    Ok(())
}

/// The subject of a token that still counts; looking changes nothing.
pub fn subject(
    c: &mut Conn,
    hash: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<String>> {
    Ok(token::table
        .filter(token::token_hash.eq(hash))
        .filter(token::purpose.eq(Col(purpose)))
        .filter(token::until.gt(Instant::from(now)))
        .filter(token::used.is_null())
        .select(token::subject)
        .first(c)
        .optional()?)
}

/// Whether a subject has a token that still counts.
pub fn stands(c: &mut Conn, purpose: Purpose, subject: &str, now: Timestamp) -> Result<bool> {
    let found = token::table
        .filter(token::purpose.eq(Col(purpose)))
        .filter(token::subject.eq(subject))
        .filter(token::until.gt(Instant::from(now)))
        .filter(token::used.is_null())
        .count()
        .get_result::<i64>(c)?;
    Ok(found > 0)
}

/// Uses a token up; `false` when it was used before.
pub fn use_up(c: &mut Conn, hash: &str, now: Timestamp) -> Result<bool> {
    let row = token::table.filter(token::token_hash.eq(hash)).filter(token::used.is_null());
    Ok(diesel::update(row).set(token::used.eq(Some(now.as_microsecond()))).execute(c)? == 1)
}

/// Ends every token of a subject for a purpose: a new feed address makes the old one void.
pub fn revoke(c: &mut Conn, purpose: Purpose, subject: &str) -> Result<()> {
    let rows =
        token::table.filter(token::purpose.eq(Col(purpose))).filter(token::subject.eq(subject));
    diesel::delete(rows).execute(c)?;
    Ok(())
}

/// Sets the six-digit code of an account, in place of an earlier one.
pub fn set_code(c: &mut Conn, who: PersonId, hash: &str, until: Timestamp) -> Result<()> {
    drop_code(c, who)?;
    diesel::insert_into(login_code::table)
        .values((
            login_code::person_id.eq(Col(who)),
            login_code::code_hash.eq(hash),
            login_code::until.eq(Instant::from(until)),
            login_code::tries.eq(0),
        ))
        .execute(c)?;
    Ok(())
}

/// Most wrong codes before a new one has to be asked for.
pub const CODE_TRIES: i32 = 5;

/// Compares a code. Every try is counted, and the fifth wrong one ends the code.
pub fn try_code(c: &mut Conn, who: PersonId, hash: &str, now: Timestamp) -> Result<bool> {
    let row = login_code::table.filter(login_code::person_id.eq(Col(who)));
    let found = row
        .filter(login_code::until.gt(Instant::from(now)))
        .filter(login_code::tries.lt(CODE_TRIES))
        .select(login_code::code_hash)
        .first::<String>(c)
        .optional()?;
    if found.as_deref() == Some(hash) {
        drop_code(c, who)?;
        return Ok(true);
    }
    diesel::update(row).set(login_code::tries.eq(login_code::tries + 1)).execute(c)?;
    Ok(false)
}

fn drop_code(c: &mut Conn, who: PersonId) -> Result<()> {
    diesel::delete(login_code::table.filter(login_code::person_id.eq(Col(who)))).execute(c)?;
    Ok(())
}

/// Deletes tokens, codes and sign-ins whose time is over; returns how many.
pub fn purge(c: &mut Conn, now: Timestamp) -> Result<usize> {
    let now = Instant::from(now);
    let tokens = diesel::delete(token::table.filter(token::until.le(now))).execute(c)?;
    let codes = diesel::delete(login_code::table.filter(login_code::until.le(now))).execute(c)?;
    let logins = diesel::delete(login::table.filter(login::until.le(now))).execute(c)?;
    Ok(tokens + codes + logins)
}
