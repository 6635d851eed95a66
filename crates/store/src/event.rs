//! What happened: appended in the transaction of the change, never altered.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{EditionId, EventId, PersonId, event::Event};
use serde_json::Value;

use crate::{
    column::{Col, Instant, Json},
    db::Conn,
    error::Result,
    schema::event,
};

/// Appends an event.
pub fn append(c: &mut Conn, id: EventId, value: &Event) -> Result<()> {
    diesel::insert_into(event::table)
        .values((
            event::id.eq(Col(id)),
            event::at.eq(Instant::from(value.at)),
            event::person_id.eq(value.by.map(Col)),
            event::edition_id.eq(value.edition.map(Col)),
            event::noun.eq(value.noun),
            event::object.eq(&value.object),
            event::verb.eq(value.verb),
            event::detail.eq(Json(value.detail.clone())),
        ))
        .execute(c)?;
    Ok(())
}

/// One line of the trail, as it is read back.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// When.
    pub at: jiff::Timestamp,
    /// By whom.
    pub by: Option<PersonId>,
    /// Which noun.
    pub noun: String,
    /// Which object.
    pub object: String,
    /// Which verb.
    pub verb: String,
    /// What changed.
    pub detail: Value,
}

/// Everything that happened to one object, oldest first.
pub fn of_object(c: &mut Conn, noun: &str, object: &str) -> Result<Vec<Line>> {
    let rows = event::table
        .filter(event::noun.eq(noun))
        .filter(event::object.eq(object))
        .order((event::at, event::id))
        .select(COLUMNS)
        .load::<Row>(c)?;
    Ok(rows.into_iter().map(line).collect())
}

type Row = (Instant, Option<Col<PersonId>>, String, String, String, Json<Value>);

type Columns =
    (event::at, event::person_id, event::noun, event::object, event::verb, event::detail);
const COLUMNS: Columns =
    (event::at, event::person_id, event::noun, event::object, event::verb, event::detail);

fn line((at, by, noun, object, verb, Json(detail)): Row) -> Line {
    let by = by.map(|Col(by)| by);
    Line { at: at.timestamp(), by, noun, object, verb, detail }
}

/// The newest lines of one noun in an edition, newest first.
pub fn of_noun(c: &mut Conn, edition: EditionId, noun: &str, most: i64) -> Result<Vec<Line>> {
    let rows = event::table
        .filter(event::edition_id.eq(Col(edition)))
        .filter(event::noun.eq(noun))
        .order((event::at.desc(), event::id.desc()))
        .limit(most)
        .select(COLUMNS)
        .load::<Row>(c)?;
    Ok(rows.into_iter().map(line).collect())
}

/// The newest lines of an edition, newest first.
pub fn of_edition(c: &mut Conn, edition: EditionId, most: i64) -> Result<Vec<Line>> {
    let rows = event::table
        .filter(event::edition_id.eq(Col(edition)))
        .order((event::at.desc(), event::id.desc()))
        .limit(most)
        .select(COLUMNS)
        .load::<Row>(c)?;
    Ok(rows.into_iter().map(line).collect())
}
