//! What was done to a text: appended, numbered from 1, never altered. Given again in their order, the
//! deeds make the text.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use domain::{DeclarationId, PersonId, negotiation::Event};
use serde_json::json;

use crate::{
    column::{Col, Json},
    db::Conn,
    error::Result,
    schema::deed,
};

/// One deed as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place in the history, from 1.
    pub number: u32,
    /// Whoever did it; nobody where the clock did.
    pub by: Option<PersonId>,
    /// What was done, and when.
    pub event: Event,
}

/// Appends deeds, in their order, behind the `seen` deeds that their writer knew. Another writer at the same
/// place makes the transaction fail, or run again, as for every write.
pub fn append(
    c: &mut Conn,
    dossier: DeclarationId,
    seen: u32,
    by: Option<PersonId>,
    events: &[Event],
) -> Result<()> {
    let mut rows = Vec::new();
    for (number, event) in (seen.saturating_add(1)..).zip(events) {
        let doc = serde_json::to_string(event)?;
        rows.push(json!({
            "dossier_id": dossier, "number": number, "person_id": by, "doc": doc,
        }));
    }
    crate::backup::insert(c, "deed", rows)
}

/// The deeds of a text after the first `seen` ones, in their order.
pub fn since(c: &mut Conn, dossier: DeclarationId, seen: u32) -> Result<Vec<Line>> {
    let rows = deed::table
        .filter(deed::dossier_id.eq(Col(dossier)))
        .filter(deed::number.gt(i32::try_from(seen).unwrap_or(i32::MAX)))
        .order(deed::number)
        .select((deed::number, deed::person_id, deed::doc))
        .load::<(i32, Option<Col<PersonId>>, Json<Event>)>(c)?;
    let line = |(number, by, Json(event)): (i32, Option<Col<PersonId>>, Json<Event>)| Line {
        number: u32::try_from(number).unwrap_or_default(),
        by: by.map(|Col(by)| by),
        event,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// How many deeds a text has.
pub fn count(c: &mut Conn, dossier: DeclarationId) -> Result<u32> {
    let n: i64 = deed::table.filter(deed::dossier_id.eq(Col(dossier))).count().get_result(c)?;
    Ok(u32::try_from(n).unwrap_or(u32::MAX))
}
