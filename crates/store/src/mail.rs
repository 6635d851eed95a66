//! The outbox: a message is stored in the transaction of what it tells of, and leaves after commit,
//! at least once, under a stable Message-ID made from its identifier.

use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use domain::{Lang, MailId, PersonId, mail::Mail};
use jiff::{SignedDuration, Timestamp};

use crate::{
    column::{Col, Instant},
    db::Conn,
    error::Result,
    schema::mail,
};

/// Tries before a message is left for a person to look at.
pub const TRIES: i32 = 8;

/// Stores a message to be sent at once.
pub fn enqueue(c: &mut Conn, value: &Mail, now: Timestamp) -> Result<()> {
    diesel::insert_into(mail::table)
        .values((
            mail::id.eq(Col(value.id)),
            mail::person_id.eq(value.person.map(Col)),
            mail::recipient.eq(&value.recipient),
            mail::subject.eq(&value.subject),
            mail::body.eq(&value.body),
            mail::lang.eq(value.lang.code()),
            mail::state.eq("waiting"),
            mail::tries.eq(0),
            mail::due.eq(Instant::from(now)),
            mail::lease_until.eq(0),
        ))
        .execute(c)?;
    Ok(())
}

type Row = (Col<MailId>, Option<Col<PersonId>>, String, String, String, String);

fn read((Col(id), person, recipient, subject, body, lang): Row) -> Mail {
    let lang = lang.parse().unwrap_or(Lang::En);
    Mail { id, person: person.map(|Col(p)| p), recipient, subject, body, lang }
}

const COLUMNS: (mail::id, mail::person_id, mail::recipient, mail::subject, mail::body, mail::lang) =
    (mail::id, mail::person_id, mail::recipient, mail::subject, mail::body, mail::lang);

/// Leases the next message that is due, so that no other node sends it meanwhile.
pub fn lease(c: &mut Conn, now: Timestamp, hold: SignedDuration) -> Result<Option<Mail>> {
    let row = mail::table
        .filter(mail::state.eq("waiting"))
        .filter(mail::due.le(Instant::from(now)))
        .filter(mail::lease_until.le(Instant::from(now)))
        .order(mail::due)
        .select(COLUMNS)
        .first::<Row>(c)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let until = now.saturating_add(hold).unwrap_or(now);
    diesel::update(mail::table.filter(mail::id.eq(row.0)))
        .set((mail::lease_until.eq(Instant::from(until)), mail::tries.eq(mail::tries + 1)))
        .execute(c)?;
    Ok(Some(read(row)))
}

/// Notes that a message has left.
pub fn sent(c: &mut Conn, id: MailId) -> Result<()> {
    diesel::update(mail::table.filter(mail::id.eq(Col(id))))
        .set(mail::state.eq("sent"))
        .execute(c)?;
    Ok(())
}

/// Notes a failure: tried again later, each time after twice as long, then left for a person.
pub fn failed(c: &mut Conn, id: MailId, now: Timestamp) -> Result<()> {
    let row = mail::table.filter(mail::id.eq(Col(id)));
    let tries = row.select(mail::tries).first::<i32>(c)?;
    let minutes = 1_i64 << tries.clamp(0, 10);
    let due = now.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(now);
    let state = if tries >= TRIES { "dead" } else { "waiting" };
    diesel::update(row)
        .set((mail::state.eq(state), mail::due.eq(Instant::from(due)), mail::lease_until.eq(0)))
        .execute(c)?;
    Ok(())
}

/// The newest messages, newest first: the demonstration's mailbox and the outbox page.
pub fn newest(c: &mut Conn, most: i64) -> Result<Vec<(Mail, String)>> {
    let rows = mail::table
        .order(mail::id.desc())
        .limit(most)
        .select((COLUMNS, mail::state))
        .load::<(Row, String)>(c)?;
    Ok(rows.into_iter().map(|(row, state)| (read(row), state)).collect())
}

/// How many messages are in each state, for those who keep the machine.
pub fn by_state(c: &mut Conn) -> Result<Vec<(String, i64)>> {
    let counts = mail::table.group_by(mail::state).select((mail::state, diesel::dsl::count_star()));
    Ok(counts.order(mail::state).load(c)?)
}
